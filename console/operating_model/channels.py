"""How word travels: the channel for a severity and an hour, and who is on call (rows 33c, J5). Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from checks.reading import Instant
from console.operating_model.entities import Model, Person
from console.operating_model.schema.client import ClientDoc, ProviderDoc
from console.operating_model.schema.organization import OnCallDoc, TeamDoc

Opens = Callable[[str], Instant | None]
"""From a calendar's id to the first instant, now or later, at which it is open; None where it never is."""
_WRITTEN = frozenset({"email", "mail", "report"})


@dataclass(frozen=True, slots=True)
class Way:
    """A channel of the register, and from when it can be used."""

    id: str
    kind: str
    one_end: str
    other_end: str
    opens_at: Instant


def way_for(doc: ClientDoc, severity: str, opens: Opens) -> Way | None:
    """The channel for this severity that is open now, else the one that opens next; None where there is none."""
    ways = [
        Way(one.id, one.kind, one.from_, one.to, at)
        for one in doc.channels
        if severity in one.use and (at := opens(one.hours)) is not None
    ]
    return min(ways, key=lambda way: way.opens_at, default=None)


def on_call(doc: ClientDoc, provider: ProviderDoc | None, zone: ZoneInfo, now: Instant) -> str:
    """Whose weekly turn it is, from the rota's `start` at local midnight; "" before it, or where there is no rota.

    The client's own rota goes before the provider's. Weeks are counted in local dates, so a clock change moves nobody.
    """
    rota = rota_of(doc, provider)
    if rota is None:
        return ""
    days = (datetime.fromtimestamp(now, zone).date() - rota.start).days
    return rota.order[days // 7 % len(rota.order)] if days >= 0 else ""


def rota_of(doc: ClientDoc, provider: ProviderDoc | None) -> OnCallDoc | None:
    """The rota in force for a client."""
    return doc.on_call or (provider.on_call if provider else None)


def people_of(model: Model, doc: ClientDoc, party: str) -> tuple[str, ...]:
    """The people behind one end of a channel: a team with its lead first, a role's holder and deputy, or a person."""
    provider = model.provider.doc
    team: TeamDoc | None = doc.teams.get(party) or (provider.teams.get(party) if provider else None)
    if team is not None:
        return tuple(dict.fromkeys((team.lead, *team.members)))
    role = doc.roles.get(party)
    found = (role.holder, role.deputy) if role else (party,)
    return tuple(one for one in found if model.person(doc.client.id, one) is not None)


def address(person: Person, kind: str) -> str:
    """Where a person is reached by this kind of channel: the mail address for written word, else the phone."""
    first, second = (person.email, person.phone) if kind in _WRITTEN else (person.phone, person.email)
    return first or second
