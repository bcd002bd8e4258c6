"""What a revision did: availability over the 28 days before it and after it, from frozen weeks alone (row 09, J7)."""

from __future__ import annotations

from collections.abc import Mapping

from console.desk.office import Office
from console.desk.week.frozen import frozen_week
from console.pages.figures import Figure
from console.pages.week import Week
from console.service_levels.weeks import week_of
from console.store.documents import Revision

UNMEASURED = "not measured yet"


def effect_of(office: Office, revision: Revision) -> str:
    """Such as `ERP 99.48 % → 99.80 %`: of each promise that came to something else.

    Before are the four weeks that end before the week of the revision, after the four that begin when its targets do.
    """
    client = office.ledger.model.clients.get(revision.model)
    if client is None:
        return UNMEASURED
    changed_in = week_of(client, revision.at)
    before, after = (frozen_week(office, client, changed_in.back(weeks)) for weeks in (1, -4))
    if before is None or after is None:
        return UNMEASURED
    first, then = _kept(before), _kept(after)
    names = {one.service: one.name for one in after.services}
    moved = [
        f"{names[id_]} {first[id_].shows} → {then[id_].shows}"
        for id_ in names
        if id_ in first and id_ in then and first[id_].shows != then[id_].shows
    ]
    return "; ".join(moved) or "no promise came to anything else"


def _kept(week: Week) -> Mapping[str, Figure]:
    """Availability of every promised service over the 28 days that end with a week."""
    return {
        one.about: one
        for one in week.figures
        if (one.kpi, one.name, one.span) == ("K1", "availability", "28d") and one.target
    }
