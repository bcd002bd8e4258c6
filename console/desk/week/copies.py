"""Which backup copies agents saw, and when they could look: as their looks left it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from checks.reading import Instant, Reading
from console.desk.office import Office
from console.reports.weekly.facts import Sighted
from console.service_levels.intervals import Interval, clip, normal
from console.store.enrolment import Agent
from console.store.outliving import Sight
from console.store.standing import AgentState, key_of


@dataclass(frozen=True, slots=True)
class Copies:
    """By host, and by check and subject: when copies were made, and when agents could see them."""

    made: Mapping[str, Mapping[str, tuple[Instant, ...]]] = field(default_factory=dict)
    sighted: Mapping[str, Mapping[str, Sighted]] = field(default_factory=dict)


def copies_of(office: Office, agents: Iterable[Agent], period: Interval) -> Copies:
    """The copies that were seen by the end of a period, of those made before it the newest alone."""
    made: dict[str, dict[str, set[Instant]]] = {}
    looks: dict[str, dict[str, list[Sighted]]] = {}
    mine = {one.agent: one for one in agents}
    for key, sights in _by_backup(office.history.sights(list(mine), *period)).items():
        agent, check, subject = key
        host, name = mine[agent].host, key_of(check, subject)
        copies = {one.made for one in sights if one.made is not None and one.made < period[1]}
        made.setdefault(host, {}).setdefault(name, set()).update(copies)
        looked = _looked(sights, _last_look(office.ledger.states[agent], name), period)
        looks.setdefault(host, {}).setdefault(name, []).append(looked)
    return Copies(
        {host: {name: tuple(sorted(found)) for name, found in names.items()} for host, names in made.items()},
        {host: {name: _together(found) for name, found in names.items()} for host, names in looks.items()},
    )


def _by_backup(found: Iterable[Sight]) -> dict[tuple[str, str, str], list[Sight]]:
    sights: dict[tuple[str, str, str], list[Sight]] = {}
    for one in found:
        sights.setdefault((one.agent, one.check, one.subject), []).append(one)
    return sights


def _last_look(state: AgentState, name: str) -> Instant:
    """When its agent looked last; what came after, nobody has seen."""
    held = state.held.get(name)
    return held.seen.taken_at if held is not None and isinstance(held.seen, Reading) else 0


def _looked(sights: list[Sight], last: Instant, period: Interval) -> Sighted:
    """From each look that saw something to the last one that saw the same; and on to the next that saw another copy."""
    ends = [(one.at, max(after.looked or 0, one.at + 1), after) for one, after in pairwise(sights) if one.is_seen]
    same = [(start, end) for start, end, _ in ends]
    on = [(start, after.at if after.is_seen else end) for start, end, after in ends]
    newest = [(one.at, max(last, one.at + 1)) for one in sights[-1:] if one.is_seen]
    return Sighted(clip(normal([*same, *newest]), *period), clip(normal([*on, *newest]), *period))


def _together(found: list[Sighted]) -> Sighted:
    """Over all the agents that a host had."""
    return Sighted(
        normal(span for one in found for span in one.known), normal(span for one in found for span in one.followed)
    )
