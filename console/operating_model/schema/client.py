"""The two kinds of file: `provider.yaml`, and one file a client. What a provider's baseline says, clients inherit."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from console.operating_model.schema.governance import DecisionRightDoc, PolicyDoc, PrioritiesDoc
from console.operating_model.schema.measurement import KpiDoc
from console.operating_model.schema.organization import (
    AccessDoc,
    ChannelDoc,
    ConsoleDoc,
    JoiningDoc,
    NeedDoc,
    OnCallDoc,
    PersonDoc,
    RaciDoc,
    RoleDoc,
    StakeholderDoc,
    TeamDoc,
)
from console.operating_model.schema.plan import MilestoneDoc, OutcomeDoc
from console.operating_model.schema.processes import ProcessDoc, RunbookDoc
from console.operating_model.schema.scalars import Day, HolidaySet, Id, KpiName, Strict, Text, Weekday, Zone
from console.operating_model.schema.services import (
    ExternalDoc,
    HostDoc,
    LimitsDoc,
    OfferingDoc,
    ServiceDoc,
    SiteDoc,
    SlaDoc,
)
from console.operating_model.schema.sourcing import CapabilityDoc, ContractDoc, SupplierDoc


class _Sections(Strict):
    """A file: a section that stands there with nothing under it is one that was not written."""

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, tree: object) -> object:
        return {key: value for key, value in tree.items() if value is not None} if isinstance(tree, dict) else tree


class NamedDoc(Strict):
    """The provider's own name."""

    name: Text
    """What clients call us."""


class BaselineDoc(_Sections):
    """What every client has, unless its own file says otherwise under the same name."""

    calendars: dict[Id, dict[str, Any]] = Field(
        default={}, examples=[{"office": {"mon-fri": ["08:00-18:00"], "holidays": "de"}}]
    )
    """Covered hours by name: days and their local hours, and the holiday set that closes them; `always` is built in."""
    holiday_sets: dict[Id, HolidaySet] = Field(default={}, examples=[{"tn": ["us-TN", "2026-12-24"]}])
    """Days on which calendars that name the set are closed: dates, and places whose public holidays they are."""
    offerings: dict[Id, OfferingDoc] = Field(
        default={}, examples=[{"managed-server": {"sla": "standard", "includes": ["monitoring", "backup"]}}]
    )
    """What is sold; a service is one offering delivered."""
    slas: dict[Id, SlaDoc] = {}
    """Promises: how fast an incident is owned and resolved."""
    kpis: dict[KpiName, KpiDoc] = {}
    """The numbers that count, by the name of their formula."""
    policies: dict[Id, PolicyDoc] = {}
    """Standards that findings are judged against, each with its owner."""
    processes: dict[Id, ProcessDoc] = {}
    """Work that is done the same way every time."""
    runbooks: dict[Id, RunbookDoc] = {}
    """Steps that a process follows."""
    standards: dict[str, LimitsDoc] = {}
    """Limits of single checks, where they differ from the defaults."""


class ProviderDoc(_Sections):
    """`provider.yaml`: our own people, what they may do, and the baseline that clients inherit."""

    schema_: Literal[1] = Field(alias="schema")
    """The version of this file's form."""
    base: int | None = Field(default=None, ge=1)
    """The revision that this was edited from; `pull` writes it."""
    provider: NamedDoc
    """Who we are."""
    people: dict[Id, PersonDoc] = {}
    """Our own people."""
    teams: dict[Id, TeamDoc] = {}
    """Our own teams."""
    on_call: OnCallDoc | None = None
    """Who of us is called outside shifts."""
    access: list[AccessDoc] = []
    """Who may do what at the desk."""
    console: ConsoleDoc = ConsoleDoc()
    """How our consoles behave."""
    joining: JoiningDoc = JoiningDoc()
    """How agents join."""
    baseline: BaselineDoc = BaselineDoc()
    """What every client inherits unless its own file says otherwise under the same name."""


class ClientHeadDoc(Strict):
    """Who the client is."""

    id: Id
    """How the client is named everywhere; it never changes."""
    name: Text
    """What people call the client."""
    tz: Zone
    """The zone in which its hours and dates are meant."""
    week_starts: Weekday = "monday"
    """The day on which the weeks that it is told about begin, such as `saturday` for Saturday to Friday.

    Change it when a week is frozen: the weeks before keep the days that they had.
    """
    industry: str = ""
    """What it does."""
    since: Day | None = None
    """Since when it is a client."""
    users: int = Field(default=0, ge=0)
    """How many people work there."""


class ClientDoc(BaselineDoc):
    """A client's file: the six components of its operating model, and the plan."""

    schema_: Literal[1] = Field(alias="schema")
    """The version of this file's form."""
    base: int | None = Field(default=None, ge=1)
    """The revision that this was edited from; `pull` writes it."""
    client: ClientHeadDoc
    """Who the client is."""
    outcomes: list[OutcomeDoc] = []
    """What the business wants, and the number that proves it."""
    people: dict[Id, PersonDoc] = {}
    """The client's people, and those of its suppliers."""
    teams: dict[Id, TeamDoc] = {}
    """Teams of the client, or for it."""
    on_call: OnCallDoc | None = None
    """Who is called outside shifts, where that is not the provider's turn."""
    roles: dict[Id, RoleDoc] = {}
    """Roles that decide, and who holds them."""
    raci: list[RaciDoc] = []
    """Who does, answers for, is asked about and hears of each service and process; one row each."""
    channels: list[ChannelDoc] = []
    """How word travels."""
    suppliers: dict[Id, SupplierDoc] = {}
    """Who else delivers."""
    contracts: dict[Id, ContractDoc] = {}
    """What suppliers owe: the contracts under our promises."""
    capabilities: list[CapabilityDoc] = []
    """What somebody must be able to do, and who that is."""
    sites: dict[Id, SiteDoc] = {}
    """Places."""
    hosts: dict[Id, HostDoc] = {}
    """Machines that should check in."""
    externals: dict[Id, ExternalDoc] = {}
    """Things without an agent: lines, applications, cloud services, power."""
    services: dict[Id, ServiceDoc] = Field(
        default={}, examples=[{"erp": {"owner": "ana", "criticality": "A", "needs": {"all": ["web01", "db01"]}}}]
    )
    """What the client uses."""
    decision_rights: list[DecisionRightDoc] = []
    """Who may decide what."""
    priorities: PrioritiesDoc | None = None
    """What goes first."""
    stakeholders: list[StakeholderDoc] = []
    """Whose agreement counts."""
    needs: list[NeedDoc] = []
    """What stakeholders asked for, and what meets it."""
    milestones: list[MilestoneDoc] = []
    """Steps of the plan."""
