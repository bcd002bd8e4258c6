"""K8, K9 and K21 against counting second by second, and jobs against the wall clock of many zones."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from console.service_levels.intervals import normal
from console.service_levels.kpis.backups import Point, Run, Seen, judged, rpo, success, worst_age
from console.service_levels.kpis.help import AGES, ageing
from console.service_levels.kpis.jobs import Job, due_runs
from console.service_levels.kpis.share import Share

END = 120
POINTS = st.lists(st.tuples(st.integers(-60, END), st.integers(0, 30)), max_size=6)
SPANS = st.lists(st.tuples(st.integers(-10, END), st.integers(1, 60)), max_size=4)
ZONES = st.sampled_from(
    ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "America/St_Johns", "UTC",
     "Africa/Casablanca", "Pacific/Apia", "America/Santiago", "Asia/Tehran", "Pacific/Chatham", "Antarctica/Troll"]
)  # fmt: skip


@given(POINTS, SPANS, st.integers(1, 90))
def test_k9_is_what_counting_each_second_gives(
    made: list[tuple[int, int]], spans: list[tuple[int, int]], limit: int
) -> None:
    points = tuple(
        sorted((Point(start, start + takes) for start, takes in made), key=lambda one: (one.usable, one.start))
    )
    known = normal((start, start + length) for start, length in spans)
    good = total = 0
    worst: int | None = None
    seen: int | None = None
    for second in range(END):
        usable = [one.start for one in points if one.usable <= second]
        if usable:
            worst = max(worst or 0, second + 1 - max(usable))
        if any(start <= second < end for start, end in known):
            total += 1
            seen = max(seen or 0, second + 1 - max(usable)) if usable else seen
            good += bool(usable) and second - max(usable) < limit
    assert rpo(points, limit, known, (0, END)) == Share(good, total, END - total)
    assert worst_age(points, (0, END), ((0, END),)) == worst
    assert worst_age(points, (0, END), known) == seen


@given(st.lists(st.sampled_from(["ok", "warning", "failed", "missed", ""]), min_size=7, max_size=7), SPANS)
def test_k8_counts_every_night_once_and_never_takes_silence_for_good(
    words: list[str], spans: list[tuple[int, int]]
) -> None:
    zone, day, hour = ZoneInfo("UTC"), 86_400, 3600
    job = Job("night", "box", None, 0, day, 6 * hour)
    known = normal((start * hour, (start + length) * hour) for start, length in spans)
    runs = [_run(word, at * day) for at, word in enumerate(words) if word]
    dues = judged(job, [*runs, *runs], Seen(known), (zone, 0, 7 * day), 8 * day)
    over = [(at * day + 6 * hour - 1, (at + 1) * day) for at in range(7)]  # the window's last second to the next run
    heard = [any(start < until and since < end for start, end in known) for since, until in over]
    unknown = sum(word == "" and not there for word, there in zip(words, heard, strict=True))
    good = sum(word in ("ok", "warning") for word in words)
    assert success(dues) == Share(good, 7 - unknown, unknown)


def _run(word: str, due: int) -> Run:
    if word == "missed":
        return Run("night", due, word)
    return Run("night", due, word, due, due + 60, due if word != "failed" else None)


@given(ZONES, st.integers(0, 1439), st.integers(0, 51))
def test_a_daily_job_is_due_once_a_date_at_its_wall_clock_or_just_after_a_time_that_is_not_there(
    name: str, minute: int, week: int
) -> None:
    zone = ZoneInfo(name)
    first = datetime(2026, 1, 5) + timedelta(weeks=week)
    start, end = (int((first + timedelta(days=days)).replace(tzinfo=zone).timestamp()) for days in (0, 7))
    found = [
        datetime.fromtimestamp(at, zone) for at in due_runs(Job("j", "h", None, minute, 86_400, 60), zone, start, end)
    ]
    assert [one.date() for one in found] == [(first + timedelta(days=days)).date() for days in range(7)]
    for one in found:
        late = one.hour * 60 + one.minute - minute
        assert late == 0 or (
            0 < late <= 120 and one.utcoffset() != (one - timedelta(hours=3)).astimezone(zone).utcoffset()
        )


@given(st.lists(st.integers(0, 40 * 86_400), max_size=20))
def test_k21_puts_every_open_incident_into_one_age(ages: list[int]) -> None:
    now = 100 * 86_400
    counts = ageing([now - one for one in ages], now)
    assert sum(counts) == len(ages)
    assert counts[-1] == sum(one >= AGES[-1][1] for one in ages)


def test_of_copies_that_one_look_found_only_the_newest_counts() -> None:
    assert worst_age((Point(89, 119), Point(91, 119)), (0, 120), ((0, 120),)) == 29
    assert worst_age((Point(10, 20), Point(30, 40), Point(39, 40)), (0, 60), ((0, 60),)) == 30
