"""What is done about a gap: the page of its treatments, accepting it for a while, and working on it."""

from __future__ import annotations

from console.desk.assessment.assessment_rows import treatment_row
from console.desk.assessment.gaps import facts_of
from console.desk.modelling.drafts import draft_change, told_of
from console.desk.office import Asked, Office, Pages, Verbs, client_of, require
from console.desk.planning.recording import alone, called, day
from console.desk.records.papers import keep
from console.desk.refusal import DeskRefusal, Kind
from console.desk.rights import decided_by
from console.operating_model.amend import Amendment
from console.operating_model.entities import Client
from console.operating_model.gaps import gaps
from console.operating_model.gaps.gap import Facts
from console.operating_model.plan.when import next_id
from console.operating_model.schema.records import ActionRecord, DecisionRecord
from console.operating_model.treatments import treatments
from console.operating_model.treatments.people import client_owner
from console.operating_model.treatments.rollout import rollout
from console.operating_model.treatments.treatment import Treatment
from console.operating_model.written import read
from console.pages.assessing import Treatments
from console.pages.house import Done
from console.pages.verb import Role


def treatments_of(office: Office, asked: Asked) -> Treatments:
    """What can be done about one gap. Raises DeskRefusal where there is none with that key."""
    client, facts = standing(office, asked)
    key = asked.text("gap")
    found, evidence = treatments_at(facts, key)
    rows = tuple(treatment_row(office, facts, one) for one in found)
    return Treatments(asked.now, client.id, key, evidence, rows)


async def accept_gap(office: Office, asked: Asked) -> Done:
    """A decision of the client's to live with a gap, until a day; the gap stays listed."""
    client, facts = standing(office, asked)
    key = asked.text("gap")
    _, evidence = treatments_at(facts, key)
    _, about, *_ = key.split(":")
    owner = client_owner(facts, about)
    if not owner:
        text = f"nobody of {client.name} is in the model, and only they can accept it"
        raise DeskRefusal(text, "add their person to `people` with org: client")
    expires = day(asked, client, "expires")
    if expires <= facts.today.isoformat():
        raise DeskRefusal(f"expires must be a day after {facts.today}", "an acceptance ends: give the day")
    person = await decided_by(office, asked, client, owner, ("accept-gap", key))
    id_ = next_id("d", {one.id for one in facts.of(DecisionRecord)})
    service = {"service": about} if about in facts.doc.services else {}
    fields = {
        "kind": "decision",
        "client": client.id,
        "id": id_,
        "at": facts.today.isoformat(),
        "by": person,
        "what": f"accept {key}: {evidence}",
        "why": asked.text("reason"),
        "covers": {"gap": key, **service},
        "expires": expires,
    }
    await keep(office, asked, fields)
    return Done(f"{id_}: {called(office, client, person)} accepts {key} until {expires}; it stays listed")


async def treat(office: Office, asked: Asked) -> Done:
    """A draft of the change that treats a gap and of the steps that roll it out; its reason names the gap (row 22c)."""
    client, facts = standing(office, asked)
    key, kind = asked.text("gap"), asked.text("treatment")
    found, _ = treatments_at(facts, key)
    one = next((way for way in found if way.kind == kind), None)
    drafted = [way.kind for way in found if way.changes]
    if one is None or not one.changes:
        known = f"a draft is made of: {', '.join(drafted)}" if drafted else "work on it, or let the client accept it"
        named = (
            f"{kind!r} is no way to treat {key}"
            if one is None
            else f"{kind} writes no model: it is a matter of record ({one.record})"
        )
        raise DeskRefusal(named, known, Kind.NOT_FOUND)
    why = asked.text("reason").strip()
    changes = [Amendment(change.path, read(change.value)) for change in one.changes]
    changes += [Amendment("milestones", step, "append") for step in rollout(facts, key, one)]
    reason = f"{key}: {one.sentence}" + (f" ({why})" if why else "")
    return told_of(await draft_change(office, asked, client.id, changes, reason))


async def act_on_gap(office: Office, asked: Asked) -> Done:
    """An action to close a gap, with owner and day."""
    client, facts = standing(office, asked)
    require(office, asked, Role.TECHNICIAN, client.id)
    key = asked.text("gap")
    found, _ = treatments_at(facts, key)
    one = _chosen(found, asked.text("treatment"))
    id_ = next_id("a", {record.id for record in facts.of(ActionRecord)})
    owner, due = asked.text("owner") or one.owner, day(asked, client, "due")
    fields = {
        "kind": "action",
        "client": client.id,
        "id": id_,
        "text": one.text or one.sentence,
        "owner": owner,
        "due": due,
        "from": key,
    }
    await keep(office, asked, fields)
    return Done(f"{id_}: {called(office, client, owner)} works on {key} until {due}")


def standing(office: Office, asked: Asked) -> tuple[Client, Facts]:
    """The client that is asked about, and how it stands. Raises DeskRefusal."""
    client = client_of(office, asked)
    if client.doc is None:
        raise DeskRefusal(f"{client.id} has no document", "publish its model", Kind.NOT_FOUND)
    return client, facts_of(office, client, client.doc, asked)


def treatments_at(facts: Facts, key: str) -> tuple[tuple[Treatment, ...], str]:
    """The treatments of a gap or shortfall, and its evidence. Raises DeskRefusal where there is none."""
    found = gaps(facts)
    told = {one.key: one.evidence for one in facts.shortfalls} | {one.key: one.evidence for one in found}
    if key not in told:
        raise DeskRefusal(f"there is no gap {key!r}", "see `watchbill assess`", Kind.NOT_FOUND)
    return treatments(facts, key, found), told[key]


def _chosen(found: tuple[Treatment, ...], kind: str) -> Treatment:
    """The treatment that was named; the first that is an action, where none was."""
    actions = (one for one in found if one.record == "action")
    return next((one for one in found if one.kind == kind), None) or next(actions, found[0])


PAGES: Pages = {"treatments": treatments_of}
VERBS: Verbs = {"treat": treat, "accept-gap": alone(accept_gap), "act-on-gap": alone(act_on_gap)}
