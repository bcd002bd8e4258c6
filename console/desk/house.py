"""The pages about the daemon itself and the models in force."""

from __future__ import annotations

from checks.version import VERSION
from console.desk.modelling.signing import may_see
from console.desk.office import Asked, Office, Pages
from console.pages.house import House
from console.pages.model import Models
from console.store.room import ADVICE


def house(office: Office, asked: Asked) -> House:
    """Who this daemon is, and who is asking."""
    doc = office.ledger.model.provider.doc
    role = asked.who.highest(office.ledger.model)
    return House(
        now=asked.now,
        version=VERSION,
        home=str(office.surroundings.home),
        door=office.surroundings.door,
        host_key=office.surroundings.keys.current,
        you=asked.who.login,
        name=asked.who.name,
        role=role.name.lower() if role else "",
        generation=office.pulse.generation,
        trouble=trouble(office),
        locks_after=(doc.console.locks_after or 0) if doc else 0,
    )


def trouble(office: Office) -> str:
    """Why the daemon keeps nothing just now, or no check-ins, and what to do; "" where it does."""
    no_room = office.ledger.database.room.said
    return office.ledger.trouble or (no_room and f"{no_room}; {ADVICE}")


def models(office: Office, asked: Asked) -> Models:
    """What is published, of what may be seen."""
    return Models(asked.now, tuple(one for one in office.published.heads() if may_see(office, asked, one.model)))


PAGES: Pages = {"model": models, "house": house}
