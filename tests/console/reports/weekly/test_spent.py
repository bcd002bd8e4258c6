"""Where the time to resolve went, in five buckets that add up to the whole (5.4; the waits of TL3)."""

from __future__ import annotations

from dataclasses import replace

from builders import at
from golden_week import client, golden

from checks.finding import Impact
from console.incidents.events import Event, Incident, Kind, Opening
from console.incidents.states import fold
from console.operating_model.entities import Severity
from console.reports.weekly.spent import BUCKETS, spent, spent_figures


def tl3() -> Incident:
    """S2 Mon 09:00; own 09:10; client 10–15; supplier 16 to Tue 09:30; resolved Tue 10:30."""
    opening = Opening(
        7, "brackwater", "files", "fs01", "disk", "", "fs01: disk", Impact.DOWN, Severity.S2, at("Mon 09:00")
    )
    told = (
        (at("Mon 09:10"), Kind.OWNED, ""), (at("Mon 10:00"), Kind.PAUSED, "client"),
        (at("Mon 15:00"), Kind.RESUMED, ""), (at("Mon 16:00"), Kind.PAUSED, "supplier"),
        (at("Tue 09:30"), Kind.RESUMED, ""),
    )  # fmt: skip
    until = {"client": at("Mon 18:00")}
    events = [Event(when, "priya", kind, "so", reason=reason, until=until.get(reason)) for when, kind, reason in told]
    end = Event(at("Tue 10:30"), "priya", Kind.RESOLVED, "done", restored_at=at("Tue 10:30"))
    return fold(opening, (*events, end))


def test_the_waits_of_tl3_are_on_the_clock_and_the_night_is_off_hours() -> None:
    found = spent(client(), tl3())
    assert found == {
        "working": 50 * 60 + 3600 + 3600,  # 09:10–10, 15–16, Tue 09:30–10:30
        "waiting": 600,  # nobody had taken it yet
        "client": 5 * 3600,
        "supplier": 2 * 3600 + 5400,  # W: 3 h 30 counted
        "off-hours": 14 * 3600,  # Mon 18:00 to Tue 08:00
    }
    assert sum(found.values()) == at("Tue 10:30") - at("Mon 09:00")


def test_the_golden_week_s_five_buckets_add_up_to_its_incidents() -> None:
    figures = list(spent_figures(golden()))
    assert [one.about for one in figures] == list(BUCKETS)
    assert all(one.value is not None and one.inputs for one in figures)
    assert list(spent_figures(replace(golden(), incidents=()))) == []
