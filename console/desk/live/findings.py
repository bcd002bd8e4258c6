"""Findings as they stand at this instant, each with whose it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from msgspec import structs

from checks.check import Check, Seen, Unit
from checks.finding import Finding, Status
from checks.reading import Instant, Reading
from checks.standard import Bad, Standard
from checks.wording import duration, ratio
from console.desk.live.concerning import Struck, concerned, in_short
from console.desk.office import Office
from console.operating_model.entities import Service
from console.operating_model.mapping import serving
from console.pages.concerning import Whom
from console.pages.hosts import FindingRow
from console.store.ledger import SILENCE
from console.store.standing import AgentState, Held

_CRITICALITY = {"A": 0, "B": 1, "C": 2}


@dataclass(frozen=True, slots=True)
class Whose:
    """Who is concerned by what happens to a host."""

    service: str = ""
    service_name: str = ""
    answers: str = ""
    sla: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """One finding as seen now: the evidence judged, or unknown where the evidence has run out."""

    check: Check
    finding: Finding
    standard: Standard
    since: Instant
    held: Held | None = None
    """Its evidence as it is kept; None of what the console itself finds."""


def standing(office: Office, state: AgentState, now: Instant) -> list[Standing]:
    """Everything that stands about one host, silence included, in the catalogue's order."""
    judging = office.ledger.judging(state.client, state.host, now)
    order = {name: place for place, name in enumerate(office.ledger.checks)}
    found = [_silence(office, state, now)] if state.taken_at is not None else []
    for held in state.held.values():
        check = office.ledger.checks.get(held.check)
        if check is None:
            continue
        finding = judging.finding(held.seen, now)
        standard = judging.standard_of(check, held.seen.subject)
        if now >= held.evidence_until and finding.status is not Status.NOT_DUE:
            finding = _expired(finding)
            found.append(Standing(check, finding, standard, held.evidence_until, held))
        else:
            found.append(Standing(check, finding, standard, held.since, held))
    return sorted(found, key=lambda one: (order[one.check.name], one.finding.subject))


def silent_since(office: Office, state: AgentState, now: Instant) -> Instant | None:
    """Since when a host is silent; None while it is heard. An imported one is where its samples end."""
    agent = office.ledger.agents.get(state.agent)
    ends = state.evidence_until
    if agent is not None and agent.is_imported and ends is not None and ends <= now:
        return ends
    return state.silent_since


def whose(office: Office, client: str, host: str) -> Whose:
    """The most critical service that a host serves, and who answers for it."""
    services = served(office, client, host)
    if not services:
        return Whose()
    service = services[0]
    person = office.ledger.model.person(client, service.owner)
    return Whose(service.id, service.name, person.name if person else service.owner, sla_words(office, client, service))


def served(office: Office, client: str, host: str) -> list[Service]:
    """The services that need this host, the most critical first."""
    found = serving(office.ledger.model, client, host)
    return sorted(found, key=lambda service: (_CRITICALITY[service.criticality.value], service.id))


def sla_words(office: Office, client: str, service: Service) -> str:
    """A service's promise for its worst case, in words."""
    sla = office.ledger.model.clients[client].slas.get(service.sla)
    if sla is None or not sla.incident:
        return ""
    target = sla.incident[min(sla.incident)]
    return f"own {duration(target.own)} · solve {duration(target.resolve)}"


def rows(office: Office, state: AgentState, now: Instant) -> Iterable[FindingRow]:
    """The findings of one host as a front end shows them."""
    about = whose(office, state.client, state.host)
    for one in standing(office, state, now):
        row = _quiet(_row(office, state, one, about), state, one, now)
        is_fine = row.status in (Status.OK, Status.NOT_DUE)
        yield row if is_fine else structs.replace(row, whom=_whom(office, state, one, now))


def _quiet(row: FindingRow, state: AgentState, one: Standing, now: Instant) -> FindingRow:
    """The row, with why nobody is alarmed of it."""
    back = state.quiet if one.held is None else one.held.back
    flaps = one.held is not None and one.held.flaps(now)
    if back is None and not flaps:
        return row
    told = {"held_back": back.about, "held_until": back.until} if back else {}
    return structs.replace(row, flapping=flaps, **told)


def _whom(office: Office, state: AgentState, one: Standing, now: Instant) -> Whom | None:
    """Whom a finding that is not fine concerns; None where its client is in no model."""
    client = office.ledger.model.clients.get(state.client)
    if client is None:
        return None
    case = office.ledger.cases.about(state.client, state.host, one.check.name)
    since = case.opening.detected_at if case else one.since
    finding = one.finding
    return in_short(
        concerned(office, Struck(client, state.host, one.check, finding.subject, since, finding.sentence, case), now)
    )


def _row(office: Office, state: AgentState, one: Standing, concerned: Whose) -> FindingRow:
    finding = one.finding
    return FindingRow(
        client=state.client,
        host=state.host,
        check=one.check.name,
        title=one.check.title,
        subject=finding.subject,
        status=finding.status,
        sentence=finding.sentence,
        advice=one.check.advice,
        since=one.since,
        taken_at=finding.taken_at,
        evidence_until=finding.evidence_until,
        holds_until=finding.holds_until,
        value=finding.value,
        unit=one.check.unit.value,
        standard=standard_words(one.check, one.standard),
        service=concerned.service,
        service_name=concerned.service_name,
        owner=office.ledger.cases.owner_of(state.client, state.host, one.check.name),
        answers=concerned.answers,
        sla=concerned.sla,
        items=finding.items,
    )


def standard_words(check: Check, standard: Standard) -> str:
    """The limits in words: `watch from 80 %, breach from 92 % (our default)`."""
    side = "from" if standard.bad is Bad.ABOVE else "down from"
    limits = [("watch", standard.warn), ("breach", standard.crit)]
    said = [f"{word} {side} {_limit(check, value)}" for word, value in limits if value is not None]
    return f"{', '.join(said) or 'no limit'} ({standard.source})"


def _limit(check: Check, value: float) -> str:
    if check.unit is Unit.RATIO:
        return ratio(value)
    if check.unit in (Unit.SECONDS, Unit.SINCE):
        return duration(value)
    return f"{value:g} °C" if check.unit is Unit.CELSIUS else f"{value:g}"


def _expired(finding: Finding) -> Finding:
    """Evidence that has run out proves nothing, neither good nor bad."""
    was = f"not known any more; it was {finding.status.value}: {finding.sentence}"
    return structs.replace(finding, status=Status.UNKNOWN, sentence=was, holds_until=None)


def _silence(office: Office, state: AgentState, now: Instant) -> Standing:
    """The console's own finding: is it heard? A silent host is unknown, never down by silence alone."""
    check = office.ledger.checks[SILENCE]
    judging = office.ledger.judging(state.client, state.host, now)
    standard = judging.standard_of(check, "")
    heard = state.taken_at or 0
    seen = Reading(check.name, "", heard, heard, heard + state.pace)
    silent = silent_since(office, state, now)
    is_heard = silent is None
    said = check.sentence(Seen(seen, Status.OK if is_heard else Status.BREACH, standard, now))
    finding = check.finding(seen, standard, now)
    return Standing(
        check,
        structs.replace(finding, status=Status.OK if is_heard else Status.UNKNOWN, sentence=said, holds_until=None),
        standard,
        silent or state.first_taken or heard,
    )
