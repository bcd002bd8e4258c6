"""What a past week says of what agents saw outlives the looks themselves: the numbers stay, or nobody knows them."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from builders import utc
from msgspec import structs, to_builtins
from sqlalchemy import delete

from checks.finding import Status
from checks.reading import CheckName, Gap, Item, Reading, Why
from console.pages.week import Week
from console.reports.text import text
from console.store import schema

HOUR, DAY = 3600, 86_400
PACE = 4 * HOUR
W48 = {"client": "mill", "week": "2026-W48"}
START, END = utc("2026-11-23T00:00"), utc("2026-11-30T00:00")
MILL = """schema: 1
client: {id: mill, name: The Mill, tz: UTC}
sites: {main: {name: Mill}}
hosts: {nas: {site: main}, box: {site: main}}
services:
  files: {name: Files, owner: ana, criticality: B, needs: {all: [nas]}, rpo: 26h}
policies:
  backups: {owner: ana, jobs: {night: {host: nas, to: box, at: "23:00", every: 1d, window: 6h, protects: [files]}}}
"""
PROVIDER = "schema: 1\nprovider: {name: Hilltop IT}\npeople: {ana: {name: Ana Ruiz, login: ana}}\n"


@pytest.fixture
async def mill(bare: Any) -> Any:
    bare.time[0] = START - DAY
    documents = [{"name": "p", "text": PROVIDER}, {"name": "c", "text": MILL}]
    await bare.do("publish", documents=documents, reason="a test")
    await bare.enrol("nas")
    return bare


def seen(check: str, value: float | None, at: int, subject: str = "", *items: Item) -> Reading:
    return Reading(CheckName(check), subject, value, at, at + PACE, items)


async def heard(mill: Any, until: int, nights: tuple[int, ...] = (), blind: tuple[int, int] = (0, 0)) -> None:
    """The host speaks every four hours; copies of these nights of November were made at 23:10, `blind` hides them."""
    copies = [utc(f"2026-11-{day:02d}T23:10") for day in nights]
    for at in range(mill.time[0] // PACE * PACE + PACE, until + 1, PACE):
        mill.time[0] = at
        count, mark = at // PACE, mill.daemon.ledger.states["a-nas"].mark
        newest = max((one for one in copies if one < at), default=None)
        copy = seen("restic_snapshots", newest, at, "night")
        locked = Gap(CheckName("restic_snapshots"), "night", Why.FAILED, "the repository is locked", at, at + PACE)
        waiting = [Item(f"lib{one}", "1 → 2", START - DAY * one) for one in range(count % 7)]
        security = seen("security_updates", min((one.since or 0 for one in waiting), default=None), at, "", *waiting)
        found = security, seen("updates", float(count % 40), at), locked if blind[0] <= at < blind[1] else copy
        await mill.hear("nas", mark + 1, *found, pace=PACE)
        mill.look()


async def shown(mill: Any, now: int = END) -> Any:
    """The week as it is shown, but for the instant at which it is."""
    week: Week = await mill.page("week", **W48)
    same = structs.replace(week, now=now, text="")
    return to_builtins(structs.replace(same, text=text(same)))


async def rolled_up(mill: Any) -> None:
    while await asyncio.wrap_future(mill.daemon.ledger.roll_up(mill.time[0])):
        pass


def night(week: Any) -> Any:
    (job,) = week["jobs"]
    return job


async def test_a_week_of_agents_says_the_same_when_their_looks_are_gone(mill: Any) -> None:
    await heard(mill, END + 9 * HOUR, (22, 23, 24, 26, 27, 28, 29))
    monday = await shown(mill)
    assert (night(monday)["good"], night(monday)["due"], night(monday)["nights"]) == (6, 7, "▪▪–▪▪▪▪")
    assert monday["patches"][0]["security"] == (END // PACE - 1) % 7

    await heard(mill, END + 4 * DAY, (22, 23, 24, 26, 27, 28, 29, 30))
    await rolled_up(mill)
    assert await shown(mill) == monday

    mill.time[0] += 60 * DAY
    await heard(mill, mill.time[0] + 2 * PACE)
    await rolled_up(mill)
    assert await shown(mill) == monday


async def test_where_only_a_status_is_kept_its_numbers_are_unknown_and_no_others(mill: Any) -> None:
    await heard(mill, END + PACE)
    monday = await shown(mill)
    await heard(mill, END + 3 * DAY)
    await rolled_up(mill)
    with mill.daemon.ledger.database.writing.begin() as connection:
        connection.execute(delete(schema.stood))  # as in a store of before they were kept
    later = await shown(mill)
    assert later["patches"][0]["status"] == monday["patches"][0]["status"]
    assert [later["patches"][0][name] for name in ("pending", "security", "oldest_security_days")] == [None] * 3
    assert "unknown of security" in later["text"]


async def test_limits_that_are_published_later_judge_no_earlier_look(mill: Any) -> None:
    await heard(mill, END + 3 * DAY, tuple(range(22, 31)))
    monday = await shown(mill)
    stricter = MILL + "standards: {restic_snapshots: {warn: 1m, crit: 2m}, security_updates: {warn: 1d, crit: 2d}}\n"
    await mill.do("publish", documents=[{"name": "c", "text": stricter, "base": 1}], reason="later")
    assert await shown(mill) == monday


async def test_a_backup_that_could_not_be_looked_at_is_unknown_and_neither_young_nor_missed(mill: Any) -> None:
    blind = utc("2026-11-25T12:00"), utc("2026-11-28T12:00")
    await heard(mill, END + 9 * HOUR, (22, 23, 24, 28, 29), blind)
    week = await shown(mill)
    assert night(week)["nights"] == "▪▪??–▪▪", "of Friday a look on Saturday noon says that nothing came"
    age = next(one for one in week["figures"] if (one["kpi"], one["name"]) == ("K9", "RPO compliance"))
    proven = utc("2026-11-26T01:10")  # 26 hours after the copy of Tuesday night, which was seen
    last_look = blind[0] - PACE
    good = last_look - START + (END - utc("2026-11-28T23:10"))
    assert proven > last_look
    assert age["value"][0] == pytest.approx(good, abs=1), "after the last look nobody knows, whatever was seen before"


async def test_copies_that_came_and_went_between_two_looks_are_unknown(mill: Any) -> None:
    hourly = MILL.replace('at: "23:00", every: 1d, window: 6h', 'at: "00:00", every: 1h, window: 30m')
    await mill.do("publish", documents=[{"name": "c", "text": hourly, "base": 1}], reason="hourly")
    for number, at in enumerate(range(START, START + 18 * HOUR + 1, 6 * HOUR), 1):
        mill.time[0] = at
        newest = min(at, START + 12 * HOUR) - HOUR + 60  # none is made after noon
        copy = Reading(CheckName("restic_snapshots"), "night", float(newest), at, at + 6 * HOUR, ())
        await mill.hear("nas", number, copy, pace=6 * HOUR)
    (job,) = (await mill.page("compliance", tab="backups")).backups
    missed = [line for line in job.troubles if "missed" in line]
    assert len(missed) == 6, "of the hours from noon to 17:00 a look says that nothing came"
    assert (job.good, job.due) == (2, 8), "of each six hours one copy was seen, and of the others nobody can say"


async def test_before_the_first_copy_nothing_is_young(mill: Any) -> None:
    await heard(mill, END + 9 * HOUR, (26, 27, 28, 29))
    week = await shown(mill)
    assert (night(week)["worst_age"], night(week)["light"]) == ("no copy before Thu 23:10", "missed")
    assert night(week)["nights"] == "–––▪▪▪▪"
    oldest = next(one for one in week["figures"] if one["name"] == "worst age of the newest copy")
    assert (oldest["verdict"], "no copy before" in week["text"]) == ("missed", True)


async def test_a_missed_job_turns_its_section_red_whatever_was_wanted(mill: Any) -> None:
    await heard(mill, END + 9 * HOUR, (22, 23, 24, 26, 27, 28, 29))
    page = (await shown(mill))["text"]
    line = next(one for one in page.splitlines() if one.startswith("3 PROTECTION"))
    assert "backups 6 of 7 good" in line
    assert line.endswith("■ MISSED"), "although no share is promised"
    assert "■ File backups skipped one night, running again since Thursday." in page


async def test_a_job_that_never_ran_is_missed_where_an_agent_looks_and_unknown_where_none_does(mill: Any) -> None:
    await heard(mill, END + 9 * HOUR)
    week = await shown(mill)
    assert (night(week)["nights"], night(week)["worst_age"], night(week)["light"]) == (
        "–––––––",
        "no copy yet",
        "missed",
    )

    other = MILL.replace("host: nas, to: box, at", "host: box, to: nas, at")
    mill.time[0] += HOUR
    await mill.do("publish", documents=[{"name": "c", "text": other, "base": 1}], reason="another host")
    (job,) = [one for one in (await mill.page("compliance", tab="backups")).backups if one.host == "box"]
    assert (set(job.nights.strip()), job.good, job.status) == ({"?"}, 0, Status.UNKNOWN)


async def test_a_backup_of_which_no_job_is_written_down_is_told_first_where_it_is_too_old(mill: Any) -> None:
    without = MILL[: MILL.index("policies:")]
    await mill.do("publish", documents=[{"name": "c", "text": without, "base": 1}], reason="no job")
    await heard(mill, END + 9 * HOUR, (22, 23, 24))
    week = await shown(mill)
    assert week["headline"].startswith("■ Backup night of nas: newest snapshot 5 d old.")
    assert week["jobs"] == ()
    line = next(one for one in week["text"].splitlines() if one.strip().startswith("backup nas night"))
    assert "■ breach" in line


async def test_after_the_last_look_the_age_of_a_copy_is_unknown_and_no_longer_good_or_bad(mill: Any) -> None:
    await heard(mill, utc("2026-11-25T12:00"))
    run = {"kind": "backup-run", "client": "mill", "job": "night", "due": "2026-11-24T23:00:00Z", "result": "ok",
           "started": "2026-11-24T23:00:00Z", "ended": "2026-11-24T23:30:00Z"}  # fmt: skip
    earlier = {key: value.replace("11-24", "11-23") if isinstance(value, str) else value for key, value in run.items()}
    before = {key: value.replace("11-24", "11-22") if isinstance(value, str) else value for key, value in run.items()}
    await mill.do("import-records", text="\n".join(map(json.dumps, (before, earlier, run))))
    mill.time[0] = END + 9 * HOUR
    week = await shown(mill)
    assert night(week)["worst_age"] == "not known since Thu 01:00", "26 hours after the copy of Tuesday night"
    assert (night(week)["nights"], night(week)["light"]) == ("▪▪?????", "watch")
    figures = {(one["kpi"], one["name"]): one for one in week["figures"]}
    assert figures["K9", "worst age of the newest copy"]["verdict"] == "unproven"
    last = utc("2026-11-25T12:00") + 2 * PACE
    assert figures["K9", "RPO compliance"]["value"] == (last - START, last - START)
    (job,) = [one for one in (await mill.page("compliance", tab="backups")).backups if one.nights]
    assert job.status is Status.UNKNOWN
    assert job.age.startswith("the last known ")


async def test_k10_is_what_was_known_at_the_cut_off(mill: Any) -> None:
    lines = [
        {"kind": "backup-run", "client": "mill", "job": "night", "due": f"2026-11-{day}T23:00:00Z", "result": "ok",
         "started": f"2026-11-{day}T23:00:00Z", "ended": f"2026-11-{day + late}T{ends}:00:00Z"}
        for day, late, ends in ((26, 1, "00"), (27, 1, "00"), (28, 1, "00"), (29, 1, "05"))
    ]  # fmt: skip
    mill.time[0] = END + 9 * HOUR
    await mill.do("import-records", text="\n".join(map(json.dumps, lines)))
    reach = [one for one in (await shown(mill))["figures"] if one["kpi"] == "K10"]
    assert [one["shows"] for one in reach] == ["yes, slack 1 h"]
