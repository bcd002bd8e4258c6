"""Decisions: whose they are, who may speak for whom, and the log in which each stands, granted or refused."""

from __future__ import annotations

from datetime import UTC, datetime

from console.desk.office import Asked, Office, require
from console.desk.records.papers import keep
from console.desk.refusal import DeskRefusal, Kind
from console.operating_model.entities import Client
from console.operating_model.rights import deciders, holders
from console.pages.verb import Role


def speaker(office: Office, asked: Asked, client: Client) -> str:
    """The person who decides: `by`, where whoever asks may speak for them, else whoever asks. Raises DeskRefusal.

    Somebody with a login speaks for themselves alone; who has none (a client's person on the phone) is spoken for by
    whoever takes the call. The daemon's own account may write for anybody.
    """
    wanted = asked.text("by")
    if not wanted:
        people = office.ledger.model.provider.people.values()
        return next((person.id for person in people if person.login == asked.who.login), asked.who.login)
    person = office.ledger.model.person(client.id, wanted)
    if person is None:
        raise DeskRefusal(f"there is no person {wanted!r}", "see `watchbill model show`", Kind.NOT_FOUND)
    if person.login and person.login != asked.who.login and not asked.who.is_daemon:
        raise DeskRefusal(f"{asked.who.login} cannot decide for {person.name}", "ask them", Kind.FORBIDDEN)
    require(office, asked, Role.TECHNICIAN, client.id)
    return wanted


async def decided(office: Office, asked: Asked, client: Client, what: str, about: str) -> str:
    """The person who decides `what`, once they may and it is logged. Raises DeskRefusal, and logs that too."""
    doc = client.doc
    may = None if doc is None else deciders(doc, what)
    return await _logged(office, asked, client, (what, about), may)


async def decided_by(office: Office, asked: Asked, client: Client, role: str, decision: tuple[str, str]) -> str:
    """The same where a role or person is named by something else than `decision_rights`, such as a policy's `waive`.

    Where it names nobody, nobody may.
    """
    doc = client.doc
    return await _logged(office, asked, client, decision, holders(doc, role) if doc and role else ())


async def _logged(
    office: Office, asked: Asked, client: Client, decision: tuple[str, str], may: tuple[str, ...] | None
) -> str:
    person = speaker(office, asked, client)
    granted = may is None or person in may
    await log(office, asked, client, decision, (person, granted))
    if not granted:
        named = ", ".join(_called(office, client, one) for one in may or ()) or "nobody"
        told = f"{_called(office, client, person)} may not decide {decision[0]}; {named} may"
        raise DeskRefusal(told, "let them decide, and say who did: by (--by PERSON)", Kind.FORBIDDEN)
    return person


def _called(office: Office, client: Client, id_: str) -> str:
    """`Ada Lane (ada)`: the name for whoever reads it, the id for whoever types it."""
    known = office.ledger.model.person(client.id, id_)
    return f"{known.name} ({id_})" if known else id_


async def log(
    office: Office, asked: Asked, client: Client, decision: tuple[str, str], outcome: tuple[str, bool]
) -> None:
    """Write a decision down: (what, about) and (person, whether it was granted)."""
    (what, about), (person, granted) = decision, outcome
    fields = {
        "kind": "log",
        "client": client.id,
        "id": f"l-{asked.now}-{office.next_number()}",
        "at": datetime.fromtimestamp(asked.now, UTC).isoformat(),
        "by": person,
        "what": what,
        "about": about,
        "outcome": "granted" if granted else "refused",
        "why": asked.text("reason"),
    }
    await keep(office, asked, fields)
