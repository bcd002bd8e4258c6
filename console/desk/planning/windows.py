"""Maintenance windows: planned, approved, called off, closed; what each excuses is told at once (I11, J4)."""

from __future__ import annotations

from datetime import datetime, timedelta

from checks.wording import duration
from console.desk.office import Asked, Office, Verbs
from console.desk.planning.progress import stages, unfinished
from console.desk.planning.recording import (
    alone,
    called,
    client_and_doc,
    keep_again,
    listed,
    moment,
    new_id,
    person,
    the,
)
from console.desk.records.papers import keep, records_of
from console.desk.refusal import DeskRefusal, Kind
from console.desk.rights import decided, decided_by, log
from console.operating_model import words
from console.operating_model.entities import Client
from console.operating_model.plan.keeping_free import forbidding
from console.operating_model.plan.states import excuse_of, maintenance_state
from console.operating_model.plan.windows import hit, left_without
from console.operating_model.schema.client import ClientDoc
from console.operating_model.schema.records import MaintenanceRecord
from console.pages.house import Done

_RIGHT, _ROLE = "approve-maintenance", "change-authority"
"""The decision right that approves a window; without one, the role that does."""


async def plan(office: Office, asked: Asked) -> Done:
    """Plan a window. Announced when it is entered, unless the client was told earlier."""
    client, _ = client_and_doc(office, asked)
    start = moment(asked, client, "start")
    end = _end(asked, client, start)
    _still_standing(office, asked, client, (start, end))
    _keeps_free(office, asked, client, (start, end))
    now = asked.local(client)
    announced = moment(asked, client, "announced") if asked.text("announced") else now
    if announced > now:
        raise DeskRefusal("announced lies in the future", "plan it, and tell the client before you enter that you did")
    fields = {
        "kind": "maintenance",
        "client": client.id,
        "id": new_id(office, asked, client, MaintenanceRecord),
        "services": listed(asked, "services"),
        "hosts": listed(asked, "hosts"),
        "start": start.isoformat(),
        "end": end.isoformat(),
        "why": asked.text("why"),
        "rollback": asked.text("rollback"),
        **({"repeats": asked.text("repeats")} if asked.text("repeats") else {}),
        "announced": announced.isoformat(),
        "planned_by": person(office, asked, client),
    }
    await keep(office, asked, fields)
    hits = hit(client, listed(asked, "hosts"))
    left_out = ", ".join(one for one in hits if one not in listed(asked, "services"))
    told = f"{fields['id']} is planned"
    told += "; excuses nothing: announced after its start" if announced >= start else ", and waits for approval"
    told += f"; it also hits {left_out}, which it does not excuse" if left_out else ""
    return Done(told, "maintenance", (("client", client.id), ("maintenance", str(fields["id"]))))


async def approve(office: Office, asked: Asked) -> Done:
    """Approve a window: who holds the right `approve-maintenance`, else the role `change-authority`."""
    client, doc = client_and_doc(office, asked)
    window = _open(office, asked, client)
    if window.approved_by:
        raise DeskRefusal(
            f"{window.id} was approved by {called(office, client, window.approved_by)} already",
            "nothing to do",
            Kind.CONFLICT,
        )
    person(office, asked, client)
    who = await _approver(office, asked, client, doc, window.id)
    now = asked.local(client)
    await keep_again(office, asked, window, approved_by=who, approved=now.isoformat())
    told = excuse_of(window.model_copy(update={"approved_by": who, "approved": now}))
    return Done(f"{window.id} is approved by {called(office, client, who)}; it {told}")


async def cancel(office: Office, asked: Asked) -> Done:
    """Call a window off; it excuses nothing any more."""
    client, _ = client_and_doc(office, asked)
    window = _open(office, asked, client)
    who = person(office, asked, client)
    await log(office, asked, client, ("cancel-maintenance", window.id), (who, True))
    now = asked.local(client).isoformat()
    await keep_again(office, asked, window, cancelled=now, result=asked.text("reason"))
    return Done(f"{window.id} is called off")


