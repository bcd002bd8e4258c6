"""The owner's page about what carries the work: suppliers, the model, the data, the days ahead (5.3, F and H to J)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from msgspec import structs

from checks.finding import Status
from checks.wording import counted
from console.operating_model.gaps.gap import Facts, Gap
from console.operating_model.plan.dates import Dated
from console.operating_model.plan.dates import dates as dates_of
from console.operating_model.schema.facts import OutageRecord
from console.operating_model.schema.scalars import seconds
from console.operating_model.schema.sourcing import ContractDoc
from console.pages.figures import Figure
from console.pages.week_sections import Maturity
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.records import of, open_gaps
from console.reports.weekly.risks import supplier_of
from console.reports.weekly.spoken import day, first_word, listed, shortly
from console.reports.weekly.updates import updates
from console.reports.wording import moment
from console.service_levels.intervals import clip, length, normal

_SILENT = 86_400
_TOLD = ("waiver", "contract", "notice", "life", "decision", "restore test", "review", "SLA", "person")


def suppliers(facts: WeekFacts, figures: Sequence[Figure]) -> Iterator[str]:
    """F: tickets against the contract, minutes lost, and by how much our promises stand above it."""
    standing = facts.standing
    if standing is None:
        return
    kept = {one.about: one for one in figures if one.kpi == "K20"}
    for id_, contract in standing.doc.contracts.items():
        share = kept.get(contract.supplier)
        met = f"{share.value[0]}/{share.value[1]} in time" if share and share.value else "nothing due"
        lost = _lost(facts, contract)
        said = [met, f"{shortly(lost)} lost" if lost else "", *_gaps(standing, id_)]
        yield f"{supplier_of(standing, contract)} " + "; ".join(filter(None, said))


def _lost(facts: WeekFacts, contract: ContractDoc) -> int:
    """Seconds of the week in which what it covers was down for its cause."""
    mine = [
        one for one in of(facts, "outage", OutageRecord) if one.about in contract.covers and one.cause == "supplier"
    ]
    spans = normal((seconds(one.start), seconds(one.end) if one.end else facts.cut) for one in mine)
    return length(clip(spans, facts.start, facts.cut))


def _gaps(standing: Facts, contract: str) -> Iterator[str]:
    covers = standing.doc.contracts[contract].covers
    for one in standing.shortfalls:
        if one.kind == "availability" and one.member in covers:
            yield f"gap {(one.promised - one.reachable) * 100:.2g} points"
        if one.kind == "resolve" and one.contract == contract:
            yield f"{one.severity} promise short by {shortly(int(one.reachable - one.promised))}"


def maturity(facts: WeekFacts) -> tuple[Maturity, ...]:
    """Each component as it was assessed, with how its score moved since the frozen week before."""
    last = {one.component: Fraction(*one.score) for week in facts.earlier[-1:] for one in week.maturity}
    return tuple(
        structs.replace(one, change=_moved(Fraction(*one.score) - last.get(one.component, Fraction(*one.score))))
        for one in facts.maturity
    )


def _moved(by: Fraction) -> str:
    """`+0.4`, rounded towards nothing; "" where that is nothing."""
    tenths = abs(by.numerator) * 10 // by.denominator
    return f"{'+' if by > 0 else '-'}{tenths // 10}.{tenths % 10}" if tenths else ""


def health(facts: WeekFacts) -> Iterator[str]:
    """H: how far each component is lived, open gaps by component, and who has not signed."""
    if facts.standing is None:
        return
    lived = [
        f"{one.component} {one.shows} level {one.level}{f' ({one.change})' if one.change else ''}"
        for one in maturity(facts)
        if one.level is not None
    ]
    if lived:
        yield " · ".join(lived)
    found = open_gaps(facts)
    counts = Counter(one.component for one in found)
    if counts:
        yield f"{len(found)} gaps open: " + ", ".join(f"{name} {count}" for name, count in counts.most_common())
    yield from _moves(facts, found)
    yield from _unsigned(facts.standing, found)


def _unsigned(standing: Facts, found: Sequence[Gap]) -> Iterator[str]:
    """Whose word the revision in force waits for, and who else said nothing to it: whoever says something read it."""
    for one in found:
        if one.number == "G16":
            yield f"{_named(standing, one.about)} has not signed r{standing.revision}"
    others = [one.person for one in standing.doc.stakeholders if not one.must_sign]
    unread = [_named(standing, one) for one in others if one not in standing.votes]
    if unread:
        yield f"r{standing.revision} unread, as far as anybody said: {listed(unread, 6)}"


def _named(standing: Facts, person: str) -> str:
    return first_word(standing.people[person].name) if person in standing.people else person


def gap_keys(facts: WeekFacts) -> tuple[str, ...] | None:
    """What tells the gaps of the week from those of the next one; None where no document is."""
    return None if facts.standing is None else tuple(sorted(one.key for one in open_gaps(facts)))


def _moves(facts: WeekFacts, found: Sequence[Gap]) -> Iterator[str]:
    """Which gaps opened and closed since the frozen week before, where that one kept them."""
    last = facts.earlier[-1] if facts.earlier else None
    if last is None or last.gaps is None:
        return
    now, before = {one.key for one in found}, {*last.gaps}
    for word, keys in (("opened", now - before), ("closed", before - now)):
        if keys:
            names = [key.replace(":", " ") for key in sorted(keys)]
            yield f"{counted(len(keys), 'gap', 'gaps')} {word} since {last.week}: {listed(names, 6)}"


def quality(facts: WeekFacts, figures: Sequence[Figure]) -> Iterator[str]:
    """I: hosts that nobody hears or looks at, objectives that nobody can prove, outages that nobody confirmed."""
    silent = [host for host in facts.client.hosts if _is_silent(facts, host)]
    if silent:
        yield f"silent for more than a day at the end: {listed(silent, 6)}"
    found = updates(facts)
    blind = sorted({one.host for one in found.stood if one.state == "unseen"}) if found else []
    yield from (f"{host} has no patch scan" for host in blind)
    unproven = dict.fromkeys(
        " ".join(filter(None, (one.name, one.about))) for one in figures if one.verdict == "unproven"
    )
    if unproven:
        yield f"unproven: {listed(list(unproven), 6)}"
    for one in of(facts, "outage", OutageRecord):
        if not one.is_confirmed and facts.start <= seconds(one.start) < facts.cut:
            yield f"nobody confirmed the outage of {one.about}, {moment(seconds(one.start), facts.client.zone)}"


def _is_silent(facts: WeekFacts, host: str) -> bool:
    """Expected at all times, and without evidence in the last day before the cut-off."""
    record = facts.hosts.get(host)
    if record is None or facts.client.hosts[host].presence != "always":
        return record is None and host not in facts.since
    return not clip(record.known, facts.cut - _SILENT, facts.cut)


def dates(facts: WeekFacts) -> Iterator[str]:
    """J: what ends or is due within its lead time, the nearest first."""
    standing = facts.standing
    if standing is None:
        return
    near = [one for one in dates_of(standing) if one.status(standing.today) is not Status.NOT_DUE and one.kind in _TOLD]
    past = [_dated(one) for one in near if one.day is None or one.day < standing.today]
    ahead = [_dated(one) for one in near if one.day is not None and one.day >= standing.today]
    if past:
        yield "past: " + " · ".join(past)
    if ahead:
        yield " · ".join(ahead)


def _dated(one: Dated) -> str:
    what = {"life": "warranty" if "warranty" in one.text else "support", "restore test": "restore test"}.get(
        one.kind, ""
    )
    what = "notice" if one.kind == "notice" else what
    return " ".join(filter(None, (one.about, what, day(one.day) if one.day else "never")))
