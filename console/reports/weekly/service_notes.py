"""What a reader should know beside the numbers of a service: what was left out, what came too late, what is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from checks.text import clean
from console.operating_model.schema.facts import OutageRecord
from console.operating_model.schema.records import DecisionRecord
from console.operating_model.schema.scalars import seconds
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.kept import Kept
from console.reports.weekly.service_words import exactly
from console.service_levels.availability import excused
from console.service_levels.intervals import Intervals, clip, intersection, length, normal

_POWER = {"utility-power": "power cut", "power": "power cut"}
_CAUSES = {
    "force-majeure": "force majeure, which the promise leaves out",
    "client": "of your own making, which the promise leaves out",
    "supplier": "your supplier's, which the promise leaves out",
    "client-accepted-risk": "a risk that you accepted",
}


def notes(facts: WeekFacts, kept: Kept, is_told: bool) -> Iterator[str]:
    """Sentences. `is_told` says that the contract's own line tells what was left out already."""
    judged = kept.promise.experienced
    if judged.verdict == "unproven":
        low, high = judged.figures.words(judged.figures.low), judged.figures.words(judged.figures.high)
        yield f"Unproven, {exactly(judged.figures.unknown, up=True)} unseen: between {low} and {high}."
    best, target = kept.promise.best, judged.target
    if facts.cut < kept.promise.period[1] and best is not None and target is not None and best < target:
        yield f"So far; best possible {judged.figures.words(best)} – cannot be met."
    if not is_told:
        yield from _left_out(facts, kept)
    yield from _late(kept)


def _late(kept: Kept) -> Iterator[str]:
    """Windows of the week that excuse nothing."""
    for one in kept.windows:
        span = intersection(kept.plan.covered(kept.week.period), normal([(seconds(one.start), seconds(one.end))]))
        if one.not_planned_because and one.cancelled is None and span:
            late = "late window: " if "after" in one.not_planned_because else ""
            yield f"{late}{clean(one.id)} was {one.not_planned_because}, so it excuses nothing."


def _left_out(facts: WeekFacts, kept: Kept) -> Iterator[str]:
    """A sentence for each excluded cause of the week."""
    out = intersection(excused(kept.stood, kept.plan.excluded), kept.week.eligible)
    for cause in sorted(kept.plan.excluded & kept.stood.causes.keys()):
        mine = intersection(out, kept.stood.causes[cause])
        if mine:
            yield f"{_when(facts, mine)} {_why(facts, kept, cause, mine)}."


def _when(facts: WeekFacts, spans: Intervals) -> str:
    days = {datetime.fromtimestamp(at, facts.client.zone).date() for start, end in spans for at in (start, end - 1)}
    lost = exactly(length(spans))
    return f"{next(iter(days)):%A}'s {lost} were" if len(days) == 1 else f"{lost} of this week were"


def _why(facts: WeekFacts, kept: Kept, cause: str, spans: Intervals) -> str:
    if cause != "client-accepted-risk":
        return _CAUSES.get(cause, f"{cause}, which the promise leaves out")
    struck = {one.about for one in outages(facts, kept, spans) if one.cause == cause}
    day = datetime.fromtimestamp(spans[0][0], facts.client.zone).date()
    decision = next((one for one in _accepting(facts, day) if struck & set(one.covers.values())), None)
    if decision is None:
        return _CAUSES[cause]
    what = _POWER.get(decision.covers.get("cause", ""), "risk")
    until = f", to {decision.expires:%-d %b}" if decision.expires else ""
    return f"the {what} you accepted in decision {clean(decision.id)} ({_short(decision.what)}{until})"


def _accepting(facts: WeekFacts, day: date) -> Iterator[DecisionRecord]:
    told = (one for one in facts.papers.get("decision", ()) if isinstance(one, DecisionRecord))
    return (one for one in told if one.accepts_on(day))


def outages(facts: WeekFacts, kept: Kept, spans: Intervals) -> Iterator[OutageRecord]:
    """The records of outages of anything that a service stands on, that touch these stretches."""
    told = (one for one in facts.papers.get("outage", ()) if isinstance(one, OutageRecord))
    for one in told:
        if one.about in kept.members and clip(spans, seconds(one.start), seconds(one.end) if one.end else facts.cut):
            yield one


def _short(what: str) -> str:
    """The first words of a decision, up to the first small word."""
    words = clean(what).replace(",", " , ").replace(":", " : ").split()
    stop = next((place for place, word in enumerate(words) if word in _STOPS and place), len(words))
    return " ".join(words[:stop])


_STOPS = ("for", "of", "not", "is", "until", "to", "on", "at", "in", ",", ":")
