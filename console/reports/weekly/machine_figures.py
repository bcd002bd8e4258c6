"""K4 and K5 as figures: for how much of the expected time there is evidence, and how many agents work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from checks.wording import percent
from console.pages.figures import Exact, Figure, Input
from console.reports.weekly.away import away
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.kept import stood_of
from console.reports.weekly.service_words import stretches
from console.reports.weekly.spoken import capped
from console.reports.wording import moment
from console.service_levels.availability import NOTHING_DUE
from console.service_levels.completeness import Heard, Seen, completeness, share, working
from console.service_levels.intervals import clip, length

COMPLETENESS = "check-in completeness"
_WORKS = "sample in the last 24 h of expected presence"


def machine_figures(facts: WeekFacts) -> tuple[Figure, ...]:
    """Check-in completeness and enrolment."""
    return _completeness(facts), _enrolment(facts)


def evidence(figures: Sequence[Figure]) -> str:
    """K4 as it is shown."""
    return next((one.shows for one in figures if one.name == COMPLETENESS), "")


def heard(facts: WeekFacts) -> Heard:
    """From when until when each host is expected, without approved absence (K4)."""
    return Heard(facts.since, facts.until, away(facts))


@lru_cache(maxsize=2)
def expected(facts: WeekFacts) -> Mapping[str, Seen]:
    """How much of each host of the model was expected in the week, and what of that is unknown."""
    return completeness(facts.client, stood_of(facts), heard(facts), (facts.start, facts.cut))


def _completeness(facts: WeekFacts) -> Figure:
    seen = expected(facts)
    value = share(seen)
    lines = tuple(
        Input(host, f"{one.expected} s expected, {length(one.unknown)} unknown", f"presence {presence}", gaps)
        for host, one in seen.items()
        for presence in (facts.client.hosts[host].presence,)
        for gaps in (stretches(one.unknown, facts.client.zone),)
    )
    due, gone = sum(one.expected for one in seen.values()), sum(length(one.unknown) for one in seen.values())
    total = (
        Input("expected", str(due), "presence of every host, from its enrolment"),
        Input("unknown", str(gone), "host by host, below"),
    )
    shows, exact = _shown(value)
    return Figure("K4", COMPLETENESS, shows, unit="%", value=exact, inputs=(*total, *lines))


def _enrolment(facts: WeekFacts) -> Figure:
    works = working(facts.client, facts.hosts, facts.cut)
    lost = tuple(host for host, is_working in works.items() if not is_working)
    value = Fraction(len(works) - len(lost), len(works)) if works else None
    note = f"no working agent: {', '.join(lost[:10])}" if lost else ""
    shows, exact = _shown(value)
    made_from = (
        Input("hosts in the model", str(len(works)), "the model"),
        Input("with a working agent", str(len(works) - len(lost)), _WORKS, capped(_last_heard(facts, works))),
        Input("without", str(len(lost)), f"no {_WORKS}", capped(lost)),
    )
    return Figure("K5", "enrolment", shows, span="end", unit="%", value=exact, note=note, inputs=made_from)


def _last_heard(facts: WeekFacts, works: Mapping[str, bool]) -> Iterator[str]:
    for host, is_working in works.items():
        known = clip(facts.hosts[host].known, 0, facts.cut) if host in facts.hosts else ()
        if is_working and known:
            yield f"{host}, heard until {moment(known[-1][1], facts.client.zone)}"


def _shown(value: Fraction | None) -> tuple[str, Exact | None]:
    return (NOTHING_DUE, None) if value is None else (percent(value), (value.numerator, value.denominator))
