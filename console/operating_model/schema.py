"""The YAML of a model, first slice: what may stand where. Unknown keys are refused; `references` checks the rest."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from console.operating_model import words


def _zone(text: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(text))
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{text!r} is not a time zone; write one such as Europe/Berlin or UTC") from None


def _percent(text: object) -> float:
    value = words.ratio(str(text).removesuffix("%")) / 100
    if not 0 < value <= 1:
        raise ValueError(f"{text!r} is not a promise; write percent above 0 and up to 100")
    return value


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    return text


Id = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
Seconds = Annotated[int, BeforeValidator(words.duration)]
Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]
Percent = Annotated[float, BeforeValidator(_percent)]
Text = Annotated[str, AfterValidator(_not_blank)]


class Strict(BaseModel):
    """Refuses what it does not know."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, frozen=True, coerce_numbers_to_str=True)


class PersonDoc(Strict):
    """A person."""

    name: Text
    org: Literal["msp", "client", "supplier"] = "msp"
    email: str = ""
    phone: str = ""
    login: str = ""
    title: str = ""


class AccessDoc(Strict):
    """Who may do what, for which clients."""

    person: str
    role: Literal["viewer", "technician", "lead", "owner"]
    clients: list[str] = ["*"]


class NamedDoc(Strict):
    """The provider's own name."""

    name: Text


class ProviderDoc(Strict):
    """`provider.yaml`."""

    schema_: Literal[1] = Field(alias="schema")
    provider: NamedDoc
    people: dict[Id, PersonDoc] = {}
    access: list[AccessDoc] = []


class ClientHeadDoc(Strict):
    """Who the client is."""

    id: Id
    name: Text
    tz: Zone


class SiteDoc(Strict):
    """A place."""

    name: Text
    tz: Zone | None = None
    access: str = ""
    address: str = ""


class HostDoc(Strict):
    """A machine that should check in."""

    site: str
    os: str = ""
    role: str = ""
    presence: Literal["always", "office", "roaming"] = "always"
    runs_on: str = ""
    os_end: date | None = None


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
        """Hosts and services."""
        return self.all if self.all is not None else self.of or []


class SloDoc(Strict):
    """What availability is promised."""

    availability: Percent


class ServiceDoc(Strict):
    """What the client uses."""

    name: str = ""
    owner: str
    criticality: Literal["A", "B", "C"]
    hours: str = "always"
    users: Annotated[int, Field(ge=0)] = 0
    needs: NeedsDoc
    sla: str = ""
    slo: SloDoc | None = None


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

    from_: date | None = Field(default=None, alias="from")
    to: date | None = None
    incident: dict[Literal["S1", "S2", "S3", "S4"], TargetDoc]
    clear_after: Seconds = 600

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


class ClientDoc(Strict):
    """A client's file."""

    schema_: Literal[1] = Field(alias="schema")
    client: ClientHeadDoc
    calendars: dict[Id, dict[str, Any]] = {}
    holiday_sets: dict[Id, list[date]] = {}
    people: dict[Id, PersonDoc] = {}
    sites: dict[Id, SiteDoc] = {}
    hosts: dict[Id, HostDoc] = {}
    services: dict[Id, ServiceDoc] = {}
    slas: dict[Id, SlaDoc] = {}
    standards: dict[str, LimitsDoc] = {}
