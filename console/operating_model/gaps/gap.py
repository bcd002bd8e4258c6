"""What a gap is, and what gaps are found from: the documents, and what was seen besides them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from console.operating_model.entities import Client
from console.operating_model.schema.client import ClientDoc, ProviderDoc
from console.operating_model.schema.organization import PersonDoc, RaciDoc
from console.operating_model.schema.records import (
    AbsenceRecord,
    ActionRecord,
    DecisionRecord,
    MaintenanceRecord,
    RecordDoc,
    RestoreTestRecord,
    SignOffRecord,
    WaiverRecord,
)

SOON = timedelta(days=60)
"""The end of a contract, its notice date and the end of a decision are told this long before (G7)."""
LIFE_ENDS_SOON = timedelta(days=90)
"""The end of a system's support is told this long before (5.3 J)."""
WAIVER_ENDS_SOON = timedelta(days=14)
"""The end of leave is told this long before (K22)."""
Kind = TypeVar(
    "Kind",
    AbsenceRecord,
    ActionRecord,
    DecisionRecord,
    MaintenanceRecord,
    RestoreTestRecord,
    SignOffRecord,
    WaiverRecord,
)


@dataclass(frozen=True, slots=True)
class Gap:
    """Accepted, but shown: what is missing, the evidence, who owns it, and what closes it."""

    number: str
    """`G1` to `G22` (operating-model.md, 2.4); `EOL` for systems past their life, `END` for leave that runs out, and
    `EMPTY`, `ROLE`, `LEFT`, `CAP`, `IDLE` for sections, roles, people, capabilities and services (rows 15 to 35);
    `PROBE` for externals that no listed probe looks at."""
    component: str
    about: str
    """The id that it is about."""
    evidence: str
    owner: str
    """A person's id, or "" where even that is missing."""
    fix: str
    part: str = ""
    """Which side of it, where one thing has several gaps of one number."""

    @property
    def key(self) -> str:
        """What tells it from every other gap of the client: it stays the same while the gap does."""
        return ":".join(filter(None, (self.number, self.about, self.part)))


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A promise that is stricter than what underpins it (3.5)."""

    service: str
    kind: str
    """`availability` (a hard need promises less), `expected` (all needs together do, if they fail independently),
    `resolve`, `hours`, `dates` or `data`."""
    contract: str
    severity: str
    evidence: str
    promised: float = 0
    """A fraction for availability, seconds for the other kinds; 0 for dates."""
    reachable: float = 0
    """What can be kept, in the same unit."""
    member: str = ""
    """The need that promises least, where it is about one."""
    together: float = 0
    """Availability that all needs promise together, if they fail independently (W33)."""
    doubled: float = 0
    """The same with a second one like `member` beside it."""

    @property
    def part(self) -> str:
        """Which side of the service's promise it is."""
        return " ".join(filter(None, (self.kind, self.contract)))

    @property
    def key(self) -> str:
        """The key of the gap that it is, or would be."""
        return f"G5:{self.service}:{self.part}"


@dataclass(frozen=True)
class Facts:
    """One client's model, and what was seen besides it, on one local date."""

    client: Client
    doc: ClientDoc
    provider: ProviderDoc | None
    today: date
    revision: int
    checks: frozenset[str]
    """Names of the checks that agents can make."""
    records: Sequence[RecordDoc] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    heard: frozenset[str] | None = None
    """Hosts whose agents check in; None where that is not known."""
    seen: frozenset[tuple[str, str, str]] = frozenset()
    """What those agents brought last: host, check and subject."""
    run_seconds: dict[str, int] = field(default_factory=dict)
    """Median duration of each backup job's last runs, where there were any."""
    deviating: frozenset[str] = frozenset()
    """Ids of waivers whose deviation is still seen by an agent."""
    sha256: str = ""
    """The hash of the revision: what sign-offs name (I13)."""

    def of(self, kind: type[Kind]) -> list[Kind]:
        """The client's records of one kind."""
        return [one for one in self.records if isinstance(one, kind) and one.client == self.doc.client.id]

    @cached_property
    def people(self) -> dict[str, PersonDoc]:
        """The provider's people and the client's own."""
        return {**(self.provider.people if self.provider else {}), **self.doc.people}

    @cached_property
    def raci(self) -> dict[str, RaciDoc]:
        """RACI rows by the service or process that they are for."""
        return {row.for_: row for row in self.doc.raci}

    @cached_property
    def votes(self) -> dict[str, SignOffRecord]:
        """What each person said last to the revision, by its hash; by its number where no hash is told (I13)."""
        return {
            one.person: one
            for one in self.of(SignOffRecord)
            if (one.sha256 == self.sha256 if one.sha256 else one.revision == self.revision)
        }

    @cached_property
    def gone(self) -> frozenset[str]:
        """People who have left."""
        people = self.people.items()
        return frozenset(id_ for id_, one in people if one.active_to is not None and one.active_to < self.today)

    def holder(self, role_or_person: str) -> str:
        """The person that a role stands for."""
        role = self.doc.roles.get(role_or_person)
        return role.holder if role else role_or_person

    def accountable(self, subject: str) -> str:
        """Who answers for a service or process; a service without a RACI row falls to its owner."""
        row = self.raci.get(subject)
        if row is not None:
            return row.A
        service = self.doc.services.get(subject)
        return service.owner if service else ""
