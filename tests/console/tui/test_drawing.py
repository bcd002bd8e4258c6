"""Pictures made of characters say no more and no less than the numbers under them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checks.finding import Status
from console.pages.hosts import Stretch
from console.pages.triage import Clock
from console.tui.drawing import promise, sparkline, strip

HOUR = 3600


def test_bars_stand_where_their_time_is_and_a_hole_stays_a_hole() -> None:
    assert sparkline([], 16) == ""
    assert sparkline([(0, 0.5)], 16) == "▁"
    assert sparkline([(0, 0.0), (HOUR, 1.0)], 16) == "▁█"
    assert sparkline([(0, 0.0), (HOUR, 0.5), (9 * HOUR, 1.0), (10 * HOUR, 1.0)], 4) == "▁  █"


def test_a_spike_between_two_quiet_hours_is_seen() -> None:
    quiet = [(n * 60, 0.1) for n in range(1000)]
    quiet[500] = (500 * 60, 0.9)
    assert sparkline(quiet, 16).count("█") == 1


@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.floats(-1e9, 1e9)), unique_by=lambda one: one[0]), st.integers(1, 40)
)
def test_no_picture_is_wider_than_its_room(points: list[tuple[int, float]], width: int) -> None:
    assert len(sparkline(sorted(points), width)) <= width


def test_a_slice_shows_the_worst_of_it_and_a_blank_where_nothing_was_known() -> None:
    stretches = (Stretch(10, 15, Status.OK), Stretch(15, 16, Status.BREACH), Stretch(16, 20, Status.OK))
    assert strip(stretches, 0, 20, 4) == "  ▪■"


def test_a_promise_counts_down_while_its_calendar_is_open_and_says_how_late_it_is() -> None:
    running = Clock("own", 1000, total=900, left=600, running=True)
    assert promise(running, 0, 300).text == "own   ▓▓░░░░ 5 min"
    assert promise(running, 0, 960).text.endswith("6 min late")
    assert promise(running, 0, 960).tone == "breach"
    paused = Clock("own", None, total=900, left=600, running=False)
    assert promise(paused, 0, 300).text.endswith("10 min ‖")
