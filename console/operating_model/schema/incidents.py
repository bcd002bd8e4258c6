"""Incidents as records: what each opened with, and its events, each with what it must say (the guards of 4.2)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from checks.finding import Impact
from console.operating_model.entities import Severity
from console.operating_model.schema.scalars import Id, Moment, Number, Strict, Text, seconds


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
    event: Literal[
        "own",
        "note",
        "outage",
        "pause",
        "resume",
        "resolve",
        "reopen",
        "void",
        "merge",
        "severity",
        "reassign",
        "offer",
        "accept",
        "release",
        "step",
        "log",
        "close",
    ]
    text: str = ""
    reason: Literal["", "client", "agreed-window", "supplier", "parts", "observe"] = ""
    until: Moment | None = None
    restored_at: Moment | None = None
    parent: Number | None = None
    severity: Severity | None = None
    to: str = ""
    told: str = ""
    ref: str = ""
    step: str = ""
    minutes: int | None = Field(default=None, ge=1, le=1440)
    party: Literal["", "own", "supplier", "client", "client-accepted-risk", "force-majeure"] = ""

    @model_validator(mode="after")
    def _guarded(self) -> IncidentEventRecord:
        needed = _NEEDS.get(f"{self.event} {self.reason}".strip(), _NEEDS.get(self.event, ("text",)))
        lacking = [name for name in needed if not getattr(self, name)]
        if lacking:
            raise ValueError(f"{self.event} needs {', '.join(lacking)}")
        allowed = {"text", *needed, *_MAY.get(self.event, ())}
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


_EXTRAS = ("reason", "until", "restored_at", "parent", "severity", "to", "told", "step", "minutes", "party")
_MAY = {"resolve": ("restored_at", "party"), "note": ("told",)}
"""What an event may say beside what it must."""
_NEEDS: dict[str, tuple[str, ...]] = {
    "own": (),
    "resume": (),
    "outage": (),
    "pause": ("reason", "text"),
    "pause client": ("reason", "until", "text"),
    "pause agreed-window": ("reason", "until"),
    "merge": ("parent",),
    "severity": ("severity", "text"),
    "reassign": ("to",),
    "offer": ("to", "text"),
    "accept": (),
    "step": ("step",),
    "log": ("minutes",),
    "close": (),
}
"""What an event must say (the guards of 4.2); `text` where nothing else is named: a note's words, a cause, a reason."""
