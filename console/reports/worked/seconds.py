"""W3 to W17: availability of one service over one week, from a handful of seconds. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from checks.wording import percent
from console.operating_model.entities import ALWAYS, Calendar
from console.operating_model.schema.governance import MaintenanceDoc
from console.reports.weekly.service_words import left_long
from console.service_levels.budgets import budget
from console.service_levels.hours import covered
from console.service_levels.intervals import Interval, Intervals, difference, length, normal
from console.service_levels.spans import Plan, Span, pace, span
from console.service_levels.timeline import Stood
from console.service_levels.weeks import IsoWeek
from console.service_levels.windows import Window, planned_for

ZONE = ZoneInfo("America/New_York")
OFFICE = Calendar("office", (((480, 1080),),) * 5 + ((), ()))
THURSDAY = Calendar("thursday", ((), (), (), ((480, 1080),), (), (), ()), frozenset({date(2026, 11, 26)}))
NIGHT = Calendar("night", (((0, 360),),) * 7)
PROMISE = Fraction(995, 1000)


def at(text: str) -> int:
    """UTC seconds of a local date and time; of the first one, where there are two."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp())


def bounds(week: str) -> Interval:
    """`[start, end)` of an ISO week, local."""
    return IsoWeek.parse(week).bounds(ZONE)


def _week(calendar: Calendar, down: Iterable[Interval], week: str = "2026-W46", **plan: int | Intervals) -> Span:
    """One week of a service that was always seen, but for what stands in `unseen`."""
    period = bounds(week)
    unseen = normal(plan.pop("unseen", ()))  # type: ignore[arg-type]  # an option of this function alone
    lost = normal(down)
    stood = Stood(difference(((0, 2**33),), normal((*lost, *unseen))), lost, causes={"own": lost} if lost else {})
    given = {"since": 0, "cut": period[1], "promised": ((0, PROMISE),), **plan}
    whole = Plan(hours=lambda start, end: covered(calendar, ZONE, start, end), **given)  # type: ignore[arg-type]
    return span(whole, stood, period, pace(whole, stood))


def _from(start: str, seconds: int) -> Interval:
    return at(start), at(start) + seconds


def w3() -> str:
    """A draft on Thursday that cannot be met any more."""
    found = _week(OFFICE, [_from("2026-11-10T09:00", 1200)], cut=at("2026-11-12T15:00"))
    best = found.best or Fraction(0)
    said = "cannot be met" if best < PROMISE else "can be met"
    return f"{found.experienced.shows} so far; best possible {percent(best)} – {said}"


def w4() -> str:
    """A service that joined on Wednesday."""
    found = _week(OFFICE, [_from("2026-11-12T09:00", 900)], since=at("2026-11-11T12:00"))
    return f"{found.experienced.shows}, coverage {found.seconds.words(found.seconds.coverage)}"


def w5() -> str:
    """The night of 25 hours."""
    lost = (at("2026-11-01T00:30"), at("2026-11-01T03:30"))
    found = _week(ALWAYS, [lost], "2026-W44")
    start, end = bounds("2026-W44")
    return f"{found.experienced.shows} of {end - start} s, {found.seconds.down} s down"


def w7() -> str:
    """A window of six hours on the two Sundays on which clocks change."""
    lengths = (
        length(covered(NIGHT, ZONE, at(f"{day}T00:00"), bounds(week)[1]))
        for day, week in (("2026-11-01", "2026-W44"), ("2027-03-14", "2027-W10"))
    )
    return " / ".join(f"{seconds // 3600} h" for seconds in lengths)


def w8() -> str:
    """Planned work leaves both sides."""
    planned = (_from("2026-11-12T00:00", 4 * 3600),)
    return _week(ALWAYS, [_from("2026-11-12T00:00", 6 * 3600)], planned=planned).experienced.shows


def w13() -> str:
    """What nobody saw leaves the promise unproven."""
    unseen = (_from("2026-11-11T10:00", 1800),)
    found = _week(OFFICE, [_from("2026-11-10T09:00", 600)], unseen=unseen)
    seconds, one = found.seconds, found.experienced
    low, high = (seconds.words(value).removesuffix(" %") for value in (seconds.low, seconds.high))
    return f"{one.shows}, {one.verdict} ({low}–{high})"


def w14() -> str:
    """A week without a sample."""
    found = _week(OFFICE, (), unseen=((0, 2**33),))
    return f"{found.experienced.shows}, {found.experienced.verdict}"


def w15() -> str:
    """Hours that fall on a holiday alone."""
    return _week(THURSDAY, (), "2026-W48").experienced.shows


def w17() -> str:
    """Equal is met, one second less is not, and one second is never rounded away."""
    found = [_week(OFFICE, [_from("2026-11-10T09:00", lost)]) for lost in (900, 901)]
    said = [f"{one.experienced.shows.removesuffix(' %')} {one.experienced.verdict}" for one in found]
    whole = _week(ALWAYS, [_from("2026-11-10T09:00", 1)]).experienced.shows
    return "; ".join([*said, whole.removesuffix(" %")])


def w10() -> str:
    """A window that was entered after it began excuses nothing."""
    day = (((),) * 6) + (((0, 1440),),)
    record = MaintenanceDoc.model_validate(
        {"id": "m-1", "services": ["work"], "start": _said("20:00"), "end": _said("22:00"), "why": "a disk",
         "announced": _said("20:10")}
    )  # fmt: skip
    found = planned_for("work", [_window_of(record)])
    lost = (at("2026-11-15T20:10"), at("2026-11-15T23:00"))
    said = "" if found else ", late window"
    return f"{_week(Calendar('sunday', day), [lost], planned=found).experienced.shows}{said}"


def w38() -> str:
    """A lower promise from Monday on; the budget is counted piece by piece."""
    monday = at("2026-11-16T00:00")
    promised = ((0, Fraction(999, 1000)), (monday, PROMISE))
    window = ((bounds("2026-W44")[0], bounds("2026-W47")[1]),)
    before = ((bounds("2026-W43")[0], monday),)
    after, kept = budget(promised, window, 2100), budget(promised, before, 2100)
    old = budget(promised[:1], before, 2100)
    said = "stays as it was" if kept == old else "changed"
    return f"{left_long(after) if after else ''}, W46 {said}"


ANSWERS = {f"W{one.__name__[1:]}": one for one in (w3, w4, w5, w7, w8, w10, w13, w14, w15, w17, w38)}


def _said(clock: str) -> str:
    return f"2026-11-15T{clock}:00-05:00"


def _window_of(record: MaintenanceDoc) -> Window:
    start, end = int(record.start.timestamp()), int(record.end.timestamp())
    return Window(record.id, tuple(record.services), (), start, end, is_planned=record.is_planned, ended=end)
