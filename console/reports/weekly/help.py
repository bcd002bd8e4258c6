"""Section 2 of the page: the incidents of the week and how their promises were kept (K12 to K16, K21)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from checks.text import clean
from console.incidents.clock import own_promise, solve_promise
from console.incidents.events import Incident, Kind
from console.operating_model.schema.facts import WorkLogRecord
from console.operating_model.schema.scalars import seconds
from console.pages.figures import Figure, Input
from console.pages.week import WeekIncident
from console.pages.week_sections import Help, HelpLine
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.handled import Handled, as_of, handled, subject_of
from console.reports.weekly.numbers import Called, less_figure, share_figure, time_figures
from console.reports.weekly.records import day_of, of, wanted
from console.reports.weekly.spent import spent_figures
from console.reports.weekly.spoken import capped, exactly, shortly
from console.reports.wording import moment
from console.service_levels.kpis.help import AGES, ageing, attainment, spread
from console.service_levels.kpis.share import Share

_SOURCE = "incidents and their events, on the SLA's clock"
_OWN, _RESOLVE = "own", "resolve"


def incident_lines(facts: WeekFacts) -> tuple[WeekIncident, ...]:
    """A line for every incident that touches the week, as it stood at the cut-off."""
    return tuple(_incident(facts, as_of(one, facts.end)) for one in facts.incidents)


def _incident(facts: WeekFacts, one: Incident) -> WeekIncident:
    own, solve = own_promise(facts.client, one, facts.cut), solve_promise(facts.client, one, facts.cut)
    return WeekIncident(
        incident=one.number,
        title=one.opening.title,
        service=one.opening.service,
        host=one.opening.host,
        severity=one.severity.value,
        state="resolved" if one.state == "closed" else one.state,  # closing is nobody's word, and may come any day
        owner=one.owner,
        detected_at=one.opening.detected_at,
        resolved_at=one.resolved_at,
        own_verdict=own.verdict if own else "",
        solve_verdict=solve.verdict if solve else "",
        on_word=_on_word(one),
    )


def _on_word(one: Incident) -> str:
    last = next((each for each in reversed(one.events) if each.kind is Kind.RESOLVED), None)
    return last.reason if last is not None and one.resolved_at is not None else ""


def help_section(facts: WeekFacts) -> Help:
    """How help was given, as the client reads it."""
    found = handled(facts)
    own, solve = help_shares(found)
    left = open_ones(found)
    return Help(
        lines=(
            _line(_OWN, own, share_figure(Called("K15", "attainment, own"), own, _target(facts, _OWN))),
            _line(_RESOLVE, solve, share_figure(Called("K15", "attainment, resolve"), solve, _target(facts, _RESOLVE))),
        ),
        late=tuple(_late(facts, found)),
        open=len(left),
        waiting=sum(one.waits_for_client for one in left),
        typical=_typical(found),
        on_site=on_site(facts),
    )


def help_shares(found: Iterable[Handled]) -> tuple[Share, Share]:
    """K15 of both promises."""
    whole = list(found)
    return attainment([one.own_verdict for one in whole]), attainment([one.solve_verdict for one in whole])


def open_ones(found: Iterable[Handled]) -> list[Handled]:
    """Incidents that were open at the cut-off; a symptom has its parent's work."""
    return [one for one in found if one.one.is_open and one.one.is_counted]


def _line(promise: str, share: Share, figure: Figure) -> HelpLine:
    want = figure.target.removesuffix(" %")
    return HelpLine(promise, share.good, share.known, figure.shows, want, figure.light)


def _target(facts: WeekFacts, promise: str) -> Fraction | None:
    """The model's KPI, else what the SLA says."""
    found = wanted(facts, f"sla_{promise}")
    doc = facts.client.doc
    if found is not None or doc is None:
        return found
    return next((Fraction(str(sla.attainment_target)) for sla in doc.slas.values()), None)


def _late(facts: WeekFacts, found: tuple[Handled, ...]) -> Iterator[str]:
    for one in found:
        what = f"{one.label} {subject_of(facts, one.one)}"
        if one.own is not None and one.own_verdict == "missed":
            yield f"{what}, owned after {shortly(one.own.total - one.own.left)} against {shortly(one.own.total)}"
        if one.solve is not None and one.solve_verdict == "missed":
            yield f"{what}, {shortly(one.solve.total - one.solve.left)} against {shortly(one.solve.total)}"


def _typical(found: tuple[Handled, ...]) -> str:
    owned, solved = spread(own_times(found)).median, spread(solve_times(found)).median
    said = [f"owned in {shortly(int(owned))}"] if owned is not None else []
    said += [f"solved in {shortly(int(solved))}"] if solved is not None else []
    return f"{', '.join(said)} (medians)" if said else ""


