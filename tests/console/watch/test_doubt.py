"""A clock that jumps is not believed until agents say whose is right."""

from __future__ import annotations

import pytest

from console.watch.doubt import PATIENCE, Doubt
from console.watch.jumps import Clocks

DAY = 86_400


class Clock:
    """A wall clock that somebody sets, and seconds that only grow."""

    def __init__(self) -> None:
        self.passed, self.set = 1000.0, 1_800_000_000.0
        self.doubt = Doubt(Clocks(lambda: int(self.set + self.passed), lambda: self.passed))
        self.doubt.holds()

    def runs(self, seconds: float) -> None:
        self.passed += seconds

    def steps(self, seconds: float) -> None:
        self.set += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_time_that_passes_and_small_corrections_are_no_doubt(clock: Clock) -> None:
    for _ in range(100):
        clock.runs(60)
        clock.steps(2)
        assert not clock.doubt.holds()
    assert clock.doubt.agrees("a", 7, 0), "an agent's clock may be off as it likes"


@pytest.mark.parametrize("step", [DAY, -DAY, 3600, -600])
def test_a_clock_set_wrong_is_not_believed_and_what_agents_send_waits(clock: Clock, step: int) -> None:
    clock.steps(step)
    assert clock.doubt.holds()
    assert not clock.doubt.agrees("a", -step, 0)
    clock.runs(5 * PATIENCE)
    assert clock.doubt.holds(), "somebody speaks against it"
    clock.steps(-step)
    assert not clock.doubt.holds()
    assert clock.doubt.agrees("a", 0, 0)


@pytest.mark.parametrize("step", [DAY, -DAY])
def test_a_clock_set_right_or_a_machine_that_slept_is_believed_at_the_first_agent(clock: Clock, step: int) -> None:
    clock.steps(step)
    assert clock.doubt.holds()
    assert clock.doubt.agrees("b", 3, 0)
    assert not clock.doubt.holds()


def test_an_agent_whose_clock_was_set_too_bears_nothing_out(clock: Clock) -> None:
    clock.steps(DAY)
    assert clock.doubt.agrees("c", 500_000, 0)
    assert clock.doubt.holds()
    assert not clock.doubt.agrees("a", -DAY, 0)


def test_where_nobody_comes_it_is_believed_after_a_while(clock: Clock) -> None:
    clock.steps(DAY)
    assert clock.doubt.holds()
    clock.runs(PATIENCE + 1)
    assert not clock.doubt.holds()


def test_two_jumps_are_one_doubt(clock: Clock) -> None:
    clock.steps(DAY)
    assert clock.doubt.holds()
    clock.steps(DAY)
    assert clock.doubt.holds()
    assert not clock.doubt.agrees("a", -2 * DAY, 0)
