"""A row of a component's table, and the live facts that stand beside what is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

NOT_MEASURED = "not measured"


class ServiceNow(NamedTuple):
    """How one service stands."""

    state: str
    tone: str
    """`ok`, `watch`, `breach` or `unknown`."""
    why: str
    incidents: tuple[str, ...]
    """Open ones, one line each, beginning with `#` and its number."""
    available: str
    """This week so far: `97.91 %`, or "" where nothing was due or known."""


class Lacking(NamedTuple):
    """A gap about something, as the gaps page has it."""

    number: str
    about: str
    evidence: str
    fix: str


@dataclass(frozen=True)
class Live:
    """What is seen now, beside what is written. Empty where nothing is."""

    services: Mapping[str, ServiceNow] = field(default_factory=dict)
    kpis: Mapping[str, str] = field(default_factory=dict)
    """Values by KPI; what is not in it is not measured."""
    breaches: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By check, and by family: the hosts over a limit now."""
    heard: frozenset[str] = frozenset()
    """Hosts whose evidence holds now."""
    incidents: Mapping[str, int] = field(default_factory=dict)
    """How many open incidents each person owns."""
    gaps: Sequence[Lacking] = ()

    def to_close(self, about: str) -> tuple[str, ...]:
        """Lines about the gaps of one thing."""
        found = self._by_about.get(about, ())
        return tuple(f"to close   {one.number}: {one.evidence}; {one.fix}" for one in found)

    @cached_property
    def _by_about(self) -> Mapping[str, Sequence[Lacking]]:
        found: dict[str, list[Lacking]] = {}
        for one in self.gaps:
            found.setdefault(one.about, []).append(one)
        return found


@dataclass(frozen=True, slots=True)
class Entry:
    """One row."""

    kind: str
    """`service`, `person`, `role` …"""
    id: str
    name: str
    cells: Mapping[str, str]
    detail: tuple[str, ...] = ()
    tone: str = ""
    person: str = ""
    """Whom it hangs on: where its row leads, unless it is a service."""


@dataclass(frozen=True, slots=True)
class Component:
    """One component: the sentence that answers its question, and its rows."""

    answer: str
    rows: tuple[Entry, ...]
    tone: str = ""


def plain(kind: str, id_: str, name: str, says: Sequence[str]) -> Entry:
    """A row of (who, what it says, how it stands now)."""
    who, said, now = says
    return Entry(kind, id_, name, {"who": who, "says": said, "now": now})


def nothing(kind: str, section: str, would: str, client: str) -> Entry:
    """The row of a section that is empty: what would be there, and the command that puts it there."""
    says = f"none written yet: {would}"
    detail = (
        f"{kind}: none",
        "",
        f"here would stand {would}",
        f"write `{section}:` with `watchbill model edit {client}`",
    )
    return Entry(kind, "", "none", {"who": "–", "says": says, "now": ""}, detail, "watch")


def counted(count: int, one: str, many: str) -> str:
    """`1 policy`, `3 policies`."""
    return f"{count} {one if count == 1 else many}"
