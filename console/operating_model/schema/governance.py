"""Governance: policies and their limits, who may decide what, and what goes first."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from console.operating_model.schema.scalars import Day, Id, KpiName, Moment, Seconds, Strict, Text


class JobDoc(Strict):
    """A backup job that should run: where, when, within which time, and which services it protects."""

    host: str
    """The machine that is saved."""
    to: str
    """Where the copy goes."""
    at: Text
    """When it starts, local: `23:00`, or `Sun 04:00`."""
    every: Seconds
    """How often it runs."""
    window: Seconds
    """Within which time a run must have ended."""
    takes: Seconds | None = None
    """How long a run is planned to take."""
    protects: list[str] = Field(min_length=1)
    """Services whose data it saves."""


class PolicyDoc(Strict):
    """A standard that findings are judged against."""

    owner: str
    """The role or person who owns it."""
    waive: str = ""
    """The role or person who may allow a deviation; nobody where empty."""
    max_waiver: Seconds | None = None
    """How long a deviation may be allowed at most."""
    review: Day | None = None
    """When it is looked at again."""
    limits: dict[str, Seconds] = {}
    """How long a patch of each severity may be missing."""
    scan_max_age: Seconds | None = None
    """How old the last look may be."""
    restore_test_every: Seconds | None = None
    """How often a restore must be proven."""
    jobs: dict[Id, JobDoc] = {}
    """Backup jobs that should run."""
    checks: dict[KpiName, dict[str, Any]] = Field(default={}, examples=[{"disk": {"warn": 80, "crit": 92}}])
    """The checks that it asks for, with what it expects of them."""


class DecisionRightDoc(Strict):
    """Who may decide something, within which limit, with what at hand."""

    what: Text
    """The decision: `publish-model`, `waive-patching`, or a word of your own."""
    by: str
    """The role or person who decides."""
    limit: str = ""
    """Up to what."""
    needs: list[str] = []
    """What must be at hand."""
    informs: list[str] = []
    """Who hears of it."""


class PrioritiesDoc(Strict):
    """What goes first."""

    order: list[Literal["safety-of-data", "criticality", "error-budget-left", "users-hit", "age"]] = Field(min_length=1)
    """The criteria, the weightiest first."""


class DecisionDoc(Strict):
    """Something that was decided."""

    id: Id
    at: Day
    """When it was decided."""
    by: str
    """Who decided."""
    what: Text
    """What was decided."""
    why: str = ""
    accepts: Literal["", "client-accepted-risk"] = ""
    """The cause of outages that the client accepts by it."""
    covers: dict[str, str] = {}
    """What it is about: a host, a service, a cause."""
    expires: Day | None = None
    """Until when it holds."""

    @model_validator(mode="after")
    def _ends(self) -> DecisionDoc:
        if self.accepts and self.expires is None:
            raise ValueError("a decision that accepts a cause needs `expires`")
        return self


class WaiverDoc(Strict):
    """Leave to deviate from a policy, for a while."""

    id: Id
    policy: str
    """The policy that is deviated from."""
    scope: dict[str, str] = Field(min_length=1)
    """What may deviate: a host, a service, a patch."""
    asked_by: str
    """Who asked."""
    approved_by: str
    """Who allowed it; somebody else."""
    at: Day
    """From when."""
    expires: Day
    """Until when."""
    reason: Text
    """Why."""
    compensating: Text
    """What protects meanwhile."""
    action: str = ""
    """The action that ends the deviation."""

    @model_validator(mode="after")
    def _fair(self) -> WaiverDoc:
        if self.asked_by == self.approved_by:
            raise ValueError("nobody approves what they asked for; approved_by must be somebody else")
        if self.at >= self.expires:
            raise ValueError("expires must come after at")
        return self


class MaintenanceDoc(Strict):
    """Planned work. It counts as planned only where it was approved and announced before its start."""

    id: Id
    services: list[str] = []
    """Services that may be down meanwhile."""
    hosts: list[str] = []
    """Hosts that are worked on."""
    start: Moment
    end: Moment
    why: Text
    announced: Moment | None = None
    """When the client was told."""
    approved_by: str = ""
    """Who allowed it."""
    rollback: str = ""
    """How it is undone."""
    result: str = ""
    """How it went."""

    @model_validator(mode="after")
    def _forward(self) -> MaintenanceDoc:
        if self.start >= self.end:
            raise ValueError("end must come after start")
        return self

    @property
    def is_planned(self) -> bool:
        """I11: approved, and announced before it began (equal is late, 3.6)."""
        return bool(self.approved_by) and self.announced is not None and self.announced < self.start
