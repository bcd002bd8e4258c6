"""Actions and restore tests: what somebody will do by when, another date with its reason, and what was proven."""

from __future__ import annotations

from console.desk.office import Asked, Office, Verbs, require
from console.desk.planning.recording import alone, called, client_and_doc, day, keep_again, new_id, person, the
from console.desk.records.papers import keep, records_of
from console.desk.refusal import DeskRefusal, Kind
from console.operating_model.schema.records import AbsenceRecord, ActionRecord
from console.pages.house import Done
from console.pages.verb import Role


async def add(office: Office, asked: Asked) -> Done:
    """Write an action down; without an outcome it is listed as unaligned (37)."""
    client, _ = client_and_doc(office, asked)
    id_ = new_id(office, asked, client, ActionRecord)
    said = {name: asked.text(name) for name in ("text", "owner", "outcome", "service", "from")}
    due = day(asked, client, "due")
    said |= {"estimate": asked.text("estimate")} if asked.text("estimate") else {}
    await keep(office, asked, {"kind": "action", "client": client.id, "id": id_, "due": due, **said})
    unaligned = "" if said["outcome"] else "; it serves no outcome yet"
    return Done(f"{id_} is {called(office, client, said['owner'])}'s until {due}{unaligned}")


async def done(office: Office, asked: Asked) -> Done:
    """Say that an action is done."""
    client, _ = client_and_doc(office, asked)
    action = _undone(office, asked)
    on = asked.today(client).isoformat()
    await keep_again(office, asked, action, done=on, result=asked.text("result"))
    return Done(f"{action.id} is done")


async def move(office: Office, asked: Asked) -> Done:
    """Give an action another date; the one before and the reason stay with it."""
    client, _ = client_and_doc(office, asked)
    action, due = _undone(office, asked), day(asked, client, "due")
    if not asked.text("reason").strip():
        raise DeskRefusal("a new date needs its reason", "say it with reason")
    move_ = {
        "was": action.due.isoformat(),
        "by": person(office, asked, client),
        "at": asked.today(client).isoformat(),
        "reason": asked.text("reason"),
    }
    before = [one.model_dump(mode="json") for one in action.moves]
    await keep_again(office, asked, action, due=due, moves=[*before, move_])
    return Done(f"{action.id} is due {due}, no longer {action.due}")


async def tested(office: Office, asked: Asked) -> Done:
    """Write down that a service's data was restored, and whether it worked."""
    client, _ = client_and_doc(office, asked)
    at = day(asked, client, "at") if asked.text("at") else asked.today(client).isoformat()
    if at > asked.today(client).isoformat():
        raise DeskRefusal(f"{at} has not come yet", "give the day on which it was tested")
    fields = {
        "kind": "restore-test",
        "client": client.id,
        "service": asked.text("service"),
        "at": at,
        "by": person(office, asked, client),
        "what": asked.text("what"),
        "duration": asked.text("duration") or None,
        "result": asked.text("result"),
    }
    await keep(office, asked, {name: value for name, value in fields.items() if value})
    return Done(f"the restore of {fields['service']} on {at} is written down: {fields['result']}")


async def away(office: Office, asked: Asked) -> Done:
    """Write down an absence that the asker allows; a person's id wins over a host's. Raises DeskRefusal."""
    client, _ = client_and_doc(office, asked)
    require(office, asked, Role.LEAD, client.id)
    about = asked.text("about")
    kind = "person" if office.ledger.model.person(client.id, about) else "host"
    fields = {
        "kind": "absence",
        "client": client.id,
        kind: about,
        "first": day(asked, client, "first"),
        "last": day(asked, client, "last"),
        "why": asked.text("why"),
        "approved_by": person(office, asked, client),
        "at": asked.today(client).isoformat(),
    }
    await keep(office, asked, fields)
    return Done(f"{about} is away from {fields['first']} to {fields['last']}: nothing is expected meanwhile")


async def there_after_all(office: Office, asked: Asked) -> Done:
    """Take an absence back: the same one again, that nobody allows. Raises DeskRefusal where there is none."""
    client, _ = client_and_doc(office, asked)
    require(office, asked, Role.LEAD, client.id)
    about, first = asked.text("about"), day(asked, client, "first")
    held = [one for one in records_of(office, client.id) if isinstance(one, AbsenceRecord) and one.approved_by]
    one = next((one for one in held if one.about == about and one.first.isoformat() == first), None)
    if one is None:
        known = ", ".join(each.name for each in held) or "none"
        told = f"nobody allowed {about} to be away from {first}"
        raise DeskRefusal(told, f"known are: {known}", Kind.NOT_FOUND)
    why = f"taken back by {person(office, asked, client)}: {asked.text('reason')}"
    await keep_again(office, asked, one, approved_by="", why=why)
    return Done(f"{about} is there after all from {first} to {one.last}")


def _undone(office: Office, asked: Asked) -> ActionRecord:
    client, _ = client_and_doc(office, asked)
    action = the(office, asked, client, ActionRecord)
    if action.done is not None:
        raise DeskRefusal(f"{action.id} was done {action.done} already", "add another one", Kind.CONFLICT)
    return action


VERBS: Verbs = {
    "action-add": alone(add),
    "action-done": alone(done),
    "action-move": alone(move),
    "restore-test-add": alone(tested),
    "absence-add": alone(away),
    "absence-cancel": alone(there_after_all),
}
