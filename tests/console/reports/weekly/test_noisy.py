"""E: a noisy check comes with the time that would have held it back, and with what that costs."""

from __future__ import annotations

from dataclasses import replace

from builders import at
from golden_week import golden

from checks.finding import Impact
from console.incidents.events import Event, Incident, Kind, Opening
from console.incidents.states import fold
from console.operating_model.entities import Severity
from console.reports.weekly.noisy import noisy_lines, proposal

BEGIN = at("Tue 10:00")


def alarm(number: int, seconds: int, *, owner: str = "", check: str = "cpu", ends: str = "") -> Incident:
    opening = Opening(number, "brackwater", "erp", "erp01", check, "", "busy", Impact.AT_RISK, Severity.S3, BEGIN)
    events = [Event(BEGIN + 30, owner, Kind.OWNED, "took it")] if owner else []
    if ends == "void":
        return fold(opening, [*events, Event(BEGIN + seconds, "dana", Kind.VOID, "false")])
    events.append(Event(BEGIN + seconds, "", Kind.RECOVERED, "good", ""))
    last = Event(BEGIN + seconds + 600, owner, Kind.RESOLVED, "mended") if owner else Event(
        BEGIN + seconds + 600, "", Kind.CLEARED, "good")  # fmt: skip
    return fold(opening, [*events, last])


def test_the_next_five_minutes_after_the_longest_that_went_by_itself_are_proposed() -> None:
    assert proposal([alarm(1, 61), alarm(2, 299)]) == "for: 5m would have held back 2"
    assert proposal([alarm(1, 300)]) == "for: 10m would have held back 1", "five minutes would not have sufficed"
    assert proposal([alarm(1, 840), alarm(2, 120), alarm(3, 7200)]) == "for: 15m would have held back 2"


def test_the_price_is_told_beside_it() -> None:
    found = [alarm(1, 700), alarm(2, 5000, owner="marco"), alarm(3, 100, owner="priya")]
    assert proposal(found) == "for: 15m would have held back 1, and delayed 1 and hidden 1 that became work"
    assert proposal([alarm(1, 700), alarm(2, 5000, owner="marco")]).endswith("and delayed 1 that became work")


def test_where_no_wait_would_help_its_limit_is_what_is_wrong() -> None:
    only_void = [alarm(1, 60, owner="marco", ends="void"), alarm(2, 4000)]
    assert proposal(only_void) == "none was gone within the hour, so raise its limit (standards)"


def test_the_three_that_were_wrong_most_often_stand_there_and_none_that_was_right() -> None:
    others = [alarm(900 + place, 60, check=check) for place, check in enumerate("ddddcccbba")]
    right = alarm(990, 60, check="e", owner="marco")
    lines = list(noisy_lines(replace(golden(), incidents=(*others, right))))
    assert [line.split(":")[0] for line in lines] == [
        "d was wrong or went by itself four times",
        "c was wrong or went by itself three times",
        "b was wrong or went by itself twice",
    ]
