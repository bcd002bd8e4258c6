"""The forecast: exact on a line, unbent by outliers, silent without evidence, steady from one look to the next."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from agent.forgetful import Forgetful
from agent.looking import DEAR_EVERY, Look
from agent.probes.health import time_to_full
from agent.round import Round
from agent.sources.mounts import mounts
from agent.sources.trend import trend
from checks.catalogue import BY_NAME
from checks.finding import Finding, Status

NOW = 1_800_000_000
DAY = 86_400
GB = 1e9
CHECK = BY_NAME[time_to_full.PROBE.check]


def look(now: int = NOW, memory: Forgetful | None = None) -> Look:
    return Look(now, now + DEAR_EVERY, memory or Forgetful())


def line(a_day: float, points: int = 56, noise: float = 0.0, last: float = 90 * GB) -> list[tuple[float, float]]:
    """Used bytes at looks six hours apart, the newest now."""
    dice = random.Random(7)
    back = [(points - 1 - number) * DEAR_EVERY for number in range(points)]
    return [(NOW - ago, last - a_day * ago / DAY + dice.uniform(-noise, noise)) for ago in back]


def told(points: list[tuple[float, float]], room: float = 100 * GB) -> Finding:
    return CHECK.finding(time_to_full.forecast(look(), "/srv", points, room), CHECK.standard, NOW)


def test_a_line_is_met_exactly() -> None:
    found = trend(line(GB))
    assert [one * DAY for one in (found.slope, found.least, found.most)] == pytest.approx([GB, GB, GB])
    assert found.level == pytest.approx(90 * GB)


def test_the_interval_of_the_slope_is_sens() -> None:
    """Worked by hand: 8 points of x squared have 28 slopes i + j; 1.96 x sqrt(8 x 7 x 21 / 18) = 15.84 leaves the sixth
    and the twenty-third of 1 2 3 3 4 4 5 5 5 ... 9 9 9 10 10 11 11 12 13; their middle is 7."""
    found = trend([(x, x * x) for x in range(8)])
    assert (found.least, found.slope, found.most) == (4, 7, 10)


@pytest.mark.parametrize(
    ("points", "expected", "words"),
    [
        (line(GB, noise=3 * GB), Status.WATCH, "full in about 9 days, between 8 days and 10 days"),
        (line(8 * GB), Status.BREACH, "full in about 1 d 6 h, between 1 d 6 h and 1 d 6 h"),
        (line(0.1 * GB), Status.OK, "full in about 100 days, between 100 days and 100 days"),
        (line(0.01 * GB), Status.OK, "it does not fill up"),
        (line(-GB), Status.OK, "it does not fill up"),
        (line(0), Status.OK, "it does not fill up"),
        (line(0, noise=3 * GB), Status.OK, "it does not fill up"),
        (line(8 * GB, points=7), Status.OK, "nobody can say yet: two days of looks are needed"),
        (line(GB, last=120 * GB), Status.BREACH, "full in about 0 s, between 0 s and 0 s"),
    ],
)
def test_a_forecast_says_when_and_how_sure(points: list[tuple[float, float]], expected: Status, words: str) -> None:
    finding = told(points)
    assert (finding.sentence, finding.status) == (words, expected)


def test_one_big_copy_that_is_gone_again_does_not_bend_it() -> None:
    points = line(0.5 * GB)
    spiked = [(at, used + (9 * GB if 30 <= number < 36 else 0)) for number, (at, used) in enumerate(points)]
    assert told(points).sentence.startswith("full in about 20 days")
    assert told(spiked).sentence.startswith("full in about 20 days")


def test_it_does_not_flap_on_a_noisy_line() -> None:
    """Four weeks of looks at something that grows 1 GB a day, give or take 1 GB: it turns once, and stays."""
    whole = line(GB, points=4 * 28, noise=GB, last=92 * GB)
    seen = [told(whole[end - 56 : end]).status for end in range(56, len(whole) + 1)]
    turns = sum(one is not following for one, following in pairwise(seen))
    assert (seen[0], seen[-1], turns) == (Status.OK, Status.WATCH, 1)


def test_three_points_are_the_fewest_for_a_line() -> None:
    for points in ([], [(0.0, 1.0), (1.0, 2.0)], [(0.0, 1.0), (0.0, 2.0), (1.0, 3.0)]):
        with pytest.raises(ValueError, match="three points"):
            trend(points)


def test_this_machine_is_looked_at_every_six_hours_and_its_points_are_kept_for_two_weeks() -> None:
    memory, passes = Forgetful(), Round([time_to_full.PROBE])
    for number in range(16 * 24 * 2):  # every half hour of sixteen days
        gathered = passes.gather(look(NOW + number * 1800, memory))
        assert gathered.readings, "an answer in every pass"
        assert not gathered.gaps
    kept = memory.recall("time_to_full")
    assert isinstance(kept, dict)
    assert set(kept) == {one.path for one in mounts() if not one.is_read_only}
    assert {len(points) for points in kept.values()} == {56}
    assert all(one.value is None and not one.items for one in gathered.readings), "nothing grew in that minute"


def test_a_damaged_memory_costs_the_forecast_alone() -> None:
    memory = Forgetful()
    memory.keep("time_to_full", {one.path: [["x"], 3] for one in mounts()})
    gathered = Round([time_to_full.PROBE]).gather(look(NOW, memory))
    assert not gathered.gaps
    assert gathered.readings
