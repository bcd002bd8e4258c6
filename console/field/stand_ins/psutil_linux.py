"""Stands in for psutil's compiled part on a Linux that is looked at: the calls of it that a look needs.

All else psutil reads from /proc and /sys in Python. What is not here, psutil takes for what that machine cannot tell.
"""

from __future__ import annotations

import array
import errno
import fcntl
import re
import socket
import struct
import sys
from mmap import PAGESIZE
from typing import NoReturn

DUPLEX_HALF, DUPLEX_FULL, DUPLEX_UNKNOWN = 0, 1, 255
_MOST_PID = 2**31 - 1
_SIOCGIFFLAGS, _SIOCGIFMTU = 0x8913, 0x8921
"""netdevice(7)."""
_FLAGS = ("up", "broadcast", "debug", "loopback", "pointopoint", "notrailers", "running", "noarp", "promisc",
          "allmulti", "master", "slave", "multicast", "portsel", "automedia", "dynamic")  # fmt: skip
"""IFF_UP and those after it, in the order of their bits."""
_ESCAPED = re.compile(r"\\([0-7]{3})")


def __getattr__(name: str) -> object:
    if name == "version":  # psutil refuses a compiled part of another version
        return int("".join(map(str, sys.modules["psutil"].version_info)))
    raise AttributeError(name)


def getpagesize() -> int:
    """Bytes in a page of memory."""
    return PAGESIZE


def check_pid_range(pid: int) -> None:
    """Raises OverflowError where no process has such a number."""
    if not -_MOST_PID <= pid <= _MOST_PID:
        raise OverflowError("no such number")


def disk_partitions(path: str) -> list[tuple[str, str, str, str]]:
    """(device, mount point, kind, options) of each line of a mount table, as getmntent(3) reads it."""
    with open(path, encoding=sys.getfilesystemencoding(), errors="surrogateescape") as table:  # noqa: PTH123 - alone
        rows = [line.split() for line in table if line.strip() and not line.startswith("#")]
    return [tuple(map(_plain, [*row, "", "", ""][:4])) for row in rows]  # type: ignore[misc]  # four of them


def _plain(text: str) -> str:
    """With what stands in it as three octal digits."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 8)), text)


def net_if_flags(name: str) -> list[str]:
    """Which flags an interface has. Raises OSError where there is no such one."""
    bits = _asked(_SIOCGIFFLAGS, name, "H")
    return [flag for place, flag in enumerate(_FLAGS) if bits & 1 << place]


def net_if_mtu(name: str) -> int:
    """Bytes in the largest packet of an interface. Raises OSError where there is no such one."""
    return _asked(_SIOCGIFMTU, name, "i")


def net_if_duplex_speed(name: str) -> tuple[int, int]:  # noqa: ARG001 - as psutil calls it
    """Not told; no look asks for it."""
    return DUPLEX_UNKNOWN, 0


def net_if_addrs() -> NoReturn:
    """Not told; no look asks for it. Raises OSError, which is a gap."""
    raise OSError(errno.ENOSYS, "addresses are not told by what stands in for psutil")


def _asked(number: int, name: str, kind: str) -> int:
    """What the kernel answers to an interface's request: 16 bytes with its name, and a value in the next ones."""
    request = array.array("b", struct.pack("16s24x", name.encode()[:15]))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_:
        fcntl.ioctl(any_, number, request, True)
    return int(struct.unpack_from(f"16x{kind}", request)[0])
