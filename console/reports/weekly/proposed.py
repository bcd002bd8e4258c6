"""What a changed model would make of every promise from next Monday on, if nothing more is lost (J7, W38). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from checks.reading import Instant
from console.operating_model.entities import Client
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.kept import Kept, kept_of, stood_of
from console.reports.weekly.service_words import left_of
from console.reports.weekly.services import light
from console.service_levels.intervals import union

_SIGNS = {"ok": "● OK", "watch": "▲ WATCH", "missed": "■ MISSED", "": "○ NO PROMISE"}


@dataclass(frozen=True, slots=True)
class Otherwise:
    """One promise as it stands, and as it would stand."""

    service: str
    name: str
    since: Instant
    """Next Monday 00:00 local, when a new target starts (K3)."""
    before: str
    """What is left of its budget, and its light: `5 min 22 s (13 %) ▲ WATCH`."""
    after: str


def otherwise(facts: WeekFacts, client: Client) -> Iterator[Otherwise]:
    """Every promise that would stand otherwise at the end of next week, of which `facts` tell what is known so far."""
    facts = _undisturbed(facts)
    promised = dict(facts.promised)
    for id_ in {*promised, *client.services}:
        before = tuple(one for one in promised.get(id_, ()) if one[0] < facts.start)
        promised[id_] = (*(before or ((0, _target(facts.client, id_)),)), (facts.start, _target(client, id_)))
    then = {one.service.id: one for one in _kept(replace(facts, client=client, promised=promised))}
    now = {one.service.id: one for one in _kept(facts)}
    for id_ in {**now, **then}:
        old, new = _said(now.get(id_)), _said(then.get(id_))
        if old != new:
            yield Otherwise(id_, (then.get(id_) or now[id_]).service.name, facts.start, old, new)


def _undisturbed(facts: WeekFacts) -> WeekFacts:
    """The week as it ends if everything that is watched is heard from now on, and nothing more is lost."""
    ahead = ((facts.cut, facts.end),)
    hosts = {
        name: replace(one, known=union(one.known, ahead)) if one.known else one for name, one in facts.hosts.items()
    }
    return replace(facts, now=facts.end, hosts=hosts)


def _kept(facts: WeekFacts) -> tuple[Kept, ...]:
    return kept_of(facts, stood_of(facts))


def _target(client: Client, service: str) -> Fraction | None:
    one = client.services.get(service)
    share = one.availability if one else None
    return None if share is None else Fraction(share).limit_denominator(1_000_000)


def _said(kept: Kept | None) -> str:
    if kept is None:
        return "not in the model"
    return f"{left_of(kept.promise.experienced)} {_SIGNS[light(kept)]}".strip()
