"""The timelines of operating-model.md, 4.5, as records of incidents, answered by the product's own clocks. Pure.

Each line of `timelines.jsonl` is one: `id`, `paper` (what the paper says of it), severity, when it was detected, its
events as they would be imported (local time of New York), and `asks`, the questions whose answers stand in `paper`.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from checks.catalogue import BY_NAME
from checks.finding import Impact
from checks.reading import Instant
from checks.wording import duration
from console.incidents.clock import Promise, own_promise, solve_promise, waited, waited_on_clock
from console.incidents.events import Incident, Opening
from console.incidents.holding import detected_at
from console.incidents.marks import marks_due
from console.incidents.passing import passed
from console.incidents.recorded import event_of
from console.incidents.states import fold
from console.operating_model.entities import Client, Model, Severity
from console.operating_model.examples import example, written
from console.operating_model.load import load
from console.operating_model.schema.incidents import IncidentEventRecord
from console.service_levels.windows import Window

ZONE = ZoneInfo("America/New_York")
_DAY = 86_400


class Timeline(Struct, frozen=True):
    """One line of the file."""

    id: str
    paper: str
    severity: Severity
    detected: str
    events: tuple[dict[str, Any], ...]
    asks: tuple[str, ...]
    window: tuple[str, str] | None = None


def timelines() -> list[Timeline]:
    """Every timeline of the paper."""
    return [msgspec.json.decode(line, type=Timeline) for line in written("timelines.jsonl").splitlines()]


def made(one: Timeline) -> str:
    """What the product makes of a timeline, in the words of the paper."""
    return ", ".join(_answer(one, ask.split()) for ask in one.asks)


def incident_of(one: Timeline, events: int | None = None) -> Incident:
    """The incident, with the first `events` of its events, or all."""
    opening = Opening(1, "brackwater", "erp", "erp01", "disk", "/", one.id, Impact.DOWN, one.severity, _detected(one))
    records = [_record({**event, "at": _local(event["at"])}) for event in one.events[:events]]
    return fold(opening, [event_of(record, model()) for record in records])


@lru_cache(maxsize=1)
def model() -> Model:
    """The example client's model, whose SLA `standard` the timelines are told by."""
    return load(example("brackwater"), BY_NAME)


def _record(fields: dict[str, Any]) -> IncidentEventRecord:
    times = {name: _local(fields[name]) for name in ("until",) if name in fields}
    return IncidentEventRecord(kind="incident-event", client="brackwater", number=1, **{**fields, **times})


def _detected(one: Timeline) -> Instant:
    at = int(_local(one.detected).timestamp())
    if one.window is None:
        return at
    start, end = (int(_local(text).timestamp()) for text in one.window)
    return detected_at(at, [Window("m", ("erp",), ("erp01",), start, end, is_planned=True, ended=end)])


def _answer(one: Timeline, ask: list[str]) -> str:
    what, rest = ask[0], ask[1:]
    incident, now = incident_of(one), int(_local(one.events[-1]["at"]).timestamp())
    match what:
        case "own" | "resolve":
            return f"own breach after {_said(_broken(incident, now))}" if rest else _verdict(what, incident, now)
        case "due" | "breach" | "target":
            return _ahead(one, what, int(rest[0]))
        case "waited":
            return f"waited for {rest[0]} {_waited(incident, rest[0], now)}"
        case "mark":
            return _mark(one, rest[0], int(rest[1]))
        case "handed":
            return f"owner until {_said(incident.events[2].at)} {incident.events[0].by}, then {incident.owner}"
        case "owner":
            return f"owner {incident.owner}"
        case "detected":
            return f"detected {_said(incident.opening.detected_at)}"
        case _:
            return _orphan(incident, now)


def _client() -> Client:
    return model().clients["brackwater"]


def _verdict(which: str, incident: Incident, now: Instant) -> str:
    promise = _promise(which, incident, now + 30 * _DAY)
    sign = "✓" if promise.verdict == "met" else "✗"
    return f"{which} {_hours(promise.total - promise.left)} {sign}"


def _promise(which: str, incident: Incident, now: Instant) -> Promise:
    found = (own_promise if which == "own" else solve_promise)(_client(), incident, now)
    if found is None:
        raise ValueError("a timeline has both promises")
    return found


def _broken(incident: Incident, now: Instant) -> Instant:
    return _promise("own", incident, now).breached_at or 0


def _ahead(one: Timeline, what: str, events: int) -> str:
    """How the clock stood right after the first few events, nothing else having come."""
    incident = incident_of(one, events)
    now = max(incident.opening.detected_at, *(event.at for event in incident.events))
    promise = _promise("resolve", incident, now)
    if what == "breach":
        late = _promise("resolve", incident, now + 30 * _DAY)
        return f"breach after {_said(late.breached_at or 0)}"
    return f"due {_said(promise.due_at or 0)}" if what == "due" else f"target {duration(promise.total)}"


def _waited(incident: Incident, reason: str, now: Instant) -> str:
    """The client's wait by the wall clock, a supplier's by the SLA's (TL3)."""
    found = waited(incident, now) if reason == "client" else waited_on_clock(_client(), incident, now)
    return duration(found[reason])


def _mark(one: Timeline, clock: str, percent: int) -> str:
    """When a mark fires, as the console looks once a minute until the incident is over."""
    for events in range(len(one.events)):
        incident = incident_of(one, events)
        until = int(_local(one.events[events]["at"]).timestamp())
        for mark in marks_due(_client(), incident, until - 1):
            if (mark.subject, mark.percent) == (clock, percent):
                return f"{clock} {percent} % at {_said(mark.at)}"
    return f"{clock} {percent} % not reached"


def _orphan(incident: Incident, now: Instant) -> str:
    found = [event for event in passed(model(), incident, now + _DAY) if event.kind == "orphaned"]
    return f"orphan at {_said(found[0].at)}" if found else "no orphan"


def _said(at: Instant) -> str:
    words = datetime.fromtimestamp(at, ZONE).strftime("%a %H:%M:%S")
    return words.removesuffix(":00")


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def _hours(seconds: int) -> str:
    """On a clock that closes at night 25 hours are no day."""
    return (
        duration(seconds) if seconds < _DAY else f"{seconds // 3600} h {duration(seconds % 3600)}".removesuffix(" 0 s")
    )
