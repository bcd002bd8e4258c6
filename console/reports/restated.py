"""Figures of a frozen week that late truth changed (operating-model.md, 5.1): told in a later one. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import structs

from checks.wording import counted
from console.pages.figures import Figure, Input
from console.pages.week import Week
from console.pages.week_sections import Restated
from console.reports.came_late import Came, because, evidence

_MOST_LINES, _MOST_FIGURES = 4, 2
OURS = frozenset({"noise", "actionable", "load", "alignment"})
"""Figures that only the provider's owner reads (5.3, C to E): its alarms, its people, where their minutes went."""


def restated(frozen: Week, again: Week, told: Iterable[Restated], came: Callable[[], Came]) -> tuple[Restated, ...]:
    """What `again`, made from all that is known now, says otherwise than `frozen` and what was `told` of it since.

    `came` is asked for what came late only where something is otherwise.
    """
    last = {one.key: one for one in frozen.figures}
    last |= {one.now.key: one.now for one in told if one.week == frozen.week}
    fresh = {one.key: one for one in again.figures}
    changed = [(was, fresh[key]) for key, was in last.items() if key in fresh and _says(was) != _says(fresh[key])]
    if not changed:
        return ()
    since = came()
    return tuple(_one(frozen, was, now, since) for was, now in changed)


def _one(frozen: Week, was: Figure, now: Figure, since: Came) -> Restated:
    """A changed figure; what it was and what came late since stand where others say what they were made from."""
    about = f" --about {was.about}" if was.about else ""
    opens = f"watchbill explain {was.kpi} --client {frozen.client} --week {frozen.week}{about}"
    before = Input("was", _shown(was, now), opens)
    inputs = (before, *evidence(was, since))
    bare = structs.replace(was, inputs=())
    return Restated(frozen.week, bare, structs.replace(now, inputs=inputs), because(was, since))


def for_client(rows: Iterable[Restated]) -> tuple[Restated, ...]:
    """Those of figures that a client reads too."""
    return tuple(one for one in rows if one.was.name not in OURS)


def lines(rows: Iterable[Restated]) -> Iterator[str]:
    """What changed, a line for each week and cause with its first figures, as many as are read; the rest is counted."""
    groups: dict[tuple[str, str], list[Restated]] = {}
    for one in rows:
        groups.setdefault((one.week, one.why), []).append(one)
    for (week, why), mine in list(groups.items())[:_MOST_LINES]:
        shown = sorted(mine, key=lambda one: ", " in one.was.name)[:_MOST_FIGURES]  # contract terms come after
        more = f"; {len(mine) - len(shown)} figures more" if len(mine) > len(shown) else ""
        yield f"{week}: {'; '.join(map(_moved, shown))}{more}. Why: {why}"
    if left := list(groups.items())[_MOST_LINES:]:
        count = counted(sum(len(mine) for _, mine in left), "figure", "figures")
        weeks = ", ".join(dict.fromkeys(week for (week, _), _ in left))
        yield f"{count} more of {weeks}, for {counted(len(left), 'other reason', 'other reasons')}"


def _moved(one: Restated) -> str:
    about = f" of {one.was.about}" if one.was.about else ""
    span = ", 28 days" if one.was.span == "28d" else ""
    return f"{one.was.name}{about}{span} was {_shown(one.was, one.now)}, is {_shown(one.now, one.was)}"


def _shown(figure: Figure, other: Figure) -> str:
    """A figure; with its verdict where that alone changed."""
    is_alike = figure.shows == other.shows and figure.verdict
    return f"{figure.shows} ({figure.verdict})" if is_alike else figure.shows


def _says(figure: Figure) -> tuple[object, ...]:
    return figure.shows, figure.verdict