def own_times(found: Iterable[Handled]) -> list[int]:
    """K12: seconds on the SLA's clock from detection to the first owner, of those that were owned in the week."""
    return [one.own.total - one.own.left for one in found if one.was_owned and one.own is not None]


def solve_times(found: Iterable[Handled], severity: str = "") -> list[int]:
    """K14: seconds on the SLA's clock, pauses left out, of those that were resolved in the week."""
    return [
        one.solve.total - one.solve.left
        for one in found
        if one.was_resolved and one.solve is not None and severity in ("", one.one.severity.value)
    ]


def on_site(facts: WeekFacts) -> int:
    """How often somebody was there: a person on one local day is one visit."""
    logs = of(facts, "work-log", WorkLogRecord)
    here = [one for one in logs if one.onsite and facts.start <= seconds(one.start) < facts.cut]
    return len({(one.person, day_of(facts, one.start)) for one in here})


def help_figures(facts: WeekFacts) -> tuple[Figure, ...]:
    """Every number of section 2."""
    found = handled(facts)
    own, solve = help_shares(found)
    owned = _inputs(found, "owned in the week", own_times(found), is_own=True)
    solved = _inputs(found, "resolved in the week", solve_times(found), is_own=False)
    told = [one.told_after for one in found if one.told_after is not None]
    severities = sorted({one.one.severity.value for one in found if one.was_resolved})
    return (
        *time_figures("K12", "time to own", "", spread(own_times(found)), owned),
        *time_figures("K13", "first response", "", spread(told), _told_inputs(found)),
        *time_figures("K14", "time to resolve", "", spread(solve_times(found)), solved),
        *(
            figure
            for severity in severities
            for figure in time_figures("K14", "time to resolve", severity, spread(solve_times(found, severity)), solved)
        ),
        share_figure(Called("K15", "attainment, own"), own, _target(facts, _OWN), _verdicts(found, _OWN)),
        share_figure(Called("K15", "attainment, resolve"), solve, _target(facts, _RESOLVE), _verdicts(found, _RESOLVE)),
        *spent_figures(facts),
        _reopened(found),
        *_ages(facts, found),
    )


def _inputs(found: tuple[Handled, ...], name: str, times: list[int], *, is_own: bool) -> tuple[Input, ...]:
    promises = [
        (one.label, one.own if is_own else one.solve, one.was_owned if is_own else one.was_resolved) for one in found
    ]
    lines = capped(f"{label}: {exactly(one.total - one.left)}" for label, one, is_here in promises if one and is_here)
    return (
        Input("n, incidents", str(len(times)), _SOURCE, lines),
        Input(f"seconds in all, {name}", str(sum(times)), _SOURCE),
    )


def _told_inputs(found: tuple[Handled, ...]) -> tuple[Input, ...]:
    lines = capped(f"{one.label}: {exactly(one.told_after)}" for one in found if one.told_after is not None)
    return (Input("n, incidents of which the client was told", str(len(lines)), "notes marked told the client", lines),)


def _verdicts(found: tuple[Handled, ...], promise: str) -> tuple[Input, ...]:
    words = [(one.label, one.own_verdict if promise == _OWN else one.solve_verdict) for one in found]
    met = tuple(label for label, word in words if word == "met")
    missed = tuple(label for label, word in words if word == "missed")
    return (
        Input("met", str(len(met)), _SOURCE, met),
        Input("missed", str(len(missed)), _SOURCE, missed),
        Input("open and not yet broken, not in it", str(sum(one.one.is_open for one in found)), _SOURCE),
    )


def _reopened(found: tuple[Handled, ...]) -> Figure:
    again = [one.label for one in found if one.reopened]
    ended = [one.label for one in found if one.was_resolved]
    inputs = (
        Input("incidents reopened", str(len(again)), _SOURCE, tuple(again)),
        Input("incidents resolved", str(len(ended)), _SOURCE, tuple(ended)),
    )
    return less_figure(Called("K16", "reopen share"), Share(len(again), len(ended)), None, inputs)


def _ages(facts: WeekFacts, found: tuple[Handled, ...]) -> Iterator[Figure]:
    left = open_ones(found)
    counts = ageing((one.one.opening.detected_at for one in left), facts.cut)
    paused = [one.label for one in left if one.one.state == "pending"]
    lines = capped(
        clean(
            f"{one.label} since {moment(one.one.opening.detected_at, facts.client.zone)}: {one.one.opening.title}", 160
        )
        for one in left
    )
    for (word, _), count in zip(AGES, counts, strict=True):
        inputs = (Input("open incidents", str(len(left)), _SOURCE, lines),)
        note = f"paused: {', '.join(paused)}" if paused else ""
        yield Figure("K21", "ageing", str(count), word, "end", value=(count, 1), inputs=inputs, note=note)
