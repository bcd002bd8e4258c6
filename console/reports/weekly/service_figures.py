"""K1 to K3 and K24 of every service as figures: exact, as they are shown, and with everything they were made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor

from msgspec.structs import replace

from checks.wording import percent
from console.pages.figures import Exact, Figure, Input
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.kept import Kept
from console.reports.weekly.service_inputs import (
    budget_inputs,
    burn_inputs,
    contract_inputs,
    inputs,
    lost_inputs,
    target_inputs,
    thin_inputs,
    used_input,
)
from console.reports.weekly.service_words import exactly, left_long, left_of, promised_over
from console.service_levels.availability import NO_DATA
from console.service_levels.budgets import burn
from console.service_levels.intervals import intersection, length
from console.service_levels.kpis.share import Share
from console.service_levels.lights import LEAST_KNOWN, Judged
from console.service_levels.spans import LATELY, Span

AVAILABILITY, CONTRACT = "availability", "availability, contract terms"
LEFT, LEFT_CONTRACT = "error budget left", "error budget left, contract terms"


def figures_of(facts: WeekFacts, kept: Sequence[Kept]) -> Iterator[Figure]:
    """Every figure of every service, then those of all of them together."""
    for one in kept:
        spans = {span.period: span for span in one.spans}.values()  # the promise's window is often the 28 days
        sets = {span.period: (*inputs(facts, one, span), *contract_inputs(facts, one, span)) for span in spans}
        for name, span in (("week", one.week), ("28d", one.month)):
            yield from _shares(one, (name, span), sets[span.period])
        if facts.cut < facts.end:
            yield from _best(one)
        yield from _budgets(facts, one, sets[one.promise.period])
        yield from _redundancy(facts, one)
        yield from _hours(facts, [one], one.service.id)
    if kept:
        yield from _hours(facts, kept, "")


def exact(value: Fraction | None) -> Exact | None:
    """A ratio as a pair."""
    return None if value is None else (value.numerator, value.denominator)


def _share(kept: Kept, judged: Judged, name: str, made_from: tuple[str, tuple[Input, ...]]) -> Figure:
    span, inputs_ = made_from
    figures = judged.figures
    return Figure(
        kpi="K1",
        name=name,
        shows=judged.shows,
        about=kept.service.id,
        span=span,
        unit="%",
        value=None if judged.is_blind else exact(figures.availability),
        low=exact(figures.low),
        high=exact(figures.high),
        target=promised_over(judged.target, kept.plan.promised),
        verdict=judged.verdict,
        inputs=inputs_,
    )


def _shares(kept: Kept, spanned: tuple[str, Span], sets: tuple[Input, ...]) -> Iterator[Figure]:
    """K1 as it was lived through and in contract terms, and K2."""
    name, span = spanned
    lived = _share(kept, span.experienced, AVAILABILITY, (name, (*sets[:5], *target_inputs(kept, span, False))))
    yield _lit(kept, span, lived, span.experienced)
    contract = _share(kept, span.contract, CONTRACT, (name, (*sets, *target_inputs(kept, span, True))))
    yield _lit(kept, span, contract, span.contract)
    yield _coverage(kept, spanned, sets[:4])


def _lit(kept: Kept, span: Span, figure: Figure, judged: Judged) -> Figure:
    """Its light, where it is the window of the promise."""
    if span.period != kept.promise.period:
        return figure
    light = judged.light((span.seconds.coverage, kept.week.seconds.coverage))
    return replace(figure, light=light)


def _coverage(kept: Kept, spanned: tuple[str, Span], sets: tuple[Input, ...]) -> Figure:
    name, span = spanned
    seconds, value = span.seconds, span.seconds.coverage
    light = "" if value is None else "ok" if value >= LEAST_KNOWN else "watch"
    verdict = {"ok": "met", "watch": "missed"}.get(light, "")
    shows = seconds.words(value)
    return Figure("K2", "coverage", shows, kept.service.id, name, "%", exact(value), target="95.00 %", verdict=verdict,
                  light=light, inputs=sets)  # fmt: skip


def _best(kept: Kept) -> Iterator[Figure]:
    """What a period can still come to (W3)."""
    for name, span in (("week", kept.week), ("28d", kept.month)):
        if span.best is not None:
            target = span.experienced.target
            note = "cannot be met" if target is not None and span.best < target else ""
            whole = Input("E, eligible seconds to the end", str(length(span.whole)))
            lost = Input("D, seconds down so far", str(span.seconds.down))
            yield Figure("K1", f"{AVAILABILITY}, best possible", percent(span.best), kept.service.id, name, "%",
                         exact(span.best), target=promised_over(target, kept.plan.promised), note=note,
                         inputs=(whole, lost, *target_inputs(kept, span, False)))  # fmt: skip


def _budgets(facts: WeekFacts, kept: Kept, sets: tuple[Input, ...]) -> Iterator[Figure]:
    span = kept.promise
    name = next(
        (word for word, one in (("week", kept.week), ("28d", kept.month)) if one.period == span.period), "month"
    )
    for title, judged in ((LEFT, span.experienced), (LEFT_CONTRACT, span.contract)):
        if judged.budget is not None:
            made_from = budget_inputs(kept, sets, contract=title == LEFT_CONTRACT)
            is_known = not judged.is_unseen
            shows = left_long(judged.budget) if is_known else left_of(judged)
            value = (judged.budget.left, 1) if is_known else None
            left = Figure("K3", title, shows, kept.service.id, name, "s", value, note=_doubt(judged), inputs=made_from)
            yield _lit(kept, span, left, judged)
    target = kept.target
    rate = burn(kept.pace.spent, target) if target is not None else None
    if rate is not None:
        shows = f"{ceil(rate * 100) / 100:.2f}"
        note = f"over the last {LATELY // 86_400} days; 1 spends the budget exactly by the end of its window"
        yield Figure("K3", "burn rate", shows, kept.service.id, "week", "", exact(rate), note=note,
                     inputs=burn_inputs(facts, kept))  # fmt: skip


def _doubt(judged: Judged) -> str:
    """What a budget does not say by itself."""
    if judged.is_unseen or judged.verdict != "unproven":
        return ""
    return f"unproven: {exactly(judged.figures.unknown, up=True)} were not seen, and may have taken of it"


def _redundancy(facts: WeekFacts, kept: Kept) -> Iterator[Figure]:
    """For how long nothing but one more failure stood between a redundant service and its end (W11)."""
    needs, doc = kept.service.needs, facts.client.doc
    if doc and kept.service.id in doc.services and doc.services[kept.service.id].needs is None:
        return  # each machine of a fleet serves one person: they do not stand in for one another
    if needs.enough < len(needs.members) and kept.week.eligible:
        lost = length(intersection(kept.stood.thin, kept.week.eligible))
        shows, is_known = exactly(lost, up=True) if lost else "never", bool(lost or kept.week.seconds.known)
        yield Figure("K1", "redundancy lost", shows if is_known else NO_DATA, kept.service.id, "week", "s",
                     (lost, 1) if is_known else None, inputs=thin_inputs(facts, kept))  # fmt: skip


def _hours(facts: WeekFacts, kept: Sequence[Kept], about: str) -> Iterator[Figure]:
    """K24: user-hours lost, rounded up, and delivered, rounded down, to one decimal."""
    due = [one for one in kept if one.service.users]
    if not due:
        return
    lost = sum((Fraction(one.service.users * one.week.seconds.down, 3600) for one in due), Fraction(0))
    up = [one.week.seconds.known - one.week.seconds.down for one in due]
    given = sum((Fraction(one.service.users * much, 3600) for one, much in zip(due, up, strict=True)), Fraction(0))
    spent, used = tuple(lost_inputs(facts, one) for one in due), tuple(used_input(one) for one in due)
    whole = Share(0, sum(one.week.seconds.known for one in due), sum(one.week.seconds.unknown for one in due))
    for name, tenths, hours, made_from in (
        ("user-hours lost", ceil(lost * 10), lost, spent),
        ("user-hours delivered", floor(given * 10), given, used),
    ):
        shows, value = (f"{tenths // 10}.{tenths % 10}", exact(hours)) if whole.known else (whole.shows, None)
        yield Figure("K24", name, shows, about, "week", "user-hours", value, inputs=made_from)
