"""What every page and verb of the desk works with, and who may see which client."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from checks.reading import Instant
from checks.text import clean
from console.access.identity import Visitor
from console.desk.modelling.published import PublishedModels
from console.desk.pulse import Pulse
from console.desk.refusal import DeskRefusal, Kind
from console.incidents.events import Incident
from console.intake.hostkeys import HostKeys
from console.operating_model.entities import Client
from console.operating_model.gaps.gap import Shortfall
from console.pages.verb import Role
from console.pages.week import Week
from console.reports.weekly.kept import Kept
from console.store.history import History
from console.store.ledger import Ledger
from console.store.sittings import Sittings
from console.store.writer import NotKept

_DIGITS = 18
"""The store counts up to 2⁶³."""
Arguments = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where this daemon is, and the clock that it reads."""

    home: Path
    door: str
    keys: HostKeys
    clock: Callable[[], Instant]
    put_out: Callable[[str], None]
    """Ends the connection of an agent that may not be here any more."""
    rekey: Callable[[], None]
    """Has the embedded door show the current host key."""
    account: str = ""
    """The account of OpenSSH's door, where it is the one that agents are invited to."""


@dataclass(frozen=True, slots=True)
class Office:
    """Everything behind the desk."""

    ledger: Ledger
    history: History
    published: PublishedModels
    pulse: Pulse
    surroundings: Surroundings
    sittings: Sittings
    numbers: Iterator[int] = field(default_factory=count)
    shortfalls: dict[str, tuple[object, tuple[Shortfall, ...]]] = field(default_factory=dict)
    """Each client's shortfalls, and the revisions and the day that they were computed of."""
    writing: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held by a verb that reads a record and writes the next one of it: two people do not decide the same thing."""
    standings: dict[str, tuple[object, Mapping[str, Kept]]] = field(default_factory=dict)
    """How each client's promises stand, and what that was computed of."""
    restated: dict[tuple[str, str], tuple[tuple[int, ...], Week, tuple[Incident, ...]]] = field(default_factory=dict)
    """By client and frozen week: where the record ended when it was made again, the week, and what broke since."""
    told_apart: dict[tuple[int, str], Instant] = field(default_factory=dict)
    """Refusals and exports that the audit log has, by account and what was wanted, and since when."""
    importing: asyncio.Lock = field(default_factory=asyncio.Lock)
    """One import at a time."""

    def next_number(self) -> int:
        """A number that nothing else of this daemon's life has: it tells apart what happens in one second."""
        return next(self.numbers)

    @property
    def now(self) -> Instant:
        """The instant of this question."""
        return self.surroundings.clock()


@dataclass(frozen=True, slots=True)
class Asked:
    """One question or wish: by whom, with which arguments, at which instant."""

    who: Visitor
    arguments: Arguments
    now: Instant

    def text(self, name: str) -> str:
        """An argument as text, "" where it was not given."""
        value = self.arguments.get(name, "")
        if not isinstance(value, str | int):
            raise DeskRefusal(f"{name} must be text", f"give {name} as text")
        return str(value)

    def local(self, client: Client) -> datetime:
        """The instant of asking, in the client's zone."""
        return datetime.fromtimestamp(self.now, client.zone)

    def today(self, client: Client) -> date:
        """The client's local date."""
        return self.local(client).date()

    def number(self, name: str) -> int:
        """An argument that is a whole number. Raises DeskRefusal."""
        text = self.text(name)
        if len(text) > _DIGITS or not text.removeprefix("-").isdecimal():
            raise DeskRefusal(f"{name} must be a whole number, not {clean(text, 40)!r}", f"give {name}")
        return int(text)


Pages = Mapping[str, Callable[[Office, Asked], Struct | Awaitable[Struct]]]
"""Pages by name, each with what makes it; one whose making takes long is waited for while others are answered."""
Verbs = Mapping[str, Callable[[Office, Asked], Awaitable[Struct]]]
"""Verbs by name, each with what does it."""


def clients(office: Office, asked: Asked) -> list[str]:
    """The clients that are asked for and may be seen: the model's, and those that only agents know."""
    ledger = office.ledger
    known = {*ledger.model.clients, *(agent.client for agent in ledger.agents.values())}
    seen = [client for client in sorted(known) if asked.who.role_at(ledger.model, client)]
    wanted = asked.text("client")
    if wanted and wanted not in seen:
        raise DeskRefusal(
            f"there is no client {wanted} that you may see", f"known are: {', '.join(seen) or 'none'}", Kind.NOT_FOUND
        )
    return [wanted] if wanted else seen


def client_of(office: Office, asked: Asked) -> Client:
    """The one client that a question is about; the only one there is, where none was named. Raises DeskRefusal."""
    seen = [client for client in clients(office, asked) if client in office.ledger.model.clients]
    if len(seen) != 1:
        listed = ", ".join(seen) or "none is published yet"
        raise DeskRefusal("which client?", f"name one with --client: {listed}", Kind.NOT_FOUND)
    return office.ledger.model.clients[seen[0]]


def require(office: Office, asked: Asked, needed: Role, client: str) -> None:
    """Refuse where `who` is less than `needed` for this client."""
    role = asked.who.role_at(office.ledger.model, client)
    if role is None or role < needed:
        have = "no role" if role is None else f"the role {role.name.lower()}"
        raise DeskRefusal(
            f"{asked.who.login} has {have} for {client or 'the house'}; this needs {needed.name.lower()}",
            "ask an owner to change `access` in provider.yaml",
            Kind.FORBIDDEN,
        )


async def kept(done: Future[T]) -> T:
    """Wait until the store has it. Raises DeskRefusal where it cannot keep it."""
    try:
        return await asyncio.wrap_future(done)
    except NotKept as error:
        raise DeskRefusal(
            str(error), "free some space on the console's disk, then try again", Kind.CANNOT_KEEP
        ) from error
