"""Apk (Alpine), by the index that is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.looking import Look
from agent.sources.packages.updates import Manager, Update, answer, is_system, mtime, prints
from checks.reading import Instant

_LINE = re.compile(r"(?P<name>\S+)-(?P<old>\d\S*-r\d+) +< +(?P<new>\S+)(?: .*)?")
"""`apk version`: `busybox-1.36.1-r5 < 1.36.1-r7`."""
_INDEX = "var/cache/apk"


def _waiting(_: Look) -> Iterator[Update]:
    for line in answer(["apk", "--no-network", "version", "-l", "<"]).out.splitlines():
        found = _LINE.fullmatch(line.strip())
        if found:
            yield Update(found["name"], found["new"], found["old"])


def _refreshed_at(at: Look) -> Instant | None:
    return max(map(mtime, (at.root / _INDEX).glob("APKINDEX*")), default=None)


APK = Manager(
    "apk",
    is_here=lambda at: is_system(at, "alpine"),
    fingerprint=lambda at: prints(at, "lib/apk/db/installed", "etc/apk/repositories", "etc/apk/world", _INDEX),
    waiting=_waiting,
    refreshed_at=_refreshed_at,
    no_security=lambda _: "apk does not tell which updates are for security",
)
