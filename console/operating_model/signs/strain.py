"""Unclear roles, inconsistent work, a pace that cannot be kept (rows 20 and 47)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from checks.wording import duration
from console.operating_model.assess.criterion import Seen
from console.operating_model.assess.practice import Handled
from console.operating_model.signs.present_way import BUSY
from console.operating_model.signs.sign import Sign, listed, read

_WEEK = 7 * 86_400


def signs(seen: Seen) -> tuple[Sign, ...]:
    """Rows 47a, 47b and 47c."""
    return _roles(seen), _process(seen), _pace(seen)


def _roles(seen: Seen) -> Sign:
    doc = seen.facts.doc
    answered = {row.for_ for row in doc.raci}
    unanswered = [id_ for id_ in doc.services if id_ not in answered]
    alone = [gap.about for gap in seen.gaps if gap.number == "ROLE"]
    alone += [row.for_ for row in doc.raci if not row.deputy]
    passed_on = [one.id for one in seen.practice.incidents if one.owners > 2]
    unowned = sum(one.unowned for one in seen.practice.incidents)
    on = [f"nobody is accountable for {listed(unanswered)}"] if unanswered else []
    on += [f"no deputy for {listed(list(dict.fromkeys(alone)))}"] if alone else []
    on += [f"passed on twice or more: {listed(passed_on)}"] if passed_on else []
    on += [f"{unowned // 60} min in which nobody had an incident"] if unowned >= 60 else []
    return read("47a", "are roles unclear?", on, [f"{len(doc.services)} services, each with who answers and a deputy"])


def _process(seen: Seen) -> Sign:
    """Row 20: one finding type handled in different ways, with steps skipped, or in widely different times."""
    kinds: dict[str, list[Handled]] = {}
    for one in seen.practice.incidents:
        if one.resolved_at is not None and not one.is_cleared and not one.is_void:
            kinds.setdefault(one.kind, []).append(one)
    on = [text for kind, handled in sorted(kinds.items()) for text in inconsistencies(kind, handled)]
    several = [kind for kind, handled in kinds.items() if len(handled) > 1]
    off = [f"{listed(several)}: each time handled the same way"] if several else []
    return read("47b", "is the same thing done differently each time?", on, off)


def inconsistencies(kind: str, handled: Sequence[Handled]) -> Iterator[str]:
    """What is inconsistent in how one finding type was handled: paths, skipped steps, spread (P90 ÷ median above 3)."""
    paths = {(one.runbook, one.path) for one in handled}
    ids = listed([one.id for one in handled])
    if len(paths) > 1:
        yield f"{kind}: {len(paths)} ways of handling it in {len(handled)} incidents ({ids})"
    skipped = [one.id for one in handled if one.skipped]
    if skipped:
        yield f"{kind}: steps of the runbook were skipped in {listed(skipped)}"
    times = sorted((one.resolved_at or one.detected_at) - one.detected_at for one in handled)
    median, slow = times[(len(times) - 1) // 2], times[-(-9 * len(times) // 10) - 1]
    if len(times) > 2 and slow > 3 * median:
        yield f"{kind}: solved in {duration(median)} or in {duration(slow)} ({ids})"


def _pace(seen: Seen) -> Sign:
    """Row 47c: the backlog at the end of each of the last four weeks rises; plans are late; load is above 85 %."""
    on: list[str] = []
    off: list[str] = []
    backlog = [open_at(seen.practice.incidents, seen.practice.now - ago * _WEEK) for ago in (3, 2, 1, 0)]
    if seen.practice.incidents:
        text = f"open incidents at the end of the last four weeks: {', '.join(map(str, backlog))}"
        (on if slope(backlog) > 0 and backlog[-1] > backlog[0] else off).append(text)
    late = [gap.about for gap in seen.gaps if gap.number == "G17"]
    on += [f"overdue: {listed(late)}"] if late else []
    on += [f"{person} is loaded above 85 %" for person, share in (seen.practice.load or {}).items() if share > BUSY]
    return read("47c", "does work come in faster than it goes out?", on, off)


def open_at(incidents: Sequence[Handled], at: int) -> int:
    """How many incidents were open just before an instant."""
    return sum(one.detected_at < at and (one.resolved_at is None or one.resolved_at >= at) for one in incidents)


def slope(values: Sequence[int]) -> Fraction:
    """Least squares: by how much a series grows each step."""
    middle = Fraction(len(values) - 1, 2)
    spread = sum((place - middle) ** 2 for place in range(len(values)))
    return sum(((place - middle) * value for place, value in enumerate(values)), Fraction(0)) / spread
