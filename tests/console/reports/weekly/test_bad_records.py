"""Records that are doubled, of the future, of strangers, or that overlap: no figure gets better by them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from golden_week import golden
from pydantic import TypeAdapter, ValidationError

from console.operating_model.schema.records import RecordDoc
from console.pages.figures import Figure
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.help import help_figures
from console.reports.weekly.kept import stood_of
from console.reports.weekly.protection import protection_figures
from console.reports.weekly.upkeep import upkeep_figures
from console.reports.weekly.work import load_figures

_ADAPTER: TypeAdapter[RecordDoc] = TypeAdapter(RecordDoc)
RUN = {"kind": "backup-run", "job": "files-night", "due": "2026-11-11T23:00:00-05:00", "result": "ok"}
ITEM = {"kind": "patch-item", "severity": "critical", "id": "KB1", "state": "missing"}
LOG = {"kind": "work-log", "person": "marco", "text": "again"}


def record(**fields: Any) -> RecordDoc:
    return _ADAPTER.validate_python({"client": "brackwater", **fields})


def besides(*more: RecordDoc, facts: WeekFacts | None = None) -> WeekFacts:
    papers = dict((facts or golden()).papers)
    for one in more:
        papers[one.kind] = (*papers.get(one.kind, ()), one)
    return replace(facts or golden(), papers=papers)


def shown(facts: WeekFacts) -> dict[tuple[str, ...], str]:
    found: list[Figure] = [*help_figures(facts), *protection_figures(facts), *load_figures(facts)]
    found += upkeep_figures(facts, stood_of(facts))
    return {one.key: f"{one.shows} {one.verdict}" for one in found}


def test_every_record_twice_is_every_record_once() -> None:
    doubled = besides(*(one for kept in golden().papers.values() for one in kept))
    assert shown(doubled) == shown(golden())


@pytest.mark.parametrize(
    "more",
    [
        # a run that ends tomorrow saves nothing today
        record(**RUN, started="2026-11-11T23:00:00-05:00", ended="2026-11-17T23:40:00-05:00", attempt=2),
        # an update that comes next week waits for nobody yet
        record(**ITEM, host="fs01", available_at="2026-11-20T00:00:00-05:00", first_seen="2026-11-20T00:00:00-05:00"),
        record(kind="patch-scan", host="fw02", at="2026-12-01T00:00:00-05:00"),
        record(kind="restore-test", service="identity", at="2026-12-01", by="priya", result="ok", duration="1h"),
        record(**LOG, start="2026-11-16T08:00:00-05:00", minutes=60, incident=102),
    ],
    ids=["run", "update", "scan", "restore", "log"],
)
def test_what_the_future_holds_changes_nothing(more: RecordDoc) -> None:
    assert shown(besides(more)) == shown(golden())


@pytest.mark.parametrize(
    "more",
    [
        record(**{**RUN, "job": "nobodys"}, started="2026-11-11T23:00:00-05:00", ended="2026-11-11T23:40:00-05:00"),
        record(**ITEM, host="stranger", first_seen="2026-10-01T00:00:00-05:00"),
        record(kind="patch-scan", host="stranger", at="2026-11-12T00:00:00-05:00"),
        record(kind="restore-test", service="nothing", at="2026-11-12", by="priya", result="ok"),
    ],
    ids=["job", "host", "scan", "service"],
)
def test_what_is_not_in_the_model_changes_nothing(more: RecordDoc) -> None:
    assert shown(besides(more)) == shown(golden())


def test_two_tries_that_overlap_are_one_run_that_was_due() -> None:
    times = {"started": "2026-11-11T23:10:00-05:00", "ended": "2026-11-11T23:50:00-05:00"}
    again = {"started": "2026-11-11T23:30:00-05:00", "ended": "2026-11-12T00:10:00-05:00"}
    found = shown(besides(record(**RUN, **times, attempt=2), record(**RUN, **again, attempt=3)))
    assert found["K8", "backup success", "files-night", "week"] == "85.71 % missed"


def test_records_that_run_backward_are_refused() -> None:
    with pytest.raises(ValidationError, match="due, started and ended must come in this order"):
        record(**RUN, started="2026-11-11T23:30:00-05:00", ended="2026-11-11T23:00:00-05:00")
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        record(**LOG, start="2026-11-11T08:00:00-05:00", minutes=-5)
