"""The golden week as it is frozen, for tests of what is printed of it."""

from __future__ import annotations

from functools import cache

from golden_week import FROZEN, golden
from msgspec import structs

from console.pages.week import Week
from console.pages.week_sections import Freeze
from console.reports.weekly.compose import weekly

REVISION = "brackwater revision 7"


@cache
def frozen_week() -> Week:
    """Week 46 of Brackwater, frozen on Monday at 09:30."""
    freeze = Freeze(FROZEN, "dana", "Dana Whitlock", "ab" * 32, REVISION, "1")
    return structs.replace(weekly(golden()), revision=REVISION, frozen=freeze)


def hostile(name: str = "<script>alert(1)</script> \x1b[31m*_[x](y)_* #set page(width: 1pt) $x$ @a {{7*7}}") -> Week:
    """The same week where people wrote what could be taken for markup everywhere."""
    week = frozen_week()
    service = structs.replace(week.services[2], name=name, notes=(name,), light="missed", forecast=name)
    return structs.replace(
        week,
        client_name=name,
        headline=f"■ {name}",
        services=(service, *week.services[:2]),
        risks=tuple(structs.replace(one, text=name) for one in week.risks),
        actions=tuple(structs.replace(one, what=name, who=name) for one in week.actions),
        decide=tuple(structs.replace(one, what=name) for one in week.decide),
        jobs=tuple(structs.replace(one, name=name, restore=name) for one in week.jobs),
        updates=tuple(structs.replace(one, words=name) for one in week.updates),
        incidents=tuple(structs.replace(one, title=name) for one in week.incidents),
        contact=name,
    )


def busy() -> Week:
    """A week of a client with three times as much of everything."""
    week = frozen_week()
    more = tuple(
        structs.replace(one, service=f"{one.service}{copy}", name=f"{one.name} {copy}")
        for copy in range(3)
        for one in week.services
    )
    return structs.replace(
        week, services=more, jobs=week.jobs * 3, risks=week.risks * 3, actions=week.actions * 3, decide=week.decide * 3
    )
