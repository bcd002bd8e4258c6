"""Services: what the client uses, what it stands on, when it is due, and what was promised."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from console.operating_model.schema.organization import SeverityWord
from console.operating_model.schema.scalars import Day, Percent, Seconds, Strict, Text, Zone


class SiteDoc(Strict):
    """A place."""

    name: Text
    tz: Zone | None = None
    access: str = ""
    address: str = ""
    contacts: list[str] = []
    notes: str = ""


class HostDoc(Strict):
    """A machine that should check in."""

    site: str
    os: str = ""
    role: str = ""
    presence: Literal["always", "office", "roaming"] = "always"
    runs_on: str = ""
    os_end: Day | None = None
    warranty: Day | None = None
    user: str = ""
    ups: bool = False


class ExternalDoc(Strict):
    """A thing without an agent: a line, an application, a cloud service, the power."""

    kind: Literal["line", "saas", "application", "power"]
    site: str = ""
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
    includes: list[Literal["monitoring", "patching", "backup"]] = []
    price_unit: str = ""
    price: float = Field(default=0, ge=0)


class NeedsDoc(Strict):
    """`{all: [...]}`, or `{at_least: k, of: [...]}`."""

    all: list[str] | None = None
    at_least: int | None = None
    of: list[str] | None = None

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
    window: Literal["28d", "week", "month"] = "28d"


class ServiceDoc(Strict):
    """What the client uses."""

    name: str = ""
    offering: str = ""
    owner: str
    criticality: Literal["A", "B", "C"]
    hours: str = "always"
    users: Annotated[int, Field(ge=0)] = 0
    lifecycle: Literal["planned", "live", "retiring"] = "live"
    outcome: str = ""
    needs: NeedsDoc | None = None
    uses: list[str] = []
    fleet: list[str] = []
    sla: str = ""
    slo: SloDoc | None = None
    rpo: Seconds | None = None
    rto: Seconds | None = None
    recovery_order: Annotated[int, Field(ge=1)] | None = None

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
    resolve: Seconds
    clock: str = "always"

    @model_validator(mode="after")
    def _own_first(self) -> TargetDoc:
        if self.own > self.resolve:
            raise ValueError("own must not be longer than resolve")
        return self


class SlaDoc(Strict):
    """A promise."""

    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None
    incident: dict[SeverityWord, TargetDoc]
    clear_after: Seconds = 600
    pause_on: list[Literal["client", "agreed-window", "supplier", "parts"]] = ["client", "agreed-window"]
    reopen_window: Seconds = 5 * 86_400
    excluded_causes: list[Literal["client-accepted-risk", "force-majeure", "client", "supplier"]] = []
    attainment_target: Percent = 0.95

    @model_validator(mode="after")
    def _forward(self) -> SlaDoc:
        if self.from_ and self.to and self.from_ >= self.to:
            raise ValueError("`from` must come before `to`")
        return self


class LimitsDoc(Strict):
    """Limits for one check; of some hosts other ones."""

    warn: Any = None
    crit: Any = None
    hosts: dict[str, LimitsDoc] = {}
