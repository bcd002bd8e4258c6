"""Governance: policies and their limits, who may decide what, and what goes first."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from console.operating_model import recurring, words
from console.operating_model.schema.scalars import Day, Id, KpiName, Moment, Seconds, Strict, Text

LONGEST_WINDOW = timedelta(days=31)
"""What lasts longer is no window: it would hide what breaks in it."""


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

    @field_validator("at")
    @classmethod
    def _is_time(cls, at: str) -> str:
        words.job_time(at)
        return at


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


class CitedDoc(Strict):
    """A number that a decision rests on, as it stood then: it never changes afterwards (31c)."""

    kpi: Text
    about: str = ""
    """The service that it is of; "" where it is of the whole client."""
    period: Text
    value: Text
    sha256: str

    @model_validator(mode="after")
    def _unchanged(self) -> CitedDoc:
        if self.sha256 != cited_hash(self.kpi, self.about, self.period, self.value):
            raise ValueError("the hash does not fit what is cited; cite the number again")
        return self


def cited_hash(kpi: str, about: str, period: str, value: str) -> str:
    """What a cited number is sealed with."""
    return hashlib.sha256(f"{kpi}\n{about}\n{period}\n{value}".encode()).hexdigest()


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
    right: str = ""
    """The decision right that was used."""
    cites: list[CitedDoc] = []
    """The numbers that it rests on."""

    def accepts_on(self, day: date) -> bool:
        """Whether it holds on a local day, and accepts a cause of outages."""
        return bool(self.accepts) and self.at <= day and (self.expires is None or day < self.expires)

    @model_validator(mode="after")
    def _ends(self) -> DecisionDoc:
        if self.accepts and self.expires is None:
            raise ValueError("a decision that accepts a cause needs `expires`")
        return self


class WaiverDoc(Strict):
    """Leave to deviate from a policy, for a while. Until somebody approved it, it excuses nothing."""

    id: Id
    policy: str
    """The policy that is deviated from."""
    scope: dict[str, str] = Field(min_length=1)
    """What may deviate: a host, a service, a patch."""
    asked_by: str
    """Who asked."""
    approved_by: str = ""
    """Who allowed it; somebody else."""
    refused_by: str = ""
    """Who did not."""
    at: Day
    """From when."""
    decided: Day | None = None
    """When it was approved or refused; `at` where that is not said."""
    expires: Day
    """Until when."""
    ended: Day | None = None
    """When it was ended before it expired."""
    reason: Text
    """Why."""
    compensating: Text
    """What protects meanwhile."""
    action: str = ""
    """The action that ends the deviation."""
    note: str = ""
    """What was said to it when it was decided or ended."""

    @model_validator(mode="after")
    def _fair(self) -> WaiverDoc:
        if self.asked_by == self.approved_by:
            raise ValueError("nobody approves what they asked for; approved_by must be somebody else")
        if self.at >= self.expires:
            raise ValueError("expires must come after at")
        if self.approved_by and self.refused_by:
            raise ValueError("it is approved or refused, not both")
        return self

    @property
    def begins(self) -> Day:
        """The first day on which it excuses something, once it is approved."""
        return max(self.at, self.decided or self.at)

    @property
    def ends(self) -> Day:
        """The first day on which it excuses nothing any more: a bare date is its local midnight (3.6)."""
        return min(self.expires, self.ended or self.expires)


class MaintenanceDoc(Strict):
    """Planned work. It counts as planned only where it was approved and announced before its start."""

    id: Id
    services: list[str] = []
    """Services that may be down meanwhile."""
    hosts: list[str] = []
    """Hosts that are worked on."""
    start: Moment
    end: Moment
    repeats: str = ""
    """When it comes again: an RRULE with an end, by day, week, month or year; `start` and `end` are the first time."""
    skips: list[Day] = []
    """Local days on which a repeated window does not take place."""
    why: Text
    planned_by: str = ""
    """Who plans it."""
    announced: Moment | None = None
    """When the client was told."""
    approved_by: str = ""
    """Who allowed it."""
    approved: Moment | None = None
    """When; an approval that came after the start excuses nothing."""
    rollback: str = ""
    """How it is undone."""
    cancelled: Moment | None = None
    """When it was called off."""
    closed: Moment | None = None
    """When it was over."""
    result: str = ""
    """How it went."""
    outcomes: dict[str, str] = {}
    """How far each host was when it was closed, by evidence: `healthy`, `installed` …"""

    @model_validator(mode="after")
    def _forward(self) -> MaintenanceDoc:
        if self.start >= self.end:
            raise ValueError("end must come after start")
        if self.end - self.start > LONGEST_WINDOW:
            raise ValueError(f"a window lasts {LONGEST_WINDOW.days} days at most; write longer work as several")
        if self.repeats:
            recurring.refuse(self.repeats, self.start, self.end)
        return self

    @property
    def is_planned(self) -> bool:
        """I11: approved, and announced before it began (equal is late, 3.6)."""
        return not self.not_planned_because

    @property
    def not_planned_because(self) -> str:
        """Why it excuses nothing; "" where it counts as planned (I11)."""
        if self.cancelled is not None:
            return "cancelled"
        if self.announced is None or self.announced >= self.start:
            return "announced after its start" if self.announced else "not announced"
        if not self.approved_by:
            return "not approved"
        return "approved after its start" if self.approved is not None and self.approved >= self.start else ""
