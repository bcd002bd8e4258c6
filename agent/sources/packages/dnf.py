"""Dnf 4 and dnf 5 (Fedora, RHEL and their kin), by the lists that are there: `--cacheonly` fetches nothing.

An update's advisory is found by its full name. Seen with 4.14 and 5.4.6; 4 has JSON for nothing, so `repoquery` is
given a format. What an administrator excludes is missing too, and counted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from agent.looking import Look
from agent.sources.packages.updates import RPM, Manager, Update, UpdatesSilent, answer, is_system, mtime, prints
from checks.reading import Instant

_CACHE4, _CACHE5 = "var/cache/dnf", "var/cache/libdnf5"
_HISTORY = ("var/lib/dnf/history.sqlite-wal", "usr/lib/sysimage/libdnf5/transaction_history.sqlite-wal")
_SOURCES = (*RPM, *_HISTORY, "etc/yum.repos.d", "etc/dnf/dnf.conf")
_FORMAT = "%{name}\t%{arch}\t%{evr}\t%{reponame}"
_FIELDS = 4
SEVERITIES = {"critical": "critical", "important": "high", "moderate": "moderate", "low": "low"}
"""Red Hat's and SUSE's four, in the words of policies."""
_LISTED = re.compile(r"(\S+)\s+(\S+)\s+(\S+)")
_DATED = re.compile(r"^\s*Update ID\s*: (\S+)$.*?^\s*Updated\s*: ([\d-]+ [\d:]+)$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Advisory:
    """What is told of one package in an advisory."""

    package: str
    """`name-version-release.arch`, with its epoch where that is not 0."""
    is_security: bool
    severity: str
    since: Instant | None


def _waiting4(at: Look) -> Iterator[Update]:
    _need_lists(at, _CACHE4)
    dnf = ["dnf", "-q", "--cacheonly", "--disableexcludes=all", *_where(at)]
    listed = answer([*dnf, "repoquery", "--upgrades", "--latest-limit=1", f"--qf={_FORMAT}"])
    if "error:" in listed.err:  # it ends with 0 where it could not read what is installed
        raise UpdatesSilent(f"dnf: {' '.join(listed.err.split())[:200]}")
    rows = sorted({tuple(line.split("\t")) for line in listed.out.splitlines()})
    told = answer([*dnf, "updateinfo", "info", "--updates"]).out
    dates = {id_: _instant(when) for id_, when in _DATED.findall(told)}
    listed = answer([*dnf, "updateinfo", "list", "--updates"])
    notices = [
        _Advisory(package, "/" in kind, SEVERITIES.get(kind.partition("/")[0].lower(), ""), dates.get(id_))
        for id_, kind, package in filter(None, map(_fields, listed.out.splitlines()))
    ]
    yield from _joined([row for row in rows if len(row) == _FIELDS], notices)


def _waiting5(at: Look) -> Iterator[Update]:
    _need_lists(at, _CACHE5)
    dnf = ["dnf5", "-q", "--cacheonly", "--setopt=disable_excludes=*", *_where(at)]
    try:
        told = json.loads(answer([*dnf, "check-upgrade", "--json"]).out or "{}").get("upgrades", [])
        rows = [tuple(str(one[key]) for key in ("name", "arch", "evr", "repository")) for one in told]
        notices = [
            _Advisory(
                str(one["nevra"]),
                one["type"] == "security",
                SEVERITIES.get(str(one["severity"]).lower(), ""),
                int(one["buildtime"]) or None,
            )
            for one in json.loads(answer([*dnf, "advisory", "list", "--updates", "--json"]).out or "[]")
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UpdatesSilent(f"dnf5 said what nobody understands: {error}") from error
    yield from _joined(rows, notices)


def _joined(rows: list[tuple[str, ...]], notices: list[_Advisory]) -> Iterator[Update]:
    """Each update with its advisory; of several about one, security comes first, and then the oldest."""
    known: dict[str, _Advisory] = {}
    for one in sorted(notices, key=lambda one: (not one.is_security, one.since or 0)):
        known.setdefault(one.package, one)
    for name, arch, version, repository in rows:
        told = known.get(f"{name}-{version}.{arch}", _Advisory("", False, "", None))
        yield Update(f"{name}.{arch}", version, "", repository, told.since, told.severity, is_security=told.is_security)


def _need_lists(at: Look, cache: str) -> None:
    """Without any, dnf tells of no update and ends with 0."""
    if not any((at.root / cache).glob("*/repodata/*primary.xml*")):
        raise UpdatesSilent("dnf has no lists yet: enable dnf-makecache.timer, or run `dnf makecache`")


def _where(at: Look) -> list[str]:
    """A folder made for a test has no package that tells the release."""
    return [] if at.root == Path("/") else [f"--installroot={at.root}", "--releasever=1"]


def _fields(line: str) -> tuple[str, str, str] | None:
    found = _LISTED.fullmatch(line.strip())
    return (found[1], found[2], found[3]) if found else None


def _instant(text: str) -> Instant | None:
    """Advisories are dated in UTC."""
    try:
        return int(datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC).timestamp())
    except ValueError:
        return None


def _manager(name: str, cache: str, waiting: Callable[[Look], Iterable[Update]]) -> Manager:
    def is_here(at: Look) -> bool:
        has_five = (at.root / "usr/bin/dnf5").exists()
        return is_system(at, "fedora", "rhel", "centos", "amzn") and has_five == (name == "dnf5")

    def lists(at: Look, what: str) -> list[Path]:
        return list((at.root / cache).glob(f"*/repodata/*{what}.xml*"))

    def no_security(at: Look) -> str:
        return "" if lists(at, "updateinfo") else "its repositories publish no advisories"

    return Manager(
        name,
        is_here,
        lambda at: f"{prints(at, *_SOURCES)} {_newest(lists(at, 'primary'))}",
        waiting,
        lambda at: _newest(lists(at, "primary")),
        no_security=no_security,
    )


def _newest(files: list[Path]) -> Instant | None:
    """Dnf touches its lists when it finds that they are still the newest."""
    return max(map(mtime, files), default=None)


DNF4, DNF5 = _manager("dnf", _CACHE4, _waiting4), _manager("dnf5", _CACHE5, _waiting5)
