"""Records of what happened: outages, backup runs, patches and work, beside samples and incidents."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from checks.reading import Instant
from console.operating_model.schema.incidents import IncidentEventRecord, IncidentRecord
from console.operating_model.schema.samples import SampleRecord, SamplesRecord
from console.operating_model.schema.scalars import Id, Moment, Number, Strict, Text, seconds


class OutageRecord(Strict):
    """`outage`: a service, a host or an external was down. Inferred and confirmed by nobody means unknown."""

    kind: Literal["outage"]
    client: Id
    service: str = ""
    host: str = ""
    external: str = ""
    start: Moment
    end: Moment | None = None
    evidence: Literal["agent", "probe", "person", "inferred"]
    confirmed_by: str = ""
    rejected_by: str = ""
    """Who found that it was none: then it counts for nothing."""
    said: str = Field(default="", max_length=2000)
    """What whoever settled it said: who saw it, or why it was none."""
    cause: Literal["own", "supplier", "client", "client-accepted-risk", "force-majeure", "unknown"] = "unknown"
    incident: Number | None = None

    @model_validator(mode="after")
    def _one(self) -> OutageRecord:
        if sum(map(bool, (self.service, self.host, self.external))) != 1:
            raise ValueError("name one of service, host and external")
        if self.end is not None and self.end <= self.start:
            raise ValueError("end must come after start")
        if self.rejected_by and (self.evidence != "inferred" or self.confirmed_by):
            raise ValueError("only what is inferred, and confirmed by nobody, can be rejected")
        return self

    @property
    def is_doubted(self) -> bool:
        """Whether it waits for somebody to say what it was."""
        return not (self.is_confirmed or self.rejected_by)

    @property
    def about(self) -> str:
        """What was down."""
        return self.service or self.host or self.external

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody or something proves it: silence alone does not (3.1)."""
        return self.evidence != "inferred" or bool(self.confirmed_by)

    @property
    def name(self) -> str:
        """What tells it from others of its kind."""
        return f"{self.about} {seconds(self.start)}"


class BackupRunRecord(Strict):
    """`backup-run`: one try of a job that was due."""

    kind: Literal["backup-run"]
    client: Id
    job: str
    due: Moment
    started: Moment | None = None
    ended: Moment | None = None
    result: Literal["ok", "warning", "failed", "missed"]
    restore_point_at: Moment | None = None
    bytes: int | None = Field(default=None, ge=0)
    attempt: int = Field(default=1, ge=1, le=100)

    @model_validator(mode="after")
    def _whole(self) -> BackupRunRecord:
        if self.result == "missed" and (self.started or self.ended or self.restore_point_at):
            raise ValueError("a run that was missed did neither start nor end, and left no restore point")
        if self.result in ("ok", "warning") and not (self.started and self.ended):
            raise ValueError("a run that went well has started and ended")
        if self.result == "failed" and (self.started is None or self.restore_point_at is not None):
            raise ValueError("a run that failed has started, and left no restore point")
        if self.started and (self.started < self.due or (self.ended and self.ended < self.started)):
            raise ValueError("due, started and ended must come in this order")
        return self

    @property
    def name(self) -> str:
        """What tells it from others of its kind."""
        return f"{self.job} {seconds(self.due)} {self.attempt}"


class PatchScanRecord(Strict):
    """`patch-scan`: a host was asked which patches it lacks."""

    kind: Literal["patch-scan"]
    client: Id
    host: str
    at: Moment

    @property
    def name(self) -> str:
        """What tells it from others of its kind."""
        return f"{self.host} {seconds(self.at)}"


class PatchItemRecord(Strict):
    """`patch-item`: how one patch stood on one host when it was looked at."""

    kind: Literal["patch-item"]
    client: Id
    host: str
    id: Text
    severity: Literal["critical", "high", "moderate", "low"]
    available_at: Moment | None = None
    first_seen: Moment
    at: Moment | None = None
    """When it was seen to stand so."""
    state: Literal["missing", "installed-pending-reboot", "installed"]

    @model_validator(mode="after")
    def _in_order(self) -> PatchItemRecord:
        if self.at is not None and self.at < self.first_seen:
            raise ValueError("at is no earlier than first_seen")
        return self

    @property
    def seen_at(self) -> Instant:
        """When it was seen to stand so; where nobody said, when it was first seen to be missing."""
        return seconds(self.at or self.first_seen)

    @property
    def is_missing(self) -> bool:
        """Whether the host lacks it; `installed` counts from the instant at which that was seen, so it needs one."""
        return self.state != "installed" or self.at is None

    @property
    def name(self) -> str:
        """What tells it from others of its kind: of one host, patch and instant, the latest holds."""
        return f"{self.host} {self.id} {self.seen_at}"


class WorkLogRecord(Strict):
    """`work-log`: time that somebody worked."""

    kind: Literal["work-log"]
    client: Id
    person: str
    start: Moment
    minutes: int = Field(ge=0, le=1440)
    onsite: bool = False
    travel_minutes: int = Field(default=0, ge=0, le=1440)
    incident: Number | None = None
    action: str = ""
    maintenance: str = ""
    text: Text

    @model_validator(mode="after")
    def _one(self) -> WorkLogRecord:
        if sum(map(bool, (self.incident, self.action, self.maintenance))) > 1:
            raise ValueError("name one of incident, action and maintenance")
        return self

    @property
    def name(self) -> str:
        """What tells it from others of its kind."""
        return f"{self.person} {seconds(self.start)}"


FactRecord = (
    SampleRecord
    | SamplesRecord
    | OutageRecord
    | BackupRunRecord
    | PatchScanRecord
    | PatchItemRecord
    | IncidentRecord
    | IncidentEventRecord
    | WorkLogRecord
)
HISTORY = ("sample", "samples", "incident", "incident-event")
"""Kinds that become history and incidents; they are kept as written too, so that they come out again."""
