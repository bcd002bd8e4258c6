"""What a revision did: every promised share over the 28 days before it and after it, of frozen weeks (row 09, J7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from checks.wording import percent
from console.desk.office import Office
from console.desk.week.frozen import frozen_week
from console.operating_model.entities import Client
from console.pages.figures import Figure
from console.pages.week import Week
from console.service_levels.formulas import formula_of
from console.service_levels.weeks import IsoWeek, week_of
from console.store.documents import Revision

UNMEASURED = "not measured yet"
_WEEKS = 4
_MOST = 6
Key = tuple[str, ...]


def effect_of(office: Office, revision: Revision) -> str:
    """Such as `ERP 99.48 % → 99.80 %; backup success 96.49 % → 99.10 %`: of each promise that came to something else.

    Before are the four weeks that end before the week of the revision, after the four that begin when its targets do.
    Availability is that of 28 days; what is measured by the week is pooled, sum over sum, and has to move by more than
    its noise band.
    """
    client = office.ledger.model.clients.get(revision.model)
    if client is None:
        return UNMEASURED
    changed_in = week_of(client, revision.at)
    before, after = (_weeks(office, client, changed_in.back(weeks)) for weeks in (1, -_WEEKS))
    if not before or not after:
        return UNMEASURED
    names = {one.service: one.name for one in after[-1].services}
    moved = [*_availability(before[-1], after[-1], names), *_shares(before, after)]
    more = [f"and {len(moved) - _MOST} more"] if len(moved) > _MOST else []
    return "; ".join([*moved[:_MOST], *more]) or "no promise came to anything else"


def _weeks(office: Office, client: Client, last: IsoWeek) -> list[Week]:
    """Those of the four weeks up to one that are frozen, the latest last; none where that one is not."""
    found = [frozen_week(office, client, last.back(weeks)) for weeks in reversed(range(_WEEKS))]
    return [one for one in found if one is not None] if found[-1] is not None else []


def _availability(before: Week, after: Week, names: Mapping[str, str]) -> list[str]:
    first, then = _kept(before), _kept(after)
    return [
        f"{names[id_]} {first[id_].shows} → {then[id_].shows}"
        for id_ in names
        if id_ in first and id_ in then and first[id_].shows != then[id_].shows
    ]


def _kept(week: Week) -> Mapping[str, Figure]:
    """Availability of every promised service over the 28 days that end with a week."""
    return {
        one.about: one
        for one in week.figures
        if (one.kpi, one.name, one.span) == ("K1", "availability", "28d") and one.target
    }


def _shares(before: Sequence[Week], after: Sequence[Week]) -> list[str]:
    first, then = _pooled(before), _pooled(after)
    moved = []
    for key in first.keys() & then.keys():
        kpi, name, about = key
        if abs(then[key] - first[key]) > formula_of(kpi, name).band("%", first[key]):
            said = " ".join(filter(None, (name, about)))
            moved.append(f"{said} {percent(first[key])} → {percent(then[key])}")
    return sorted(moved)


def _pooled(weeks: Sequence[Week]) -> Mapping[Key, Fraction]:
    """By KPI, name and what it is about: every promised share that is measured by the week, sum over sum."""
    sums: dict[Key, tuple[int, int]] = {}
    for one in (figure for week in weeks for figure in week.figures):
        if one.span == "week" and one.unit == "%" and one.target and one.value is not None and one.kpi != "K1":
            good, whole = sums.get((one.kpi, one.name, one.about), (0, 0))
            sums[one.kpi, one.name, one.about] = good + one.value[0], whole + one.value[1]
    return {key: Fraction(good, whole) for key, (good, whole) in sums.items() if whole}
