"""The two kinds of file: `provider.yaml`, and one file a client. What a provider's baseline says, clients inherit."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from console.operating_model.schema.governance import DecisionRightDoc, PolicyDoc, PrioritiesDoc
from console.operating_model.schema.measurement import KpiDoc
from console.operating_model.schema.organization import (
    AccessDoc,
    ChannelDoc,
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
from console.operating_model.schema.scalars import Day, Id, KpiName, Strict, Text, Zone
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


class NamedDoc(Strict):
    """The provider's own name."""

    name: Text


class BaselineDoc(Strict):
    """What every client has, unless its own file says otherwise under the same name."""

    calendars: dict[Id, dict[str, Any]] = {}
    holiday_sets: dict[Id, list[Day]] = {}
    offerings: dict[Id, OfferingDoc] = {}
    slas: dict[Id, SlaDoc] = {}
    kpis: dict[KpiName, KpiDoc] = {}
    policies: dict[Id, PolicyDoc] = {}
    processes: dict[Id, ProcessDoc] = {}
    runbooks: dict[Id, RunbookDoc] = {}
    standards: dict[str, LimitsDoc] = {}


class ProviderDoc(Strict):
    """`provider.yaml`: our own people, what they may do, and the baseline that clients inherit."""

    schema_: Literal[1] = Field(alias="schema")
    base: int | None = Field(default=None, ge=1)
    """The revision that this was edited from; `pull` writes it."""
    provider: NamedDoc
    people: dict[Id, PersonDoc] = {}
    teams: dict[Id, TeamDoc] = {}
    on_call: OnCallDoc | None = None
    access: list[AccessDoc] = []
    baseline: BaselineDoc = BaselineDoc()


class ClientHeadDoc(Strict):
    """Who the client is."""

    id: Id
    name: Text
    tz: Zone
    industry: str = ""
    since: Day | None = None
    users: int = Field(default=0, ge=0)


class ClientDoc(BaselineDoc):
    """A client's file: the six components of its operating model, and the plan."""

    schema_: Literal[1] = Field(alias="schema")
    base: int | None = Field(default=None, ge=1)
    """The revision that this was edited from; `pull` writes it."""
    client: ClientHeadDoc
    outcomes: list[OutcomeDoc] = []
    people: dict[Id, PersonDoc] = {}
    teams: dict[Id, TeamDoc] = {}
    on_call: OnCallDoc | None = None
    roles: dict[Id, RoleDoc] = {}
    raci: list[RaciDoc] = []
    channels: list[ChannelDoc] = []
    suppliers: dict[Id, SupplierDoc] = {}
    contracts: dict[Id, ContractDoc] = {}
    capabilities: list[CapabilityDoc] = []
    sites: dict[Id, SiteDoc] = {}
    hosts: dict[Id, HostDoc] = {}
    externals: dict[Id, ExternalDoc] = {}
    services: dict[Id, ServiceDoc] = {}
    decision_rights: list[DecisionRightDoc] = []
    priorities: PrioritiesDoc | None = None
    stakeholders: list[StakeholderDoc] = []
    needs: list[NeedDoc] = []
    milestones: list[MilestoneDoc] = []
