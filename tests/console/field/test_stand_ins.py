"""What stands in for compiled libraries on a machine that is looked at tells what they tell."""

from __future__ import annotations

from pathlib import Path

import msgspec
import psutil
import pytest
from psutil import _psutil_linux as compiled

from agent.sources.packages.updates import Update
from checks.reading import CheckName, Item, Reading
from console.field.carried import NotReached, files_for
from console.field.facts import Facts
from console.field.stand_ins import msgspec as structs
from console.field.stand_ins import psutil_linux

TABLE = r"""# device, place, kind, options
/dev/sda1 / ext4 rw,relatime 0 0
//nas/back\040up /mnt/back\040up\011and\012\134more cifs ro 0 0
tmpfs /tmp tmpfs rw 0 0

short line
"""


def test_mounts_and_interfaces_are_what_psutil_says(tmp_path: Path) -> None:
    table = tmp_path / "mounts"
    table.write_bytes(TABLE.encode() + b"/dev/sdb /data/\xff xfs rw 0 0\n")
    for path in (str(table), "/proc/self/mounts"):
        assert psutil_linux.disk_partitions(path) == compiled.disk_partitions(path)
    names = psutil.net_io_counters(pernic=True)
    assert names
    for name in names:
        assert psutil_linux.net_if_flags(name) == compiled.net_if_flags(name)
        assert psutil_linux.net_if_mtu(name) == compiled.net_if_mtu(name)
    with pytest.raises(OSError, match="No such device"):
        psutil_linux.net_if_flags("nobody0")
    assert psutil_linux.version == compiled.version
    assert psutil_linux.getpagesize() == compiled.getpagesize()
    for number in (2**31, -(2**31) - 1):
        with pytest.raises(OverflowError):
            psutil_linux.check_pid_range(number)


def test_what_is_not_told_is_no_value() -> None:
    assert not hasattr(psutil_linux, "users")
    with pytest.raises(OSError, match="not told"):
        psutil_linux.net_if_addrs()


class Bag(structs.Struct, frozen=True, omit_defaults=True):
    """As many kinds of fields as a look has."""

    name: str
    inside: tuple[Item, ...] = ()
    seconds: dict[str, float] = {}  # noqa: RUF012 - as CheckIn has it; each gets its own
    since: int | None = None


def test_what_is_encoded_comes_back_as_it_was() -> None:
    bag = Bag("a", since=3)
    assert structs.structs.replace(bag, since=None) == Bag("a")
    assert Bag("a").seconds is not Bag("a").seconds
    with pytest.raises(AttributeError):
        bag.name = "b"  # type: ignore[misc]
    for one in (bag, Bag("ü \udcff", seconds={"x": 0.5})):
        assert structs.json.decode(structs.json.encode([one]), type=list[Bag]) == [one]
    with pytest.raises(structs.DecodeError):
        structs.json.decode("{", type=Bag)


def test_text_of_the_one_is_read_by_the_other() -> None:
    """The stand-in writes what msgspec reads, so both mean the same by it."""
    update = Update("openssl", "3.0.16", since=1_790_000_000, is_security=True)
    reading = Reading(CheckName("updates"), "", 1.0, 1, 2, (update.item,))
    for value in (update, reading):
        text = structs.json.encode(msgspec.to_builtins(value))
        assert msgspec.json.decode(text, type=type(value)) == value


def test_an_agent_for_a_machine_of_another_kind_says_which_wheels_it_lacks(tmp_path: Path) -> None:
    other = Facts("Linux", "riscv64", (2, 36), True, True, False, True, "/usr/bin/python3.99", (3, 99), "", False)
    with pytest.raises(NotReached, match=r"pip download --only-binary :all: --no-deps .*3.99 msgspec"):
        files_for(other, ("msgspec",), tmp_path)
