"""Figures about work: load (K18), noise (K17) and how far outcomes have come (K25)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache

from checks.text import clean
from checks.wording import percent
from console.incidents.noise import NoiseCount, Raised
from console.operating_model.plan.goals import progress
from console.operating_model.plan.windows import hit
from console.operating_model.schema.facts import WorkLogRecord
from console.operating_model.schema.organization import PersonDoc
from console.operating_model.schema.plan import OutcomeDoc
from console.operating_model.schema.records import ActionRecord, MaintenanceRecord
from console.operating_model.schema.scalars import seconds
from console.pages.figures import Figure, Input
from console.pages.week_sections import Staff
from console.reports.weekly.away import days_away, shift_days
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.numbers import Called, less_figure, share_figure
from console.reports.weekly.planned import ahead
from console.reports.weekly.records import local, of, wanted, work_logs
from console.reports.weekly.spoken import capped, capped_of
from console.reports.wording import moment
from console.service_levels.kpis.load import Capacity, Logged, capacity_minutes, load, once, week_minutes
from console.service_levels.kpis.share import Share, percent_half_up

_LOGS = "work-log records of this client"
_ALONE = "work for this client alone"
_KPIS: dict[str, tuple[str, str, Fraction]] = {
    "availability": ("availability", "28d", Fraction(100)),
    "checkin": ("check-in completeness", "week", Fraction(100)),
    "backup_success": ("backup success", "week", Fraction(100)),
    "rpo_time": ("RPO compliance", "week", Fraction(100)),
    "restore_test_age_days": ("restore proof", "end", Fraction(1)),
    "sla_own": ("attainment, own", "week", Fraction(100)),
    "sla_resolve": ("attainment, resolve", "week", Fraction(100)),
    "noise": ("noise", "week", Fraction(100)),
    "load": ("load", "week", Fraction(100)),
}
"""By the model's word for a KPI: the figure that measures it, its span, and what makes its unit of the value."""


def logs(facts: WeekFacts) -> tuple[Logged, ...]:
    """What was logged in the week, each entry once."""
    found = (
        Logged(one.person, seconds(one.start), one.minutes, one.travel_minutes, one.onsite)
        for one in of(facts, "work-log", WorkLogRecord)
    )
    return once(found, facts.start, facts.cut)


@lru_cache(maxsize=2)
def staff(facts: WeekFacts) -> tuple[Staff, ...]:
    """Every technician of the provider, with the week that they had and what they logged at this client."""
    people = facts.standing.people if facts.standing else {}
    minutes: dict[str, int] = {}
    for one in logs(facts):
        minutes[one.person] = minutes.get(one.person, 0) + one.minutes
    return tuple(
        _staffed(facts, id_, one, minutes.get(id_, 0))
        for id_, one in people.items()
        if one.org == "msp" and one.tech_hours_week and _is_there(facts, one)
    )


def _staffed(facts: WeekFacts, id_: str, one: PersonDoc, logged: int) -> Staff:
    days = shift_days(facts, one)
    away = days_away(facts, id_, days)
    coming = shift_days(facts, one, 1)
    off = days_away(facts, id_, coming)
    to_do = ahead(facts, id_)
    return Staff(
        person=id_,
        name=one.name,
        minutes=week_minutes(one.tech_hours_week),
        days=tuple(map(date.isoformat, days)),
        away=tuple(map(date.isoformat, away)),
        logged=logged,
        ahead=tuple(day.isoformat() for day in coming if day not in off),
        planned=to_do.minutes,
        unestimated=to_do.unestimated,
    )


def _is_there(facts: WeekFacts, one: PersonDoc) -> bool:
    first, last = local(facts, facts.start).date(), local(facts, facts.end - 1).date()
    is_late = one.active_from is not None and one.active_from > last
    return not is_late and (one.active_to is None or one.active_to >= first)


