"""Which marks of its two clocks an incident has passed (4.4). Pure; that each is told once is kept by its key."""

from __future__ import annotations

from collections.abc import Iterator

from checks.reading import Instant
from console.incidents.clock import Promise, own_promise, solve_promise
from console.incidents.events import Incident
from console.operating_model.entities import Client

Mark = tuple[str, int]
"""Which clock (`own` or `resolve`), and what share of its time, in percent."""
_OWN, _RESOLVE = (75, 100, 150), (50, 75, 100, 150)


def passed(client: Client, incident: Incident, now: Instant) -> Iterator[Mark]:
    """The marks behind us, while somebody can still do something; none while its work waits."""
    if not incident.is_open or incident.parent or incident.state == "pending":
        return
    if incident.owned_at is None:
        yield from _of("own", own_promise(client, incident, now), _OWN)
    yield from _of("resolve", solve_promise(client, incident, now), _RESOLVE)


def _of(clock: str, promise: Promise | None, shares: tuple[int, ...]) -> Iterator[Mark]:
    """At 100 % it is still on time: a promise breaks when more than its time is gone (4.3)."""
    if promise is None:
        return
    gone = promise.total - promise.left
    for share in shares:
        if 100 * gone > share * promise.total or (share != 100 and 100 * gone == share * promise.total):
            yield clock, share
