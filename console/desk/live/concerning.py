"""The page that says whom a finding concerns, made from the model in force at each question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checks.check import Check
from checks.finding import Impact
from checks.reading import CheckName, Instant
from checks.wording import duration
from console.desk.live.budgets import budget_words
from console.desk.live.contact_card import card
from console.desk.office import Asked, Office, Pages, Verbs, client_of
from console.desk.refusal import DeskRefusal, Kind
from console.incidents.clock import solve_promise, waits_since
from console.incidents.events import Incident, severity
from console.incidents.opening import severity_of
from console.operating_model import concerns
from console.operating_model.concerns import concern, procedure
from console.operating_model.entities import ALWAYS, Client, Severity, Target
from console.operating_model.hits import Hit, How
from console.pages.concerning import Concern, ConcernRow, Supply, Whom
from console.pages.house import Done
from console.service_levels.clocks import due


@dataclass(frozen=True, slots=True)
class Struck:
    """What is asked about: a check of a host (or an external, a service), since when, the open incident about it."""

    client: Client
    host: str
    check: Check | None
    subject: str
    since: Instant
    sentence: str = ""
    incident: Incident | None = None

    @property
    def impact(self) -> Impact:
        """What it does to the host: down where somebody confirmed it, or where nothing says how bad it is."""
        if self.incident is not None and self.incident.outage_from is not None:
            return Impact.DOWN
        if self.check is not None:
            return self.check.impact
        return self.incident.opening.impact if self.incident is not None else Impact.DOWN


def whom(office: Office, asked: Asked) -> Concern:
    """Whom a finding concerns. Raises DeskRefusal."""
    client, host, name = client_of(office, asked), asked.text("host"), asked.text("check")
    heard = {agent.host for agent in office.ledger.agents.values() if agent.client == client.id}
    if not any(host in known for known in (client.hosts, client.externals, client.services, heard)):
        known = ", ".join([*client.hosts, *client.externals])
        raise DeskRefusal(f"{client.id} has no host {host!r}", f"known are: {known or 'none'}", Kind.NOT_FOUND)
    check = office.ledger.checks.get(CheckName(name))
    if name and check is None:
        raise DeskRefusal(f"there is no check {name!r}", "see `watchbill findings`", Kind.NOT_FOUND)
    one = office.ledger.cases.about(client.id, host, name) if check else _reported(office, client, host)
    since = one.opening.detected_at if one else asked.now
    said = one.opening.title if one else f"{host}: {check.title if check else 'if it is down'}"
    return concerned(office, Struck(client, host, check, asked.text("subject"), since, said, one), asked.now)


def _reported(office: Office, client: Client, about: str) -> Incident | None:
    """The open incident that somebody reported of a host, an external or a service."""
    found = [one for one in office.ledger.cases.open.values() if one.opening.client == client.id]
    reported = (one for one in found if not one.opening.check)
    return next((one for one in reported if about == (one.opening.host or one.opening.service)), None)


async def show(office: Office, asked: Asked) -> Done:
    """Open the page about what is selected."""
    page = whom(office, asked)
    arguments = {"client": page.client, "host": page.host, "check": page.check, "subject": page.subject}
    return Done(page.card.sentence, "concern", tuple(arguments.items()))


def concerned(office: Office, struck: Struck, now: Instant) -> Concern:
    """The page about one thing that is struck."""
    client, one = struck.client, struck.incident
    reached = office.ledger.hits(client.id, struck.host, struck.impact)
    worst = one.severity if one else _severity(struck, reached)
    done = procedure(client, _triggers(struck.check, worst))
    rows = tuple(_row(office, struck, hit, now) for hit in reached)
    return Concern(
        now=now,
        client=client.id,
        host=struck.host,
        check=struck.check.name if struck.check else "",
        subject=struck.subject,
        incident=one.number if one else 0,
        sentence=struck.sentence,
        impact=struck.impact.value,
        severity=worst.value,
        rows=rows,
        card=card(office, client, worst.value, now),
        process=done.name if done else "",
        runbook=done.runbook if done else "",
        steps=done.steps if done else (),
    )


def in_short(page: Concern) -> Whom:
    """The page in a few words, about the service that is hit hardest."""
    first = page.rows[0] if page.rows else None
    supplies = sorted(first.supplies, key=lambda one: not one.is_struck) if first else []
    return Whom(
        hits=tuple(row.sentence for row in page.rows),
        accountable=first.accountable if first else "",
        deputy=first.deputy if first else "",
        own_due_at=first.own_due_at if first else None,
        solve_due_at=first.solve_due_at if first else None,
        budget=first.budget if first and first.budget else "not measured yet",
        supplier=f"{supplies[0].name} {supplies[0].desk} ({supplies[0].contract})" if supplies else "",
        channel=page.card.sentence if page.card.channel else "",
        outcome=first.outcome_text if first else "",
    )


def _severity(struck: Struck, reached: Sequence[Hit]) -> Severity:
    if struck.check is not None:
        return severity_of(struck.client, struck.host, struck.check, reached)
    return min([Severity.S4, *(severity(hit.service.criticality, hit.impact) for hit in reached)])


def _triggers(check: Check | None, worst: Severity) -> tuple[str, ...]:
    """What a process may name as its trigger, the most telling first."""
    told = (f"finding.{check.name}", f"finding.{check.family.value}") if check else ()
    return (*told, f"finding.{worst.value}")


def _row(office: Office, struck: Struck, hit: Hit, now: Instant) -> ConcernRow:
    client, model, service = struck.client, office.ledger.model, hit.service
    told, level = concern(client, hit), severity(hit.service.criticality, hit.impact)
    if struck.incident is not None and struck.incident.opening.service == service.id:
        level = struck.incident.severity
    sla = client.slas.get(service.sla)
    target = sla.incident.get(level) if sla else None
    own_due_at, solve_due_at = _dues(client, target, struck.since)
    called_at = None
    if struck.incident is not None and struck.incident.opening.service == service.id:
        promise = solve_promise(client, struck.incident, now)
        solve_due_at = promise.due_at if promise else solve_due_at
        called_at = waits_since(struck.incident, "supplier")

    def named(people: Sequence[str]) -> tuple[str, ...]:
        return tuple(model.called(client.id, one) for one in people)

    return ConcernRow(
        service=service.id,
        name=service.name,
        criticality=service.criticality.value,
        users=service.users,
        impact=hit.impact.value,
        how=hit.how.value,
        path=hit.path,
        others=hit.others,
        sentence=_sentence(hit),
        severity=level.value,
        owner=told.owner,
        owner_name=model.called(client.id, told.owner),
        accountable=model.called(client.id, told.accountable),
        deputy=model.called(client.id, told.deputy),
        does=named(told.does),
        informed=named(told.informed),
        sla=f"own {duration(target.own)} · solve {duration(target.resolve)}" if target else "",
        own_due_at=own_due_at,
        solve_due_at=solve_due_at,
        budget=budget_words(office, client, service.id, now),
        supplies=tuple(_supply(client, one, solve_due_at, (called_at, now)) for one in told.supplies),
        outcome=told.outcome,
        outcome_text=told.outcome_text,
    )


def _sentence(hit: Hit) -> str:
    """`1 of 2 Sign-in hosts down; dc02 still carries it`, `ERP degraded, which only uses connectivity`."""
    said = hit.sentence()
    if hit.how is How.ITSELF:
        return f"{said}, as was reported"
    if hit.how is How.REDUNDANCY and hit.others:
        named = ", ".join(hit.others) if len(hit.others) == hit.left else f"{hit.left} others"
        return f"{said}; {named} still {'carries' if hit.left == 1 else 'carry'} it"
    return f"{said}, because it {'needs' if hit.how is How.NEEDS else 'uses'} {hit.path[-2]}"


def _dues(client: Client, target: Target | None, since: Instant) -> tuple[Instant | None, Instant | None]:
    if target is None:
        return None, None
    calendar = client.calendars.get(target.clock, ALWAYS)
    return due(calendar, client.zone, since, target.own), due(calendar, client.zone, since, target.resolve)


def _supply(client: Client, one: concerns.Supply, ours: Instant | None, when: tuple[Instant | None, Instant]) -> Supply:
    """By when a contract owes what, counted on its own hours from when they were called, or from now."""
    calendar, (called_at, now) = client.calendars.get(one.calendar, ALWAYS), when
    since = now if called_at is None or not one.is_struck else called_at
    respond_at, due_at = (
        None if span is None else due(calendar, client.zone, since, span) for span in (one.respond, one.resolve)
    )
    last = max((at for at in (respond_at, due_at) if at is not None), default=None)
    return Supply(
        supplier=one.supplier,
        name=one.name,
        desk=one.desk,
        account=one.account,
        contract=one.contract,
        covers=one.covers,
        due_at=due_at,
        will_breach=last is not None and ours is not None and last > ours,
        is_struck=one.is_struck,
        respond_at=respond_at,
        called_at=called_at if one.is_struck else None,
    )


PAGES: Pages = {"concern": whom}
VERBS: Verbs = {"concerns": show}
