"""A call becomes an incident: numbered, graded by 4.1, clocked from the call, and refused where it cannot be."""

from __future__ import annotations

from typing import Any

import pytest
from builders import at
from days import MARCO, events, tell

from console.desk.refusal import DeskRefusal

CALL = {"client": "brackwater", "text": "Outlook asks for a password", "service": "identity", "caller": "Tom by phone"}


async def _told(house: Any) -> Any:
    await tell(house, at("Wed 09:00"))
    return house.daemon


async def test_a_call_is_an_incident_whose_clocks_start_with_the_call(bare: Any) -> None:
    daemon = await _told(bare)
    done = await daemon.desk.do("report", {**CALL, "impact": "down", "at": "08:40"}, MARCO)
    number = int(dict(done.arguments)["incident"])
    one = daemon.ledger.cases.open[number]
    assert (one.opening.source, one.opening.detected_at) == ("person", at("Wed 08:40"))
    assert (one.severity, one.opening.service, one.owner) == ("S1", "identity", "")
    assert events(bare, number) == [("detected", at("Wed 09:00"))]
    assert one.events[0].text == "reported: Tom by phone"
    row = next(row for row in (await bare.page("triage")).rows if row.incident == number)
    assert row.clock.due_at == at("Wed 08:55"), "own within 15 min of the call"
    daemon.ledger.read_back()
    assert daemon.ledger.cases.open[number] == one, "also after a restart"
    assert one.opening in [each.opening for each in daemon.ledger.cases.open.values()]


async def test_it_is_worked_on_and_ends_like_any_other_and_no_evidence_is_waited_for(bare: Any) -> None:
    daemon = await _told(bare)
    done = await daemon.desk.do("report", CALL, MARCO)
    number = dict(done.arguments)["incident"]
    await daemon.desk.do("own", {"incident": number}, MARCO)
    bare.time[0] = at("Wed 09:30")
    await daemon.desk.do("step", {"incident": number, "step": "tell-client"}, MARCO)
    await daemon.desk.do("resolve", {"incident": number, "cause": "his licence had run out"}, MARCO)
    over = daemon.desk._office.history.incident(int(number))
    assert (over.state, over.resolved_at) == ("resolved", at("Wed 09:30"))


async def test_who_reports_what_is_open_already_is_told_and_it_never_goes_by_itself(bare: Any) -> None:
    daemon = await _told(bare)
    first = dict((await daemon.desk.do("report", CALL, MARCO)).arguments)["incident"]
    second = await daemon.desk.do("report", CALL, MARCO)
    assert second.text.endswith(f"Open about it already: #105, #{first}")
    bare.time[0] = at("Thu 09:00")
    bare.look()
    assert daemon.ledger.cases.open[int(first)].state == "new", "nobody has taken it, and no evidence speaks of it"


async def test_what_hurts_no_service_of_the_model_is_s4_and_a_service_may_be_said_by_its_name(bare: Any) -> None:
    daemon = await _told(bare)
    name = daemon.ledger.model.clients["brackwater"].services["erp"].name
    of_none = await daemon.desk.do("report", {**CALL, "service": ""}, MARCO)
    by_name = await daemon.desk.do("report", {**CALL, "service": name.upper(), "on": "erp01"}, MARCO)
    one, other = (daemon.ledger.cases.open[int(dict(done.arguments)["incident"])] for done in (of_none, by_name))
    assert (one.severity, one.opening.service) == ("S4", "")
    assert (other.severity, other.opening.service, other.opening.host) == ("S2", "erp", "erp01")


async def test_the_demonstration_s_week_goes_on_beside_what_its_visitor_reports(bare: Any) -> None:
    week = await tell(bare, at("Wed 09:00"))
    done = await bare.daemon.desk.do("report", CALL, MARCO)
    bare.time[0] = at("Sun 20:00")
    await week.go_on()
    history = bare.daemon.desk._office.history
    assert (history.incident(110).opening.source, dict(done.arguments)["incident"]) == ("agent", "112")


@pytest.mark.parametrize(("wrong", "told"), [
    ({"text": " "}, "text must be 1 to 2000"),
    ({"text": "x" * 201}, "at most 200 characters"),
    ({"caller": ""}, "report needs caller"),
    ({"service": "telex"}, "no service 'telex'"),
    ({"on": "nowhere"}, "no host 'nowhere'"),
    ({"impact": "awful"}, "'awful' by 'person' is not known"),
    ({"at": "soon"}, "is not an instant"),
    ({"at": "09:01"}, "a call lies not ahead"),
    ({"at": "2026-11-01"}, "at most seven days back"),
    ({"client": "nobody"}, "no client nobody"),
])  # fmt: skip
async def test_what_cannot_be_is_refused_and_nothing_is_opened(bare: Any, wrong: dict[str, str], told: str) -> None:
    daemon = await _told(bare)
    before = dict(daemon.ledger.cases.open)
    with pytest.raises(DeskRefusal, match=told):
        await daemon.desk.do("report", {**CALL, **wrong}, MARCO)
    assert daemon.ledger.cases.open == before
