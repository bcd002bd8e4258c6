"""The page and the command about compliance, over the golden week in a real daemon on the Monday after it."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from builders import at
from click.testing import CliRunner, Result
from days import golden_week

from checks.reading import CheckName, Reading
from console.access.identity import Visitor
from console.commands import compliance
from console.commands.cli import cli
from console.commands.told import Wish
from console.desk.refusal import DeskRefusal
from console.desk.week.copies import Copies, copies_of
from console.tui.present.compliance import compliance as view_of

ROOT = Visitor(0, "root", "root", is_daemon=True)
NOW = at("2026-11-16T09:00:00")


async def run(house: Any, *words: str) -> Result:
    wish = Wish(house.daemon.socket.parent, house.client, colour=False)
    return await asyncio.to_thread(CliRunner().invoke, cli, list(words), obj=wish)


@pytest.fixture
async def golden(bare: Any) -> Any:
    return await golden_week(bare, NOW)


async def test_each_part_says_what_the_week_says(golden: Any) -> None:
    page = await golden.page("compliance")
    assert [
        (bar.severity, bar.within + bar.soon, bar.waived, bar.late, bar.unseen, bar.light) for bar in page.bars
    ] == [
        ("critical", 8, 1, 0, 1, "watch"),
        ("high", 8, 0, 1, 1, "missed"),
        ("moderate", 9, 0, 0, 1, "watch"),
        ("low", 9, 0, 0, 1, "watch"),
    ]
    held = {(row.host, one.severity): one.words for row in page.updates for one in row.held}
    assert page.updates[0].host == "dc01"
    assert held["dc01", "high"] == "late 5 d"  # a day more than at the end of Sunday
    assert held["erp01", "critical"] == "waived to 20 Nov"
    assert held["fs01", "critical"] == "due in 1 d"
    assert held["fw02", "low"] == "not visible"
    assert {row.host: row.service for row in page.updates}["fw02"] == "Connectivity", "which uses it, and needs it not"

    jobs = {row.job: row for row in (await golden.page("compliance", tab="backups")).backups}
    assert jobs["files-night"].nights.startswith("?????▪▪×–▪▪▪▪")
    assert jobs["files-night"].restore == "restore test 4 days overdue"
    assert jobs["vm-night"].nights[9] == "!"
    assert jobs["erp-dump"].troubles[0] == "Fri 13 Nov 12:00: good after 2 tries"

    (waiver,) = (await golden.page("compliance", tab="waivers")).waivers
    assert (waiver.id, waiver.state) == ("w-1", "ends in 4 days")
    golden.time[0] = at("2026-11-21T09:00:00")
    (ended,) = (await golden.page("compliance", tab="waivers")).waivers
    assert (ended.state, ended.status.value) == ("ended, and goes on", "breach")
    with pytest.raises(DeskRefusal, match="there is no part"):
        await golden.daemon.desk.page("compliance", {"tab": "nothing"}, ROOT)


async def test_what_an_agent_sees_in_breach_stands_beside_the_jobs_and_among_the_risks(golden: Any) -> None:
    seen = {"check": "restic_check", "subject": "office", "value": 1}
    sample = {"kind": "samples", "client": "brackwater", "host": "bkp01", "from": "2026-11-16T00:00:00-05:00",
              "until": "2026-11-16T09:00:00-05:00", "every": "5m", "readings": [seen]}  # fmt: skip
    await golden.do("import-records", text=json.dumps(sample), source="more")
    rows = (await golden.page("compliance", tab="backups")).backups
    assert [(row.host, row.job, row.status.value) for row in rows if row.job == "office"] == [
        ("bkp01", "office", "breach")
    ]
    week = await golden.page("week", client="brackwater")
    assert week.risks[0].text.startswith("bkp01: restic check office: ")
    assert len(week.risks) <= 5


async def test_minutes_that_are_logged_at_an_incident_are_minutes_worked(golden: Any) -> None:
    marco = Visitor(4711, "marco", "marco", is_daemon=True)
    await golden.daemon.desk.do("log-time", {"incident": "105", "minutes": "50", "travel": "10"}, marco)
    await golden.daemon.desk.do("log-time", {"incident": "105", "minutes": "7"}, marco)
    await golden.daemon.desk.do("undo", {"incident": "105"}, marco)
    golden.time[0] += 60
    week = await golden.page("week", client="brackwater")
    (load,) = [one for one in week.figures if (one.name, one.about) == ("load", "marco")]
    assert load.value is not None
    assert load.value[0] == 50


async def test_the_command_prints_the_same(brackwater: Any) -> None:
    shown = await run(brackwater, "compliance")
    assert shown.exit_code == 0, shown.output
    assert "critical" in shown.output
    assert "not visible" in shown.output
    assert (
        json.loads((await run(brackwater, "compliance", "backups", "--json")).output)["backups"][0]["client"]
        == "brackwater"
    )
    assert "w-1" in (await run(brackwater, "compliance", "waivers")).output
    assert (await run(brackwater, "compliance", "nothing")).exit_code == 2
    assert compliance.COMMANDS


async def test_a_live_host_without_records_is_told_by_its_agent(story: Any) -> None:
    page = await story.page("compliance")
    hosts = {row.host: row for row in page.updates}
    assert hosts["web"].says == "61 updates wait"
    assert hosts["web"].held == ()  # no policy limits anything here
    assert view_of(page, page.now).rows
    (dump,) = (await story.page("compliance", tab="backups")).backups
    assert (dump.host, dump.job, dump.age) == ("nas", "dump", "the newest file is 1 h 20 min old")


async def test_the_copies_that_an_agent_saw_are_read_from_what_is_kept(story: Any) -> None:
    office = story.daemon.desk._office
    now = story.time[0]
    found = copies_of(office, office.ledger.agents.values(), (now - 14 * 86_400, now))
    assert set(found.made) == set(found.sighted) == {"nas"}
    assert all(now - 86_400 < made < now for made in found.made["nas"]["newest_file dump"])
    assert copies_of(office, office.ledger.agents.values(), (now - 28 * 86_400, now - 14 * 86_400)) == Copies()


def _dump(made: int, now: int) -> Reading:
    return Reading(CheckName("newest_file"), "dump", float(made), now, now + 300, ())


async def test_copies_are_known_long_after_their_check_ins_were_let_go(still: Any) -> None:
    await still.enrol("nas")
    made = []
    for night in range(5):
        still.time[0] += 86_400
        made.append(still.time[0] - 3600)
        await still.hear("nas", night + 1, _dump(made[-1], still.time[0]))
    still.time[0] += 3 * 86_400
    office = still.daemon.desk._office
    assert await asyncio.wrap_future(office.ledger.roll_up(still.time[0])) == 5
    found = copies_of(office, office.ledger.agents.values(), (still.time[0] - 14 * 86_400, still.time[0]))
    assert found.made == {"nas": {"newest_file dump": tuple(made)}}
    looks = [one + 3600 for one in made]
    seen = found.sighted["nas"]["newest_file dump"]
    assert seen.known == tuple((look, look + 1) for look in looks), "of the time between two looks nobody can say"
    assert seen.followed == ((looks[0], looks[-1] + 1),), "and what was made after the last one, nobody has seen"
    page = await still.page("host", client="mill", host="nas")
    assert [one.check for one in page.series] == [], "an instant is no number to draw"
