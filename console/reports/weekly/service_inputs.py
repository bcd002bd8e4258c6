"""What the figures of a service are made from: the sets of 3.1 in seconds, each with the records that prove it."""

from __future__ import annotations

from collections.abc import Iterator

from checks.text import clean
from console.operating_model.entities import ALWAYS
from console.operating_model.schema.facts import OutageRecord
from console.operating_model.schema.scalars import seconds
from console.pages.figures import Input
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.kept import Kept
from console.reports.weekly.service_notes import outages
from console.reports.weekly.service_words import exactly, finely, is_mean, promised, stretch, stretches
from console.service_levels.availability import excused, figures
from console.service_levels.budgets import WINDOWS, Burning, burn, pieces, threshold
from console.service_levels.intervals import Intervals, clip, difference, intersection, last, length, normal
from console.service_levels.spans import LATELY, Span

_MOST = 40
MEAN_TARGET = "T, mean of the promises by their seconds"
"""The exact target of a period in which it changed: what its verdict is judged by."""


def inputs(facts: WeekFacts, kept: Kept, span: Span) -> tuple[Input, ...]:
    """E, M, U, K and D of a period."""
    zone = facts.client.zone
    covered = clip(kept.plan.covered(span.period), span.period[0], facts.cut)
    planned = length(intersection(covered, kept.plan.planned))
    down = intersection(kept.stood.down, span.eligible)
    unseen = difference(span.eligible, kept.stood.known)
    known = span.seconds.known
    calendar = facts.client.calendars.get(kept.service.hours, ALWAYS).id
    return (
        Input("E, eligible seconds", str(span.seconds.eligible), f"calendar {calendar}, {length(covered)} − {planned}"),
        Input("M, planned work", str(planned), "maintenance records", tuple(_windows(facts, kept, covered))),
        Input("U, unknown seconds", str(length(unseen)), "check-ins, outages in doubt",
              (*stretches(unseen, zone), *_told(facts, kept, unseen, confirmed=False))),
        Input("K, known seconds", str(known), "E − U", _heard(facts, kept, span.eligible)),
        Input("D, seconds down", str(length(down)), "outages, incidents",
              (*stretches(down, zone), *_told(facts, kept, down, confirmed=True), *_confirmed(facts, kept, down))),
    )  # fmt: skip


def contract_inputs(facts: WeekFacts, kept: Kept, span: Span) -> tuple[Input, ...]:
    """Dx and Da of a period."""
    out = intersection(excused(kept.stood, kept.plan.excluded), span.eligible)
    named = ", ".join(sorted(kept.plan.excluded)) or "none"
    lines = stretches(out, facts.client.zone)
    return (
        Input("Dx, seconds down by excluded causes alone", str(length(out)), f"excluded causes: {named}", lines),
        Input("Da, seconds down that count", str(span.seconds.down - length(out)), "D − Dx"),
    )


def target_inputs(kept: Kept, span: Span, contract: bool) -> tuple[Input, ...]:
    """What a target was made of that changed inside the period; nothing where it did not."""
    target = (span.contract if contract else span.experienced).target
    if target is None or not is_mean(target, kept.plan.promised):
        return ()
    parts = [(one, count) for one, count in pieces(kept.plan.promised, _counted(kept, span, contract))
             if one is not None and count]  # fmt: skip
    terms = " + ".join(f"{promised(one)} × {count}" for one, count in parts)
    whole = sum(count for _, count in parts)
    return (Input(MEAN_TARGET, finely(target, up=True), f"({terms}) ÷ {whole}, revisions of the model"),)


def _counted(kept: Kept, span: Span, contract: bool) -> Intervals:
    """The eligible seconds to the end of the period; of the contract's terms without Dx."""
    out = excused(kept.stood, kept.plan.excluded) if contract else ()
    return difference(span.whole, out) if out else span.whole


def budget_inputs(kept: Kept, sets: tuple[Input, ...], contract: bool) -> tuple[Input, ...]:
    """The pieces of the target, B and what was lost."""
    span = kept.promise
    judged = span.contract if contract else span.experienced
    if judged.budget is None:
        return ()
    parts = tuple(
        Input("(1 − T)·|E|", f"(1 − {promised(target)}) × {length_}", "revisions of the model")
        for target, length_ in pieces(kept.plan.promised, _counted(kept, span, contract))
        if target is not None and length_
    )
    return (
        *parts,
        Input("B, budget in seconds", str(judged.budget.seconds), "rounded down"),
        Input("|Da|, seconds lost" if contract else "|D|, seconds lost", str(judged.budget.lost), "of the same window"),
        *(sets[3:] if contract else sets[3:5]),
    )


def burn_inputs(facts: WeekFacts, kept: Kept) -> tuple[Input, ...]:
    """D and K of the last seven days, and the windows that alarm."""
    lately = kept.plan.whole((facts.cut - LATELY, facts.cut))
    counted = difference(lately, excused(kept.stood, kept.plan.excluded))
    down = stretches(intersection(kept.stood.down, counted), facts.client.zone)
    return (
        Input("|D_w|", str(kept.pace.spent.down), "outages, incidents, without excluded causes", down),
        Input("|K_w|", str(kept.pace.spent.known), "check-ins of these days", _heard(facts, kept, counted)),
        Input("T", promised(kept.target), "the model"),
        *(
            Input(f"burn over {exactly(one.window)} of service", f"{float(one.rate):.2f}", _alarm(one))
            for one in burning(kept)
        ),
    )


