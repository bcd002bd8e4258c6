"""What the desk writes into the audit log, about whom, and who reads it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from console.access.identity import Visitor
from console.desk.auditing import REPEATS_AFTER
from console.desk.refusal import DeskRefusal
from console.store import audit
from console.store.chain import looked_over

ACCESS = """access:
  - {person: ana, role: owner, clients: ["*"]}
  - {person: tom, role: technician, clients: [mill]}
"""
PEOPLE = """schema: 1
provider: {name: Hilltop IT}
people:
  ana: {name: Ana Ruiz, login: ana}
  tom: {name: Tom Berg, login: tom}
"""


def visitor(login: str) -> Visitor:
    return Visitor({"ana": 1001, "tom": 1002}.get(login, 1003), login, login, is_daemon=False)


@pytest.fixture
async def house(story: Any) -> Any:
    provider = {"name": "provider.yaml", "text": PEOPLE + ACCESS, "base": 1}
    await story.do("publish", documents=[provider], reason="roles")
    return story


def rows(house: Any) -> list[audit.Row]:
    return audit.latest(house.daemon.ledger.database.reading, 1000)


async def test_roles_that_change_have_a_row_beside_the_publishing_that_changed_them(house: Any) -> None:
    roles, published = rows(house)[:2]
    assert (roles.action, roles.login, roles.outcome) == ("roles", "root", "done")
    assert roles.before != roles.after
    assert (published.action, published.why) == ("publish", "roles")
    assert "published=provider:" in published.about


async def test_an_act_stands_with_who_did_it_and_how_its_object_was_before_and_after(house: Any) -> None:
    desk, tom = house.daemon.desk, visitor("tom")
    await desk.do("note", {"incident": 1, "text": "looked at it"}, tom)
    await desk.do("ack", {"incident": 1, "reason": "known"}, tom)
    ack, note = rows(house)[:2]
    assert (note.uid, note.login, note.action, note.client, note.about) == (1002, "tom", "note", "mill", "incident=1")
    assert note.before != note.after == ack.before != ack.after
    assert ack.why == "known"
    await house.do("revoke", agent="a-web", reason="sold")
    revoked = rows(house)[0]
    assert (revoked.action, revoked.client, revoked.about, revoked.why) == ("revoke", "mill", "agent=a-web", "sold")
    assert revoked.before != revoked.after


async def test_joining_stands_in_the_log(house: Any) -> None:
    joined = [row for row in rows(house) if row.action == "enrol"]
    assert {row.about for row in joined} == {f"agent=a-{one} host={one} token=t-{one}" for one in ("box", "nas", "web")}
    assert {row.uid for row in joined} == {audit.NOBODY}


async def test_a_refusal_is_written_once_and_again_later_and_what_was_asked_wrongly_is_none(house: Any) -> None:
    desk = house.daemon.desk

    async def refused(login: str, verb: str, **arguments: Any) -> None:
        with pytest.raises(DeskRefusal):
            await desk.do(verb, arguments, visitor(login))

    before = len(rows(house))
    for _ in range(3):
        await refused("mallory", "note", incident=1, text="x")
        await refused("tom", "revoke", agent="a-nas", reason="x")
    assert [(row.login, row.action, row.outcome) for row in rows(house)[: len(rows(house)) - before]] == [
        ("tom", "revoke", "refused"),
        ("mallory", "enter", "refused"),
    ]
    assert "needs lead" in rows(house)[0].why
    await refused("tom", "note", incident=1)
    assert len(rows(house)) == before + 2
    house.time[0] += REPEATS_AFTER
    await refused("tom", "revoke", agent="a-nas", reason="x")
    assert len(rows(house)) == before + 3


async def test_what_is_taken_out_of_the_house_is_written_once_a_while(house: Any) -> None:
    for _ in range(3):
        await house.daemon.desk.page("records", {"client": "mill"}, visitor("tom"))
    await house.daemon.desk.do("export-model", {"model": "mill"}, visitor("tom"))
    assert [(row.login, row.action, row.client) for row in rows(house)[:2]] == [
        ("tom", "export-model", "mill"),
        ("tom", "records", "mill"),
    ]
    assert [row.action for row in rows(house)].count("records") == 1


async def test_leads_read_the_log_of_their_clients_and_nobody_else_does(house: Any) -> None:
    desk = house.daemon.desk
    shown = await desk.page("audit", {}, visitor("ana"))
    assert {row.client for row in shown.rows} == {"", "mill"}
    assert [row.number for row in shown.rows] == sorted((row.number for row in shown.rows), reverse=True)
    assert len((await desk.page("audit", {"most": "2"}, visitor("ana"))).rows) == 2
    assert {row.client for row in (await desk.page("audit", {"client": "mill"}, visitor("ana"))).rows} == {"mill"}
    with pytest.raises(DeskRefusal, match="needs lead"):
        await desk.page("audit", {}, visitor("tom"))
    with pytest.raises(DeskRefusal, match="most must be"):
        await desk.page("audit", {"most": "0"}, visitor("ana"))


async def test_the_log_of_a_daemon_at_work_is_whole(house: Any) -> None:
    with closing(sqlite3.connect(house.daemon.ledger.database.path)) as database:
        found = looked_over(audit.raw_rows(database), [])
    assert found.problem == ""
    assert found.rows == len(rows(house)) > 4


async def test_who_may_what_is_an_owners_to_say_and_no_leads(house: Any) -> None:
    desk, leading = house.daemon.desk, PEOPLE + ACCESS + '  - {person: tom, role: lead, clients: ["*"]}\n'

    async def publish(text: str, base: int, login: str) -> None:
        document = {"name": "provider.yaml", "text": text, "base": base}
        await desk.do("publish", {"documents": [document], "reason": "x"}, visitor(login))

    await publish(leading, 2, "ana")
    owning = leading.replace('person: tom, role: lead, clients: ["*"]', 'person: tom, role: owner, clients: ["*"]')
    for taken in (owning, leading.replace("login: ana", "login: tom2").replace("login: tom}", "login: ana}")):
        with pytest.raises(DeskRefusal, match="this needs owner"):
            await publish(taken, 3, "tom")
        assert (rows(house)[0].login, rows(house)[0].outcome) == ("tom", "refused")
        house.time[0] += REPEATS_AFTER
    await publish(leading.replace("Hilltop IT", "Hilltop"), 3, "tom")
    await publish(owning.replace("Hilltop IT", "Hilltop"), 4, "ana")
