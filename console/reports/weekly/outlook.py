"""Sections 5 and 6 of the page and its last line: what we will do, what the client decides, whom to ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from checks.text import clean
from console.operating_model.gaps.gap import SOON, Facts, Shortfall
from console.operating_model.schema.governance import MaintenanceDoc
from console.operating_model.schema.records import ActionRecord, DecisionRecord, MaintenanceRecord, WaiverRecord
from console.operating_model.schema.scalars import seconds
from console.operating_model.schema.sourcing import ContractDoc
from console.pages.week_sections import ActionLine, Decide
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.records import day_of, local, of, open_actions, today, windows
from console.reports.weekly.risks import member_name, supplier_of, worst_shortfalls
from console.reports.weekly.spoken import day, first_word, listed, shortly, weekday

_TIME_TO_DECIDE = timedelta(days=14)
_AHEAD = timedelta(days=14)
_Asked = tuple[date, str, str]
"""By when, what, and what stands beside it."""


def action_lines(facts: WeekFacts) -> tuple[ActionLine, ...]:
    """Everything that is agreed and not done by the cut-off, the next one first."""
    return tuple(_action(facts, one) for one in open_actions(facts))


def _action(facts: WeekFacts, one: ActionRecord) -> ActionLine:
    window = next((kept for kept in windows(facts) if kept.id == one.from_), None)
    waiver = next((kept for kept in of(facts, "waiver", WaiverRecord) if kept.id == one.from_), None)
    until = f" ({waiver.id} ends {waiver.ends:%a})" if waiver and waiver.approved_by else ""
    return ActionLine(
        action=one.id,
        what=clean(one.text) + until,
        who=first_word(clean(_name(facts, one.owner))),
        due=_at(facts, window) if window else weekday(one.due),
        needs_ok=window is not None and not window.approved_by,
        about=one.from_,
    )


def _at(facts: WeekFacts, window: MaintenanceRecord) -> str:
    begins = local(facts, seconds(window.start))
    return f"{weekday(begins.date())} {begins:%H:%M}"


def _name(facts: WeekFacts, person: str) -> str:
    known = facts.standing.people if facts.standing else {}
    return known[person].name if person in known else person


def decide_lines(facts: WeekFacts) -> tuple[Decide, ...]:
    """What waits for the client's word, the most pressing first; what a decision in force covers is not asked again."""
    standing = facts.standing
    asked = [*_windows(facts), *_leave(facts)]
    if standing is not None:
        asked += [*_promises(facts, standing), *_renewals(facts, standing)]
    letters = (chr(ord("a") + place) if place < 26 else str(place) for place in range(len(asked)))
    return tuple(
        Decide(f"d-{letter}", clean(what), beside)
        for letter, (_, what, beside) in zip(letters, sorted(asked), strict=True)
    )


def _windows(facts: WeekFacts) -> Iterator[_Asked]:
    """Planned work that nobody has allowed yet."""
    now = local(facts, facts.cut)
    for one in windows(facts):
        if not one.approved_by and one.end > now and one.start < now + _AHEAD:
            on = day_of(facts, one.start)
            yield on, f"window for {_touches(facts, one)}", "today" if on == now.date() else day(on)


def _touches(facts: WeekFacts, one: MaintenanceDoc) -> str:
    names = [facts.client.services[id_].name for id_ in one.services if id_ in facts.client.services]
    return listed(one.hosts or names)


def _leave(facts: WeekFacts) -> Iterator[_Asked]:
    """Leave that was asked for."""
    for one in of(facts, "waiver", WaiverRecord):
        if not one.approved_by and not one.refused_by and not one.ended and one.expires > today(facts):
            scope = ", ".join(one.scope.values())
            yield one.at, f"leave {one.id} from {one.policy} for {scope}", f"until {day(one.expires)}"


def _promises(facts: WeekFacts, standing: Facts) -> Iterator[_Asked]:
    """An availability that stands on less: more of it, or a smaller promise."""
    by = _now(facts) + _TIME_TO_DECIDE
    for one in worst_shortfalls(standing):
        if one.kind == "availability" and not _is_decided(facts, one.service, one.member):
            second = f"second {member_name(standing, one.member).lower()}"
            yield by, f"{second} or a {one.reachable * 100:g} % promise", day(by)


def _renewals(facts: WeekFacts, standing: Facts) -> Iterator[_Asked]:
    """A contract that goes on unless somebody cancels it, and what to ask for where a promise stands above it."""
    for id_, one in standing.doc.contracts.items():
        if not one.notice_days or not standing.today <= one.to <= standing.today + SOON:
            continue
        if _is_decided(facts, id_, one.supplier):
            continue
        renews, cancel = one.to + timedelta(days=1), one.to - timedelta(days=one.notice_days)
        text = f"{supplier_of(standing, one)} renews {day(renews)}: keep{_or_ask(standing, id_, one)}"
        yield renews, text, "cancel date passed" if cancel < _now(facts) else f"cancel by {day(cancel)}"


def _or_ask(standing: Facts, id_: str, one: ContractDoc) -> str:
    short: list[Shortfall] = [gap for gap in standing.shortfalls if gap.kind == "resolve" and gap.contract == id_]
    if not short or one.resolve is None:
        return " or end it?"
    return f", or ask for {shortly(int(min(gap.promised for gap in short)))} response"


def _is_decided(facts: WeekFacts, *about: str) -> bool:
    """Whether a decision that is in force covers one of these."""
    found = [one for one in of(facts, "decision", DecisionRecord) if one.at <= today(facts)]
    kept = [one for one in found if one.expires is None or one.expires > today(facts)]
    return any(set(about) & set(one.covers.values()) for one in kept)


def _now(facts: WeekFacts) -> date:
    return local(facts, facts.cut).date()


def contact_line(facts: WeekFacts) -> str:
    """Whom to ask, and whom to call when it is urgent: the model's roles and channels."""
    standing = facts.standing
    asked = standing.people.get(standing.holder("service-delivery-manager")) if standing else None
    if standing is None or asked is None:
        return ""
    questions = f"Questions: {' '.join(filter(None, (asked.name, asked.phone or asked.email)))}."
    urgent = _urgent(standing, asked.phone)
    return clean(" ".join(filter(None, (questions, urgent))))


def _urgent(standing: Facts, phone: str) -> str:
    channel = next((one for one in standing.doc.channels if one.kind == "phone" and "S1" in one.use), None)
    if channel is None:
        return ""
    teams = {**(standing.provider.teams if standing.provider else {}), **standing.doc.teams}
    lead = teams[channel.to].lead if channel.to in teams else channel.to
    person = standing.people.get(lead)
    if person is None or not person.phone:
        return ""
    calendar = standing.client.calendars.get(channel.hours)
    hours = ", day and night" if calendar is not None and calendar.is_always else f", {channel.hours} hours"
    return f"Urgent: {'same number' if person.phone == phone else f'{person.name} {person.phone}'}{hours}."
