"""The pages about the six components, and about one service: what is written, with what is seen now beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from checks.finding import Status
from checks.reading import CheckName
from checks.wording import percent
from console.desk.assessment.gaps import lacking
from console.desk.handover.people import owned_now, staffs
from console.desk.live import findings
from console.desk.live.hosts import living
from console.desk.live.services import hosts_now, services
from console.desk.live.whole import drawn, revised
from console.desk.office import Asked, Office, Pages
from console.desk.refusal import DeskRefusal, Kind
from console.desk.week.gather import STANDING, standing_facts
from console.operating_model.components import COMPONENTS
from console.operating_model.components.blocks import Line, blocks
from console.operating_model.components.entry import Component, Entry, Lacking, Live, ServiceNow
from console.operating_model.people.staff import Staff
from console.operating_model.problems import nearest
from console.pages.components import PARTS, TABS, ComponentRow, Components, ServicePage
from console.pages.services import ServiceRow
from console.pages.sheet import Block, Item
from console.pages.week import Availability, WeekIncident
from console.reports.sheet import Sheet, text
from console.reports.weekly.help import incident_lines
from console.reports.weekly.services import services as weekly_services
from console.service_levels.weeks import week_of

_WHOLE = {"blueprint": drawn, "revisions": revised}
_TONES = {Status.OK: "ok", Status.WATCH: "watch", Status.BREACH: "breach", Status.UNKNOWN: "unknown"}


def components(office: Office, asked: Asked) -> Components:
    """One component of every client that is asked for. Raises DeskRefusal for one that there is not."""
    tab = asked.text("tab") or TABS[0]
    if tab not in PARTS:
        raise DeskRefusal(f"there is no component {tab!r}", f"known are: {', '.join(PARTS)}", Kind.NOT_FOUND)
    found = staffs(office, asked)
    if tab in _WHOLE:
        return _WHOLE[tab](office, asked, found)
    made = [(staff, COMPONENTS[tab](staff, live(office, asked, staff))) for staff in found]
    return Components(
        now=asked.now,
        tab=tab,
        clients=tuple(staff.client for staff in found),
        answer=_answer(made),
        tone=next((tone for tone in ("breach", "watch") if any(one.tone == tone for _, one in made)), "ok"),
        rows=tuple(_row(staff, entry) for staff, one in made for entry in one.rows),
    )


def service(office: Office, asked: Asked) -> ServicePage:
    """One service in eight blocks. Raises DeskRefusal where there is none of that name, or several."""
    wanted = asked.text("service")
    found = [staff for staff in staffs(office, asked) if wanted in staff.doc.services]
    if len(found) != 1:
        known = sorted({one for staff in staffs(office, asked) for one in staff.doc.services})
        what_to_do = nearest(wanted, known).removeprefix("; ") or f"known are: {', '.join(known) or 'none'}"
        if found:
            what_to_do = f"name one with --client: {', '.join(staff.client for staff in found)}"
        raise DeskRefusal(f"which service? {wanted!r} names {len(found)}", what_to_do, Kind.NOT_FOUND)
    (staff,) = found
    row = _rows(office, asked, staff.client)[wanted]
    made = blocks(staff, live(office, asked, staff), wanted)
    told = tuple(Block(title, tuple(_item(staff, line) for line in lines)) for title, lines in made.items())
    sheet = Sheet(f"{row.name} · {staff.doc.client.name}", f"{row.status.sign} {row.state}", told)
    return ServicePage(
        now=asked.now,
        client=staff.client,
        client_name=staff.doc.client.name,
        service=wanted,
        name=row.name,
        state=row.state,
        status=row.status,
        why=row.why,
        blocks=told,
        text=text(sheet),
    )


def live(office: Office, asked: Asked, staff: Staff) -> Live:
    """What is seen now of one client."""
    mine = Asked(asked.who, {"client": staff.client}, asked.now)
    client = office.ledger.model.clients[staff.client]
    facts = standing_facts(office, client, (week_of(client, asked.now), asked.now), STANDING)
    held = [one for one in weekly_services(facts).lines if one.known]
    return Live(
        services=_services(office, mine, held),
        kpis=_kpis(held, incident_lines(facts)),
        breaches=_breaches(office, staff.client, asked),
        heard=frozenset(name for name, one in hosts_now(office, client, asked.now).items() if one.is_known),
        incidents={one: count for one in staff.people if (count := len(owned_now(office, [staff], one)))},
        gaps=[Lacking(one.number, one.about, one.evidence, one.fix) for one in lacking(office, mine).rows],
    )


def _rows(office: Office, asked: Asked, client: str) -> dict[str, ServiceRow]:
    mine = Asked(asked.who, {"client": client}, asked.now)
    return {row.service: row for row in services(office, mine).rows}


def _services(office: Office, asked: Asked, held: Sequence[Availability]) -> dict[str, ServiceNow]:
    client, available = asked.text("client"), {one.service: one.availability for one in held}
    found: dict[str, ServiceNow] = {}
    for id_, row in _rows(office, asked, client).items():
        place = (client, id_)
        mine = [one for one in office.ledger.cases.open.values() if (one.opening.client, one.opening.service) == place]
        lines = tuple(
            f"#{one.number} {one.severity} {one.opening.title}, {one.owner or 'not owned yet'}" for one in mine
        )
        found[id_] = ServiceNow(row.state, _TONES.get(row.status, ""), row.why, lines, available.get(id_, ""))
    return found


def _kpis(held: Sequence[Availability], incidents: Sequence[WeekIncident]) -> dict[str, str]:
    """The numbers that this week's record has already: K1 by service, and K15 (operating-model.md, 3.3)."""
    known = [f"{one.name} {one.availability}" for one in held]
    found = {"availability": ", ".join(known)} if known else {}
    for name, verdicts in (
        ("sla_own", [one.own_verdict for one in incidents]),
        ("sla_resolve", [one.solve_verdict for one in incidents]),
    ):
        final = [one for one in verdicts if one in ("met", "missed")]
        if final:
            found[name] = f"{percent(Fraction(final.count('met'), len(final)))} ({final.count('met')} of {len(final)})"
    return found


