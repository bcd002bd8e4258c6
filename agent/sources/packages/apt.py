"""Apt (Debian, Ubuntu). `apt-get -s dist-upgrade` needs no root, takes no lock and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from agent.looking import Look
from agent.sources.packages.updates import Manager, Update, answer, mtime, prints
from checks.reading import Instant

SIMULATION = ("apt-get", "-s", "--ignore-hold", "-o", "Debug::NoLocking=true", "-q", "dist-upgrade")
"""What is held waits too: it is missing, whoever wanted it so."""
_DPKG = "var/lib/dpkg"
_STATUS = f"{_DPKG}/status"
_WANTED = "${db:Status-Want} ${Package} ${Package}:${Architecture}\n"
"""Apt says of which architecture a package is where that is not the machine's own."""
_LINE = re.compile(r"Inst (?P<name>\S+) (?:\[(?P<old>[^\]]*)\] )?\((?P<new>\S+) (?P<origin>.*?) \[[^\]]*\]\)")
_SECURITY = re.compile(r"-security|Debian-Security|ESM", re.IGNORECASE)


def _waiting(at: Look) -> Iterator[Update]:
    where = [] if at.root == Path("/") else ["-o", f"Dir={at.root}", "-o", f"Dir::State::status={at.root / _STATUS}"]
    yield from parsed(answer([*SIMULATION, *where]).out, _held(at))


def _held(at: Look) -> set[str]:
    """What `apt-mark hold` was told, which dpkg keeps; `apt-mark showhold` builds apt's whole cache to say the same."""
    asked = ["dpkg-query", f"--admindir={at.root / _DPKG}", "-W", "-f", _WANTED]
    rows = (row.split() for row in answer(asked).out.splitlines())
    return {name for want, *names in rows if want == "hold" for name in names}


def parsed(text: str, held: Collection[str] = ()) -> Iterator[Update]:
    """The update of each `Inst` line."""
    for line in text.splitlines():
        found = _LINE.match(line)
        if found:
            origin = found["origin"]
            yield Update(
                found["name"],
                found["new"],
                found["old"] or "new",
                origin.split(",")[0],
                is_security=_SECURITY.search(origin) is not None,
                is_held=found["name"] in held,
            )


def _refreshed_at(at: Look) -> Instant | None:
    """Never the mtime of `InRelease`, which is the publisher's."""
    stamps = ("var/lib/apt/periodic/update-success-stamp", "var/lib/apt/lists/partial")
    times = [when for path in stamps if (when := mtime(at.root / path))]
    lists = at.root / "var/lib/apt/lists"
    has_lists = lists.is_dir() and any(path.name.endswith("Release") for path in lists.iterdir())
    return max(times) if times and has_lists else None


APT = Manager(
    "apt",
    is_here=lambda at: (at.root / _STATUS).exists(),
    fingerprint=lambda at: prints(
        at,
        _STATUS,
        "var/lib/apt/lists",
        "var/lib/apt/lists/partial",
        "etc/apt/sources.list",
        "etc/apt/sources.list.d",
        "etc/apt/preferences.d",
    ),
    waiting=_waiting,
    refreshed_at=_refreshed_at,
)