def load_figures(facts: WeekFacts) -> Iterator[Figure]:
    """K18 of each technician, and of all of them together."""
    if not facts.papers.get("work-log"):
        return
    people = [
        Capacity(one.person, capacity_minutes(one.minutes, len(one.days), len(one.away)), one.logged)
        for one in staff(facts)
    ]
    for one in people:
        yield _load(facts, one.person, (one,))
    if people:
        yield _load(facts, "", people)


def _load(facts: WeekFacts, about: str, people: Sequence[Capacity]) -> Figure:
    share = load(people)
    logged = sum(one.logged for one in people)
    capacity = sum(one.minutes for one in people)
    names = {one.person for one in people}
    lines = capped(
        f"{one.person}, {moment(one.start, facts.client.zone)}: {one.minutes} min"
        for one in logs(facts)
        if one.person in names
    )
    doc = facts.client.doc.kpis.get("load") if facts.client.doc else None
    band = doc.range if doc else None
    return Figure(
        kpi="K18",
        name="load",
        about=about,
        shows="absent" if share is None else percent_half_up(share),
        unit="%",
        value=None if share is None else (logged, capacity),
        target=f"{band[0]:g}–{band[1]:g} %" if band else "",
        light=_band(share, band),
        note=_ALONE,
        inputs=(
            Input("logged minutes", str(logged), _LOGS, lines),
            Input("capacity in minutes", str(capacity), "tech_hours_week, less approved absence"),
            *_to_do(facts, about),
        ),
    )


def _to_do(facts: WeekFacts, person: str) -> Iterator[Input]:
    """What next week's load is foretold by, where somebody has estimated it."""
    to_do = ahead(facts, person)
    if to_do.minutes is not None:
        told = f"estimates of open actions due by the end of the next week; {to_do.unestimated} have none"
        yield Input("minutes still to do", str(to_do.minutes), told, capped(to_do.lines))


def _band(share: Fraction | None, band: tuple[float, float] | None) -> str:
    """Inside of its range it is well; at its upper end somebody should look. Too little work is no trouble."""
    if share is None or band is None:
        return ""
    return "watch" if share * 100 >= Fraction(str(band[1])) else "ok"


def alignment_figure(facts: WeekFacts) -> Iterator[Figure]:
    """Row 36: which share of the minutes worked in the week went to services that serve an outcome of the model."""
    mine = work_logs(facts)
    if not mine:
        return
    services_of = _by_work(facts)
    served = [one for one in mine if any(_serves(facts, id_) for id_ in services_of(one))]
    whole, good = (sum(one.minutes for one in some) for some in (mine, served))
    lines = capped(
        f"{one.person}, {moment(seconds(one.start), facts.client.zone)}: {one.minutes} min" for one in served
    )
    inputs = (
        Input("minutes worked", str(whole), _LOGS),
        Input("on services with an outcome", str(good), "incidents, actions and windows that they name", lines),
    )
    yield share_figure(Called("K25", "alignment"), Share(good, whole), None, inputs)


def _by_work(facts: WeekFacts) -> Callable[[WorkLogRecord], set[str]]:
    """What tells the services that a log's incident, action or window is about."""
    incidents = {each.number: each.opening.service for each in facts.incidents}
    actions = {each.id: each for each in of(facts, "action", ActionRecord)}
    windows = {each.id: each for each in of(facts, "maintenance", MaintenanceRecord)}
    services = facts.client.doc.services if facts.client.doc else {}

    def services_of(one: WorkLogRecord) -> set[str]:
        window, action = windows.get(one.maintenance), actions.get(one.action)
        found = {incidents.get(one.incident or 0, "")} | ({action.service} if action else set())
        found |= {*window.services, *hit(facts.client, window.hosts)} if window else set()
        if action is not None and action.outcome:
            found |= {id_ for id_, each in services.items() if each.outcome == action.outcome}
        return found - {""}

    return services_of


