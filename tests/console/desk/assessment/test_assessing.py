"""The assessment over the real desk: W34 on imported records and a real incident, gaps answered, revisions compared."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from days import MARCO

from checks.reading import CheckName, Reading
from console.access.identity import Visitor
from console.desk.refusal import DeskRefusal
from console.operating_model.examples import example
from console.store.enrolment import Agent, OpenToken

SUNDAY = 1_794_776_400  # Sun 15 Nov 2026, 16:00 in New York
LINE = "G5:connectivity:availability"


async def enrol(house: Any, host: str) -> None:
    now = house.time[0]
    token = OpenToken(f"t-{host}", "k", "brackwater", "main", host, now, "dana", now + 60)
    await asyncio.wrap_future(house.daemon.ledger.invite(token))
    agent = Agent(f"a-{host}", "brackwater", "main", host, host, f"key {host}", "SHA256:x", token.token, now)
    await asyncio.wrap_future(house.daemon.ledger.enrol(agent))


async def hear(house: Any, seq: int, full: float) -> None:
    now = house.time[0]
    await house.hear("fw01", seq, Reading(CheckName("disk"), "/", full, now, now + 60))


async def supplier_fault(house: Any) -> None:
    """The line's own box fills up; Ridgeline empties it, and says so under a ticket."""
    await enrol(house, "fw01")
    await hear(house, 1, 0.3)
    house.time[0] += 60
    await hear(house, 2, 0.99)
    (number,) = house.daemon.ledger.cases.open
    await house.daemon.desk.do("own", {"incident": str(number)}, MARCO)
    await house.do("note", incident=str(number), text="called Ridgeline, ticket RF-55120")
    house.time[0] += 1200
    await hear(house, 3, 0.3)
    await house.do("step", incident=str(number), step="tell-client")
    await house.do("resolve", incident=str(number), cause="their box was full, Ridgeline RF-55120")


def component(page: Any, name: str) -> Any:
    return next(one for one in page.components if one.component == name)


def results(page: Any, name: str) -> list[str]:
    return [one.result for one in page.checks if one.component == name]


async def test_w34_on_imported_records_and_an_incident_that_a_supplier_caused(brackwater: Any) -> None:
    await supplier_fault(brackwater)
    page = await brackwater.page("assess", client="brackwater", tab="checks")
    assert results(page, "sourcing") == ["2/3", "2/2", "1/1", "0/2", "0/2"]
    sourcing = component(page, "sourcing")
    assert (sourcing.score, sourcing.level, sourcing.first) == ("2.6", 0, "cover m365 first")
    assert sourcing.steps == ("partly", "passed", "passed", "failed", "failed")
    assert len(page.checks) == 30
    assert page.gaps == page.signs == page.promises == page.changes == ()
    (overall,) = page.overall
    assert overall.level == 0
    await live_facts_come_from_the_record(brackwater)


async def live_facts_come_from_the_record(brackwater: Any) -> None:
    page = await brackwater.page("assess", client="brackwater", tab="all")
    assert results(page, "processes")[2] == "0/1", "it was closed without its runbook"
    assert results(page, "organization")[2] == "1/1", "somebody had it at once"
    assert results(page, "governance")[3].endswith("/11")
    valued = next(one for one in page.checks if (one.component, one.level) == ("measurement", 3))
    assert {"availability", "checkin", "sla_own", "sla_resolve"} <= set(valued.passed)
    signs = {one.row: one for one in page.signs}
    assert signs["47a"].state == "on"
    assert signs["48a"].state == "not measured"
    ((client, answer),) = page.needed
    assert (client, answer.startswith("yes, because tom did not sign")) == ("brackwater", True)


async def test_gaps_say_why_whose_and_what_can_be_done(brackwater: Any) -> None:
    page = await brackwater.page("assess", client="brackwater")
    rows = {row.key: row for row in page.gaps}
    line = rows[LINE]
    assert line.why == "it breaks even when everybody does what they owe"
    assert line.source == "ISO/IEC 20000-1, 8.3.3"
    assert line.owner_name == "Dana Whitlock"
    assert len(line.treatments) == 4
    assert all(row.why and row.source and row.treatments for row in page.gaps)
    assert page.components == page.checks == ()
    promises = (await brackwater.page("assess", client="brackwater", tab="promises")).promises
    assert next(row.expected for row in promises if row.key == LINE) == "≤ 99.50 %"
    page = await brackwater.page("treatments", client="brackwater", gap=LINE)
    assert [row.kind for row in page.rows] == ["lower", "raise", "add", "accept"]
    assert page.rows[0].changes == (("services.connectivity.slo.availability", "99.5"),)
    assert page.rows[3].owner_name == "Helen Brandt"
    with pytest.raises(DeskRefusal, match="there is no gap"):
        await brackwater.page("treatments", client="brackwater", gap="G1:nothing")