def _breaches(office: Office, client: str, asked: Asked) -> dict[str, frozenset[str]]:
    """By check and by family: the hosts over a limit now."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for agent in living(office, client):
        for row in findings.rows(office, office.ledger.shown(agent.agent), asked.now):
            if row.status is Status.BREACH:
                found[row.check].add(row.host)
                found[office.ledger.checks[CheckName(row.check)].family.value].add(row.host)
    return {name: frozenset(hosts) for name, hosts in found.items()}


def _answer(made: list[tuple[Staff, Component]]) -> str:
    if len(made) == 1:
        return made[0][1].answer
    return " | ".join(f"{staff.client}: {one.answer}" for staff, one in made) or "nothing is published yet"


def _row(staff: Staff, entry: Entry) -> ComponentRow:
    page, arguments = _target(staff, entry)
    return ComponentRow(
        staff.client, entry.kind, entry.id, entry.name, dict(entry.cells), entry.tone, entry.detail, page, arguments
    )


def _target(staff: Staff, entry: Entry) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Where a row leads: a service to its page, a host to its own, anything else to the person it hangs on."""
    client = ("client", staff.client)
    if entry.kind in ("service", "misfit") and entry.id in staff.doc.services:
        return "service", (client, ("service", entry.id))
    if entry.kind == "misfit" and entry.id in staff.doc.hosts:
        return "host", (client, ("host", entry.id))
    if entry.kind == "raci" and entry.id in staff.doc.services:
        return "service", (client, ("service", entry.id))
    return ("who", (("person", entry.person),)) if entry.person in staff.people else ("", ())


def _item(staff: Staff, line: Line) -> Item:
    client = ("client", staff.client)
    match line.thing:
        case "service":
            return Item(line.text, "", line.tone, "service", (client, ("service", line.id)))
        case "host":
            return Item(line.text, "", line.tone, "host", (client, ("host", line.id)))
        case "incident":
            return Item(line.text, "", line.tone, "incident", (("incident", line.id),))
        case "person" if line.id in staff.people:
            return Item(line.text, "", line.tone, "who", (("person", line.id),))
        case _:
            return Item(line.text, "", line.tone)


PAGES: Pages = {"components": components, "service": service}
