"""The page of the plan over the real desk: every part of Brackwater's, and the sheet for a visit."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from checks.finding import Status
from console.access.identity import Visitor
from console.desk.refusal import DeskRefusal
from console.operating_model.examples import example
from console.pages.plan import TABS
from console.tui.present import present

SUNDAY = 1_794_776_400  # Sun 15 Nov 2026, 16:00 in New York


async def part(house: Any, tab: str) -> tuple[Any, ...]:
    return tuple(getattr(await house.page("plan", tab=tab), tab))


async def test_row_08_overdue_milestones_stand_first_and_are_red(brackwater: Any) -> None:
    brackwater.time[0] += 8 * 86_400
    rows = await part(brackwater, "milestones")
    assert [(row.id, row.status) for row in rows] == [
        ("ms-2", Status.BREACH), ("ms-3", Status.NOT_DUE), ("ms-1", Status.OK),
    ]  # fmt: skip
    assert rows[0].state == "overdue by 3 days"


async def test_row_37_an_action_without_an_outcome_is_unaligned(brackwater: Any) -> None:
    await brackwater.do("action-add", text="Second restore", owner="priya", due="30d", outcome="o-ransom")
    page = await brackwater.page("plan", tab="actions")
    assert [(row.id, row.outcome) for row in page.actions] == [("a-2", ""), ("a-3", "o-ransom")]
    assert page.notes == ("1 action serves no outcome: a-2",)


async def test_row_52_an_orphan_initiative_is_listed(brackwater: Any) -> None:
    rows = {row.what: row for row in await part(brackwater, "summary")}
    assert rows["steps"].more == "unaligned: ms-2, ms-3, a-2"


async def test_row_44_one_page_says_cost_hours_risks_and_goals_with_no_empty_answer(brackwater: Any) -> None:
    rows = await part(brackwater, "summary")
    told = {row.what: (row.answer, row.more) for row in rows}
    assert told["cost"] == ("1,636.00 a month", "68.17 a user")
    assert told["hours delivered"] == ("not measured yet", "no agent is heard")
    assert told["goals"][0] == "0 of 2 reached"
    assert told["risks"][1] == "first: restore not proven identity"
    assert all(answer and more for answer, more in told.values())
    assert {row.tab for row in rows} <= set(TABS)


async def test_row_56_needs_and_votes_of_stakeholders_are_shown(brackwater: Any) -> None:
    rows = {(row.kind, row.id): row for row in await part(brackwater, "stakeholders")}
    assert rows["need", "n-3"].answer == "nothing meets it yet"
    assert rows["need", "n-1"].answer == "met by p-patch"
    assert rows["person", "helen"].answer.startswith("revision 1: approve")
    assert (rows["person", "tom"].answer, rows["person", "tom"].status) == (
        "revision 1: has not said anything", Status.WATCH,
    )  # fmt: skip


async def test_row_58b_the_rollout_says_audience_channel_and_how_far_it_is_adopted(brackwater: Any) -> None:
    page = await brackwater.page("plan", tab="milestones")
    assert next(row.rollout for row in page.milestones if row.id == "ms-2") == ("for client", "by ch-phone")
    (note,) = page.notes
    assert note.startswith("Brackwater Cabinetry: 1 of 2 have signed revision 1; runbooks used")


async def test_k22_a_waiver_shows_who_may_decide_it_and_when_it_ends(brackwater: Any) -> None:
    asked = {"policy": "patching", "scope": "host=fs01", "expires": "14d", "reason": "x", "compensating": "y"}
    await brackwater.do("waiver-ask", **asked, by="marco")
    rows = {row.id: row for row in await part(brackwater, "waivers")}
    assert (rows["w-1"].state, rows["w-1"].decided_by) == ("ends in 5 days", "Helen Brandt")
    assert (rows["w-2"].state, rows["w-2"].may) == ("asked", "Helen Brandt, Tom Osei")
    brackwater.time[0] += 5 * 86_400
    assert {row.id: row.state for row in await part(brackwater, "waivers")}["w-1"] == "ended, and goes on"
    summary = {row.what: row for row in await part(brackwater, "summary")}
    assert summary["to decide"].more == "w-2 (Helen Brandt, Tom Osei)"


async def test_windows_say_what_they_excuse_and_what_their_hosts_carry(brackwater: Any) -> None:
    rows = {row.id: row for row in await part(brackwater, "maintenance")}
    assert (rows["m-41"].excuse, rows["m-41"].is_planned) == ("excuses erp", True)
    assert rows["m-40"].excuse == "excuses no service: it names none"
    assert rows["m-40"].hits == ("identity", "erp", "files")


async def test_the_log_holds_every_decision_the_newest_first(brackwater: Any) -> None:
    before = len(await part(brackwater, "log"))
    with pytest.raises(DeskRefusal):
        await brackwater.do("decision-add", what="x", why="too dear", right="spend-over-500", by="dana")
    rows = await part(brackwater, "log")
    assert len(rows) == before + 1
    assert (rows[0].by_name, rows[0].outcome, rows[0].what) == ("Dana Whitlock", "refused", "spend-over-500")


async def test_every_part_has_a_view_with_its_rows_or_says_what_would_be_here(brackwater: Any) -> None:
    for tab in TABS:
        page = await brackwater.page("plan", tab=tab)
        view = present("plan", page, page.now)
        assert view.title == f"Plan › {tab}"
        assert view.answer
        assert view.rows or view.empty
        assert all(len(row.cells) == len(view.columns) for row in view.rows)
        assert all(dict(row.about)["client"] == "brackwater" for row in view.rows)
        assert len({row.key for row in view.rows}) == len(view.rows)


async def test_a_part_that_is_not_there_is_refused_and_a_stranger_sees_nothing(brackwater: Any) -> None:
    with pytest.raises(DeskRefusal, match="no part 'risk'; did you mean risks"):
        await brackwater.page("plan", tab="risk")
    stranger = Visitor(1002, "stranger", "", is_daemon=False)
    with pytest.raises(DeskRefusal, match="stranger is nobody"):
        await brackwater.daemon.desk.page("plan", {"tab": "dates"}, stranger)


async def test_row_61_a_visit_sheet_says_the_way_in_whom_to_call_and_what_is_due(brackwater: Any) -> None:
    page = await brackwater.page("site", site="main")
    assert page.access == "Key code with Helen; UPS in rack A"
    assert page.contacts[0] == "Helen Brandt  +1-865-555-0110  helen@brackwater.example"
    assert page.suppliers[0] == "line-main  Ridgeline Fiber  +1-865-555-0190  account BW-2291"
    assert [one.host for one in page.hosts] == ["hv01", "dc01", "fs01", "erp01", "fw01", "ws-front1"]
    assert page.dates[0] == "at once  identity: its restore was never tested"
    lines = [row.cells[0].text for row in present("site", page, page.now).rows]
    assert "way in    Key code with Helen; UPS in rack A" in lines
    assert (await brackwater.page("site", site="brackwater/shop")).name == "Workshop"
    with pytest.raises(DeskRefusal, match="there is no site 'mian'; did you mean main"):
        await brackwater.page("site", site="mian")


async def test_two_clients_stand_together_and_a_site_of_both_is_asked_about(brackwater: Any) -> None:
    (_, client) = example("brackwater")
    twin = client.text.replace("{id: brackwater, name: Brackwater", "{id: twin, name: Twin")
    await brackwater.do("publish", documents=[{"name": "twin", "text": twin}], reason="a second one", by="dana")
    rows = await part(brackwater, "risks")
    assert {row.client for row in rows} == {"brackwater", "twin"}
    assert [row.score for row in rows] == sorted((row.score for row in rows), reverse=True)
    assert {row.client for row in (await brackwater.page("plan", tab="risks", client="twin")).risks} == {"twin"}
    with pytest.raises(DeskRefusal, match="several clients have a site main"):
        await brackwater.page("site", site="main")
    assert (await brackwater.page("site", site="twin/main")).client_name == "Twin Cabinetry"
    with pytest.raises(DeskRefusal, match="which client"):
        await brackwater.do("action-add", text="x", owner="dana", due="1d")


async def test_promises_are_computed_once_a_day_and_revision(brackwater: Any) -> None:
    from console.desk.assessment.shortfalls import shortfalls_of

    office = brackwater.daemon.desk._office
    client = office.ledger.model.clients["brackwater"]
    day = date(2026, 11, 15)
    first = shortfalls_of(office, client, client.doc, day, ())
    assert first
    assert shortfalls_of(office, client, client.doc, day, ()) is first
    assert shortfalls_of(office, client, client.doc, date(2026, 11, 16), ()) is not first


async def test_a_vote_counts_for_the_text_that_it_was_given_to_also_in_the_plan(brackwater: Any) -> None:
    await brackwater.do("sign", client="brackwater", person="tom", vote="approve")
    rows = {row.id: row.answer for row in await part(brackwater, "stakeholders")}
    assert rows["tom"] == "revision 1: approve"
    vote = {"kind": "sign-off", "client": "brackwater", "revision": 1, "person": "tom", "vote": "object"}
    other = {**vote, "at": "2026-11-15T16:00:00-05:00", "sha256": "ab" * 32, "note": "no"}
    await brackwater.do("import-records", text=json.dumps(other))
    rows = {row.id: row.answer for row in await part(brackwater, "stakeholders")}
    assert rows["tom"] == "revision 1: approve", "a vote on another text of that number says nothing of this one"