async def test_a_gap_is_accepted_by_the_client_and_stays_listed(brackwater: Any) -> None:
    given = {"client": "brackwater", "gap": LINE, "expires": "2027-01-31", "reason": "budget"}
    with pytest.raises(
        DeskRefusal, match=r"Dana Whitlock \(dana\) may not decide accept-gap; Helen Brandt \(helen\) may"
    ):
        await brackwater.do("accept-gap", **given, by="dana")
    with pytest.raises(DeskRefusal, match="expires must be a day after 2026-11-15"):
        await brackwater.do("accept-gap", **{**given, "expires": "2026-11-15"}, by="helen")
    done = await brackwater.do("accept-gap", **given, by="helen")
    assert done.text.startswith(f"d-4: Helen Brandt accepts {LINE} until 2027-01-31")
    answer = {row.key: row.answer for row in (await brackwater.page("assess", client="brackwater")).gaps}
    assert answer[LINE] == "accepted by Helen Brandt until 2027-01-31 (d-4)"
    assert answer["G6:m365"] == ""


async def test_work_on_a_gap_is_an_action_with_owner_and_day(brackwater: Any) -> None:
    marco = Visitor(1001, "marco", "Marco Reyes", is_daemon=False)
    given = {"client": "brackwater", "gap": LINE, "treatment": "add", "due": "2026-12-31"}
    done = await brackwater.daemon.desk.do("act-on-gap", given, marco)
    assert done.text == f"a-3: Dana Whitlock works on {LINE} until 2026-12-31"
    with pytest.raises(DeskRefusal, match="there is no person 'nobody'"):
        await brackwater.do("act-on-gap", **{**given, "owner": "nobody"})
    with pytest.raises(DeskRefusal, match="there is no gap 'G6:mars'"):
        await brackwater.do("act-on-gap", **{**given, "gap": "G6:mars"})
    answer = {row.key: row.answer for row in (await brackwater.page("assess", client="brackwater")).gaps}
    assert answer[LINE] == "Dana Whitlock works on it until 2026-12-31 (a-3)"


async def test_row_54_a_revision_is_compared_with_the_one_before(brackwater: Any) -> None:
    lone = await brackwater.page("assess", client="brackwater", tab="compare")
    assert (lone.against, lone.changes) == ((("brackwater", "no earlier revision"),), ())
    brackwater.time[0] += 3600
    text = example("brackwater")[1].text
    lowered = text.replace("uses: [fw02], slo: {availability: 99.9,", "uses: [fw02], slo: {availability: 99.5,")
    lowered = lowered.replace(
        "S1: {own: 15m, resolve: 4h, clock: always}", "S1: {own: 15m, resolve: 255m, clock: always}"
    )
    await brackwater.do(
        "publish", documents=[{"name": "b", "text": lowered, "base": 1}], reason="what the line can keep", by="dana"
    )
    page = await brackwater.page("assess", client="brackwater", tab="compare")
    told = {(one.what, one.about): one.text for one in page.changes}
    assert page.against == (("brackwater", "revision 1, as of 2026-11-15"),)
    assert ("closed", LINE) in told
    assert ("closed", "G5:connectivity:resolve c-line") in told
    assert told["score", "sourcing"] == "1.6 → 2.1"
    assert ("opened", "G16:helen") in told, "another revision has to be signed again"
    assert ("closed", "G16:helen") not in told, "she signed the one before, by its hash"
    same = await brackwater.page("assess", client="brackwater", tab="compare", against="r2")
    assert same.changes == ()
    by_date = await brackwater.page("assess", client="brackwater", tab="compare", against="2026-11-15")
    assert by_date.against == (("brackwater", "revision 2, as of 2026-11-15"),)
    brackwater.time[0] += 100 * 86_400
    action = {"kind": "action", "client": "brackwater", "id": "a-2", "text": "Patch it", "owner": "priya"}
    done = json.dumps({**action, "due": "2026-11-19", "done": "2026-12-01"})
    await brackwater.do("import-records", text=done, source="done")
    later = await brackwater.page("assess", client="brackwater", tab="checks")
    closed = next(one for one in later.checks if (one.component, one.level) == ("organization", 5))
    assert "G6:m365" in closed.failed, "what was open 90 days ago is asked about"
    assert {"G12:w-1", "G17:a-2"} <= set(closed.passed), "what was not done then is done now"
    for against, said in (("2026-11-01", "as of 2026-11-01"), ("9", "as of 9"), ("soon", "neither a revision nor")):
        with pytest.raises(DeskRefusal, match=said):
            await brackwater.page("assess", client="brackwater", tab="compare", against=against)


async def test_an_unpublished_desk_has_nothing_to_assess_and_no_other_parts(bare: Any) -> None:
    page = await bare.page("assess", tab="all")
    assert (page.overall, page.gaps, page.checks) == ((), (), ())
    with pytest.raises(DeskRefusal, match="there is no part 'moods'"):
        await bare.page("assess", tab="moods")


async def test_what_a_waiver_excused_and_agents_still_see_is_a_gap(brackwater: Any) -> None:
    await enrol(brackwater, "erp01")
    old = brackwater.time[0] - 40 * 86_400
    brackwater.time[0] += 6 * 86_400
    now = brackwater.time[0]
    await brackwater.hear("erp01", 1, Reading(CheckName("security_updates"), "", float(old), now, now + 6 * 3600))
    rows = {row.key: row.evidence for row in (await brackwater.page("assess", client="brackwater")).gaps}
    assert rows["G12:w-1"] == "it ended 2026-11-20: agents still see what it excused and its action a-2 is not done"
