"""Figures of a frozen week that late truth changed (operating-model.md, 5.1): told in a later one. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from msgspec import structs

from checks.reading import Instant
from console.pages.figures import Figure
from console.pages.week import Week
from console.pages.week_sections import Restated

_MOST_CAUSES, _MOST_FIGURES = 3, 4
_EVIDENCE = ("K1", "K2", "K3", "K4", "K5", "K8", "K9", "K17", "K24", "K25")
_FEEDS: dict[str, tuple[str, ...]] = {
    "outage": ("K1", "K2", "K3", "K24", "K25"),
    "host outage": _EVIDENCE,
    "maintenance": ("K1", "K2", "K3", "K8", "K23", "K24", "K25"),
    "decision": ("K1", "K3", "K25"),
    "absence": ("K4", "K18"),
    "backup-run": ("K8", "K9", "K10", "K25"),
    "patch-scan": ("K6", "K7"),
    "patch-item": ("K6", "K7"),
    "waiver": ("K6", "K7", "K17"),
    "restore-test": ("K11", "K25"),
    "work-log": ("K18", "K25"),
    "incident": ("K12", "K13", "K14", "K15", "K16", "K20", "K21", "K22", *_EVIDENCE),
    "incident-event": ("K12", "K13", "K14", "K15", "K16", "K18", "K20", "K21", "K22", *_EVIDENCE),
    "samples": (*_EVIDENCE, "K6", "K7", "K10", "K11", "K19"),
    "check-ins": (*_EVIDENCE, "K6", "K7", "K10", "K11", "K19"),
}
"""Which figures each kind of record can change (3.3, inputs)."""


@dataclass(frozen=True, slots=True)
class Late:
    """Something that came to the record after a freeze and speaks of the week."""

    kind: str
    what: str
    """What it is about, as a reader knows it: `erp`, `fs01 KB5061010`."""
    when: str
    """Of which instant, and when and by whom it was recorded."""
    at: Instant
    touches: frozenset[str]
    """The services, hosts, jobs and people whose figures it can change; empty where it can be any."""


def restated(frozen: Week, again: Week, told: Iterable[Restated], why: Callable[[Figure], str]) -> tuple[Restated, ...]:
    """What `again`, made from all that is known now, says otherwise than `frozen` and what was `told` of it since."""
    last = {one.key: one for one in frozen.figures}
    last |= {one.now.key: one.now for one in told if one.week == frozen.week}
    fresh = {one.key: one for one in again.figures}
    return tuple(
        Restated(frozen.week, bare(was), bare(fresh[key]), why(was))
        for key, was in last.items()
        if key in fresh and _says(was) != _says(fresh[key])
    )


def because(figure: Figure, late: Sequence[Late], places: Collection[str]) -> str:
    """Which of the late records can have changed a figure, in a sentence; many of one kind and thing are counted.

    `places` are the names of services, hosts, jobs and people: a figure about one of them hears of no other.
    """
    is_of_place = figure.about in places
    groups: dict[tuple[str, str], list[Late]] = {}
    for one in late:
        is_near = not is_of_place or not one.touches or figure.about in one.touches
        if is_near and figure.kpi in _FEEDS.get(one.kind, ()):
            groups.setdefault((one.kind, one.what), []).append(one)
    said = [_counted(kind, what, sorted(mine, key=lambda one: one.at)) for (kind, what), mine in groups.items()]
    more = f", and {len(said) - _MOST_CAUSES} more" if len(said) > _MOST_CAUSES else ""
    return "; ".join(said[:_MOST_CAUSES]) + more if said else "what was known then is read otherwise now"


def _counted(kind: str, what: str, mine: Sequence[Late]) -> str:
    if len(mine) == 1:
        return f"{kind} {what} {mine[0].when}"
    return f"{len(mine)} × {kind} {what}, the first {mine[0].when}"


def lines(rows: Iterable[Restated]) -> Iterator[str]:
    """What changed, a line for each week and cause, with its first figures; the others stand in JSON and CSV."""
    groups: dict[tuple[str, str], list[Restated]] = {}
    for one in rows:
        groups.setdefault((one.week, one.why), []).append(one)
    for (week, why), mine in groups.items():
        shown = mine[:_MOST_FIGURES]
        more = f"; {len(mine) - len(shown)} figures more" if len(mine) > len(shown) else ""
        yield f"{week}: {'; '.join(map(_moved, shown))}{more}. Why: {why}"


def _moved(one: Restated) -> str:
    about = f" of {one.was.about}" if one.was.about else ""
    span = ", 28 days" if one.was.span == "28d" else ""
    return f"{one.was.name}{about}{span} was {_shown(one.was, one.now)}, is {_shown(one.now, one.was)}"


def _shown(figure: Figure, other: Figure) -> str:
    """A figure; with its verdict where that alone changed."""
    is_alike = figure.shows == other.shows and figure.verdict
    return f"{figure.shows} ({figure.verdict})" if is_alike else figure.shows


def bare(figure: Figure) -> Figure:
    """The figure without what it was made from."""
    return structs.replace(figure, inputs=())


def _says(figure: Figure) -> tuple[object, ...]:
    return figure.shows, figure.verdict
