"""The verbs of the table of 4.2 besides own and resolve: each is one event, through one door."""

from __future__ import annotations

from checks.wording import duration
from console.desk.live import incident, incidents
from console.desk.live.actions import add, text_of
from console.desk.live.carried import add_once
from console.desk.live.chain import way_of
from console.desk.office import Asked, Office, Verbs
from console.desk.planning.recording import moment
from console.desk.refusal import DeskRefusal, Kind
from console.desk.rights import decided_by
from console.incidents import events
from console.incidents.events import Event, Incident
from console.incidents.office_days import opens_again_until
from console.incidents.states import undoable
from console.letters.ladder import next_rung, rungs
from console.operating_model.entities import Client, Severity
from console.operating_model.schema.scalars import seconds
from console.pages.house import Done

_OPEN_ENDED = ("supplier", "parts", "observe")


def _event(asked: Asked, kind: events.Kind, text: str = "", **more: object) -> Event:
    return Event(asked.now, asked.who.login, kind, text, **more)  # type: ignore[arg-type]  # fields of an event


def _client(office: Office, one: Incident) -> Client:
    client = office.ledger.model.clients.get(one.opening.client)
    if client is None:
        told = f"{one.opening.client} is in no model, so nobody can be asked or told"
        raise DeskRefusal(told, "publish its model first", Kind.CONFLICT)
    return client


def _person(office: Office, one: Incident, wanted: str) -> str:
    """The login of one of our people, by id or login. Raises DeskRefusal."""
    people = office.ledger.model.provider.people.values()
    found = next((each for each in people if wanted and wanted in (each.id, each.login)), None)
    if found is None or not found.login:
        known = ", ".join(each.id for each in people if each.login) or "nobody has a login"
        raise DeskRefusal(f"there is nobody {wanted!r} who could own #{one.number}", f"known are: {known}")
    return found.login


async def note(office: Office, asked: Asked) -> Done:
    """Write down what was seen, done or told."""
    told, ref = asked.text("told").strip(), asked.text("ref").strip()
    is_new = await add_once(office, asked, _event(asked, events.Kind.NOTE, text_of(asked, "text"), told=told, ref=ref))
    return Done("noted" if is_new else "noted already")


async def pause(office: Office, asked: Asked) -> Done:
    """Work waits. Raises DeskRefusal where a wait that stops the clock has no end, or lies in the past."""
    one = incidents.found(office, asked)
    reason, text = asked.text("reason"), text_of(asked, "text")
    known = ("client", "agreed-window", *_OPEN_ENDED)
    if reason not in known:
        raise DeskRefusal(f"a pause is for one of {', '.join(known)}, not {reason!r}", "say which")
    until = None
    if asked.text("until"):
        until = seconds(moment(asked, _client(office, one), "until"))
        if until <= asked.now:
            raise DeskRefusal("a pause ends later than now", "give until as a time to come")
    elif reason not in _OPEN_ENDED:
        what = "by when the client answers" if reason == "client" else "when the window begins"
        raise DeskRefusal(f"a pause for {reason} stops the clock, so say {what}", "give until, such as 15:00")
    ref = asked.text("ref").strip()
    await add(office, asked, _event(asked, events.Kind.PAUSED, text, reason=reason, until=until, ref=ref))
    told = "the clock stands still" if reason not in _OPEN_ENDED else "the clock runs on"
    return Done(f"incident {one.number} waits for {reason}; {told}")


async def resume(office: Office, asked: Asked) -> Done:
    """Work goes on."""
    await add(office, asked, _event(asked, events.Kind.RESUMED, asked.text("text")))
    return Done(f"work on incident {asked.number('incident')} goes on")


async def severity(office: Office, asked: Asked) -> Done:
    """Another severity. Lowering it is for whoever answers for the service (4.3). Raises DeskRefusal."""
    one, reason = incidents.found(office, asked), text_of(asked, "reason")
    try:
        wanted = Severity(asked.text("severity").upper())
    except ValueError as error:
        raise DeskRefusal(f"{asked.text('severity')!r} is no severity", "say S1, S2, S3 or S4") from error
    if wanted > one.severity:
        client = _client(office, one)
        rows = client.doc.raci if client.doc else []
        answers = next((row.A for row in rows if row.for_ == one.opening.service), "")
        decision = "lower-severity", f"incident {one.number} from {one.severity.value} to {wanted.value}"
        await decided_by(office, asked, client, answers, decision)
    await add(office, asked, _event(asked, events.Kind.SEVERITY, reason, severity=wanted))
    return Done(f"incident {one.number} is {wanted.value} now; what has elapsed stays")


async def reassign(office: Office, asked: Asked) -> Done:
    """Somebody else owns it at once."""
    one = incidents.found(office, asked)
    to = _person(office, one, asked.text("to"))
    await add(office, asked, _event(asked, events.Kind.REASSIGNED, f"to {to}", to=to))
    return Done(f"incident {one.number} is {to}'s now")


async def offer(office: Office, asked: Asked) -> Done:
    """A hand-over: whoever offers stays the owner until it is accepted."""
    one, text = incidents.found(office, asked), text_of(asked, "text")
    to = _person(office, one, asked.text("to"))
    await add(office, asked, _event(asked, events.Kind.OFFERED, text, to=to))
    return Done(f"incident {one.number} is offered to {to}; it is yours until they accept (H)")


async def accept(office: Office, asked: Asked) -> Done:
    """Take over what was offered."""
    await add(office, asked, _event(asked, events.Kind.ACCEPTED, "took it over"))
    return Done(f"incident {asked.number('incident')} is yours")


