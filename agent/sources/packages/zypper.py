"""Zypper (SUSE), by the lists that are there: `--no-refresh` fetches nothing. Its patches tell why updates wait."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from agent.looking import Look
from agent.sources.packages.dnf import SEVERITIES
from agent.sources.packages.updates import RPM, Manager, Update, UpdatesSilent, answer, is_system, mtime, prints
from checks.reading import Instant

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LISTS = "var/cache/zypp/raw"
_SOURCES = (*RPM, "etc/zypp/repos.d", "etc/zypp/locks")


def _waiting(at: Look) -> Iterator[Update]:
    if not list((at.root / _LISTS).glob("*/repodata/*primary.xml*")):
        raise UpdatesSilent("zypper has no lists yet: run `zypper refresh`")
    for one in _told(at, "list-updates", "--all"):
        name, arch = one.get("name", ""), one.get("arch", "")
        yield Update(f"{name}.{arch}", one.get("edition", ""), one.get("edition-old", ""), _alias(one))
    for one in _told(at, "list-patches", "--category", "security"):
        date = one.find("issue-date")
        when = "" if date is None else date.get("time_t", "")
        yield Update(
            one.get("name", ""),
            one.findtext("summary", ""),
            "",
            _alias(one),
            int(when) if when.isdecimal() else None,
            SEVERITIES.get(one.get("severity", ""), ""),
            is_security=True,
            is_notice=True,
        )


def _told(at: Look, *words: str) -> Iterator[Element]:
    from xml.etree import ElementTree as ET  # a weight that other systems need not carry

    where = [] if at.root == Path("/") else ["--root", str(at.root)]
    ran = answer(["zypper", *where, "--non-interactive", "--no-refresh", "--quiet", "--xmlout", *words])
    try:
        tree = ET.fromstring(ran.out)  # noqa: S314 - root's own program; expat bounds what it expands
    except ET.ParseError as error:
        raise UpdatesSilent(f"zypper said what nobody understands: {error}") from error
    wrong = [one.text or "" for one in tree.iter("message") if one.get("type") == "error"]
    if wrong:  # it ends with 0 all the same
        raise UpdatesSilent(f"zypper: {' '.join(' '.join(wrong).split())[:200]}")
    return tree.iter("update")


def _alias(one: Element) -> str:
    source = one.find("source")
    return "" if source is None else source.get("alias", "")


def _refreshed_at(at: Look) -> Instant | None:
    """A folder of lists is written anew when they changed; its index is touched when it is found to be the newest."""
    lists = at.root / _LISTS
    return max(map(mtime, (*lists.glob("*"), *lists.glob("*/repodata/repomd.xml"))), default=None)


ZYPPER = Manager(
    "zypper",
    is_here=lambda at: is_system(at, "suse", "opensuse", "sles"),
    fingerprint=lambda at: (
        prints(at, "usr/lib/sysimage/rpm", "var/lib/rpm", "etc/zypp/repos.d", "etc/zypp/locks") + str(_refreshed_at(at))
    ),
    waiting=_waiting,
    refreshed_at=_refreshed_at,
)