async def close(office: Office, asked: Asked) -> Done:
    """Say that the work is finished, and how it went."""
    client, _ = client_and_doc(office, asked)
    window, now = _open(office, asked, client), asked.local(client)
    if now < window.start:
        raise DeskRefusal(f"{window.id} has not begun", "cancel it, or wait", Kind.CONFLICT)
    person(office, asked, client)
    steps = stages(office, client, window, asked.now)
    left = [one for one in unfinished(steps) if one.host not in listed(asked, "confirm")]
    if left:
        told = "; ".join(f"{one.host} is not finished: {one.sentence}" for one in left)
        hosts = ",".join(one.host for one in left)
        raise DeskRefusal(told, f"finish it, or close it as it is: confirm with {hosts}", Kind.CONFLICT)
    outcomes = {one.host: one.stage for one in steps}
    await keep_again(office, asked, window, closed=now.isoformat(), result=asked.text("result"), outcomes=outcomes)
    over = (now - window.end).total_seconds()
    return Done(f"{window.id} is closed" + (f", {duration(over)} after its end" if over > 0 else " in time"))


def _end(asked: Asked, client: Client, start: datetime) -> datetime:
    """When it ends: an instant, or so long after its start. Raises DeskRefusal."""
    try:
        return start + timedelta(seconds=words.duration(asked.text("end")))
    except (ValueError, OverflowError):
        return moment(asked, client, "end")


def _open(office: Office, asked: Asked, client: Client) -> MaintenanceRecord:
    window = the(office, asked, client, MaintenanceRecord)
    standing = maintenance_state(window, asked.local(client))
    if standing.is_over:
        raise DeskRefusal(f"{window.id} is {standing.word} already", "plan another one", Kind.CONFLICT)
    return window


def _still_standing(office: Office, asked: Asked, client: Client, span: tuple[datetime, datetime]) -> None:
    """Refuse to take a redundant service down whole, in this window or with one beside it, unless that was typed."""
    beside = [
        one
        for one in records_of(office, client.id)
        if isinstance(one, MaintenanceRecord) and one.cancelled is None and one.start < span[1] and span[0] < one.end
    ]
    mine = listed(asked, "hosts")
    gone = left_without(client, {*mine, *(host for one in beside for host in one.hosts)}) if mine else ()
    missing = [one for one in gone if one not in listed(asked, "confirm")]
    if missing:
        also = f" (with {', '.join(one.id for one in beside)})" if beside else ""
        raise DeskRefusal(
            f"this window takes down {', '.join(missing)} whole{also}: too few of its members are left",
            f"move a host to another window, or confirm with {','.join(missing)}",
            Kind.CONFLICT,
        )


def _keeps_free(office: Office, asked: Asked, client: Client, span: tuple[datetime, datetime]) -> None:
    """Refuse what a stakeholder's need forbids on that day, unless its id was typed (J4, need n-1)."""
    against = [one for one in forbidding(client, *span) if one.id not in listed(asked, "confirm")]
    if against:
        told = "; ".join(f"{one.id} of {called(office, client, one.from_)} forbids it: “{one.text}”" for one in against)
        ids = ",".join(one.id for one in against)
        raise DeskRefusal(told, f"choose another day, or confirm with {ids} once they agree", Kind.CONFLICT)


async def _approver(office: Office, asked: Asked, client: Client, doc: ClientDoc, id_: str) -> str:
    has_right = any(one.what == _RIGHT for one in doc.decision_rights)
    if not has_right and _ROLE in doc.roles:
        return await decided_by(office, asked, client, _ROLE, (_RIGHT, id_))
    return await decided(office, asked, client, _RIGHT, id_)


VERBS: Verbs = {
    "maintenance-plan": alone(plan),
    "maintenance-approve": alone(approve),
    "maintenance-cancel": alone(cancel),
    "maintenance-close": alone(close),
}
