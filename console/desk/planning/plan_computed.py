"""Rows of the plan that are computed: dates, spend, risks, capabilities, and sentences about a whole part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from checks.finding import Status
from checks.wording import counted, money
from console.desk.assessment.gaps import with_dear
from console.desk.planning.place import Place, said
from console.operating_model.plan.capabilities import capabilities as capabilities_of
from console.operating_model.plan.dates import dates as dates_of
from console.operating_model.plan.risks import risks as risks_of
from console.operating_model.plan.spend import Spend, cents
from console.operating_model.plan.spend import spend as spend_of
from console.operating_model.schema.records import ActionRecord
from console.pages.plan import CapabilityRow, DateRow, RiskRow, SpendRow


def dates(place: Place) -> Iterator[DateRow]:
    """Every day that ends or asks for something, the past ones first (26b)."""
    for one in dates_of(place.facts):
        yield DateRow(
            client=place.client.id,
            day=said(one.day),
            days=None if one.day is None else (one.day - place.today).days,
            kind=one.kind,
            about=one.about,
            text=one.text,
            owner=one.owner,
            owner_name=place.name(one.owner),
            status=one.status(place.today),
        )


def spend(place: Place) -> Iterator[SpendRow]:
    """Cost a month of each service (26a)."""
    for one in spend_of(place.facts):
        yield _spend(place, one)


def _spend(place: Place, one: Spend) -> SpendRow:
    service = place.client.services.get(one.service)
    each = None if one.per_user is None else cents(one.per_user)
    return SpendRow(
        client=place.client.id,
        service=one.service,
        name=service.name if service else "no service stands on it",
        users=one.users,
        suppliers=cents(one.paid),
        suppliers_per_user=cents(one.paid / one.users) if one.users else None,
        offering=cents(one.sold),
        total=cents(one.paid + one.sold),
        total_per_user=each,
        parts=tuple(f"{part.what}: {money(cents(part.amount))}" for part in (*one.contracts, *one.ours)),
    )


def risks(place: Place) -> Iterator[RiskRow]:
    """The risk register, the greatest first (43c)."""
    facts = with_dear(place.office, place.facts, int(place.now.timestamp()))
    for one in risks_of(facts):
        yield RiskRow(
            client=place.client.id,
            kind=one.kind,
            about=one.about,
            evidence=one.evidence,
            services=one.services,
            criticality=one.criticality,
            weight=one.weight,
            score=one.score,
            owner=one.owner,
            owner_name=place.name(one.owner),
            treatment=one.treatment,
            status=Status.BREACH if one.score >= 9 else Status.WATCH if one.score >= 4 else Status.NOT_DUE,
        )


def capabilities(place: Place) -> Iterator[CapabilityRow]:
    """Who is able to do what (25, 27)."""
    for one in capabilities_of(place.facts):
        lacks = not one.doc.why or one.advice == "watch" or (one.doc.review and one.doc.review < place.today)
        yield CapabilityRow(
            client=place.client.id,
            id=one.doc.id,
            what=one.doc.what,
            sourcing=one.doc.sourcing,
            parties=tuple(one.doc.parties),
            why=one.doc.why,
            review=said(one.doc.review),
            alternatives=one.doc.alternatives,
            exit_days=one.doc.exit_days,
            value=one.value,
            services=one.services,
            skilled=one.skilled,
            advice=one.advice,
            decision=one.decision,
            status=Status.WATCH if lacks else Status.OK if one.advice else Status.UNKNOWN,
        )


def _spend_notes(places: Sequence[Place]) -> Iterator[str]:
    for place in places:
        found = spend_of(place.facts)
        total = sum((one.paid + one.sold for one in found), Fraction())
        if not total:
            continue
        hosts, users = len(place.client.hosts), place.facts.doc.client.users
        each = [f"{money(cents(total / hosts))} a host" if hosts else ""]
        each += [f"{money(cents(total / users))} a user" if users else ""]
        yield f"{place.client.name}: " + ", ".join([f"{money(cents(total))} a month", *filter(None, each)])


def _action_notes(places: Sequence[Place]) -> Iterator[str]:
    loose = [one.id for place in places for one in place.facts.of(ActionRecord) if not one.outcome and not one.done]
    if loose:
        yield f"{counted(len(loose), 'action serves', 'actions serve')} no outcome: {', '.join(loose)}"


def _milestone_notes(places: Sequence[Place]) -> Iterator[str]:
    """58b: how far the rollout is adopted, as far as documents tell it."""
    for place in places:
        must = {one.person for one in place.facts.doc.stakeholders if one.must_sign}
        signed = must & {person for person, one in place.facts.votes.items() if one.vote != "object"}
        loose = [one.id for one in place.facts.doc.milestones if not one.outcome and not one.done]
        yield (
            f"{place.client.name}: {len(signed)} of {len(must)} have signed revision {place.facts.revision}; "
            "runbooks used and own-rate are not measured yet"
            + (f"; no outcome is named by {', '.join(loose)}" if loose else "")
        )


NOTES: Mapping[str, Callable[[Sequence[Place]], Iterator[str]]] = {
    "spend": _spend_notes,
    "actions": _action_notes,
    "milestones": _milestone_notes,
}
"""What is said about a whole part, by its tab."""
