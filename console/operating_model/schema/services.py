"""Services: what the client uses, what it stands on, when it is due, and what was promised."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from console.operating_model.schema.organization import SeverityWord
from console.operating_model.schema.scalars import Day, Percent, Seconds, Strict, Text, Zone

LONGEST_UNCONFIRMED = 86_400
"""Seconds; what stands longer than a day without an alarm is hidden, not confirmed."""


class SiteDoc(Strict):
    """A place."""

    name: Text
    """What people call it."""
    tz: Zone | None = None
    """Its zone, where that is not the client's."""
    access: str = ""
    """How to get in."""
    address: str = ""
    """Where it is."""
    contacts: list[str] = []
    """People to ask for there."""
    notes: str = ""
    """Power, racks, dust: what helps on site."""


class HostDoc(Strict):
    """A machine that should check in."""

    site: str
    """Where it stands."""
    os: str = ""
    """Which system it runs."""
    role: str = ""
    """What it is for."""
    presence: Literal["always", "office", "roaming"] = "always"
    """When it is missed: after two looks; after four of the office hours; or, roaming, after a week."""
    runs_on: str = ""
    """The host that carries it."""
    os_end: Day | None = None
    """When its system is no longer supported."""
    warranty: Day | None = None
    """When its warranty ends."""
    user: str = ""
    """Who works on it."""
    ups: bool = False
    """Whether it survives a power cut."""


class ExternalDoc(Strict):
    """A thing without an agent: a line, an application, a cloud service, the power."""

    kind: Literal["line", "saas", "application", "power"]
    """What it is."""
    site: str = ""
    """Where it ends."""
    probe: str = ""
    """How it is looked at, such as `tcp 192.0.2.1:443 from fw01`; known while the host named last has evidence."""

    @property
    def probing_host(self) -> str:
        """The host that looks at it; "" where none does."""
        before, found, host = self.probe.rpartition(" from ")
        return host.strip() if found and before.strip() else ""


class OfferingDoc(Strict):
    """What the provider sells; a service is one offering delivered to one client."""

    sla: str = ""
    """The promise that goes with it."""
    includes: list[Literal["monitoring", "patching", "backup"]] = []
    """What is done for it."""
    price_unit: str = ""
    """What is counted: host, user, site."""
    price: float = Field(default=0, ge=0)
    """What one costs a month."""


class NeedsDoc(Strict):
    """`{all: [...]}`, or `{at_least: k, of: [...]}`."""

    all: list[str] | None = None
    """Every one of these must work."""
    at_least: int | None = None
    """How many of `of` suffice."""
    of: list[str] | None = None
    """Hosts, services or externals of which some suffice."""

    @model_validator(mode="after")
    def _one_form(self) -> NeedsDoc:
        if (self.all is None) == (self.of is None) or (self.of is None) != (self.at_least is None):
            raise ValueError("write needs as {all: [...]} or as {at_least: 1, of: [...]}")
        if self.at_least is not None and not 1 <= self.at_least <= len(self.members):
            raise ValueError(f"at_least must lie between 1 and the {len(self.members)} members")
        if not self.members or len(set(self.members)) != len(self.members):
            raise ValueError("needs must name at least one member, and none twice")
        return self

    @property
    def members(self) -> list[str]:
        """Hosts, services and externals."""
        return self.all if self.all is not None else self.of or []


class SloDoc(Strict):
    """What availability is promised, over which window."""

    availability: Percent
    """The share of its hours in which it works."""
    window: Literal["28d", "week", "month"] = "28d"
    """Over which time that is measured."""


