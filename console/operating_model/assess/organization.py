"""The five checks of the organization."""

from __future__ import annotations

from fractions import Fraction

from console.operating_model.assess.criterion import Criterion, Result, Seen, sorted_out

_WHAT = "organization"
_LITTLE = Fraction(1, 100)


def _held(seen: Seen) -> Result:
    roles = seen.facts.doc.roles
    return sorted_out((id_, bool(one.holder)) for id_, one in roles.items()) if roles else Result(failed=("any role",))


def _deputies(seen: Seen) -> Result:
    doc = seen.facts.doc
    roles = [(f"role {id_}", bool(one.deputy)) for id_, one in doc.roles.items()]
    return sorted_out([*roles, *((f"A of {row.for_}", bool(row.deputy)) for row in doc.raci)])


def _owned(seen: Seen) -> Result:
    """Time that nobody had S1 and S2 incidents for stays below 1 % of the time they took; hand-overs are accepted."""
    urgent = [one for one in seen.practice.lately() if one.severity in ("S1", "S2") and not one.is_cleared]
    took = sum((one.resolved_at or seen.practice.now) - one.detected_at for one in urgent)
    unowned = sum(one.unowned for one in urgent)
    items = [("S1 and S2 incidents", Fraction(unowned, max(took, 1)) < _LITTLE)] if urgent else []
    return sorted_out([*items, *seen.practice.handovers.items()])


def _computed(seen: Seen) -> Result:
    """Load of each technician, and the bus factor of each service (from its RACI row)."""
    answered, load = {row.for_ for row in seen.facts.doc.raci}, seen.practice.load or {}
    people = [id_ for id_, one in seen.facts.people.items() if one.org == "msp" and one.tech_hours_week > 0]
    services = [(f"bus factor of {id_}", id_ in answered) for id_ in seen.facts.doc.services]
    found = sorted_out([*((f"load of {id_}", id_ in load) for id_ in people), *services])
    return Result(found.passed, found.failed, seen.practice.load is not None or not people)


def _closed(seen: Seen) -> Result:
    now = {gap.key for gap in seen.gaps}
    return sorted_out((key, key not in now) for key in sorted(seen.practice.gaps_before or ()))


CRITERIA = (
    Criterion(
        _WHAT,
        1,
        "every role is held by somebody",
        "a role that nobody holds decides nothing",
        "COBIT 2019",
        "name who holds {item}",
        _held,
    ),
    Criterion(
        _WHAT,
        2,
        "every role, and everybody who is accountable, has a deputy",
        "people are ill, on leave, or gone",
        "FitSM-1",
        "name a deputy for {item}",
        _deputies,
    ),
    Criterion(
        _WHAT,
        3,
        "nobody had S1 and S2 incidents for less than 1 % of their time, and hand-overs were accepted",
        "the time that nobody has it is the time in which nothing happens",
        "iTop (time to own), our practice",
        "own {item} at once, and hand over to somebody who says yes",
        _owned,
    ),
    Criterion(
        _WHAT,
        4,
        "load of each technician and bus factor of each service are computed",
        "who is over 85 % or alone is the next outage",
        "our practice",
        "log the work, so that this can be computed: {item}",
        _computed,
    ),
    Criterion(
        _WHAT,
        5,
        "the gaps of 90 days ago are closed",
        "an assessment that changes nothing was only a list",
        "FitSM-6",
        "close {item}",
        _closed,
    ),
)
