"""Hand-outs: a page for one person, one team or one client, signed with the revision behind it (58a, 67)."""

from __future__ import annotations

from collections.abc import Iterable

from console.desk.handover.people import blocks_of, contact, one_person, staffs
from console.desk.office import Asked, Office, Pages
from console.desk.refusal import DeskRefusal, Kind
from console.operating_model.people import escalation
from console.operating_model.people.escalation import Step
from console.operating_model.people.reach import hours_words, row_of, ways
from console.operating_model.people.staff import Staff
from console.operating_model.problems import nearest
from console.operating_model.schema.services import ServiceDoc
from console.pages.people import Handout
from console.pages.sheet import Block, Item
from console.reports.sheet import FORMS, Sheet


def handout(office: Office, asked: Asked) -> Handout:
    """The hand-out that is asked for; the client's own where neither person nor team is named. Raises DeskRefusal."""
    form = asked.text("form") or "text"
    if form not in FORMS:
        raise DeskRefusal(f"there is no form {form!r}", f"name one: {', '.join(FORMS)}")
    if asked.text("person") and asked.text("team"):
        raise DeskRefusal("a hand-out is for one person or for one team", "leave one of the two out")
    found = staffs(office, asked)
    if not found:
        raise DeskRefusal("no client is published yet", "publish a model first", Kind.NOT_FOUND)
    if asked.text("person"):
        sheet = _of_person(office, found, asked.text("person"))
    elif asked.text("team"):
        sheet = _of_team(office, found, asked.text("team"))
    else:
        sheet = _of_client(office, found)
    return Handout(asked.now, sheet.title, form, FORMS[form](sheet))


def _of_person(office: Office, found: list[Staff], wanted: str) -> Sheet:
    id_, person = one_person(found, wanted)
    mine = [staff for staff in found if id_ in staff.people]
    blocks = [block for block in blocks_of(office, mine, id_) if block.title != "incidents now"]
    if person.org == "client":
        blocks.insert(0, _block("who to call", (step for staff in mine for step in escalation.card(staff))))
    blocks.insert(
        len(blocks) if person.org == "client" else 0,
        _block("promises", (step for staff in mine for step in escalation.promises(staff))),
    )
    blocks.append(_block("steps", (step for staff in mine for step in escalation.steps(staff, id_))))
    title = f"{person.name}: who does what"
    return Sheet(title, contact(person), _said(blocks), _signed(office, mine))


def _of_team(office: Office, found: list[Staff], team: str) -> Sheet:
    mine = [staff for staff in found if team in staff.teams]
    if not mine:
        known = sorted({one for staff in found for one in staff.teams})
        near = nearest(team, known).removeprefix("; ") or f"known are: {', '.join(known)}"
        raise DeskRefusal(f"there is no team {team!r}", near, Kind.NOT_FOUND)
    members = mine[0].members(team)
    people = Block("people", tuple(_member(mine[0], team, one) for one in members))
    blocks = [people]
    for staff in mine:
        at = f"{staff.client}: " if len(mine) > 1 else ""
        blocks += [
            _block(f"{at}calls", (step for step in escalation.card(staff) if _concerns(staff, members, step))),
            _block(f"{at}promises", escalation.promises(staff)),
            Block(f"{at}work", tuple(_work(staff, members)), "no RACI row names one of them"),
            Block(f"{at}tell", tuple(_told(staff, members)), "nobody is to be told"),
        ]
    return Sheet(f"Team {team}: who does what", "", _said(blocks), _signed(office, mine))


def _of_client(office: Office, found: list[Staff]) -> Sheet:
    if len(found) != 1:
        raise DeskRefusal("which client?", f"name one: {', '.join(staff.client for staff in found)}", Kind.NOT_FOUND)
    (staff,) = found
    provider = office.ledger.model.provider.name
    blocks = [
        _block("who to call", escalation.card(staff), "the channel register is empty"),
        _block("what to expect", escalation.promises(staff), "no SLA is promised"),
        Block("services", tuple(_service(staff, id_, one) for id_, one in staff.doc.services.items()), "none"),
        Block("you decide", tuple(_decides(staff)), "no decision right is the client's"),
        Block("suppliers", tuple(_suppliers(staff)), "no supplier is written down"),
    ]
    return Sheet(f"{staff.doc.client.name} and {provider}: who does what", "", _said(blocks), _signed(office, found))


def _member(staff: Staff, team: str, person: str) -> Item:
    lead = ", lead" if staff.teams[team].lead == person else ""
    return Item(f"{staff.called(person)}{lead}: {contact(staff.people[person])}")


def _concerns(staff: Staff, members: list[str], step: Step) -> bool:
    return step.when == "then" or any(staff.called(one) in step.text for one in members)


def _work(staff: Staff, members: list[str]) -> Iterable[Item]:
    for row in staff.doc.raci:
        doing = [staff.called(one) for one in members if one in row.R]
        if doing:
            yield Item(f"{staff.subject(row.for_)}: {', '.join(doing)}; {staff.called(row.A)} answers for it")


def _told(staff: Staff, members: list[str]) -> Iterable[Item]:
    rows = [row for row in staff.doc.raci if set(members) & set(row.R)]
    for one in dict.fromkeys(one for row in rows for one in row.I if one in staff.people and one not in members):
        by = "; by ".join(way.words for way in ways(staff, one))
        yield Item(f"{staff.called(one)}, by {by or 'a channel that is not written'}")


def _service(staff: Staff, id_: str, service: ServiceDoc) -> Item:
    row = row_of(staff, id_)
    answers = f", {staff.called(row.A)} answers for it" if row else ""
    promise = f", {service.slo.availability * 100:g} % promised" if service.slo else ""
    return Item(
        f"{staff.subject(id_)} ({service.criticality}, {hours_words(service.hours)}): "
        f"{staff.called(service.owner)} looks after it{answers}{promise}"
    )


def _decides(staff: Staff) -> Iterable[Item]:
    for right in staff.doc.decision_rights:
        role = staff.doc.roles.get(right.by)
        by = (role.holder, role.deputy) if role else (right.by,)
        named = [staff.called(one) for one in by if one in staff.doc.people]
        if named:
            limit = f", up to {right.limit}" if right.limit else ""
            yield Item(f"{right.what}{limit}: {' or '.join(named)}")


def _suppliers(staff: Staff) -> Iterable[Item]:
    for id_, supplier in staff.doc.suppliers.items():
        covers = [
            one for contract in staff.doc.contracts.values() if contract.supplier == id_ for one in contract.covers
        ]
        account = f", account {supplier.account}" if supplier.account else ""
        desk = supplier.service_desk or "no service desk is written"
        what = f" ({', '.join(covers)})" if covers else ", without a contract"
        yield Item(f"{supplier.name}{what}: {desk}{account}; {staff.called(supplier.owner)} calls")


def _block(title: str, steps: Iterable[Step], empty: str = "") -> Block:
    return Block(title, tuple(Item(f"{step.when}  {step.text}") for step in steps), empty)


def _said(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(block for block in blocks if block.items or block.empty)


def _signed(office: Office, found: list[Staff]) -> str:
    heads = {head.model: head for head in office.published.heads()}
    from_ = [f"{one.client} revision {heads[one.client].revision} ({heads[one.client].sha256[:12]})" for one in found]
    return f"{office.ledger.model.provider.name} · {', '.join(from_)} · {found[0].today:%d %B %Y}"


PAGES: Pages = {"handout": handout}
