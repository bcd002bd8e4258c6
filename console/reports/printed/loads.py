"""K18 of each technician over the clients of one week: what was logged anywhere ÷ the one capacity that they have.

A day off counts wherever it is written, and once. Weeks that were frozen before days of absence were kept give what
they have: their minutes, and a capacity where no other week tells of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from checks.text import clean
from checks.wording import duration
from console.pages.week import Week
from console.pages.week_sections import Staff
from console.service_levels.kpis.load import capacity_minutes
from console.service_levels.kpis.share import percent_half_up

_BEFORE = 3
BAND = Fraction(60, 100), Fraction(85, 100)
"""Between which a load is well (5.4); from its upper end on somebody should look."""


@dataclass(frozen=True, slots=True)
class Load:
    """One person's week. Minutes."""

    name: str
    logged: int
    capacity: int
    coming: Fraction | None = None
    """What next week comes to: what is left of the estimates of open work or, where nobody estimates, as much as in
    the median of the last four weeks. None for who is away, or of whom nothing is known."""
    is_estimated: bool = False
    """Whether that is by estimates."""
    unestimated: int = 0
    """How many actions that are due by then have none."""

    @property
    def share(self) -> Fraction | None:
        """None for who is absent."""
        return Fraction(self.logged, self.capacity) if self.capacity else None

    @property
    def shows(self) -> str:
        """`85.00 %`, `absent`, `absent, 30 min logged`."""
        if self.share is not None:
            return percent_half_up(self.share)
        return f"absent, {duration(self.logged * 60)} logged" if self.logged else "absent"

    @property
    def sign(self) -> str:
        """` ▲` at the upper end of the band."""
        return " ▲" if self.share is not None and self.share >= BAND[1] else ""


def loads(weeks: Sequence[Week], earlier: Mapping[str, Sequence[Week]] | None = None) -> tuple[Load, ...]:
    """Everybody's load, by name; nobody's where no client has it measured. `earlier` are each client's frozen weeks."""
    measured = [one for week in weeks for one in week.figures if one.kpi == "K18" and one.about]
    if not measured:
        return ()
    kept: dict[str, list[Staff]] = {}
    for one in (each for week in weeks for each in week.staff):
        kept.setdefault(one.person, []).append(one)
    is_estimated = any(one.planned is not None for mine in kept.values() for one in mine)
    usual = {} if is_estimated else _usual(weeks, earlier or {})
    found = {person: _load(mine, usual.get(person)) for person, mine in kept.items()}
    before = [one for week in weeks if not week.staff for one in week.figures if one.kpi == "K18" and one.about]
    for figure in before:
        if figure.value is not None:
            was = found.get(figure.about)
            logged, capacity = (was.logged, was.capacity) if was else (0, figure.value[1])
            found[figure.about] = Load(was.name if was else figure.about, logged + figure.value[0], capacity)
    return tuple(sorted(found.values(), key=lambda load: load.name))


def _usual(weeks: Sequence[Week], earlier: Mapping[str, Sequence[Week]]) -> dict[str, Fraction]:
    """By person, the median of what was logged over all clients in this week and up to three before it. Minutes."""
    by_week: dict[str, dict[str, int]] = {}
    before = [one for week in weeks for one in earlier.get(week.client, ())[-_BEFORE:]]
    for week in (*weeks, *before):
        sums = by_week.setdefault(week.week, {})
        for one in week.staff:
            sums[one.person] = sums.get(one.person, 0) + one.logged
    people = {person for sums in by_week.values() for person in sums}
    return {
        person: Fraction(median([Fraction(sums[person]) for sums in by_week.values() if person in sums]))
        for person in people
    }


def _load(mine: Sequence[Staff], usual: Fraction | None) -> Load:
    """One person's, of what each client's week says; their days are those of the first week that has some.

    `usual` are the minutes of a usual week; None where next week is told by estimates (K18: open estimate ÷ next week's
    capacity).
    """
    first = next((one for one in mine if one.days), mine[0])
    away = {day for one in mine for day in one.away} & {*first.days}
    capacity = capacity_minutes(first.minutes, len(first.days), len(away))
    same = [{*one.ahead} for one in mine if one.days == first.days]
    coming = capacity_minutes(first.minutes, len(first.days), len(first.days) - len(set.intersection(*same)))
    to_do = Fraction(sum(one.planned or 0 for one in mine)) if usual is None else usual
    return Load(
        clean(first.name, 40).partition(" ")[0],
        sum(one.logged for one in mine),
        capacity,
        to_do / coming if coming > 0 else None,
        usual is None,
        sum(one.unestimated for one in mine),
    )


def loads_told(weeks: Sequence[Week]) -> str:
    """All of them in a line; "" where there are none. Says where days off may be missing."""
    said = " · ".join(f"{one.name} {one.shows}{one.sign}" for one in loads(weeks))
    old = [week for week in weeks if not week.staff and any(one.kpi == "K18" for one in week.figures)]
    note = f"; {', '.join(clean(one.client) for one in old)} frozen before days off were kept" if old else ""
    return f"{said} (all clients{note})" if said else ""
