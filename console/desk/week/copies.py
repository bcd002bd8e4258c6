"""Which backup copies agents saw: instants of the newest one, as each hour, each day and each late look left them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checks.catalogue import CATALOGUE
from checks.reading import Instant
from console.desk.office import Office
from console.store.enrolment import Agent
from console.store.retention import DAY, HOUR
from console.store.standing import key_of

CHECKS = frozenset(one.name for one in CATALOGUE if one.tells_copies)
"""Checks whose value is the instant of the newest copy."""
_LOOKS = 60
"""Of the check-ins that are still whole, about so many are read: more than one an hour."""
Copies = dict[str, dict[str, tuple[Instant, ...]]]


def copies_of(office: Office, agents: Iterable[Agent], period: tuple[Instant, Instant]) -> Copies:
    """By host, and by check and subject, when the copies that were seen in `[start, end)` were made."""
    found: dict[str, dict[str, set[Instant]]] = {}
    for agent in agents:
        state = office.ledger.states[agent.agent]
        if any(key.partition(" ")[0] in CHECKS for key in state.held):
            for key, newest in _seen(office, agent, period):
                if newest < period[1]:
                    found.setdefault(agent.host, {}).setdefault(key, set()).add(newest)
    return {host: {key: tuple(sorted(made)) for key, made in keys.items()} for host, keys in found.items()}


def _seen(office: Office, agent: Agent, period: tuple[Instant, Instant]) -> Iterator[tuple[str, Instant]]:
    for span in (HOUR, DAY):
        for _, spreads in office.history.rolled_up(agent.agent, span, period[0] - span, period[1]):
            for key, spread in spreads.items():
                if key.partition(" ")[0] in CHECKS:
                    yield key, int(spread.greatest)
    state = office.ledger.states[agent.agent]
    for check_in in office.history.check_ins(agent.agent, state.ordinal, _LOOKS):
        for reading in check_in.readings:
            if reading.check in CHECKS and reading.value is not None and reading.taken_at < period[1]:
                yield key_of(reading.check, reading.subject), int(reading.value)
