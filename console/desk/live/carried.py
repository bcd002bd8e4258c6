"""What a laptop wrote down away from the desk and carries home: it counts once, however often it is brought."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from msgspec import structs

from console.desk.live import incidents
from console.desk.live.actions import add
from console.desk.office import Asked, Office
from console.desk.refusal import DeskRefusal
from console.incidents.events import Event

_ID = re.compile(r"[0-9a-f]{32}")


async def add_once(office: Office, asked: Asked, event: Event) -> bool:
    """Add an event, unless the incident has one of its `id` already; whether it was added. Raises DeskRefusal."""
    id_ = asked.text("id")
    if not id_:
        await add(office, asked, event)
        return True
    if not _ID.fullmatch(id_):
        raise DeskRefusal("id must be 32 hexadecimal digits", "leave it out, or make one for what is carried home")
    text = f"{event.text} (written {_at(asked)})" if asked.text("written") else event.text
    async with office.writing:  # a second bringer waits until the first one's is in the record
        if any(one.id == id_ for one in incidents.found(office, asked).events):
            return False
        await add(office, asked, structs.replace(event, id=id_, text=text))
    return True


def _at(asked: Asked) -> str:
    """When it was written, by the laptop's clock: it is told beside, and the event stands where the desk heard it."""
    try:
        at = datetime.fromisoformat(asked.text("written"))
    except ValueError as error:
        raise DeskRefusal("written must be an instant", "such as 2026-11-24T09:00:00Z") from error
    if at.tzinfo is None:
        raise DeskRefusal("written must say its zone", "such as 2026-11-24T09:00:00Z")
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