class ServiceDoc(Strict):
    """What the client uses."""

    name: str = ""
    """What people call it."""
    offering: str = ""
    """What it was sold as."""
    owner: str
    """On whose desk its findings land."""
    criticality: Literal["A", "B", "C"]
    """How much stops without it: A, B or C."""
    hours: str = "always"
    """The calendar in which it is promised."""
    users: Annotated[int, Field(ge=0)] = 0
    """How many people use it."""
    lifecycle: Literal["planned", "live", "retiring"] = "live"
    """Whether it is planned, in use, or on its way out."""
    outcome: str = ""
    """What it does for the business."""
    needs: NeedsDoc | None = Field(default=None, examples=[{"all": ["web01", "db01"]}])
    """What it cannot work without."""
    uses: list[str] = []
    """What it is worse without."""
    fleet: list[str] = []
    """Machines of which each serves one person; one is enough to be up."""
    sla: str = ""
    """The promise, where it is not the offering's."""
    slo: SloDoc | None = None
    """The availability that is promised."""
    rpo: Seconds | None = None
    """How much work may be lost: the age of the newest copy."""
    rto: Seconds | None = None
    """How long it may take to bring back."""
    recovery_order: Annotated[int, Field(ge=1)] | None = None
    """Its place when everything must be brought back."""

    @model_validator(mode="after")
    def _stands_on_something(self) -> ServiceDoc:
        if self.needs is None and not self.fleet:
            raise ValueError("write what it stands on: needs: {all: [...]}, or fleet: [...]")
        return self

    @property
    def members(self) -> list[str]:
        """What it stands on: needs, else its fleet."""
        return self.needs.members if self.needs else self.fleet

    @property
    def enough(self) -> int:
        """How many of its members suffice: of a fleet, one."""
        if self.needs is None:
            return 1
        return self.needs.at_least or len(self.needs.members)


class TargetDoc(Strict):
    """Own and resolve, of one severity."""

    own: Seconds
    """Until somebody has taken it."""
    resolve: Seconds
    """Until it works again."""
    clock: str = "always"
    """The calendar in which time counts."""

    @model_validator(mode="after")
    def _own_first(self) -> TargetDoc:
        if self.own > self.resolve:
            raise ValueError("own must not be longer than resolve")
        return self


class SlaDoc(Strict):
    """A promise."""

    from_: Day | None = Field(default=None, alias="from")
    """From when it is promised."""
    to: Day | None = None
    """Until when."""
    incident: dict[SeverityWord, TargetDoc]
    """Targets of each severity, S1 (the worst) to S4."""
    clear_after: Seconds = Field(default=600, json_schema_extra={"default": "10m"})
    """How long evidence must stay good before an unowned incident ends by itself."""
    pause_on: list[Literal["client", "agreed-window", "supplier", "parts"]] = ["client", "agreed-window"]
    """Whose waiting stops our clock."""
    reopen_window: Seconds = Field(default=5 * 86_400, json_schema_extra={"default": "5d"})
    """How long after its end the same trouble is the same incident; whole days are days on which the office is open."""
    excluded_causes: list[Literal["client-accepted-risk", "force-majeure", "client", "supplier"]] = []
    """Causes of outages that do not count."""
    attainment_target: Percent = Field(default=0.95, json_schema_extra={"default": 95})
    """The share of incidents that must meet their targets."""

    @model_validator(mode="after")
    def _forward(self) -> SlaDoc:
        if self.from_ and self.to and self.from_ >= self.to:
            raise ValueError("`from` must come before `to`")
        return self


class LimitsDoc(Strict):
    """Limits for one check; of some hosts other ones."""

    warn: Any = Field(default=None, examples=["80 %"])
    """From here on somebody should look; `never` for no such limit."""
    crit: Any = Field(default=None, examples=["92 %"])
    """From here on it is broken; `never` for no such limit."""
    for_: Seconds | None = Field(default=None, alias="for", examples=["15m"])
    """How long a breach must have stood before it alarms anybody; the record has it from its first second."""
    in_a_row: Annotated[int, Field(ge=1, le=100)] | None = Field(default=None, examples=[3])
    """Instead of a time: how many looks in a row must have seen the breach."""
    hosts: dict[str, LimitsDoc] = {}
    """Other limits for single hosts."""

    @model_validator(mode="after")
    def _alarms_in_time(self) -> LimitsDoc:
        if self.for_ is not None and self.in_a_row is not None:
            raise ValueError("write either for or in_a_row")
        if self.for_ is not None and self.for_ > LONGEST_UNCONFIRMED:
            raise ValueError("for is a day at most; what may stand longer needs another limit")
        return self
