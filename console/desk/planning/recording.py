"""What the verbs that write records share: who speaks, which record is meant, days and instants, the next free id."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar, get_args

from console.desk.office import Asked, Office, client_of, require
from console.desk.records.papers import keep, records_of
from console.desk.refusal import DeskRefusal, Kind
from console.desk.rights import speaker
from console.operating_model.entities import Client
from console.operating_model.plan.when import day_of, in_scope, moment_of, next_id
from console.operating_model.schema.client import ClientDoc
from console.operating_model.schema.records import (
    ActionRecord,
    DecisionRecord,
    MaintenanceRecord,
    RecordDoc,
    WaiverRecord,
)
from console.pages.house import Done
from console.pages.verb import Role

Named = TypeVar("Named", ActionRecord, DecisionRecord, MaintenanceRecord, WaiverRecord)
Does = Callable[[Office, Asked], Awaitable[Done]]


def alone(verb: Does) -> Does:
    """The verb, one person at a time: who comes second sees what the first one wrote."""

    async def waits(office: Office, asked: Asked) -> Done:
        async with office.writing:
            return await verb(office, asked)

    waits.__doc__ = verb.__doc__
    return waits


def client_and_doc(office: Office, asked: Asked) -> tuple[Client, ClientDoc]:
    """The client that it is about, for a technician of theirs. Raises DeskRefusal."""
    client = client_of(office, asked)
    require(office, asked, Role.TECHNICIAN, client.id)
    if client.doc is None:
        raise DeskRefusal(f"{client.id} has no model yet", "publish one: watchbill model publish FILE")
    return client, client.doc


def person(office: Office, asked: Asked, client: Client) -> str:
    """Who decides or does it: somebody whom the model knows. Raises DeskRefusal."""
    found = speaker(office, asked, client)
    if office.ledger.model.person(client.id, found) is None:
        raise DeskRefusal(f"{found} is nobody in the model", "say who it is: by (--by PERSON)")
    return found


def names(office: Office, client: Client, people: tuple[str, ...]) -> str:
    """People as a sentence has them."""
    known = (office.ledger.model.person(client.id, one) for one in people)
    return ", ".join(f"{one.name} ({one.id})" for one in known if one) or "nobody"


def called(office: Office, client: Client, id_: str) -> str:
    """A person as a sentence has them: by name, by id where the model has no such person."""
    known = office.ledger.model.person(client.id, id_)
    return known.name if known else id_


def the(office: Office, asked: Asked, client: Client, kind: type[Named]) -> Named:
    """The record that is meant; its id is the argument called as its kind. Raises DeskRefusal."""
    word = word_of(kind)
    mine = [one for one in records_of(office, client.id) if isinstance(one, kind)]
    wanted = asked.text(word)
    for one in mine:
        if one.id == wanted:
            return one
    listed = ", ".join(one.id for one in mine) or "none"
    raise DeskRefusal(f"{client.id} has no {word} {wanted!r}", f"known are: {listed}", Kind.NOT_FOUND)


def word_of(kind: type[Named]) -> str:
    """`waiver`, `maintenance`, `decision` or `action`."""
    return str(get_args(kind.model_fields["kind"].annotation)[0])


def new_id(office: Office, asked: Asked, client: Client, kind: type[Named]) -> str:
    """The id that was given, if nothing has it, else the next free one (`w-2`). Raises DeskRefusal."""
    word = word_of(kind)
    taken = {one.id for one in records_of(office, client.id) if isinstance(one, kind)}
    wanted = asked.text("id")
    if wanted in taken:
        raise DeskRefusal(f"{word} {wanted} is there already", "leave the id out: the next free one is taken")
    return wanted or next_id(word[0], taken)


async def keep_again(office: Office, asked: Asked, record: RecordDoc, **changes: object) -> None:
    """Keep the record as it is now, with these changes. What it was before stays in the store."""
    fields = record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    await keep(office, asked, {**fields, **changes}, record)


def day(asked: Asked, client: Client, name: str) -> str:
    """An argument that is a day, as written in a record. Raises DeskRefusal."""
    try:
        return day_of(asked.text(name), asked.today(client)).isoformat()
    except ValueError as error:
        raise DeskRefusal(f"{name}: {error}", f"give {name} as a day") from error


def moment(asked: Asked, client: Client, name: str) -> datetime:
    """An argument that is an instant. Raises DeskRefusal."""
    try:
        return moment_of(asked.text(name), client.zone, asked.today(client))
    except ValueError as error:
        raise DeskRefusal(f"{name}: {error}", f"give {name} as an instant") from error


def scope(asked: Asked, name: str) -> dict[str, str]:
    """An argument of names and values. Raises DeskRefusal."""
    try:
        return in_scope(asked.text(name))
    except ValueError as error:
        raise DeskRefusal(f"{name}: {error}", f"give {name} as name=value") from error


def listed(asked: Asked, name: str) -> list[str]:
    """An argument that is a list of ids, with commas or spaces between them."""
    return asked.text(name).replace(",", " ").split()
