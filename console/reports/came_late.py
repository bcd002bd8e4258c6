"""What came to the record after a week was frozen, and which of it can have changed a figure of that week. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from checks.reading import Instant
from console.pages.figures import Figure, Input
from console.reports.weekly.spoken import capped
from console.service_levels.intervals import Interval

_MOST_CAUSES, _MOST_OPENED = 3, 40
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
    "work-log": ("K18", "alignment"),
    "incident": ("K12", "K13", "K14", "K15", "K16", "K20", "K21", "K22", *_EVIDENCE),
    "incident-event": ("K12", "K13", "K14", "K15", "K16", "K18", "K20", "K21", "K22", *_EVIDENCE),
    "samples": (*_EVIDENCE, "K6", "K7", "K10", "K11", "K19"),
    "check-ins": (*_EVIDENCE, "K6", "K7", "K10", "K11", "K19"),
}
"""Which figures each kind of record can change (3.3, inputs): by KPI, or by name where it feeds but one of a KPI."""


@dataclass(frozen=True, slots=True)
class Late:
    """Something that came to the record after a freeze and speaks of the week."""

    kind: str
    what: str
    """What it is about, as a reader knows it: `erp`, `fs01 KB5061010`."""
    when: str
    """Of which instant; "" where it is about no one."""
    recorded: str
    """When it came to the record, and by whom."""
    span: tuple[Instant, Instant | None]
    """`[start, end)` of what it tells; without an end where that holds on, as a restore point does."""
    touches: frozenset[str]
    """The services, hosts, jobs, people and severities whose figures it can change; empty where it can be any."""


@dataclass(frozen=True, slots=True)
class Came:
    """Everything that came late about one week."""

    late: Sequence[Late]
    places: Collection[str]
    """The names of services, hosts, jobs, people and severities: a figure about one of them hears of no other."""
    windows: Mapping[str, Interval]
    """`[start, end)` that a figure's span looks at; of a span that is not here, all that was before the week's end."""


def because(figure: Figure, came: Came) -> str:
    """Which of the late records can have changed a figure, in a sentence; many of one kind and thing are counted."""
    groups = _grouped(figure, came)
    if not groups:
        return "what was known then is read otherwise now"
    said = [_counted(kind, what, mine) for (kind, what), mine in groups.items()]
    more = f", and {len(said) - _MOST_CAUSES} more" if len(said) > _MOST_CAUSES else ""
    recorded = dict.fromkeys(one.recorded for mine in groups.values() for one in mine)
    others = " and at other times" if len(recorded) > 1 else ""
    return f"{'; '.join(said[:_MOST_CAUSES])}{more}, {next(iter(recorded))}{others}"


def evidence(figure: Figure, came: Came) -> Iterator[Input]:
    """The same records, a line each, as far as anybody reads."""
    groups = list(_grouped(figure, came).items())
    for (kind, what), mine in groups[:_MOST_OPENED]:
        yield Input(f"late {kind}", what, f"{len(mine)} that came after the freeze", capped(map(_when, mine)))
    if len(groups) > _MOST_OPENED:
        yield Input("late records about other things", str(len(groups) - _MOST_OPENED))


def _grouped(figure: Figure, came: Came) -> Mapping[tuple[str, str], Sequence[Late]]:
    """What can have changed a figure, by kind and thing, the earliest first."""
    groups: dict[tuple[str, str], list[Late]] = {}
    for one in sorted(came.late, key=lambda one: one.span[0]):
        if _reaches(one, figure, came):
            groups.setdefault((one.kind, one.what), []).append(one)
    return groups


def _reaches(one: Late, figure: Figure, came: Came) -> bool:
    """Whether a record feeds the KPI, is about what the figure is about, and tells of the time it looks at."""
    is_near = figure.about not in came.places or not one.touches or figure.about in one.touches
    start, end = came.windows.get(figure.span, (0, None))
    ends = one.span[1]
    is_then = (ends is None or ends > start) and (end is None or one.span[0] < end)
    return is_near and is_then and not {figure.kpi, figure.name}.isdisjoint(_FEEDS.get(one.kind, ()))


def _counted(kind: str, what: str, mine: Sequence[Late]) -> str:
    if len(mine) == 1:
        return f"{kind} {what} {mine[0].when}".strip()
    first = f", the first {mine[0].when}" if mine[0].when else ""
    return f"{len(mine)} × {kind} {what}{first}"


def _when(one: Late) -> str:
    return ", ".join(filter(None, (one.when, one.recorded)))
