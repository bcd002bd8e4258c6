"""Ending an incident: with its cause, once the evidence is good, or on the word of somebody who says why (4.2, J3)."""

from __future__ import annotations

from msgspec import structs

from checks.reading import Instant
from console.desk.live import incident, incidents
from console.desk.live.actions import add, text_of
from console.desk.live.backups import jobs_of
from console.desk.office import Asked, Office, Verbs
from console.desk.planning.recording import moment
from console.desk.records.papers import records_of
from console.desk.refusal import DeskRefusal, Kind
from console.incidents import events
from console.incidents.events import Event, Incident
from console.incidents.steps import last_bad_at
from console.operating_model.schema.records import DecisionRecord
from console.operating_model.schema.scalars import seconds
from console.pages.house import Done
from console.pages.incidents import PARTIES


async def resolve(office: Office, asked: Asked) -> Done:
    """End it; refused while somebody is not told yet (34), or while the evidence is bad and nobody says why anyway."""
    one, cause = incidents.found(office, asked), text_of(asked, "cause")
    _refuse_untold(office, one, asked.now)
    party = _whose(office, asked, one)
    despite, restored_at = asked.text("despite").strip(), _given(office, asked, one)
    is_good = one.recovered_at is not None or not one.opening.check or has_newer_copy(office, one, asked.now)
    if not is_good and restored_at is not None and not despite:
        told = f"the evidence of incident {one.number} is still bad, so a time alone does not end it"
        raise DeskRefusal(told, "say why it is over all the same (despite)", Kind.CONFLICT)
    if one.recovered_at is None and restored_at is None and (is_good or despite):
        restored_at = asked.now
    reason = "" if is_good else despite
    said = Event(asked.now, asked.who.login, events.Kind.RESOLVED, cause, reason=reason, restored_at=restored_at)
    await add(office, asked, structs.replace(said, party=party))
    on = ", on your word and against the evidence" if reason else ""
    return Done(f"incident {one.number} is resolved{on}")


def _whose(office: Office, asked: Asked, one: Incident) -> str:
    """Whose the cause was; "" where nobody says. Raises DeskRefusal for a risk that no decision accepts (I14)."""
    party = asked.text("party").strip()
    if party and party not in PARTIES:
        raise DeskRefusal(f"{party!r} is nobody whose a cause can be", f"say one of {', '.join(PARTIES)}")
    client = office.ledger.model.clients.get(one.opening.client)
    if party == "client-accepted-risk":
        decisions = (each for each in records_of(office, one.opening.client) if isinstance(each, DecisionRecord))
        if client is None or not any(each.accepts_on(asked.today(client)) for each in decisions):
            told = f"no decision of {one.opening.client} that holds today accepts a risk"
            raise DeskRefusal(told, "let the client decide (`watchbill decision`), or say whose it was", Kind.CONFLICT)
    return party


def has_newer_copy(office: Office, one: Incident, now: Instant) -> bool:
    """Of a backup: whether a usable copy exists of a time after its last bad evidence (J3)."""
    worst, jobs = last_bad_at(one), jobs_of(office, one, now)
    return bool(jobs) and all(job.last_good is not None and job.last_good > worst for job in jobs)


def _refuse_untold(office: Office, one: Incident, now: Instant) -> None:
    untold = [step for step in incident.telling_of(office, one, now) if step not in one.steps]
    if untold and one.owner:
        told = f"the runbook's step {untold[0]} of incident {one.number} is not done"
        raise DeskRefusal(told, f"tick it (b), or skip it with a reason: watchbill step {one.number} {untold[0]}")


def _given(office: Office, asked: Asked, one: Incident) -> Instant | None:
    client = office.ledger.model.clients.get(one.opening.client)
    return seconds(moment(asked, client, "restored_at")) if client and asked.text("restored_at") else None


VERBS: Verbs = {"resolve": resolve}
