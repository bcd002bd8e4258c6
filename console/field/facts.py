"""What a machine is, asked in one go before anything is done to it."""

from __future__ import annotations

from dataclasses import dataclass

from checks.text import clean
from console.field.reach import NotReached, Reached

OLDEST = (3, 11)
_MOST_LINES, _PYTHON = 50, 3
"""Lines that are listened to; words of a line that names a Python."""
_ASKED = r"""
echo "system $(uname -s)"; echo "machine $(uname -m)"; echo "libc $(getconf GNU_LIBC_VERSION 2>/dev/null || echo other)"
echo "uid $(id -u)"
for one in python3.14 python3.13 python3.12 python3.11 python3; do
    p=$(command -v $one) && v=$($p -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) &&
        echo "python $p $v"
done
command -v sudo >/dev/null && { sudo -n true 2>/dev/null && echo "sudo free" || echo "sudo asks"; }
[ -d /run/systemd/system ] && echo "systemd yes"
[ -x /opt/watchbill/bin/watchbill-agent ] && echo "agent $(/opt/watchbill/bin/watchbill-agent --version 2>/dev/null)"
[ -e /var/lib/watchbill/installed.json ] && echo "installed yes"
:
"""


@dataclass(frozen=True, slots=True)
class Facts:
    """A machine, as far as it matters to whoever comes to it."""

    system: str
    machine: str
    libc: tuple[int, ...]
    """The version of glibc; () for another C library."""
    is_root: bool
    has_sudo: bool
    sudo_asks: bool
    """Whether sudo asks for a password."""
    has_systemd: bool
    python: str
    """The newest Python that will do, "" where there is none."""
    version: tuple[int, ...]
    """Of that Python; of the newest one that will not do where there is none."""
    agent: str
    """The version of an agent in /opt/watchbill, "" where there is none."""
    is_installed: bool
    """Whether an agent is a service here."""


def facts(there: Reached) -> Facts:
    """Ask. Raises NotReached for what is no machine that answers."""
    ran = there.run("sh", "-c", _ASKED, seconds=30)
    lines = [clean(line, 300).split() for line in ran.out.decode(errors="replace").splitlines()[:_MOST_LINES]]
    said = {line[0]: line[1:] for line in lines if line}
    if ran.status or "system" not in said:
        raise NotReached(f"{there.where} runs no shell that answers: {ran.err or 'it said nothing'}")
    pythons = [(_version(line[2]), line[1]) for line in lines if line[:1] == ["python"] and len(line) == _PYTHON]
    newest, path = max(pythons, default=((), ""))
    libc = said.get("libc", [])
    return Facts(
        system=" ".join(said["system"]),
        machine=" ".join(said.get("machine", [])),
        libc=_version(libc[1]) if libc[:1] == ["glibc"] and len(libc) > 1 else (),
        is_root=said.get("uid") == ["0"],
        has_sudo="sudo" in said,
        sudo_asks=said.get("sudo") == ["asks"],
        has_systemd="systemd" in said,
        python=path if newest >= OLDEST else "",
        version=newest,
        agent=" ".join(said.get("agent", [])).rpartition(" ")[2],
        is_installed="installed" in said,
    )


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(one) for one in text.split(".") if one.isdigit())
