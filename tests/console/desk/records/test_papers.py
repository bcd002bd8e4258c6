"""Records and gaps over the real desk: Brackwater published, its records imported once, its gaps as they were meant."""

from __future__ import annotations

import json
from typing import Any

import pytest

from console.access.identity import Visitor
from console.desk.refusal import DeskRefusal
from console.operating_model.examples import example, written_records

SUNDAY = 1_794_776_400  # Sun 15 Nov 2026, 16:00 in New York


async def gaps(house: Any) -> set[str]:
    page = await house.page("gaps", client="brackwater")
    return {f"{row.number} {row.about}" for row in page.rows if "no agent checks in" not in row.evidence}


async def take(house: Any, text: str) -> Any:
    return await house.do("import-records", text=text, source="records.jsonl")


async def test_the_gaps_of_the_example_are_on_the_page_once_its_records_are_in(published: Any) -> None:
    before = await gaps(published)
    assert {"G11 erp", "G16 helen"} <= before
    done = await take(published, written_records("brackwater").text)
    assert (done.new, done.known, done.problems) == (8, 0, ())
    assert await gaps(published) == {
        "G4 erp", "G5 connectivity", "G5 erp", "G6 m365", "G7 c-erp", "G11 files", "G11 identity", "G15 n-3", "G16 tom",
        "G21 connectivity", "EOL fs01", "EOL ws-cad1", "END w-1",
    }  # fmt: skip
    page = await published.page("gaps", client="brackwater")
    assert next(row.owner_name for row in page.rows if row.number == "G4") == "Tom Osei"
    assert {one.kind for one in page.shortfalls} == {"availability", "resolve", "hours", "dates"}


async def test_the_same_records_again_change_nothing_and_come_out_as_they_went_in(published: Any) -> None:
    text = written_records("brackwater").text
    await take(published, text)
    done = await take(published, text)
    assert (done.new, done.known) == (0, 8)
    rows = (await published.page("records", client="brackwater")).rows
    assert [json.loads(row.body) for row in rows] == [json.loads(line) for line in text.splitlines()]


async def test_a_later_record_of_the_same_name_holds_and_both_stay(published: Any) -> None:
    await take(published, written_records("brackwater").text)
    action = {"kind": "action", "client": "brackwater", "id": "a-2", "text": "Patch PostgreSQL", "owner": "priya"}
    await take(published, json.dumps({**action, "due": "2026-11-19", "done": "2026-11-15"}))
    rows = (await published.page("records", client="brackwater")).rows
    assert [json.loads(row.body).get("done") for row in rows if row.name == "a-2"] == ["2026-11-15"]
    assert len(rows) == 8


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"approved_by": "marco"}, "marco may not waive patching; helen, tom may"),
        ({"expires": "2027-01-20"}, "may be waived until 2026-12-05 at most"),
        ({"policy": "patchin"}, "did you mean patching?"),
        ({"asked_by": "nobody"}, "there is no person 'nobody'"),
        ({"client": "brackwatr"}, "did you mean brackwater?"),
        ({"compensating": " "}, "must not be empty"),
        ({"mood": "good"}, "is no key of this kind"),
    ],
)
async def test_one_bad_record_keeps_all_out(published: Any, change: dict[str, str], said: str) -> None:
    lines = written_records("brackwater").text.splitlines()
    bad = {**json.loads(lines[1]), **change}
    done = await take(published, "\n".join([lines[0], json.dumps(bad)]))
    assert done.new == 0
    assert any(said in problem for problem in done.problems), done.problems
    assert (await published.page("records")).rows == ()


async def test_a_risk_of_the_clients_is_accepted_by_the_client(published: Any) -> None:
    lines = written_records("brackwater").text.splitlines()
    done = await take(published, json.dumps({**json.loads(lines[0]), "by": "dana"}))
    assert done.problems == ("records.jsonl:1: dana is not of the client, and cannot accept a risk for them",)


async def test_who_may_not_write_for_a_client_is_refused(published: Any) -> None:
    marco = Visitor(1001, "marco", "Marco Reyes", is_daemon=False)
    text = written_records("brackwater").text
    with pytest.raises(DeskRefusal, match="needs lead"):
        await published.daemon.desk.do("import-records", {"text": text}, marco)
    assert (await published.page("records")).rows == ()


async def test_row_11b_who_has_no_right_to_publish_is_refused_and_the_log_says_so(published: Any) -> None:
    text = example("brackwater")[1].text
    document = {"name": "b", "text": text.replace("2025-03-01, users: 24}", "2025-03-01, users: 25}"), "base": 1}
    documents = [document]
    refused = r"may not decide publish-model; Dana Whitlock \(dana\), Priya Nair \(priya\) may"
    with pytest.raises(DeskRefusal, match=refused):
        await published.do("publish", documents=documents, reason="grew", by="marco")
    await published.do("publish", documents=documents, reason="grew", by="priya")
    logged = [json.loads(row.body) for row in (await published.page("records")).rows if row.kind == "log"]
    assert [(one["by"], one["outcome"], one["why"]) for one in logged] == [
        ("marco", "refused", "grew"), ("priya", "granted", "grew"),
    ]  # fmt: skip


async def test_an_external_is_known_while_the_host_that_looks_at_it_is_heard(published: Any) -> None:
    from checks.reading import CheckName, Reading

    async def connectivity() -> str:
        rows = (await published.page("services", client="brackwater")).rows
        return str(next(row.state for row in rows if row.service == "connectivity"))

    assert await connectivity() == "unknown"
    await _enrol(published, "fw01")
    now = published.time[0]
    await published.hear("fw01", 1, Reading(CheckName("disk"), "/", 0.3, now, now + 60))
    assert await connectivity() == "up"


async def _enrol(house: Any, host: str) -> None:
    import asyncio

    from console.store.enrolment import Agent, OpenToken

    now = house.time[0]
    token = OpenToken(f"t-{host}", "k", "brackwater", "main", host, now, "dana", now + 60)
    await asyncio.wrap_future(house.daemon.ledger.invite(token))
    agent = Agent(f"a-{host}", "brackwater", "main", host, host, f"key {host}", "SHA256:x", token.token, now)
    await asyncio.wrap_future(house.daemon.ledger.enrol(agent))


async def test_the_page_of_gaps_sees_what_agents_still_see_of_ended_leave(brackwater: Any) -> None:
    from checks.reading import CheckName, Item, Reading

    await take(brackwater, written_records("brackwater").text)
    await _enrol(brackwater, "erp01")
    action = {"kind": "action", "client": "brackwater", "id": "a-2", "text": "Patch PostgreSQL", "owner": "priya"}
    await take(brackwater, json.dumps({**action, "due": "2026-11-19", "done": "2026-11-15"}))
    brackwater.time[0] += 10 * 86_400
    now = brackwater.time[0]
    waiting = (Item("postgresql", "USN-1", now - 40 * 86_400),)
    await brackwater.hear("erp01", 1, Reading(CheckName("security_updates"), "", 1.0, now, now + 60, items=waiting))
    page = await brackwater.page("gaps", client="brackwater")
    (ended,) = [row.evidence for row in page.rows if row.number == "G12"]
    assert "agents still see what it excused" in ended
    assert ended == next(
        row.evidence for row in (await brackwater.page("assess", client="brackwater")).gaps if row.number == "G12"
    )
