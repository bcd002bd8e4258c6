"""How every promise stands right now: the week so far and its 28 days, reckoned again every few minutes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from checks.reading import Instant
from console.desk.office import Office
from console.desk.refusal import DeskRefusal
from console.desk.week.gather import STANDING, standing_facts
from console.operating_model.entities import Client
from console.reports.weekly.kept import Kept, kept_of, stood_of
from console.reports.weekly.service_words import left_of
from console.service_levels.weeks import week_of

FRESH = 300
"""A budget that is shown beside live work is not older than so many seconds."""


def kept_now(office: Office, client: Client, now: Instant) -> Mapping[str, Kept]:
    """Every service of a client over the week so far and the 28 days that end with it."""
    revisions = office.ledger.model.revisions
    key = (revisions.get(client.id), revisions.get("provider"), now // FRESH)
    held = office.standings.get(client.id)
    if held is None or held[0] != key:
        held = office.standings[client.id] = key, _kept(office, client, now)
    return held[1]


def _kept(office: Office, client: Client, now: Instant) -> Mapping[str, Kept]:
    """Empty where a promise of these weeks cannot be read any more: live work goes on without its budget."""
    try:
        facts = standing_facts(office, client, (week_of(client, now), now), STANDING)
    except DeskRefusal:
        return {}
    return {one.service.id: one for one in kept_of(facts, stood_of(facts))}


def budget_left(office: Office, client: Client, service: str, now: Instant) -> Fraction | None:
    """The share of a service's error budget that is left (K3); None where nothing is promised, or nothing proven."""
    kept = kept_now(office, client, now).get(service)
    judged = kept.promise.experienced if kept else None
    left = judged.budget if judged else None
    if judged is None or left is None or judged.is_unseen or judged.is_unproven_budget:
        return None
    return Fraction(1) if left.share is None else left.share


def budget_words(office: Office, client: Client, service: str, now: Instant) -> str:
    """As `budget_left`, such as `5 min 22 s (13 %)`; "" where there is none, or nothing is known."""
    kept = kept_now(office, client, now).get(service)
    return left_of(kept.promise.experienced) if kept and not kept.promise.experienced.is_unseen else ""
