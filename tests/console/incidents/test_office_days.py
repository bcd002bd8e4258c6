"""How long what is over can be opened again: whole days are those on which the office is open (4.2)."""

from __future__ import annotations

from dataclasses import replace

from builders import at
from golden_week import client

from console.incidents.office_days import after_office_days, opens_again_until
from console.operating_model.schema.services import SlaDoc

CLIENT = client()
SLA = SlaDoc.model_validate({"incident": {"S1": {"own": "15m", "resolve": "4h"}}, "reopen_window": "5d"})


def test_a_weekend_is_no_part_of_a_window_of_days() -> None:
    assert opens_again_until(CLIENT, SLA, at("2026-11-10T09:52:00")) == at("2026-11-18T00:00:00")


def test_a_holiday_is_none_either() -> None:
    assert after_office_days(CLIENT, at("2026-11-24T12:00:00"), 2) == at("2026-11-28T00:00:00"), "Thursday is one"


def test_hours_are_hours_of_the_wall_clock() -> None:
    short = SLA.model_copy(update={"reopen_window": 12 * 3600})
    assert opens_again_until(CLIENT, short, at("2026-11-13T17:00:00")) == at("2026-11-14T05:00:00")


def test_without_an_office_every_day_counts() -> None:
    assert opens_again_until(replace(CLIENT, calendars={}), SLA, at("2026-11-13T17:00:00")) == at("2026-11-19T00:00:00")