async def escalate(office: Office, asked: Asked) -> Done:
    """Call the next person up the chain (4.4). Raises DeskRefusal where everybody of it was called."""
    one, text = incidents.found(office, asked), text_of(asked, "text")
    way = way_of(office, one, asked.now)
    rung = next_rung(way, one, asked.text("to")) if way else None
    if way is None or rung is None:
        names = ", ".join(f"{each.name} ({each.role})" for each in rungs(way, one)) if way else ""
        wanted = f"{asked.text('to')!r} is not in the chain" if asked.text("to") else "nobody of the chain is left"
        told = f"{wanted} of incident {one.number}"
        raise DeskRefusal(told, f"the chain is {names or 'empty: the model names no lead'}", Kind.CONFLICT)
    said = f"{rung.name} ({rung.role}): {text}"
    await add(office, asked, _event(asked, events.Kind.ESCALATED, said, to=rung.person))
    by = f"by {way.channel.kind}: " if way.channel else ""
    return Done(f"escalated to {rung.name} ({rung.role}); reach them {by}{rung.address}")


async def release(office: Office, asked: Asked) -> Done:
    """Back to the queue."""
    await add(office, asked, _event(asked, events.Kind.RELEASED, text_of(asked, "reason")))
    return Done(f"incident {asked.number('incident')} lies in the queue; how long nobody has it is counted")


async def step(office: Office, asked: Asked) -> Done:
    """Tick or skip a step of the runbook. Raises DeskRefusal for one that it does not have."""
    one, wanted, skip = incidents.found(office, asked), asked.text("step").strip(), asked.text("skip").strip()
    steps = incident.steps_of(office, one, asked.now)
    if steps and wanted.isdecimal() and 1 <= int(wanted) <= len(steps):
        wanted = steps[int(wanted) - 1]
    if wanted not in steps:
        known = ", ".join(f"{place} {name}" for place, name in enumerate(steps, 1)) or "it has no runbook"
        raise DeskRefusal(f"there is no step {wanted!r}", f"steps are: {known}")
    text = f"skipped: {skip}" if skip else "done"
    reason = "skipped" if skip else ""
    await add(office, asked, _event(asked, events.Kind.STEP, text, subject=wanted, reason=reason))
    return Done(f"{wanted}: {text}")


async def void(office: Office, asked: Asked) -> Done:
    """It was no incident; who answers for the service sees it in the week."""
    await add(office, asked, _event(asked, events.Kind.VOID, text_of(asked, "reason")))
    return Done(f"incident {asked.number('incident')} is void and counts for nothing")


async def merge(office: Office, asked: Asked) -> Done:
    """It is a part of another incident of the same client. Raises DeskRefusal."""
    one = incidents.found(office, asked)
    parent = incidents.found(office, Asked(asked.who, {"incident": asked.number("parent")}, asked.now))
    if parent.number == one.number or parent.opening.client != one.opening.client or parent.parent:
        raise DeskRefusal(f"#{one.number} cannot be a part of #{parent.number}", "name another one of this client")
    text = f"a part of #{parent.number}"
    await add(office, asked, _event(asked, events.Kind.MERGED, text, parent=parent.number))
    return Done(f"incident {one.number} ends with #{parent.number}")


async def reopen(office: Office, asked: Asked) -> Done:
    """It is back. Raises DeskRefusal where it was over for too long: then it is a new one (4.2)."""
    one, text = incidents.found(office, asked), text_of(asked, "text")
    client = office.ledger.model.clients.get(one.opening.client)
    service = client.services.get(one.opening.service) if client else None
    sla = client.doc.slas.get(service.sla) if client and client.doc and service else None
    ends = opens_again_until(client, sla, one.resolved_at) if client and sla and one.resolved_at is not None else None
    if client and sla and ends is not None and asked.now > ends:
        days = " on which the office is open" if sla.reopen_window % 86_400 == 0 else ""
        told = f"incident {one.number} has been over for more than {duration(sla.reopen_window)}{days}"
        raise DeskRefusal(told, "what is back now is a new incident", Kind.CONFLICT)
    await add(office, asked, _event(asked, events.Kind.REOPENED, text))
    return Done(f"incident {one.number} is open again; its clocks go on")


async def close(office: Office, asked: Asked) -> Done:
    """The client agrees that it is over."""
    await add(office, asked, _event(asked, events.Kind.CLOSED, "confirmed"))
    return Done(f"incident {asked.number('incident')} is closed")


async def undo(office: Office, asked: Asked) -> Done:
    """Take back the last thing that was done, by an event that says so."""
    one = incidents.found(office, asked)
    place = undoable(one)
    what = one.events[place - 1].kind.value if place else "nothing"
    await add(office, asked, _event(asked, events.Kind.UNDONE, f"{what} does not count", undoes=place))
    return Done(f"“{what}” of incident {one.number} does not count any more")


async def log_time(office: Office, asked: Asked) -> Done:
    """Minutes worked. Raises DeskRefusal for less than one or more than a day."""
    minutes, travel = asked.number("minutes"), asked.number("travel") if asked.text("travel") else 0
    if not 1 <= minutes <= 1440 or not 0 <= travel <= minutes:
        raise DeskRefusal("log 1 to 1440 minutes, travel among them", "give minutes and travel as numbers")
    text = asked.text("text") or f"{minutes} min"
    is_new = await add_once(office, asked, _event(asked, events.Kind.LOGGED, text, minutes=minutes, travel=travel))
    return Done(f"{minutes} min logged" if is_new else "logged already")


VERBS: Verbs = {
    "note": note,
    "pause": pause,
    "resume": resume,
    "severity": severity,
    "reassign": reassign,
    "offer": offer,
    "accept": accept,
    "escalate": escalate,
    "release": release,
    "step": step,
    "void": void,
    "merge": merge,
    "reopen": reopen,
    "confirm-closed": close,
    "undo": undo,
    "log-time": log_time,
}
