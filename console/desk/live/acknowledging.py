"""The verb that acknowledges an incident."""

from __future__ import annotations

from console.desk.live import incidents
from console.desk.live.actions import text_of
from console.desk.office import Asked, Office, Verbs, kept, require
from console.desk.refusal import DeskRefusal, Kind
from console.incidents import events
from console.incidents.events import Event
from console.pages.house import Done
from console.pages.verb import Role
from console.store.writer import Batch


async def acknowledge(office: Office, asked: Asked) -> Done:
    """Say that it is known, and why it may wait. Refused where it is over, good again, or another one's symptom."""
    one = incidents.found(office, asked)
    reason = text_of(asked, "reason")
    if not one.is_open or one.recovered_at is not None:
        raise DeskRefusal(f"incident {one.number} is not bad any more", "there is nothing to wait for", Kind.CONFLICT)
    if one.parent:
        what = f"incident {one.number} is a symptom of #{one.parent}"
        raise DeskRefusal(what, f"acknowledge #{one.parent}", Kind.CONFLICT)
    require(office, asked, Role.TECHNICIAN, one.opening.client)
    batch = Batch()
    office.ledger.cases.add(one, Event(asked.now, asked.who.login, events.Kind.ACKNOWLEDGED, reason), batch)
    await kept(office.ledger.keep(batch))
    return Done(f"incident {one.number} is acknowledged until its evidence is good again; nobody owns it by that")


VERBS: Verbs = {"ack": acknowledge}
