"""Up the chain of an incident: who comes next, and how they are reached now."""

from __future__ import annotations

from checks.reading import Instant
from console.desk.live.incidents import client_of
from console.desk.office import Office
from console.incidents.events import Incident
from console.letters.ladder import rungs
from console.letters.letter import Accounts
from console.letters.reach import Desk as LetterDesk
from console.letters.reach import Reach, reach
from console.pages.incidents import Rung


def chain(office: Office, one: Incident, now: Instant) -> tuple[Rung, ...]:
    """The chain of an open incident, as its page shows it."""
    way = way_of(office, one, now) if one.is_open else None
    found_rungs = rungs(way, one) if way else ()
    return tuple(Rung(each.name, each.role, each.address, each.called_at) for each in found_rungs)


def way_of(office: Office, one: Incident, now: Instant) -> Reach | None:
    """How word of an incident travels now; None where its client has no document."""
    client = client_of(office, one)
    desk = LetterDesk(office.ledger.model, Accounts(), now)
    return reach(desk, client, one.severity.value) if client else None
