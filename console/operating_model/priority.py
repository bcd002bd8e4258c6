"""What goes first, from the client's own rule, with the reasons (operating-model.md, rows 07c and 22b). Pure.

What nobody owns stands before what somebody has; then comes severity, on which the promises hang; then the criteria of
the model's `priorities.order`, one after the other; then what breaks first, then what is older. So the backup of J1(a),
an S2, stands before the S3 whatever the rule says, and among equals of one severity the rule decides. Across clients
the first two are the same for all; then each client's own rank counts, the first of every client before the second.
Where no client has a rule, what breaks first goes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checks.reading import Instant
from checks.wording import counted, duration

_NEVER = 1 << 62
_TITLES = {
    "owned": "owned",
    "severity": "severity",
    "safety-of-data": "data",
    "criticality": "criticality",
    "error-budget-left": "error budget",
    "users-hit": "users",
    "age": "age",
    "due": "promise",
    "since": "since",
}


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule may ask of one open incident."""

    incident: int
    client: str
    owner: str
    severity: str
    data_at_risk: str
    """What puts data at risk, in words; "" where nothing does."""
    service: str
    criticality: str
    """`A` to `C`; "" where it serves nothing that is in the model."""
    users: int
    budget_left: Fraction | float | None
    """Share of the error budget that is left, below 0 once it is gone; None where it was not measured."""
    due_at: Instant | None
    detected_at: Instant


@dataclass(frozen=True, slots=True)
class Reason:
    """One criterion: what it is called, what this case has, and the number by which it sorts (smaller goes first)."""

    criterion: str
    value: str
    key: float


def reasons(case: Case, order: Sequence[str], now: Instant) -> tuple[Reason, ...]:
    """Every criterion in the order in which they decide."""
    return tuple(_reason(case, name, now) for name in ("owned", "severity", *order, "due", "since"))


def sentence(found: Iterable[Reason]) -> str:
    """The rank in one line: what the rule looked at, without what only breaks a tie."""
    return " · ".join(one.value for one in found if one.criterion not in ("owned", "due", "since"))


def ranked(cases: Iterable[Case], orders: dict[str, Sequence[str]], now: Instant) -> list[Case]:
    """Cases of all clients, the first to be worked on first; `orders` has the rule of each that has one."""
    all_of = [(case, [one.key for one in reasons(case, orders.get(case.client, ()), now)]) for case in cases]
    all_of.sort(key=lambda one: (one[1], one[0].incident))
    places: dict[tuple[str, float, float], int] = {}
    queue: list[tuple[tuple[float, ...], Case]] = []
    for case, key in all_of:
        group = (case.client, key[0], key[1])
        places[group] = places.get(group, 0) + 1
        queue.append(((key[0], key[1], places[group] if orders else 0, key[-2], key[-1], case.incident), case))
    return [case for _, case in sorted(queue, key=lambda one: one[0])]


def decided(first: Case, second: Case, order: Sequence[str], now: Instant) -> tuple[Reason, Reason] | None:
    """The criterion by which two cases of one client differ first, as each has it; None where they are equal in all."""
    pairs = zip(reasons(first, order, now), reasons(second, order, now), strict=True)
    return next((pair for pair in pairs if pair[0].key != pair[1].key), None)


def title(criterion: str) -> str:
    """A criterion as it is said."""
    return _TITLES.get(criterion, criterion)


def _reason(case: Case, name: str, now: Instant) -> Reason:
    match name:
        case "owned":
            return Reason(name, f"{case.owner} has it" if case.owner else "nobody has it", float(bool(case.owner)))
        case "severity":
            return Reason(name, case.severity, float(case.severity[1:]))
        case "safety-of-data":
            told = f"data at risk: {case.data_at_risk}" if case.data_at_risk else "data is not at risk"
            return Reason(name, told, float(not case.data_at_risk))
        case "criticality":
            told = f"{case.service} criticality {case.criticality}" if case.criticality else "no service in the model"
            return Reason(name, told, float("ABC".index(case.criticality)) if case.criticality else 3.0)
        case "error-budget-left":
            return _budget(case)
        case "users-hit":
            return Reason(name, counted(case.users, "user", "users"), -float(case.users))
        case _:
            return _time(case, name, now)


def _budget(case: Case) -> Reason:
    """What is not measured goes after what is: nobody is put first by a number that nobody has."""
    left = case.budget_left
    if left is None:
        return Reason("error-budget-left", "budget not measured yet", float(_NEVER))
    return Reason(
        "error-budget-left", "budget gone" if left <= 0 else f"{int(left * 100)} % of the budget left", float(left)
    )


def _time(case: Case, name: str, now: Instant) -> Reason:
    if name != "due":
        return Reason(name, f"{duration(max(0, now - case.detected_at))} old", float(case.detected_at))
    if case.due_at is None:
        return Reason(name, "no promise runs", float(_NEVER))
    left = case.due_at - now
    return Reason(name, f"breaks in {duration(left)}" if left >= 0 else f"late by {duration(left)}", float(case.due_at))
