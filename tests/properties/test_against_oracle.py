"""The product against an oracle that counts second by second, written from the paper alone (tests/oracle).

Random calendars, 30 zones, both clock changes, outages with causes, doubt, planned work, targets that change, groups of
n of m that nest, pauses. The deep tier asks ten thousand times.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import promise, service, wall

from console.operating_model.entities import Calendar, Client, Criticality, External, Host, Needs, Service
from console.service_levels import clocks
from console.service_levels.budgets import budget
from console.service_levels.hours import covered
from console.service_levels.intervals import normal
from console.service_levels.spans import Plan, pace, span
from console.service_levels.timeline import HostRecord, services_stood
from console.service_levels.weeks import IsoWeek

DAY = 86_400
DEEP = 10_000
"""Cases of the deep tier in each test."""
ZONES = (
    "UTC", "America/New_York", "America/Chicago", "America/Los_Angeles", "America/St_Johns", "America/Sao_Paulo",
    "America/Phoenix", "America/Havana", "America/Santiago", "America/Asuncion", "Europe/Berlin", "Europe/London",
    "Europe/Dublin", "Europe/Lisbon", "Europe/Moscow", "Africa/Cairo", "Africa/Casablanca", "Africa/Johannesburg",
    "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran", "Asia/Tokyo", "Asia/Beirut", "Asia/Gaza", "Australia/Sydney",
    "Australia/Lord_Howe", "Australia/Adelaide", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Apia",
)  # fmt: skip
CHANGES = (
    (2026, 3, 8), (2026, 3, 29), (2026, 4, 5), (2026, 9, 27), (2026, 10, 4), (2026, 10, 25), (2026, 11, 1),
    (2026, 11, 11), (2026, 4, 24), (2026, 10, 30), (2011, 12, 30), (2026, 9, 6), (2026, 4, 4), (2027, 3, 14),
)  # fmt: skip
"""Days around which some of these zones change their clocks, and one on which none does; Apia left out 30 Dec 2011."""
MEMBERS = ("h1", "h2", "h3", "line")
T = TypeVar("T")
IS_DEEP = settings().max_examples > 1000
PROMISED = pytest.mark.promise(
    "C8", "beside an oracle that counts second by second, 30 zones, both changes: 0 differences"
)
deep = settings(max_examples=DEEP if IS_DEEP else settings().max_examples)
PLACES = [(zone, day) for zone in ZONES for day in CHANGES][:: 1 if IS_DEEP else 11]
"""Where and when: reading a wall clock minute by minute is dear, so the fast tier reads every eleventh of them."""


@st.composite
def stretches(draw: Callable[[st.SearchStrategy[T]], T], span_: tuple[int, int], most: int) -> list[tuple[int, int]]:
    """Some `[start, end)` inside a period; they may touch and overlap."""
    found = draw(st.lists(st.tuples(st.integers(*span_), st.integers(1, 2 * DAY)), max_size=most))  # type: ignore[arg-type]
    return [(start, min(start + seconds, span_[1])) for start, seconds in found if start < span_[1]]  # type: ignore[attr-defined]


@st.composite
def hours_of(draw: Any) -> tuple[wall.Hours, Calendar]:
    """The same opening hours for the oracle and the product."""
    if draw(st.integers(0, 4)) == 0:
        return wall.Hours(None), Calendar("c", (((0, 1440),),) * 7)
    minutes = st.sampled_from([0, 60, 90, 119, 120, 121, 150, 180, 480, 720, 1080, 1439, 1440])
    week = []
    for _ in range(7):
        edges = sorted(draw(st.sets(minutes, max_size=4)))
        week.append(tuple(zip(edges[::2], edges[1::2], strict=False)))
    closed = frozenset(draw(st.sets(st.sampled_from([date(*one) for one in CHANGES]), max_size=2)))
    return wall.Hours(dict(enumerate(week)), closed), Calendar("c", tuple(week), closed)


@st.composite
def times(draw: Any) -> tuple[str, int, int, wall.Wall]:
    """A zone, a period of some days around a day, and the wall clock of the days around it."""
    zone, day = draw(st.sampled_from(PLACES))
    noon = int(datetime(*day, 12, tzinfo=UTC).timestamp())
    start = noon + draw(st.integers(-3 * DAY, DAY))
    end = start + draw(st.integers(1, 4 * DAY))
    return zone, start, end, wall.wall(zone, noon - 8 * DAY, noon + 10 * DAY)


def joined(spans: wall.Spans, start: int, end: int) -> list[tuple[int, int]]:
    """The seconds of `[start, end)` that lie in one of them, counted piece by piece."""
    found: list[tuple[int, int]] = []
    for first, last in wall.pieces(start, end, spans):
        if not wall.within(spans, first):
            continue
        if found and found[-1][1] == first:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


@PROMISED
@deep
@given(when=times(), hours=hours_of())
def test_covered_hours(when: Any, hours: Any) -> None:
    zone, start, end, clock = when
    assert list(covered(hours[1], ZoneInfo(zone), start, end)) == joined(clock.opened(hours[0], start, end), start, end)


@PROMISED
@deep
@given(place=st.sampled_from(PLACES))
def test_the_bounds_of_a_week(place: tuple[str, tuple[int, int, int]]) -> None:
    zone, day = place
    noon = int(datetime(*day, 12, tzinfo=UTC).timestamp())
    clock = wall.wall(zone, noon - 8 * DAY, noon + 10 * DAY)
    week = IsoWeek.of(noon, ZoneInfo(zone))
    local = datetime.fromtimestamp(noon, ZoneInfo(zone)).date()
    assert week.bounds(ZoneInfo(zone)) == clock.week(local)


@PROMISED
@deep
@given(when=times(), hours=hours_of(), data=st.data())
def test_clocks(when: Any, hours: Any, data: st.DataObject) -> None:
    zone, start, end, clock = when
    pauses = data.draw(stretches((start, end), 3))
    used = promise.elapsed(clock, hours[0], start, end, pauses)
    assert clocks.elapsed(hours[1], ZoneInfo(zone), start, end, normal(pauses)) == used
    if used:
        seconds = data.draw(st.integers(1, used))
        wanted = promise.due(clock, hours[0], (start, end), seconds, pauses)
        assert clocks.due(hours[1], ZoneInfo(zone), start, seconds, normal(pauses)) == wanted


@st.composite
def worlds(draw: Any, period: tuple[int, int]) -> tuple[service.World, Client, dict[str, HostRecord]]:
    """Three hosts, one of which may run on another, a line, and three services that lean on each other."""
    carriers = {"h1": "", "h2": draw(st.sampled_from(["", "h1"])), "h3": ""}
    needs: dict[str, tuple[int, tuple[str, ...]]] = {}
    for name in ("s1", "s2", "s3"):
        among = (*MEMBERS, *needs)
        members = tuple(sorted(draw(st.sets(st.sampled_from(among), min_size=1, max_size=4))))
        needs[name] = draw(st.integers(1, len(members))), members
    told: dict[str, service.Told] = {}
    records: dict[str, HostRecord] = {}
    causes = st.sampled_from(["own", "supplier", "client-accepted-risk"])
    for name in (*MEMBERS, "s1"):
        whole = [period] if name in ("h1", "h3") and draw(st.booleans()) else draw(stretches(period, 3))
        outages = [(draw(causes), *one) for one in draw(stretches(period, 2))]
        doubted = draw(stretches(period, 1))
        told[name] = service.Told(whole, outages, doubted)
        by_cause = {cause: normal((s, e) for one, s, e in outages if one == cause) for cause, _, _ in outages}
        down = normal((s, e) for _, s, e in outages)
        records[name] = HostRecord(normal(whole), down, normal(doubted), by_cause)
    client = Client(
        "c", "C", ZoneInfo("UTC"),
        hosts={name: Host(name, "main", runs_on=carrier) for name, carrier in carriers.items()},
        externals={"line": External("line", "line", "h1")},
        services={
            name: Service(name, name, "", Criticality.A, "always", Needs(members, enough))
            for name, (enough, members) in needs.items()
        },
    )  # fmt: skip
    return service.World(carriers, {"line": "h1"}, needs, {}, told), client, records


@PROMISED
@deep
@given(when=times(), hours=hours_of(), data=st.data())
def test_a_service_over_a_period(when: Any, hours: Any, data: st.DataObject) -> None:
    zone, start, end, clock = when
    world, client, records = data.draw(worlds((start, end)))
    cut = data.draw(st.integers(start, end))
    planned = data.draw(stretches((start, end), 1))
    since = data.draw(st.sampled_from([0, start + (end - start) // 3]))
    excluded = frozenset(data.draw(st.sets(st.sampled_from(["supplier", "client-accepted-risk"]))))
    targets = [(0, Fraction(995, 1000)), (data.draw(st.integers(start, end)), Fraction(9, 10))]
    due = service.Due(hours[0], since, cut, planned, excluded, targets)
    stood = services_stood(client, records)
    for name in ("s1", "s2", "s3"):
        told = service.counted(world, name, due, clock, (start, end))
        plan = Plan(
            lambda first, last: covered(hours[1], ZoneInfo(zone), first, last), since, cut, normal(planned), excluded,
            tuple(targets),
        )  # fmt: skip
        found = span(plan, stood[name], (start, end), pace(plan, stood[name]))
        mine = found.seconds
        assert (mine.eligible, mine.known, mine.down, mine.excluded) == (
            told.eligible, told.known, told.down, told.excluded,
        )  # fmt: skip
        if told.eligible:
            assert (mine.low, mine.high) == told.bounds
        assert mine.verdict(Fraction(995, 1000)) == told.verdict(Fraction(995, 1000))
        left = budget(tuple(targets), plan.whole((start, end)), mine.down)
        assert left is None or left.seconds == int(told.allowed)
