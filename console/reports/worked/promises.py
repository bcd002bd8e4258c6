"""W25, W30, W32, W33, W36 and W37: what can be reached, shares, and progress. Pure."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from checks.wording import duration, percent
from console.incidents.noise import NoiseCount
from console.operating_model.assess.assessment import Component, rounded
from console.operating_model.assess.criterion import Answer, Result
from console.operating_model.assess.sourcing import CRITERIA
from console.operating_model.entities import ALWAYS, Calendar
from console.operating_model.plan.goals import progress
from console.reports.worked.seconds import OFFICE, ZONE, at, bounds
from console.service_levels.kpis.backups import slack
from console.service_levels.promises import Clocked, at_least_of, short_by, worst_wait

_HOUR = 3600
_DESK = (((540, 1020),),) * 5 + ((), ())
_HOLIDAYS = frozenset({date(2026, 11, 26), date(2026, 12, 25), date(2027, 1, 1)})


def w25() -> str:
    """A night and forty minutes against 24 and 26 hours."""
    short, enough = (slack(24 * _HOUR, 40 * 60, hours * _HOUR) for hours in (24, 26))
    left = f"{enough // _HOUR} h {enough % _HOUR // 60}"
    return f"24 h: {'reachable' if short >= 0 else 'not reachable'}; 26 h: slack {left}"


def w30() -> str:
    """Noise counts what was void."""
    count = NoiseCount(raised=36, work=12, known=6, cleared=14, voided=4)
    return f"noise {percent(count.noise or 0)}, actionable {percent(count.actionable or 0)}"


def w32() -> str:
    """Eight hours of a shorter day are ten of ours."""
    vendor, ours = Clocked(8 * _HOUR, Calendar("vendor", _DESK)), Clocked(8 * _HOUR, OFFICE)
    return f"short by {duration(short_by(1800, ours, vendor, ZONE, bounds('2026-W46')))}"


def w33() -> str:
    """A vendor on office hours under a promise round the clock."""
    year = at("2026-01-01T00:00"), at("2027-01-01T00:00")
    plain = worst_wait(Clocked(16 * _HOUR, Calendar("vendor", _DESK)), ALWAYS, ZONE, bounds("2026-W46"))
    vendor = Clocked(16 * _HOUR, Calendar("vendor", _DESK, _HOLIDAYS))
    short = int(short_by(900, Clocked(4 * _HOUR, ALWAYS), vendor, ZONE, year))
    chain = Fraction(995, 1000) * Fraction(999, 1000) ** 2
    worst = worst_wait(vendor, ALWAYS, ZONE, year)
    return (
        f"worst {plain // _HOUR} h, over the year {worst // _HOUR} h; "
        f"resolve gap {short // _HOUR} h {short % _HOUR // 60} min; expect ≤ {percent(chain)}"
    )


def w36() -> str:
    """Neither outcome is reached."""
    erp = progress(Fraction("98.6"), Fraction("99.5"), Fraction(1_251_780, 1_258_200) * 100)
    files = progress(Fraction(400), Fraction(90), Fraction(93))
    said = "neither reached" if max(erp, files) < 1 else "reached"
    return f"{percent(erp)} and {percent(files)}, {said}"


def w37() -> str:
    """Redundancy, if things fail independently."""
    return f"{percent(at_least_of(1, [0.99, 0.99]))}; {percent(at_least_of(2, [0.99, 0.99, 0.99]))}"


def w34() -> str:
    """Five checks of sourcing as the example's people and records leave them."""
    counts = ((2, 3), (2, 2), (1, 1), (0, 2), (0, 2))
    results = (Result(("done",) * passed, ("m365",) * (total - passed)) for passed, total in counts)
    answers = tuple(Answer(criterion, result) for criterion, result in zip(CRITERIA, results, strict=True))
    found = Component("sourcing", answers)
    return f"score {rounded(found.score)}, level {found.level}, {found.advice}"


ANSWERS = {"W34": w34, "W25": w25, "W30": w30, "W32": w32, "W33": w33, "W36": w36, "W37": w37}
