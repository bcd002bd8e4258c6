"""One service over a period: the worked examples of operating-model.md, 3.4, each with the answer that is not it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from builders import NEW_YORK, OFFICE, at, utc

from checks.wording import percent
from console.operating_model.entities import ALWAYS, Calendar
from console.service_levels.hours import covered
from console.service_levels.intervals import Interval, difference, length, normal
from console.service_levels.spans import Plan, Span, pace
from console.service_levels.spans import span as over
from console.service_levels.timeline import Stood
from console.service_levels.weeks import IsoWeek

WEEK = IsoWeek.parse("2026-W46").bounds(NEW_YORK)
T995 = Fraction(995, 1000)


def plan(calendar: Calendar = OFFICE, target: Fraction | None = T995, **more: object) -> Plan:
    fields = {"since": 0, "cut": WEEK[1], "promised": ((0, target),), **more}
    return Plan(hours=lambda start, end: covered(calendar, NEW_YORK, start, end), **fields)  # type: ignore[arg-type]


def stood(down: Iterable[Interval] = (), unknown: Iterable[Interval] = (), cause: str = "own") -> Stood:
    """Up for years but for this."""
    lost = normal(down)
    up = difference(((0, 2**33),), normal((*lost, *unknown)))
    return Stood(up, lost, causes={cause: lost} if lost else {})


def span(mine: Plan, how: Stood, period: Interval) -> Span:
    """A period, as it goes at the end of the record."""
    return over(mine, how, period, pace(mine, how))


def shows(found: Span) -> str:
    return found.experienced.shows


def test_w3_a_draft_shows_what_is_so_far_and_what_can_still_be() -> None:
    found = span(plan(cut=at("Thu 15:00")), stood([(at("Tue 09:00"), at("Tue 09:20"))]), WEEK)

    assert (found.seconds.eligible, length(found.whole), shows(found)) == (133_200, 180_000, "99.09 %")
    assert found.best is not None
    assert (percent(found.best), found.best < T995) == ("99.33 %", True)


def test_w3_the_budget_of_a_draft_is_that_of_the_whole_plan() -> None:
    found = span(plan(cut=at("Thu 15:00")), stood([(at("Tue 09:00"), at("Tue 09:10"))]), WEEK)

    assert found.experienced.budget is not None
    assert (found.experienced.budget.seconds, found.experienced.budget.left) == (900, 300)


def test_w4_nothing_is_due_before_it_joined() -> None:
    down = [(at("Thu 09:00"), at("Thu 09:15")), (at("Mon 09:00"), at("Mon 12:00"))]
    found = span(plan(since=at("Wed 12:00")), stood(down), WEEK)

    assert (found.seconds.eligible, found.seconds.down, shows(found)) == (93_600, 900, "99.03 %")
    assert found.seconds.coverage == 1  # and not 52 %


def test_w5_a_night_of_25_hours_counts_four_between_half_past_twelve_and_half_past_three() -> None:
    week = IsoWeek.parse("2026-W44").bounds(NEW_YORK)
    down = [(utc("2026-11-01T04:30:00"), utc("2026-11-01T08:30:00"))]
    found = span(plan(ALWAYS, cut=week[1]), stood(down), week)

    assert (week[1] - week[0], found.seconds.down, shows(found)) == (608_400, 14_400, "97.63 %")


def test_w7_a_window_of_six_hours_has_seven_or_five_when_the_clocks_change() -> None:
    night = Calendar("night", (((0, 360),),) * 7)
    lengths = []
    for name in ("2026-W44", "2027-W10"):
        week = IsoWeek.parse(name)
        sunday = date.fromordinal(week.first.toordinal() + 6)
        start, end = at(f"{sunday}T00:00"), week.bounds(NEW_YORK)[1]
        lengths.append(length(covered(night, NEW_YORK, start, end)))
    assert lengths == [25_200, 18_000]


def test_w8_planned_work_leaves_both_sides() -> None:
    planned = ((at("Thu 00:00"), at("Thu 04:00")),)
    found = span(plan(ALWAYS, planned=planned), stood([(at("Thu 00:00"), at("Thu 06:00"))]), WEEK)

    assert (found.seconds.eligible, found.seconds.down) == (590_400, 7_200)
    assert shows(found) == "98.78 %"  # 98.80 keeps the window in as good time, 96.42 ignores it


def test_w13_what_nobody_saw_leaves_the_promise_unproven() -> None:
    unseen = [(at("Wed 10:00"), at("Wed 10:30"))]
    found = span(plan(), stood([(at("Tue 09:00"), at("Tue 09:10"))], unseen), WEEK)
    seconds = found.seconds

    assert (seconds.known, shows(found), found.experienced.verdict) == (178_200, "99.66 %", "unproven")
    assert (seconds.words(seconds.low), seconds.words(seconds.high)) == ("98.66 %", "99.66 %")
    assert found.experienced.light([seconds.coverage]) == "watch"


def test_w14_a_week_without_a_sample_is_no_data() -> None:
    found = span(plan(), Stood(), WEEK)

    assert (shows(found), found.experienced.verdict, found.contract.shows) == ("no data", "unproven", "no data")
    assert found.experienced.light([found.seconds.coverage]) == "watch"


def test_w15_hours_that_fall_on_a_holiday_alone_are_nothing_due() -> None:
    thursday = Calendar("thursday", ((), (), (), ((480, 1080),), (), (), ()), frozenset({date(2026, 11, 26)}))
    week = IsoWeek.parse("2026-W48").bounds(NEW_YORK)
    found = span(plan(thursday, cut=week[1]), stood(), week)

    assert (shows(found), found.experienced.verdict, found.experienced.light([None])) == ("nothing due", "", "")


def test_w17_equal_is_met_and_one_second_less_is_not() -> None:
    def lost(seconds: int, calendar: Calendar = OFFICE) -> Span:
        return span(plan(calendar), stood([(at("Tue 09:00"), at("Tue 09:00") + seconds)]), WEEK)

    assert [(shows(lost(much)), lost(much).experienced.verdict) for much in (900, 901)] == [
        ("99.50 %", "met"),
        ("99.49 %", "missed"),
    ]
    assert shows(lost(1, ALWAYS)) == "99.99 %"


def test_a_promise_that_nothing_fails_is_spent_by_one_second() -> None:
    second = [(at("Tue 09:00"), at("Tue 09:00") + 1)]
    kept, broken = (span(plan(target=Fraction(1)), stood(down), WEEK) for down in ([], second))

    assert (kept.experienced.verdict, kept.experienced.light([Fraction(1)])) == ("met", "ok")
    assert (broken.experienced.verdict, broken.experienced.light([Fraction(1)])) == ("missed", "missed")
    assert broken.experienced.budget is not None
    assert (broken.experienced.budget.seconds, broken.experienced.budget.left) == (0, -1)


def test_what_is_excluded_wholly_leaves_no_data_in_contract_terms() -> None:
    down = [(at("Mon 08:00"), at("Fri 18:00"))]
    found = span(plan(excluded=frozenset({"force-majeure"})), stood(down, cause="force-majeure"), WEEK)

    assert (shows(found), found.experienced.verdict) == ("0.00 %", "missed")
    assert (found.contract.shows, found.contract.verdict) == ("no data", "unproven")


def test_a_cause_that_is_not_excluded_makes_no_difference() -> None:
    found = span(plan(excluded=frozenset({"client"})), stood([(at("Tue 09:00"), at("Tue 10:00"))], cause="own"), WEEK)

    assert found.contract == found.experienced


def test_poor_coverage_is_to_be_watched_and_so_is_a_budget_nearly_spent() -> None:
    unseen = [(at("Fri 08:00"), at("Fri 18:00"))]
    blind = span(plan(target=Fraction(1, 2)), stood([], unseen), WEEK)
    spent = span(plan(), stood([(at("Tue 09:00"), at("Tue 09:00") + 690)]), WEEK)

    assert (blind.experienced.verdict, blind.experienced.light([blind.seconds.coverage])) == ("met", "watch")
    assert spent.experienced.budget is not None
    assert (spent.experienced.budget.left, spent.experienced.verdict) == (210, "met")
    assert spent.experienced.light([Fraction(1)]) == "watch"


def test_the_promise_breaks_where_the_covered_hours_reach_it() -> None:
    # 10 min lost in 10 office hours a day so far; 5 min left: 5 h of office time ahead
    cut = at("Mon 18:00")
    mine = plan(cut=cut, since=at("Mon 08:00"))
    down = stood([(at("Mon 09:00"), at("Mon 09:10"))])
    found = span(mine, down, WEEK)

    assert found.experienced.budget is not None
    assert (found.experienced.budget.left, pace(mine, down).breaks_at(300)) == (300, at("Tue 13:00"))
    assert found.experienced.goes_soon


def test_planned_work_ahead_is_walked_around() -> None:
    mine = plan(cut=at("Mon 18:00"), since=at("Mon 08:00"), planned=((at("Tue 08:00"), at("Tue 18:00")),))

    assert pace(mine, stood([(at("Mon 09:00"), at("Mon 09:10"))])).breaks_at(300) == at("Wed 13:00")


def test_nothing_lost_lately_breaks_nothing() -> None:
    assert pace(plan(), stood([(at("Mon 09:00") - 30 * 86_400, at("Mon 10:00") - 30 * 86_400)])).breaks_at(1) is None


def test_what_is_excluded_is_no_pace() -> None:
    mine = plan(excluded=frozenset({"client-accepted-risk"}))

    assert pace(mine, stood([(at("Fri 11:00"), at("Fri 11:25"))], cause="client-accepted-risk")).breaks_at(100) is None
    assert pace(mine, stood([(at("Fri 11:00"), at("Fri 11:25"))])).breaks_at(100) is not None


def test_a_promise_that_is_behind_and_can_still_be_kept_is_watched() -> None:
    cut = at("Tue 12:00")
    behind, lost = (
        span(plan(cut=cut), stood([(at("Tue 09:00"), at("Tue 09:00") + seconds)]), WEEK) for seconds in (900, 901)
    )
    assert (behind.experienced.verdict, behind.experienced.light([Fraction(1)])) == ("missed", "watch")
    assert (lost.experienced.verdict, lost.experienced.light([Fraction(1)])) == ("missed", "missed")
