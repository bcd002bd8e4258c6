"""K4 and K5 as figures: for how much of the expected time there is evidence, and how many agents work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from checks.wording import percent
from console.pages.figures import Exact, Figure, Input
from console.reports.weekly.away import away
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.service_words import stretches
from console.service_levels.availability import NOTHING_DUE
from console.service_levels.completeness import Heard, completeness, share, working
from console.service_levels.intervals import length
from console.service_levels.timeline import Stood

COMPLETENESS = "check-in completeness"


def machine_figures(facts: WeekFacts, stood: Mapping[str, Stood]) -> tuple[Figure, ...]:
    """Check-in completeness and enrolment."""
    return _completeness(facts, stood), _enrolment(facts)


def evidence(figures: Sequence[Figure]) -> str:
    """K4 as it is shown."""
    return next((one.shows for one in figures if one.name == COMPLETENESS), "")


def heard(facts: WeekFacts) -> Heard:
    """From when until when each host is expected, without approved absence (K4)."""
    return Heard(facts.since, facts.until, away(facts))


def _completeness(facts: WeekFacts, stood: Mapping[str, Stood]) -> Figure:
    seen = completeness(facts.client, stood, heard(facts), (facts.start, facts.cut))
    value = share(seen)
    lines = tuple(
        Input(host, f"{one.expected} s expected, {length(one.unknown)} unknown", f"presence {presence}", gaps)
        for host, one in seen.items()
        for presence in (facts.client.hosts[host].presence,)
        for gaps in (stretches(one.unknown, facts.client.zone),)
    )
    due, gone = sum(one.expected for one in seen.values()), sum(length(one.unknown) for one in seen.values())
    total = (Input("expected", str(due), "presence of every host, from its enrolment"), Input("unknown", str(gone)))
    shows, exact = _shown(value)
    return Figure("K4", COMPLETENESS, shows, unit="%", value=exact, inputs=(*total, *lines))


def _enrolment(facts: WeekFacts) -> Figure:
    works = working(facts.client, facts.hosts, facts.cut)
    lost = tuple(host for host, is_working in works.items() if not is_working)
    value = Fraction(len(works) - len(lost), len(works)) if works else None
    note = f"no working agent: {', '.join(lost[:10])}" if lost else ""
    shows, exact = _shown(value)
    made_from = (
        Input("hosts in the model", str(len(works))),
        Input("with a working agent", str(len(works) - len(lost)), "a sample in the last 24 h of expected presence"),
        Input("without", str(len(lost)), evidence=lost),
    )
    return Figure("K5", "enrolment", shows, span="end", unit="%", value=exact, note=note, inputs=made_from)


def _shown(value: Fraction | None) -> tuple[str, Exact | None]:
    return (NOTHING_DUE, None) if value is None else (percent(value), (value.numerator, value.denominator))
