"""Section 3 in text: backups night by night, and how the hosts stand with updates."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import NamedTuple

from checks.text import clean
from console.pages.figures import Figure
from console.pages.week import Week
from console.reports.printed.saying import figure, given, light

_LIGHT = 67
"""Where the light stands, counted from the second column."""
_MOST_NAME, _AGE = 20, 25


def protection(week: Week) -> Iterator[str]:
    """The lines; none where no backup was due and no update is recorded."""
    yield from _backups(week)
    yield from _updates(week)


class Kept(NamedTuple):
    """How all backup jobs together did."""

    good: str
    share: str
    light: str


def backups_kept(week: Week) -> Kept | None:
    """`55 of 57`, `96.49 %, want 98` and the light; None where no job is recorded."""
    found = figure(week, "K8", "backup success")
    if found is None:
        return None
    shown = _light_of(week, found)
    if not given(found, "due") or given(found, "due") == "0":
        return Kept("", clean(found.shows), light(shown, "○ NOTHING DUE"))
    want = f", want {clean(found.target).removesuffix(' %')}" if found.target else ""
    return Kept(f"{given(found, 'good')} of {given(found, 'due')}", f"{clean(found.shows)}{want}", light(shown))


def _light_of(week: Week, found: Figure) -> str:
    """The worse of K8 and of each job: many jobs that went well hide none that left no copy, or an old one."""
    if any(one.light == "missed" for one in week.jobs):
        return "missed"
    return found.light or ("watch" if given(found, "unknown") not in ("", "0") else "")


def _backups(week: Week) -> Iterator[str]:
    kept = backups_kept(week)
    if kept:
        said = f"backups {kept.good} good ({kept.share})" if kept.good else f"backups {kept.share}"
        yield f"{said:<{_LIGHT}}{kept.light}"
    names = [clean(one.name, _MOST_NAME) for one in week.jobs]
    width = max(map(len, names), default=0)
    counts = [(len(str(one.good)), len(str(one.due))) for one in week.jobs]
    good, due = (max((one[place] for one in counts), default=1) for place in (0, 1))
    for name, one in zip(names, week.jobs, strict=True):
        count = f"{one.good:>{good}}/{one.due:<{due}}"
        age = clean(one.worst_age)
        yield f"  {name:<{width}} {count} {clean(one.nights):<7}  {age:<{_AGE}} {clean(one.restore)}".rstrip()


def _updates(week: Week) -> Iterator[str]:
    for place, one in enumerate(week.updates):
        named = ", ".join(clean(word) for word in one.severities)
        first, *rest = textwrap.wrap(f"{named}: {clean(one.words)}", _LIGHT - 9, break_on_hyphens=False)
        label = "" if place else "updates"
        yield f"{label:<8}{first:<{_LIGHT - 9}} {light(one.light, '○ NOTHING DUE')}"
        yield from (f"{'':<10}{line}" for line in rest)
