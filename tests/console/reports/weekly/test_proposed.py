"""What a changed model would make of the promises, told before it is published (J7)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from builders import at
from golden_week import client, golden

from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.proposed import Otherwise, otherwise
from console.reports.weekly.services import services
from console.service_levels.intervals import union
from console.service_levels.weeks import IsoWeek

MONDAY = at("2026-11-16T00:00")
SUNDAY = at("Sun 23:59")


def next_week() -> WeekFacts:
    """W47 as it is known on the evening before it begins."""
    return replace(golden(SUNDAY), week=IsoWeek.parse("2026-W47"))


def test_w38_a_lower_promise_is_told_as_it_will_be_from_monday_on() -> None:
    line = client().services["connectivity"]
    lower = replace(client(), services={**client().services, "connectivity": replace(line, availability=0.995)})
    (told,) = otherwise(next_week(), lower)

    before, after = "5 min 22 s (13 %) ▲ WATCH", "45 min 42 s (56 %) ● OK"
    assert told == Otherwise("connectivity", "Connectivity", MONDAY, before, after)


def test_what_is_told_is_what_the_week_says_once_it_is_published() -> None:
    facts = next_week()
    line = facts.client.services["connectivity"]
    lower = replace(facts.client, services={**facts.client.services, "connectivity": replace(line, availability=0.995)})
    (told,) = otherwise(facts, lower)
    targets = ((0, Fraction("0.999")), (MONDAY, Fraction("0.995")))
    end = at("2026-11-23T00:00")
    heard = {name: replace(one, known=union(one.known, ((SUNDAY, end),))) for name, one in facts.hosts.items()}
    published = replace(facts, client=lower, promised={"connectivity": targets}, now=end, hosts=heard)
    page = next(one for one in services(published).lines if one.service == "connectivity")
    assert told.after.startswith(page.budget_left)
    assert page.light == "ok"


def test_a_service_that_goes_and_one_that_comes_are_told() -> None:
    facts = next_week()
    without = replace(facts.client, services={id_: one for id_, one in facts.client.services.items() if id_ != "files"})
    assert [(one.service, one.after) for one in otherwise(facts, without)] == [("files", "not in the model")]
    assert [(one.service, one.before) for one in otherwise(replace(facts, client=without), facts.client)] == [
        ("files", "not in the model")
    ]
    assert not list(otherwise(facts, facts.client))
