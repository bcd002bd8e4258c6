"""Governance: policies and their limits, who may decide what, and what goes first."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from console.operating_model.schema.scalars import Day, Id, KpiName, Moment, Seconds, Strict, Text


class JobDoc(Strict):
    """A backup job that should run: where, when, within which time, and which services it protects."""

    host: str
    to: str
    at: Text
    every: Seconds
    window: Seconds
    takes: Seconds | None = None
    """How long a run is planned to take."""
    protects: list[str] = Field(min_length=1)


class PolicyDoc(Strict):
    """A standard that findings are judged against."""

    owner: str
    waive: str = ""
    max_waiver: Seconds | None = None
    review: Day | None = None
    limits: dict[str, Seconds] = {}
    scan_max_age: Seconds | None = None
    restore_test_every: Seconds | None = None
    jobs: dict[Id, JobDoc] = {}
    checks: dict[KpiName, dict[str, Any]] = {}


class DecisionRightDoc(Strict):
    """Who may decide something, within which limit, with what at hand."""

    what: Text
    by: str
    limit: str = ""
    needs: list[str] = []
    informs: list[str] = []


class PrioritiesDoc(Strict):
    """What goes first."""

    order: list[Literal["safety-of-data", "criticality", "error-budget-left", "users-hit", "age"]] = Field(min_length=1)


class DecisionDoc(Strict):
    """Something that was decided."""

    id: Id
    at: Day
    by: str
    what: Text
    why: str = ""
    accepts: Literal["", "client-accepted-risk"] = ""
    covers: dict[str, str] = {}
    expires: Day | None = None

    @model_validator(mode="after")
    def _ends(self) -> DecisionDoc:
        if self.accepts and self.expires is None:
            raise ValueError("a decision that accepts a cause needs `expires`")
        return self


class WaiverDoc(Strict):
    """Leave to deviate from a policy, for a while."""

    id: Id
    policy: str
    scope: dict[str, str] = Field(min_length=1)
    asked_by: str
    approved_by: str
    at: Day
    expires: Day
    reason: Text
    compensating: Text
    action: str = ""

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
    hosts: list[str] = []
    start: Moment
    end: Moment
    why: Text
    announced: Moment | None = None
    approved_by: str = ""
    rollback: str = ""
    result: str = ""

    @model_validator(mode="after")
    def _forward(self) -> MaintenanceDoc:
        if self.start >= self.end:
            raise ValueError("end must come after start")
        return self

    @property
    def is_planned(self) -> bool:
        """I11: approved, and announced before it began (equal is late, 3.6)."""
        return bool(self.approved_by) and self.announced is not None and self.announced < self.start
