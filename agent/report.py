"""What the agent tells a person at the machine: findings by default standards, and how delivery goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from agent.round import Gathered
from checks.catalogue import BY_NAME
from checks.check import Family
from checks.finding import Finding, Status, worst
from checks.reading import Instant
from checks.text import clean

_COLOURS = {Status.OK: "32", Status.WATCH: "33", Status.BREACH: "31", Status.UNKNOWN: "36", Status.NOT_DUE: "90"}


def findings(gathered: Gathered, now: Instant) -> list[Finding]:
    """Everything seen, judged by the default standards; the worst first inside each family."""
    judged = [BY_NAME[one.check].finding(one, BY_NAME[one.check].standard, now) for one in gathered.readings]
    judged += [BY_NAME[gap.check].finding_of_gap(gap) for gap in gathered.gaps]
    return sorted(judged, key=lambda one: (-one.status.rank, list(BY_NAME).index(one.check), one.subject))


def lines(found: list[Finding], *, colour: bool) -> Iterator[str]:
    """Findings for a person: one line each under its family, sign and word before colour."""
    for family in Family:
        rows = [one for one in found if BY_NAME[one.check].family is family]
        if not rows:
            continue
        yield f"{family.value.capitalize()}"
        for one in rows:
            yield f"  {_sign(one.status, colour)}  {_what(one):<30} {clean(one.sentence)}"
            if one.status in (Status.WATCH, Status.BREACH):
                yield f"             {'':<30} → {BY_NAME[one.check].advice}"
        yield ""
    overall = worst(one.status for one in found)
    yield f"{_sign(overall, colour)} by default standards; a client's own may differ"


def as_json(found: Iterable[Finding]) -> list[dict[str, object]]:
    """Findings as plain values, for a script."""
    return [
        {
            "check": one.check,
            "subject": one.subject,
            "status": one.status.value,
            "sentence": one.sentence,
            "value": one.value,
            "unit": BY_NAME[one.check].unit.value,
            "taken_at": one.taken_at,
            "holds_until": one.holds_until,
            "advice": BY_NAME[one.check].advice,
            "items": [{"name": item.name, "detail": item.detail, "since": item.since} for item in one.items],
        }
        for one in found
    ]


def _what(one: Finding) -> str:
    return clean(f"{BY_NAME[one.check].title} {one.subject}".strip(), 30)


def _sign(status: Status, colour: bool) -> str:
    text = f"{status.sign} {status.value:<7}"
    return f"\x1b[{_COLOURS[status]}m{text}\x1b[0m" if colour else text