def burning(kept: Kept) -> Iterator[Burning]:
    """The burn over each alarm window, scaled to the hours of the service (K3)."""
    target = kept.target
    whole = length(kept.promise.whole)
    for share, window in WINDOWS:
        spent = figures(kept.stood, last(kept.promise.eligible, window), kept.plan.excluded).contract
        rate = burn(spent, target) if target is not None else None
        if rate is not None:
            yield Burning(window, rate, threshold(share, whole, window))


def lost_inputs(facts: WeekFacts, kept: Kept) -> Input:
    """K24: whom it hurt, for how long, and when."""
    down = stretches(intersection(kept.stood.down, kept.week.eligible), facts.client.zone)
    much = f"{kept.service.users} × {kept.week.seconds.down} s"
    return Input(f"{kept.service.id}: users × D", much, "users of the model, D of the week", down)


def used_input(kept: Kept) -> Input:
    """K24: who had it, for how long; K and D are opened by K1."""
    seconds_ = kept.week.seconds
    much = f"{kept.service.users} × {seconds_.known - seconds_.down} s"
    line = f"K {seconds_.known} s − D {seconds_.down} s: watchbill explain K1 --about {kept.service.id}"
    return Input(f"{kept.service.id}: users × (K − D)", much, "users of the model, K and D of the week", (line,))


def burn_words(kept: Kept) -> str:
    """The fastest alarm of a budget that goes too fast; "" where none does."""
    for one in burning(kept):
        if one.is_alarm:
            window = exactly(one.window)
            return f"burns {float(one.rate):.2f} times over {window} of service, alarm above {float(one.threshold):.2f}"
    return ""


def thin_inputs(facts: WeekFacts, kept: Kept) -> tuple[Input, ...]:
    """When enough members were up, and not all."""
    thin = intersection(kept.stood.thin, kept.week.eligible)
    needs = kept.service.needs
    what = f"fewer than {len(needs.members)} of {', '.join(needs.members)} up, and {needs.enough} at least"
    return (Input(what, str(length(thin)), "check-ins, outages", stretches(thin, facts.client.zone)),)


def _heard(facts: WeekFacts, kept: Kept, due: Intervals) -> tuple[str, ...]:
    """For how long each that the service stands on was heard while it was due; an external only where it is probed."""
    whole = length(due)
    known = facts.client.hosts, facts.client.externals
    names = (
        sorted(name for name in kept.members & facts.hosts.keys() if any(name in of for of in known)) if whole else []
    )
    lines = [
        f"{clean(name)} heard for {exactly(length(intersection(facts.hosts[name].known, due)))} of {exactly(whole)}"
        for name in names[:_MOST]
    ]
    return (*lines, *([f"and {len(names) - _MOST} more"] if len(names) > _MOST else []))


def _alarm(one: Burning) -> str:
    if one.threshold <= 1:
        return "no threshold: 1 or less says nothing"
    return f"alarm above {float(one.threshold):.2f}" + (": reached" if one.is_alarm else "")


def _windows(facts: WeekFacts, kept: Kept, covered: Intervals) -> Iterator[str]:
    for one in kept.windows:
        start, end = seconds(one.start), seconds(one.end)
        if intersection(covered, normal([(start, end)])):
            said = one.not_planned_because
            counts = f"excuses nothing: {said}" if said else "planned"
            yield f"{clean(one.id)}: {stretch(start, end, facts.client.zone)}, {counts}"


def _told(facts: WeekFacts, kept: Kept, spans: Intervals, confirmed: bool) -> tuple[str, ...]:
    found = [_outage(facts, one) for one in outages(facts, kept, spans) if one.is_confirmed is confirmed]
    return tuple(found[:_MOST])


def _confirmed(facts: WeekFacts, kept: Kept, spans: Intervals) -> Iterator[str]:
    """Incidents of the week that somebody confirmed as outages."""
    for one in facts.incidents:
        end = one.recovered_at or facts.cut
        about = one.opening.host or one.opening.service
        is_ours = about in kept.members and one.state != "void" and one.outage_from is not None
        if is_ours and one.outage_from is not None and clip(spans, one.outage_from, end):
            span = stretch(one.outage_from, end, facts.client.zone)
            yield f"{clean(about)} down {span}: confirmed at incident {one.number}"


def _outage(facts: WeekFacts, one: OutageRecord) -> str:
    end = seconds(one.end) if one.end else facts.cut
    by = f", confirmed by {clean(one.confirmed_by)}" if one.confirmed_by else ""
    incident = f", incident {one.incident}" if one.incident else ""
    span = stretch(seconds(one.start), end, facts.client.zone)
    return f"{clean(one.about)} down {span}: cause {one.cause}, told by {one.evidence}{by}{incident}"