def _serves(facts: WeekFacts, service: str) -> bool:
    known = facts.client.doc.services.get(service) if facts.client.doc else None
    return known is not None and bool(known.outcome)


def noise_figures(facts: WeekFacts) -> Iterator[Figure]:
    """K17, where somebody counted."""
    count = facts.noise
    if count is None:
        return
    parts = (("work", "work", count.work), ("known or waived", "known", count.known),
             ("cleared by itself", "cleared", count.cleared), ("void", "voided", count.voided),
             ("undecided", "undecided", count.undecided))  # fmt: skip
    same = "raised again within 60 minutes, or symptoms of a root"
    inputs = (
        Input("raised, without duplicates", str(count.counted), "changes of findings, and incidents"),
        *(Input(word, str(number), "what became of them", _raised(facts, count, fate)) for word, fate, number in parts),
        Input("suppressed duplicates", str(count.suppressed), same, _raised(facts, count, "suppressed")),
    )
    noisy = Share(count.cleared + count.voided, count.counted)
    yield less_figure(Called("K17", "noise"), noisy, wanted(facts, "noise"), inputs)
    yield share_figure(Called("K17", "actionable"), Share(count.work, count.counted), None, inputs)


def _raised(facts: WeekFacts, count: NoiseCount, fate: str) -> tuple[str, ...]:
    """The findings that one thing became of: `Tue 10 Nov 09:10 erp01 disk /: I-101`."""

    def line(one: Raised) -> str:
        what = clean(f"{moment(one.at, facts.client.zone)} {one.host} {one.check} {one.subject}".rstrip())
        return what + (f": I-{one.incident.number}" if one.incident else ": no incident")

    return capped_of([one for word, one in count.fates if word == fate], line)


def outcome_figures(facts: WeekFacts, figures: Sequence[Figure]) -> Iterator[Figure]:
    """K25 of each outcome of the model, from the figures of this week."""
    doc = facts.client.doc
    for one in doc.outcomes if doc else ():
        yield _outcome(one, *_current(one, figures))


def _current(one: OutcomeDoc, figures: Sequence[Figure]) -> tuple[Fraction | None, str]:
    """Where its number stands, in the unit of the KPI, and the figure that says so."""
    name, span, unit = _KPIS.get(one.kpi, ("", "", Fraction(1)))
    among = (one.service, "") if one.service else ("",)
    found = [figure for figure in figures if figure.name == name and figure.span == span and figure.about in among]
    for figure in sorted(found, key=lambda figure: not figure.about):
        if figure.value:
            said = f"{figure.name} {figure.about}".strip()
            about = f" --about {figure.about}" if figure.about else ""
            line = f"{said}, {figure.span}: {figure.shows}: watchbill explain {figure.kpi}{about}"
            return Fraction(*figure.value) * unit, line
    return None, ""


def _outcome(one: OutcomeDoc, current: Fraction | None, said_by: str) -> Figure:
    called = ("K25", "outcome progress")
    if one.baseline is None or one.target is None:
        lacks = "baseline" if one.baseline is None else "target"
        return Figure(*called, "no data", one.id, "28d", note=f"the outcome has no {lacks}")
    if current is None:
        return Figure(*called, "no data", one.id, "28d", note="its number is not measured")
    stands = f"{float(current):.4f}".rstrip("0").rstrip(".")
    share = progress(Fraction(str(one.baseline)), Fraction(str(one.target)), current)
    return Figure(
        kpi=called[0],
        name=called[1],
        about=one.id,
        span="28d",
        shows=percent(share),
        unit="%",
        value=(share.numerator, share.denominator),
        target="100 %",
        light="ok" if share == 1 else "watch",
        note="reached" if share == 1 else "not reached",
        inputs=(
            Input("baseline", f"{one.baseline:g}", "the model"),
            Input("target", f"{one.target:g}", "the model"),
            Input("current", stands, f"the figure behind {one.kpi}", (said_by,)),
        ),
    )
