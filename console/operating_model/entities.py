"""The nouns of the operating model, frozen. Durations are whole seconds, ratios fractions, dates local ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from console.operating_model.schema.client import ClientDoc, ProviderDoc

Minute = int
"""Minutes since local midnight; 1440 is the next midnight."""


class Criticality(StrEnum):
    """How much of the business stops without a service."""

    A = "A"
    B = "B"
    C = "C"


class Severity(StrEnum):
    """How bad an incident is (operating-model.md, 4.1)."""

    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Covered hours: windows of local wall-clock minutes for Monday (0) to Sunday (6); holidays close the day."""

    id: str
    windows: tuple[tuple[tuple[Minute, Minute], ...], ...]
    holidays: frozenset[date] = frozenset()

    @property
    def is_always(self) -> bool:
        """Whether it never closes."""
        return not self.holidays and all(day == ((0, 1440),) for day in self.windows)


ALWAYS = Calendar("always", (((0, 1440),),) * 7)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works on, owns or answers for something."""

    id: str
    name: str
    org: str
    """`msp`, `client` or `supplier`."""
    email: str = ""
    phone: str = ""
    login: str = ""
    """The account on the console's host that the kernel vouches for; only people of the provider have one."""


@dataclass(frozen=True, slots=True)
class Access:
    """What a person of the provider may do, per client; `*` stands for every client."""

    person: str
    role: str
    """`viewer`, `technician`, `lead` or `owner`."""
    clients: tuple[str, ...] = ("*",)


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the client's."""

    id: str
    name: str
    zone: ZoneInfo
    access: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Host:
    """A machine that the model expects to check in."""

    id: str
    site: str
    os: str = ""
    role: str = ""
    presence: str = "always"
    """`always`, `office` or `roaming`."""
    runs_on: str = ""
    os_end: date | None = None


@dataclass(frozen=True, slots=True)
class External:
    """A thing without an agent. It is known while the host that looks at it has evidence (3.6)."""

    id: str
    kind: str
    """`line`, `saas`, `application` or `power`."""
    probing_host: str = ""
    """"" where nothing looks at it."""


@dataclass(frozen=True, slots=True)
class Needs:
    """A service is up while at least `at_least` of `members` (hosts, services, externals) are; all by default."""

    members: tuple[str, ...] = ()
    at_least: int = 0

    @property
    def enough(self) -> int:
        """How many members suffice."""
        return self.at_least or len(self.members)


@dataclass(frozen=True, slots=True)
class Target:
    """Seconds to own and to resolve an incident of one severity, on the named calendar."""

    own: int
    resolve: int
    clock: str = "always"


@dataclass(frozen=True, slots=True)
class Sla:
    """A promise to a client."""

    id: str
    incident: dict[Severity, Target] = field(default_factory=dict)
    start: date | None = None
    end: date | None = None
    clear_after: int = 600
    """Seconds for which evidence must stay good before an unowned incident ends by itself."""


@dataclass(frozen=True, slots=True)
class Service:
    """What the client buys and uses."""

    id: str
    name: str
    owner: str
    criticality: Criticality
    hours: str
    needs: Needs
    sla: str = ""
    users: int = 0
    availability: float | None = None
    """Promised availability, a fraction."""


@dataclass(frozen=True, slots=True)
class Limits:
    """A standard of the client's own for one check: base units; None means never."""

    check: str
    warn: float | None
    crit: float | None
    host: str = ""
    """"" for every host of the client."""
    subject: str = ""
    stands_for: int = 0
    """Seconds that a breach must have stood before it alarms anybody."""
    in_a_row: int = 1
    """Looks in a row that must have seen a breach before it alarms anybody."""


@dataclass(frozen=True, slots=True)
class Client:
    """One client, whole."""

    id: str
    name: str
    zone: ZoneInfo
    calendars: dict[str, Calendar] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    sites: dict[str, Site] = field(default_factory=dict)
    hosts: dict[str, Host] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    slas: dict[str, Sla] = field(default_factory=dict)
    standards: tuple[Limits, ...] = ()
    externals: dict[str, External] = field(default_factory=dict)
    doc: ClientDoc | None = None
    """The document that says it, the provider's baseline included."""
    own: ClientDoc | None = None
    """The document as it is written, without the baseline."""
    leaning: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    """What leans directly on each host, service or external: guests, and services that need it."""
    using: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    """The services that each service, host or external only makes better: without it they are degraded."""
    order: dict[str, int] = field(init=False, repr=False, compare=False)
    """The place of each service in the model."""
    week_starts: int = 0
    """The weekday on which its weeks begin: Monday is 0 (5.1)."""

    def __post_init__(self) -> None:
        found: dict[str, list[str]] = {}
        for host in self.hosts.values():
            if host.runs_on:
                found.setdefault(host.runs_on, []).append(host.id)
        for service in self.services.values():
            for member in service.needs.members:
                found.setdefault(member, []).append(service.id)
        used: dict[str, list[str]] = {}
        for id_, written in self.doc.services.items() if self.doc else ():
            for member in written.uses:
                used.setdefault(member, []).append(id_)
        object.__setattr__(self, "leaning", {id_: tuple(ids) for id_, ids in found.items()})
        object.__setattr__(self, "using", {id_: tuple(ids) for id_, ids in used.items()})
        object.__setattr__(self, "order", {id_: place for place, id_ in enumerate(self.services)})

    def in_order(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The services among these ids, as the model lists them."""
        return tuple(sorted((id_ for id_ in ids if id_ in self.order), key=self.order.__getitem__))


@dataclass(frozen=True, slots=True)
class Provider:
    """Our own house: people and what they may do."""

    name: str
    people: dict[str, Person] = field(default_factory=dict)
    access: tuple[Access, ...] = ()
    doc: ProviderDoc | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """Everything in force at one instant, with the revision of each part (`provider` or a client's id → number)."""

    provider: Provider
    clients: dict[str, Client] = field(default_factory=dict)
    revisions: dict[str, int] = field(default_factory=dict)

    def person(self, client: str, person: str) -> Person | None:
        """A person by id, looked for in the client's own people first."""
        mine = self.clients.get(client)
        found = mine.people.get(person) if mine else None
        return found or self.provider.people.get(person)

    def called(self, client: str, party: str) -> str:
        """The name of a person or of a client's supplier; the id where nobody of that id is known."""
        found = self.person(client, party)
        if found is not None:
            return found.name
        mine = self.clients.get(client)
        supplier = mine.doc.suppliers.get(party) if mine and mine.doc else None
        return supplier.name if supplier else party
