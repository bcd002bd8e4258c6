"""Waivers and decisions: asked, approved or refused by whoever holds the right, each use of it logged (22a, 23b)."""

from __future__ import annotations

from console.desk.office import Asked, Office, Verbs
from console.desk.planning.citations import cited
from console.desk.planning.recording import (
    alone,
    called,
    client_and_doc,
    day,
    keep_again,
    names,
    new_id,
    person,
    scope,
    the,
)
from console.desk.records.papers import keep
from console.desk.refusal import DeskRefusal, Kind
from console.desk.rights import decided, decided_by, log
from console.operating_model.entities import Client
from console.operating_model.plan.states import waiver_state
from console.operating_model.references.known import unknown
from console.operating_model.rights import holders
from console.operating_model.schema.client import ClientDoc
from console.operating_model.schema.records import DecisionRecord, WaiverRecord
from console.pages.house import Done


async def ask(office: Office, asked: Asked) -> Done:
    """Ask for leave. It excuses nothing until somebody with the right approves it."""
    client, doc = client_and_doc(office, asked)
    fields = {
        "kind": "waiver",
        "client": client.id,
        "id": new_id(office, asked, client, WaiverRecord),
        "policy": asked.text("policy"),
        "scope": scope(asked, "scope"),
        "asked_by": person(office, asked, client),
        "at": asked.today(client).isoformat(),
        "expires": day(asked, client, "expires"),
        "reason": asked.text("reason"),
        "compensating": asked.text("compensating"),
        "action": asked.text("action"),
    }
    await keep(office, asked, fields)
    may = tuple(one for one in holders(doc, _right(doc, asked.text("policy"))) if one != fields["asked_by"])
    who = names(office, client, may)
    return Done(f"{fields['id']} is asked for and excuses nothing yet; {who} may approve it")


async def approve(office: Office, asked: Asked) -> Done:
    """Approve a waiver: never one's own, and only with the policy's right (I10)."""
    client, doc = client_and_doc(office, asked)
    waiver = _undecided(office, asked, client)
    if asked.today(client) >= waiver.expires:
        raise DeskRefusal(f"{waiver.id} would have ended {waiver.expires}", "ask again", Kind.CONFLICT)
    who = await _with_right(office, asked, client, doc, waiver)
    on = max(waiver.at, asked.today(client)).isoformat()
    await keep_again(office, asked, waiver, approved_by=who, decided=on, note=asked.text("reason"))
    return Done(f"{waiver.id} is in force until {waiver.expires}, approved by {called(office, client, who)}")


async def refuse(office: Office, asked: Asked) -> Done:
    """Refuse a waiver, with the reason."""
    client, doc = client_and_doc(office, asked)
    waiver = _undecided(office, asked, client)
    who = await _with_right(office, asked, client, doc, waiver)
    on = max(waiver.at, asked.today(client)).isoformat()
    await keep_again(office, asked, waiver, refused_by=who, decided=on, note=asked.text("reason"))
    return Done(f"{waiver.id} is refused by {called(office, client, who)}")


async def end(office: Office, asked: Asked) -> Done:
    """End a waiver early: whoever asked for it, approved it or may waive may."""
    client, doc = client_and_doc(office, asked)
    waiver = the(office, asked, client, WaiverRecord)
    standing = waiver_state(waiver, asked.today(client))
    if standing.is_over:
        raise DeskRefusal(f"{waiver.id} is over already: {standing.word}", "nothing is to be ended", Kind.CONFLICT)
    if person(office, asked, client) in (waiver.asked_by, waiver.approved_by):
        await log(office, asked, client, ("end-waiver", waiver.id), (person(office, asked, client), True))
    else:
        await decided_by(office, asked, client, _right(doc, waiver.policy), ("end-waiver", waiver.id))
    on = asked.today(client).isoformat()
    await keep_again(office, asked, waiver, ended=on, note=asked.text("reason"))
    return Done(f"{waiver.id} ends today and excuses nothing from now on")


async def decide(office: Office, asked: Asked) -> Done:
    """Write a decision down; where it uses a decision right, only for who holds it."""
    client, doc = client_and_doc(office, asked)
    rights = [one.what for one in doc.decision_rights]
    if asked.text("right") and asked.text("right") not in rights:
        raise DeskRefusal(unknown("decision right", asked.text("right"), rights), f"known are: {', '.join(rights)}")
    id_ = new_id(office, asked, client, DecisionRecord)
    fields = {
        "kind": "decision",
        "client": client.id,
        "id": id_,
        "at": asked.today(client).isoformat(),
        "what": asked.text("what"),
        "why": asked.text("why"),
        "right": asked.text("right"),
        "accepts": asked.text("accepts"),
        "covers": scope(asked, "covers") if asked.text("covers") else {},
        "expires": day(asked, client, "expires") if asked.text("expires") else None,
        "cites": cited(office, asked, doc),
    }
    person(office, asked, client)
    by = fields["by"] = await decided(office, asked, client, asked.text("right") or "decide", id_)
    await keep(office, asked, {name: value for name, value in fields.items() if value})
    return Done(
        f"{id_} is decided by {called(office, client, by)}{_what_else(office, client, doc, asked.text('right'))}"
    )


def _what_else(office: Office, client: Client, doc: ClientDoc, what: str) -> str:
    """What a decision right asks for besides the person: papers to have at hand, people to tell."""
    right = next((one for one in doc.decision_rights if one.what == what), None)
    needs = f"; have at hand: {', '.join(right.needs)}" if right and right.needs else ""
    return needs + (f"; tell {names(office, client, tuple(right.informs))}" if right and right.informs else "")


def _right(doc: ClientDoc, policy: str) -> str:
    """The role or person that may waive a policy; "" where none is named, or the policy is gone."""
    return doc.policies[policy].waive if policy in doc.policies else ""


def _undecided(office: Office, asked: Asked, client: Client) -> WaiverRecord:
    waiver = the(office, asked, client, WaiverRecord)
    who = waiver.approved_by or waiver.refused_by
    if who or waiver.ended:
        done = "approved" if waiver.approved_by else "refused" if waiver.refused_by else "ended"
        by = f" by {called(office, client, who)}" if who else ""
        raise DeskRefusal(f"{waiver.id} was {done}{by} already", "ask for another one", Kind.CONFLICT)
    return waiver


async def _with_right(office: Office, asked: Asked, client: Client, doc: ClientDoc, waiver: WaiverRecord) -> str:
    """Who decides about it, once they may. Who asked for it may not, and where no right is written, nobody."""
    right, who = _right(doc, waiver.policy), person(office, asked, client)
    decision = (f"waive-{waiver.policy}", waiver.id)
    if not right or who == waiver.asked_by:
        await log(office, asked, client, decision, (who, False))
        may = names(office, client, tuple(one for one in holders(doc, right) if one != waiver.asked_by))
        text = f"{called(office, client, who)} asked for {waiver.id}, and may not decide it; {may} may"
        raise DeskRefusal(
            text if right else f"nobody may waive {waiver.policy}: its policy names nobody",
            "let them decide, and say who did: by (--by PERSON)" if right else "write `waive` into the policy",
            Kind.FORBIDDEN,
        )
    return await decided_by(office, asked, client, right, decision)


VERBS: Verbs = {
    "waiver-ask": alone(ask),
    "waiver-approve": alone(approve),
    "waiver-refuse": alone(refuse),
    "waiver-end": alone(end),
    "decision-add": alone(decide),
}
