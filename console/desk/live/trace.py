"""What a host has left behind in seven days: its findings as stretches, its numbers as points."""

from __future__ import annotations

from collections.abc import Iterator

from checks.reading import CheckName, Instant
from console.desk.office import Office
from console.pages.hosts import Series, Stretch
from console.store.retention import HOUR
from console.store.standing import AgentState, Change, key_of

_WEEK = 7 * 86_400
_MOST_POINTS = 120


def history(office: Office, state: AgentState, now: Instant) -> dict[str, tuple[Stretch, ...]]:
    """Every finding as stretches of one status."""
    start = now - _WEEK
    before = {_key(change): change for change in office.history.standing_at([state.agent], start)}
    stretches: dict[str, list[Stretch]] = {}
    for change in [*before.values(), *office.history.changes_of_agents([state.agent], start, now + 1)]:
        pieces = stretches.setdefault(_key(change), [])
        at = max(start, change.at)
        if pieces:
            pieces[-1] = Stretch(pieces[-1].start, at, pieces[-1].status)
        pieces.append(Stretch(at, now, change.status))
    return {key: tuple(piece for piece in pieces if piece.start < piece.end) for key, pieces in stretches.items()}


def series(office: Office, state: AgentState, now: Instant) -> Iterator[Series]:
    """The numbers of every check that is worth drawing: the greatest of each hour, then those of whole check-ins."""
    points: dict[str, list[tuple[Instant, float]]] = {}
    for start, spreads in office.history.rolled_up(state.agent, HOUR, now - _WEEK, now):
        for key, spread in spreads.items():
            check = office.ledger.checks.get(CheckName(key.partition(" ")[0]))
            if check is None or not check.charted:
                continue
            points.setdefault(key, []).append((start, spread.greatest))
    for check_in in office.history.check_ins(state.agent, state.ordinal, _MOST_POINTS):
        for reading in check_in.readings:
            check = office.ledger.checks.get(reading.check)
            if check is not None and check.charted and reading.value is not None:
                points.setdefault(key_of(reading.check, reading.subject), []).append((reading.taken_at, reading.value))
    for key, numbers in points.items():
        name, _, subject = key.partition(" ")
        yield Series(name, subject, office.ledger.checks[CheckName(name)].unit.value, tuple(numbers))


def _key(change: Change) -> str:
    return key_of(change.check, change.subject)
