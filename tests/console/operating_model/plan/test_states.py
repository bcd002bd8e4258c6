"""How records stand on a day: leave that begins, nears its end and ends by itself; windows that excuse, or do not."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from checks.finding import Status
from console.operating_model.plan.states import (
    decision_state,
    excuse_of,
    maintenance_state,
    step_state,
    waiver_state,
)
from console.operating_model.schema.governance import DecisionDoc, MaintenanceDoc, WaiverDoc


def waiver(**changes: Any) -> WaiverDoc:
    fields = {
        "id": "w-1", "policy": "patching", "scope": {"host": "erp01"}, "asked_by": "priya", "approved_by": "helen",
        "at": "2026-11-05", "expires": "2026-12-05", "reason": "the vendor", "compensating": "a wall", "action": "a-2",
    }  # fmt: skip
    return WaiverDoc.model_validate({**fields, **changes})


def window(**changes: Any) -> MaintenanceDoc:
    fields = {
        "id": "m-1", "services": ["erp"], "start": "2026-11-12T19:00:00-05:00", "end": "2026-11-12T21:00:00-05:00",
        "why": "patches", "announced": "2026-11-09T09:00:00-05:00", "approved_by": "helen",
    }  # fmt: skip
    return MaintenanceDoc.model_validate({**fields, **changes})


@pytest.mark.parametrize(
    ("day", "word"),
    [
        ("2026-11-04", "begins in 1 day"),
        ("2026-11-05", "in force"),
        ("2026-11-20", "in force"),
        ("2026-11-21", "ends in 14 days"),
        ("2026-12-04", "ends in 1 day"),
        ("2026-12-05", "closed"),
    ],
)
def test_a_waiver_ends_by_itself_and_is_told_fourteen_days_before(day: str, word: str) -> None:
    assert waiver_state(waiver(), date.fromisoformat(day)).word == word


def test_a_waiver_that_ended_while_its_action_is_open_goes_on() -> None:
    late = date(2026, 12, 6)
    assert waiver_state(waiver(), late, {"a-2"}).status is Status.BREACH
    assert waiver_state(waiver(), late, {"a-9"}).is_over


def test_a_request_excuses_nothing_and_lapses() -> None:
    asked = waiver(approved_by="")
    assert waiver_state(asked, date(2026, 11, 6)).word == "asked"
    assert waiver_state(asked, date(2026, 12, 5)).is_over
    assert waiver_state(waiver(approved_by="", refused_by="tom"), date(2026, 11, 6)).word == "refused"
    assert waiver_state(waiver(approved_by="", ended="2026-11-06"), date(2026, 11, 6)).word == "withdrawn"


def test_a_waiver_begins_when_it_was_approved_and_may_be_ended_sooner() -> None:
    late = waiver(decided="2026-11-10", ended="2026-11-12")
    words = [waiver_state(late, date(2026, 11, day)).word for day in (9, 10, 11, 12)]
    assert words == ["begins in 1 day", "ends in 2 days", "ends in 1 day", "closed"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "excuses erp"),
        ({"services": []}, "excuses no service: it names none"),
        ({"approved_by": ""}, "excuses nothing: not approved"),
        ({"announced": None}, "excuses nothing: not announced"),
        ({"announced": "2026-11-12T19:00:00-05:00"}, "excuses nothing: announced after its start"),
        ({"approved": "2026-11-12T19:00:00-05:00"}, "excuses nothing: approved after its start"),
        ({"approved": "2026-11-12T18:59:59-05:00"}, "excuses erp"),
        ({"cancelled": "2026-11-12T18:00:00-05:00"}, "excuses nothing: cancelled"),
    ],
)
def test_a_window_excuses_only_what_was_approved_and_announced_before(changes: Any, said: str) -> None:
    assert excuse_of(window(**changes)) == said
    assert window(**changes).is_planned == (not said.startswith("excuses nothing"))


def test_a_window_is_planned_runs_and_waits_to_be_closed() -> None:
    start = window().start
    at = [start - timedelta(seconds=1), start, window().end - timedelta(seconds=1), window().end]
    assert [maintenance_state(window(), now).word for now in at] == [
        "planned", "running", "running", "over, not closed",
    ]  # fmt: skip
    assert maintenance_state(window(approved_by=""), at[0]).word == "asked"
    assert maintenance_state(window(closed="2026-11-12T21:00:00-05:00"), at[3]).is_over
    assert maintenance_state(window(cancelled="2026-11-12T18:00:00-05:00"), at[1]).is_over


def test_a_decision_holds_until_it_expires_and_a_cited_number_cannot_be_changed() -> None:
    made = {"id": "d-1", "at": "2026-09-18", "by": "helen", "what": "no battery"}
    accepted = DecisionDoc.model_validate({**made, "accepts": "client-accepted-risk", "expires": "2027-01-31"})
    days = (date(2026, 11, 1), date(2026, 12, 2), date(2027, 1, 31))
    assert [decision_state(accepted, day).word for day in days] == ["holds", "ends in 60 days", "ended"]
    assert decision_state(DecisionDoc.model_validate(made), days[2]).word == "holds"
    cited = {"kpi": "noise", "period": "2026-W46", "value": "50.00", "sha256": "0" * 64}
    with pytest.raises(ValueError, match="does not fit"):
        DecisionDoc.model_validate({**made, "cites": [cited]})


def test_a_step_is_due_overdue_or_done() -> None:
    today, due = date(2026, 11, 15), datetime(2026, 11, 14).date()
    assert step_state(due, None, today).status is Status.BREACH
    assert step_state(due, date(2026, 11, 13), today).is_over
    assert step_state(today, None, today).word == "due today"
