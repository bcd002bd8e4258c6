"""Section 1 of the page: what was promised of each service, and what was kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from console.operating_model.entities import ALWAYS
from console.pages.figures import Figure
from console.pages.week import Availability
from console.pages.week_sections import Contract
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.kept import Kept, kept_of, stood_of
from console.reports.weekly.machine_figures import evidence, machine_figures
from console.reports.weekly.service_figures import figures_of
from console.reports.weekly.service_notes import notes
from console.reports.weekly.service_words import beside, left_of, promised, soon
from console.reports.weekly.strip import burned, strip
from console.service_levels.intervals import difference, intersection, length, union
from console.service_levels.lights import Judged, worse
from console.service_levels.timeline import UNKNOWN_CAUSE, Stood


@dataclass(frozen=True, slots=True)
class Section:
    """The lines, every number behind them, and for which share of the expected time there is evidence (K4)."""

    lines: tuple[Availability, ...]
    figures: tuple[Figure, ...]
    evidence: str
    stood: Mapping[str, Stood]
    """How every host, external and service stood."""
    causes: Mapping[str, Mapping[str, int]]
    """By service and cause, the seconds of its hours in the week in which it was down."""


def services(facts: WeekFacts) -> Section:
    """The whole section; how everything stood is evaluated once."""
    stood = stood_of(facts)
    kept = kept_of(facts, stood)
    machines = machine_figures(facts)
    lines = tuple(_line(facts, one) for one in kept)
    causes = {one.service.id: _down_by(one) for one in kept}
    return Section(lines, (*figures_of(facts, kept), *machines), evidence(machines), stood, causes)


def service_lines(facts: WeekFacts) -> tuple[Availability, ...]:
    """A line for every service of the client."""
    return services(facts).lines


def service_figures(facts: WeekFacts) -> tuple[Figure, ...]:
    """K1 to K5 and K24, each with what it was made from."""
    return services(facts).figures


def _down_by(kept: Kept) -> dict[str, int]:
    """What somebody named explains a second that another tells without a cause: the same stop, told twice."""
    causes = kept.stood.causes
    named = union(*(spans for cause, spans in causes.items() if cause != UNKNOWN_CAUSE))
    if UNKNOWN_CAUSE in causes:
        causes = {**causes, UNKNOWN_CAUSE: difference(causes[UNKNOWN_CAUSE], named)}
    return {cause: length(intersection(spans, kept.week.eligible)) for cause, spans in causes.items()}


def _line(facts: WeekFacts, kept: Kept) -> Availability:
    service, seconds = kept.service, kept.week.seconds
    person = facts.client.people.get(service.owner)
    terms = _contract(kept)
    has_hours = seconds.eligible > 0
    left = kept.promise.experienced.budget
    down = intersection(kept.stood.down, kept.week.eligible)
    return Availability(
        service=service.id,
        name=service.name,
        owner=person.name if person else service.owner,
        eligible=seconds.eligible,
        known=seconds.known,
        down=seconds.down,
        unknown=seconds.unknown,
        availability=kept.week.experienced.shows,
        coverage=seconds.words(seconds.coverage),
        target=promised(kept.target),
        verdict=kept.week.experienced.verdict,
        low=seconds.words(seconds.low) if has_hours else "",
        high=seconds.words(seconds.high) if has_hours else "",
        hours=_hours(facts, kept),
        month=kept.month.experienced.shows,
        budget_left=left_of(kept.promise.experienced),
        light=worse(light(kept), light(kept, contract=True)),
        contract=terms,
        notes=tuple(notes(facts, kept, terms is not None)),
        forecast=forecast(kept, facts.client.zone),
        strip=strip(kept, facts.week, facts.client.zone),
        budget=left.seconds if left else 0,
        burn=burned(kept, facts.client.zone),
        stops=len(down),
    )


def light(kept: Kept, contract: bool = False) -> str:
    """The light of a promise, as it was lived through or in contract terms (5.1)."""
    judged = kept.promise.contract if contract else kept.promise.experienced
    return judged.light((kept.promise.seconds.coverage, kept.week.seconds.coverage))


def _contract(kept: Kept) -> Contract | None:
    """The contract's own line, where excluded causes made a difference and the promise was not simply kept."""
    is_other = kept.promise.seconds.excluded or kept.week.seconds.excluded
    if not is_other or light(kept) in ("", "ok"):
        return None
    terms, own = kept.promise.contract, light(kept, contract=True)
    return Contract(
        availability=kept.week.contract.shows,
        month=kept.month.contract.shows,
        budget_left=left_of(terms, with_share=False),
        light=own,
        words=beside(terms, own),
    )


def _hours(facts: WeekFacts, kept: Kept) -> str:
    calendar = facts.client.calendars.get(kept.service.hours, ALWAYS)
    return "" if calendar.is_always else f"{calendar.id} hours"


def forecast(kept: Kept, zone: ZoneInfo) -> str:
    """When the promise breaks if it goes on like this; "" where that is not within 14 days, or it is broken.

    In contract terms too, where an excluded cause makes these differ.
    """
    lived, terms = (_breaks(kept, one, zone) for one in (kept.promise.experienced, kept.promise.contract))
    told = [lived] if lived else []
    if terms and terms != lived:
        told.append(f"in contract terms {terms}")
    return f"at this pace the promise breaks {', '.join(told)}" if told else ""


def _breaks(kept: Kept, judged: Judged, zone: ZoneInfo) -> str:
    if judged.budget is None or judged.budget.left <= 0:
        return ""
    at = kept.pace.breaks_at(judged.budget.left)
    return "" if at is None else soon(at, kept.plan.cut, zone)
