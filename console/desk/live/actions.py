"""What a person does at the desk with incidents and models."""

from __future__ import annotations

import os
import platform
import pwd
import socket
from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import structs

from console.desk.live import incidents
from console.desk.office import Asked, Office, Verbs, kept, require
from console.desk.refusal import DeskRefusal, Kind
from console.incidents import events, states
from console.incidents.events import Event, Incident, NotAllowed
from console.operating_model.load import Files, files
from console.operating_model.parts import gathered
from console.operating_model.problems import ModelErrors
from console.operating_model.starter import Facts, starter
from console.pages.house import Done
from console.pages.model import Checked, Document, Published
from console.pages.verb import Role
from console.store.documents import StaleBase
from console.store.writer import Batch

STARTER = "a first model, written by `watchbill up`"
_TAKES = (events.Kind.OWNED, events.Kind.ACCEPTED, events.Kind.REASSIGNED)


async def own(office: Office, asked: Asked) -> Done:
    """Take an incident. Who comes second learns who has it; an account that is nobody's cannot answer for one."""
    one = incidents.found(office, asked)
    if one.owner and one.is_open:
        if one.owner == asked.who.login:
            return Done(f"incident {one.number} is yours already")
        since = next((event.at for event in reversed(one.events) if event.kind in _TAKES), one.opening.detected_at)
        raise DeskRefusal(
            f"incident {one.number} is {one.owner}'s since {_clock(office, one, since)}; they took it first",
            "talk to them; a hand-over needs both",
            Kind.CONFLICT,
        )
    _refuse_nobody(office, asked)
    await add(office, asked, Event(asked.now, asked.who.login, events.Kind.OWNED, "took it"))
    return Done(f"incident {one.number} is yours")


def _refuse_nobody(office: Office, asked: Asked) -> None:
    """Raises DeskRefusal for an account that is no person's, such as the daemon's own: it cannot be reached."""
    mine = asked.who.login
    if all(person.login != mine for person in office.ledger.model.provider.people.values()):
        told = f"{mine} is nobody's login in provider.yaml: whoever owns an incident is a person who can be reached"
        raise DeskRefusal(told, f"log in as yourself, or publish provider.yaml with `login: {mine}` at a person")


async def outage(office: Office, asked: Asked) -> Done:
    """Confirm that it was an outage: from its detection on, availability counts it as down."""
    await add(office, asked, Event(asked.now, asked.who.login, events.Kind.OUTAGE, text_of(asked, "text")))
    return Done(f"incident {asked.number('incident')} counts as an outage")


async def check_model(office: Office, asked: Asked) -> Checked:
    """Everything that is wrong with model files."""
    documents = documents_of(asked)
    refuse_house(office, asked, documents)
    return await office.published.check(documents, asked.now)


def refuse_house(office: Office, asked: Asked, documents: Sequence[Document]) -> None:
    """Refuse the provider's file to who may not see every client: what it would break tells of them."""
    model = office.ledger.model
    sees_all = asked.who.role_at(model, "") or all(asked.who.role_at(model, one) for one in model.clients)
    if not sees_all and "provider" in {one.model for one in gathered(documents)[0]}:
        told = "the provider's file is every client's, and you may not see them all"
        raise DeskRefusal(told, "leave it out, or ask an owner to check it", Kind.FORBIDDEN)


async def publish_starter(office: Office, asked: Asked) -> bool:
    """A first model for this machine, where none is published yet; whether one was."""
    if office.published.heads():
        return False
    account = pwd.getpwuid(os.getuid())
    facts = Facts(account.pw_name, account.pw_gecos.split(",")[0], socket.gethostname(), _os_id(), zone_name())
    documents = [Document(one.name, one.text) for one in starter(facts)]
    await put_in_force(office, files(documents), asked, STARTER)
    return True


