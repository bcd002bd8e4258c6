"""Whose the cause was: said when an incident ends, checked, and counted where its SLA leaves it out."""

from __future__ import annotations

from typing import Any

import pytest
from builders import at
from days import MARCO, tell

from console.desk.refusal import DeskRefusal

CALL = {"client": "brackwater", "text": "nothing answers", "service": "connectivity", "caller": "Helen by phone"}


async def _over(bare: Any, **said: str) -> Any:
    """A call of Wednesday 09:00, an outage until 09:30; the week in which it was."""
    await tell(bare, at("Wed 09:00"))
    desk = bare.daemon.desk
    number = dict((await desk.do("report", {**CALL, "impact": "down"}, MARCO)).arguments)["incident"]
    await desk.do("own", {"incident": number}, MARCO)
    await desk.do("outage", {"incident": number, "text": "nobody could work"}, MARCO)
    bare.time[0] = at("Wed 09:30")
    await desk.do("step", {"incident": number, "step": "tell-client"}, MARCO)
    await desk.do("resolve", {"incident": number, "cause": "a flood in the street", **said}, MARCO)
    bare.time[0] = at("Wed 09:31")
    week = await bare.page("week", client="brackwater")
    found = {(one.name, one.about, one.span): one for one in week.figures if one.kpi == "K1"}
    lived = found["availability", "connectivity", "week"]
    terms = found["availability, contract terms", "connectivity", "week"]
    return desk._office.history.incident(int(number)), lived.shows, terms.shows


async def test_what_an_sla_leaves_out_is_left_out_of_its_terms_and_not_of_what_was_lived_through(bare: Any) -> None:
    one, lived, terms = await _over(bare, party="force-majeure")
    assert (one.party, one.events[-1].text) == ("force-majeure", "a flood in the street")
    assert lived != "100.00 %"
    assert terms == "100.00 %"


@pytest.mark.parametrize("said", [{"party": "own"}, {"party": "supplier"}, {}])
async def test_what_it_does_not_leave_out_counts_as_does_what_nobody_said(bare: Any, said: dict[str, str]) -> None:
    one, lived, terms = await _over(bare, **said)
    assert one.party == said.get("party", "")
    assert lived == terms != "100.00 %"


async def test_nobody_else_can_be_whose_it_was(bare: Any) -> None:
    with pytest.raises(DeskRefusal, match="is nobody whose a cause can be") as refused:
        await _over(bare, party="the moon")
    assert refused.value.what_to_do.endswith("own, supplier, client, client-accepted-risk, force-majeure")


async def test_an_accepted_risk_needs_a_decision_that_holds_on_the_day(bare: Any) -> None:
    one, _, terms = await _over(bare, party="client-accepted-risk")
    assert (one.party, terms) == ("client-accepted-risk", "100.00 %"), "d-3 holds until January"
    number = dict((await bare.daemon.desk.do("report", CALL, MARCO)).arguments)["incident"]
    bare.time[0] = at("2027-02-01T09:00:00")
    await bare.daemon.desk.do("own", {"incident": number}, MARCO)
    await bare.daemon.desk.do("step", {"incident": number, "step": "tell-client"}, MARCO)
    with pytest.raises(DeskRefusal, match="no decision of brackwater that holds today"):
        said = {"incident": number, "cause": "power", "party": "client-accepted-risk"}
        await bare.daemon.desk.do("resolve", said, MARCO)
