"""Records of what happened: samples, outages, backup runs, patches, incidents, work. One JSON object a line each."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from checks.finding import Impact
from checks.reading import Instant, Why
from console.operating_model.entities import Severity
from console.operating_model.schema.scalars import Id, Moment, Seconds, Strict, Text

MOST_READINGS = 500


def _value(value: object) -> object:
    """A number; or an instant, where that is what the check reads."""
    if isinstance(value, str):
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{value!r} is neither a number nor an instant") from None
        if found.tzinfo is None:
            raise ValueError(f"{value!r} names no zone; write one such as 2026-11-12T19:00:00-05:00")
        return found.timestamp()
    if isinstance(value, bool):
        raise ValueError("write a number")
    return value


Value = Annotated[Annotated[float, Field(allow_inf_nan=False)] | None, BeforeValidator(_value)]
Number = Annotated[int, Field(ge=1, lt=1 << 31)]


class ItemDoc(Strict):
    """One thing that a value is made of."""

    name: Text
    detail: str = ""
    since: Moment | None = None


class ReadingDoc(Strict):
    """What one check read about one subject, in the check's base unit; null where it looked and there is none."""

    check: str
    subject: str = ""
    value: Value
    items: list[ItemDoc] = Field(default=[], max_length=MOST_READINGS)


class GapDoc(Strict):
    """What could not be seen, and why."""

    check: str
    subject: str = ""
    why: Why
    reason: Text


class Seeing(Strict):
    """What a sample of a host saw."""

    client: Id
    host: str
    readings: list[ReadingDoc] = Field(default=[], max_length=MOST_READINGS)
    gaps: list[GapDoc] = Field(default=[], max_length=MOST_READINGS)


class SampleRecord(Seeing):
    """`sample`: one look at a host."""

    kind: Literal["sample"]
    taken: Moment
    next: Moment | None = None
    every: Seconds | None = None

    @model_validator(mode="after")
    def _paced(self) -> SampleRecord:
        if (self.next is None) == (self.every is None):
            raise ValueError("say when it looks again: either `next` or `every`")
        if self.next is not None and self.next <= self.taken:
            raise ValueError("next must come after taken")
        return self

    @property
    def pace(self) -> int:
        """Seconds to the next look."""
        return self.every or (seconds(self.next) - seconds(self.taken) if self.next else 1)

    @property
    def span(self) -> tuple[Instant, Instant]:
        """The first and the last look: the same one."""
        return seconds(self.taken), seconds(self.taken)

    @property
    def name(self) -> str:
        """What tells it from others of its kind."""
        return f"{self.host} {self.span[0]}"


class SamplesRecord(Seeing):
    """`samples`: a regular stretch of looks that all saw the same; the last one strictly before `until`."""

    kind: Literal["samples"]
    from_: Moment = Field(alias="from")
    until: Moment
    every: Seconds

    @model_validator(mode="after")
    def _forward(self) -> SamplesRecord:
        if self.until <= self.from_:
            raise ValueError("until must come after from")
        return self

    @property
    def pace(self) -> int:
        """Seconds between two looks."""
        return self.every

    @property
    def span(self) -> tuple[Instant, Instant]:
        """The first and the last look."""
        first = seconds(self.from_)
        return first, first + (seconds(self.until) - 1 - first) // self.every * self.every

    @property
    def name(self) -> str:
        """What tells it from others of its kind."""
        return f"{self.host} {self.span[0]}"


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
    cause: Literal["own", "supplier", "client", "client-accepted-risk", "force-majeure", "unknown"] = "unknown"
    incident: Number | None = None

    @model_validator(mode="after")
    def _one(self) -> OutageRecord:
        if sum(map(bool, (self.service, self.host, self.external))) != 1:
            raise ValueError("name one of service, host and external")
        if self.end is not None and self.end <= self.start:
            raise ValueError("end must come after start")
        return self

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
    """`patch-item`: how one patch stands on one host; the latest record of both holds."""

    kind: Literal["patch-item"]
    client: Id
    host: str
    id: Text
    severity: Literal["critical", "high", "moderate", "low"]
    available_at: Moment | None = None
    first_seen: Moment
    state: Literal["missing", "installed-pending-reboot", "installed"]

    @property
    def name(self) -> str:
        """What tells it from others of its kind."""
        return f"{self.host} {self.id}"


class IncidentRecord(Strict):
    """`incident`: what it opened with; what happened to it are `incident-event` records."""

    kind: Literal["incident"]
    client: Id
    number: Number
    service: str = ""
    host: str = ""
    check: str = ""
    subject: str = ""
    severity: Severity
    title: Text
    detected: Moment
    source: Literal["agent", "probe", "person", "supplier"]
    impact: Impact

    @property
    def name(self) -> str:
        """What tells it from others of its kind."""
        return str(self.number)


class IncidentEventRecord(Strict):
    """`incident-event`: one event of an incident, as the table of 4.2 allows it."""

    kind: Literal["incident-event"]
    client: Id
    number: Number
    at: Moment
    by: str
    event: Literal["own", "note", "outage", "pause", "resume", "resolve", "reopen", "void", "merge"]
    text: str = ""
    reason: Literal["", "client", "agreed-window", "supplier", "parts", "observe"] = ""
    until: Moment | None = None
    restored_at: Moment | None = None
    parent: Number | None = None

    @model_validator(mode="after")
    def _guarded(self) -> IncidentEventRecord:
        needed = _NEEDS.get(f"{self.event} {self.reason}".strip(), _NEEDS.get(self.event, ("text",)))
        lacking = [name for name in needed if not getattr(self, name)]
        if lacking:
            raise ValueError(f"{self.event} needs {', '.join(lacking)}")
        allowed = {"text", *needed, *(("restored_at",) if self.event == "resolve" else ())}
        spare = [name for name in _EXTRAS if getattr(self, name) and name not in allowed]
        if spare:
            raise ValueError(f"{self.event} takes no {', '.join(spare)}")
        return self._forward()

    def _forward(self) -> IncidentEventRecord:
        if self.until is not None and self.until <= self.at:
            raise ValueError("until must come after at")
        if self.restored_at is not None and self.restored_at > self.at:
            raise ValueError("restored_at must not come after at")
        return self

    @property
    def name(self) -> str:
        """What tells it from others of its kind."""
        return f"{self.number} {seconds(self.at)} {self.event}"


_EXTRAS = ("reason", "until", "restored_at", "parent")
_NEEDS: dict[str, tuple[str, ...]] = {
    "own": (),
    "resume": (),
    "outage": (),
    "pause": ("reason", "text"),
    "pause client": ("reason", "until", "text"),
    "pause agreed-window": ("reason", "until"),
    "merge": ("parent",),
}
"""What an event must say (the guards of 4.2); `text` where nothing else is named: a note's words, a cause, a reason."""


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


def seconds(moment: datetime) -> Instant:
    """Whole UTC seconds of an instant."""
    return int(moment.timestamp())


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
Samples = SampleRecord | SamplesRecord
HISTORY = ("sample", "samples", "incident", "incident-event")
"""Kinds that become history and incidents; they are kept as written too, so that they come out again."""