async def put_in_force(office: Office, read: Files, asked: Asked, reason: str) -> Published:
    """Publish, and judge by it from now on: nobody is asked whether they may. Raises DeskRefusal, and did nothing."""
    try:
        revisions = await office.published.publish(read, asked.who.login, reason, asked.now)
    except ModelErrors as errors:
        raise DeskRefusal(
            problems_told(errors), "mend them; `watchbill model check` tells them without publishing"
        ) from errors
    except StaleBase as stale:
        raise DeskRefusal(*first_come(stale), Kind.CONFLICT) from stale
    except OSError as error:
        raise DeskRefusal(
            f"the model cannot be kept: {error.strerror}; what was in force still is",
            "free some space on the console's disk, then try again",
            Kind.CANNOT_KEEP,
        ) from error
    for done in office.ledger.rejudge(office.published.model(), asked.now):
        await kept(done)
    office.pulse.beat()
    return structs.replace(revisions[-1], together=tuple(revisions))


def problems_told(errors: ModelErrors) -> str:
    """Everything that is wrong with model files, a line each."""
    return "\n".join(f"{one.file}:{one.line}:{one.column}: {one.text}" for one in errors.problems)


def first_come(stale: StaleBase) -> tuple[str, str]:
    """Who published first, when and why, and what the second can do."""
    head, edition = stale.head, stale.edition
    if head is None:
        return (
            f"{edition.model} was never published, so it has no revision {edition.base} to start from",
            "take `base` out: a first one has none",
        )
    at = datetime.fromtimestamp(head.at, UTC).strftime("%Y-%m-%d %H:%M UTC")
    yours = "does not say from which" if edition.base is None else f"was edited from revision {edition.base}"
    told = f"{head.author} published {edition.model} revision {head.number} on {at} (“{head.reason}”); yours {yours}"
    pull = f"`watchbill model pull {edition.model}`, put your change into that"
    return told, f"{pull}, and publish it; or say --base {head.number} once you have read it"


async def add(office: Office, asked: Asked, event: Event) -> None:
    """Add an event to the incident that is asked for, and keep it. Raises DeskRefusal for what its state has not."""
    one = incidents.found(office, asked)
    require(office, asked, Role.TECHNICIAN, one.opening.client)
    batch = Batch()
    try:
        office.ledger.cases.add(one, event, batch)
    except NotAllowed as error:
        told = str(error).partition("; what can be done:")[0]
        raise DeskRefusal(told, f"what can be done: {', '.join(states.allowed(one))}", Kind.CONFLICT) from error
    await kept(office.ledger.keep(batch))


def _clock(office: Office, one: Incident, at: int) -> str:
    """An instant as the client's wall clock has it."""
    client = office.ledger.model.clients.get(one.opening.client)
    return datetime.fromtimestamp(at, client.zone if client else UTC).strftime("%a %H:%M")


def text_of(asked: Asked, name: str) -> str:
    """What must be said in 1 to 2000 characters. Raises DeskRefusal."""
    text = asked.text(name).strip()
    if not text or len(text) > 2000:
        raise DeskRefusal(f"{name} must be 1 to 2000 characters", f"say it with {name}")
    return text


def documents_of(asked: Asked) -> list[Document]:
    """The model files that came with a wish. Raises DeskRefusal."""
    given = asked.arguments.get("documents")
    if not isinstance(given, list) or not given:
        raise DeskRefusal("no model file was given", "name YAML files")
    try:
        return [Document(str(one["name"]), str(one["text"]), _number(one.get("base"))) for one in given]
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise DeskRefusal("documents must be a list of {name, text}", "name YAML files") from error


def _number(base: object) -> int | None:
    return None if base in (None, "") else int(str(base))


def _os_id() -> str:
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return platform.system().lower()
    return f"{release.get('ID', 'linux')}-{release.get('VERSION_ID', '')}".strip("-")


def zone_name() -> str:
    """The machine's time zone by name, UTC where it has none."""
    try:
        target = os.readlink("/etc/localtime")  # noqa: PTH115 - the link's own text is wanted
    except OSError:
        return "UTC"
    return target.partition("zoneinfo/")[2] or "UTC"


VERBS: Verbs = {
    "own": own,
    "outage": outage,
    "check-model": check_model,
}
