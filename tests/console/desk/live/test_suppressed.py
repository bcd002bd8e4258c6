"""What alarms nobody is on one page, with why and until when; a window over the real daemon, and TL9's instants."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

from checks.finding import Status
from checks.reading import CheckName, Reading
from console.pages.hosts import said
from console.tui.present import present

MINUTE = 60
MODEL = (
    "schema: 1\nclient: {id: mill, name: The Mill, tz: UTC}\nsites: {main: {name: Mill}}\n"
    "hosts:\n  box: {site: main}\n  ws: {site: main, presence: office}\n  nas: {site: main}\n"
    "services:\n  shop: {owner: ana, criticality: A, needs: {all: [box]}}\n"
    "standards:\n  memory: {for: 15m}\n"
)


def iso(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat()


async def settled(house: Any) -> None:
    await asyncio.wrap_future(house.daemon.ledger.writer.do(lambda _: None))


async def rows(house: Any) -> list[tuple[Any, ...]]:
    house.look()
    await settled(house)
    page = await house.page("suppressed")
    assert len(present("suppressed", page, house.time[0]).rows) == len(page.rows)
    return [(row.host, row.check, row.why, row.until, row.came) for row in page.rows]


async def test_what_is_held_back_is_told_with_why_and_what_came_of_it(still: Any) -> None:
    await still.do("publish", documents=[{"name": "c", "text": MODEL, "base": 1}], reason="a test")
    for host in ("box", "ws", "nas"):
        await still.enrol(host)
    start = still.time[0]  # a Tuesday, 09:00
    still.time[0] += 1
    await still.do("import-records", text=approved(start), source="r")

    seq = dict.fromkeys(("box", "ws", "nas"), 0)

    async def hear(host: str, disk: float, memory: float = 0.3) -> None:
        seq[host] += 1
        now = still.time[0]
        await still.hear(
            host, seq[host],
            Reading(CheckName("disk"), "/", disk, now, now + MINUTE),
            Reading(CheckName("memory"), "", memory, now, now + MINUTE),
        )  # fmt: skip

    for host in ("box", "ws", "nas"):
        await hear(host, 0.3)
    for minute in range(1, 30):
        still.time[0] = start + minute * MINUTE
        await hear("box", 0.99 if minute >= 6 else 0.3, 0.99 if minute >= 2 else 0.3)
        if minute < 5:
            await hear("nas", 0.3)
    open_now = still.daemon.ledger.cases.open
    assert [one.opening.check for one in open_now.values()] == ["memory"]  # bad before the window, for 15 minutes
    assert [one.opening.detected_at for one in open_now.values()] == [start + 2 * MINUTE]
    found = await rows(still)
    assert found[:3] == [
        ("box", "disk", "maintenance", start + 30 * MINUTE, ""),
        ("nas", "checkin", "maintenance", start + 30 * MINUTE, ""),
        ("ws", "checkin", "presence", start + 1 + 4 * 3600, ""),
    ]
    assert ("box", "memory", "unconfirmed", start + 17 * MINUTE, "raised") in found[3:]

    triage = await still.page("triage")
    assert (triage.held_back, [row.host for row in triage.rows if row.host == "ws"]) == (3, [])
    shown = {(row.host, row.check): row for row in (await still.page("findings")).rows}
    disk = shown["box", "disk"]
    assert (disk.status, disk.held_back, disk.held_until) == (Status.BREACH, "maintenance m-1", start + 30 * MINUTE)
    assert said(disk).endswith("(held back: maintenance m-1)")

    still.time[0] = start + 29 * MINUTE + 30
    await hear("nas", 0.3)
    still.time[0] = start + 30 * MINUTE
    await hear("box", 0.99)
    found = await rows(still)
    assert ("nas", "checkin", "maintenance", start + 30 * MINUTE, "passed") in found
    assert ("box", "disk", "maintenance", start + 30 * MINUTE, "raised") in found
    detected = {one.opening.check: one.opening.detected_at for one in open_now.values()}
    assert detected == {"memory": start + 2 * MINUTE, "disk": start + 30 * MINUTE}
    page = await still.page("hosts")
    assert {row.host: row.status for row in page.rows}["box"] is Status.BREACH


def approved(start: int) -> str:
    fields = {"kind": "maintenance", "client": "mill", "id": "m-1", "services": ["shop"], "hosts": ["box", "nas"]}
    times = {"start": iso(start + 5 * MINUTE), "end": iso(start + 30 * MINUTE), "announced": iso(start)}
    return json.dumps({**fields, **times, "why": "patches", "approved_by": "ana", "approved": iso(start)})


async def test_symptoms_and_what_flapped_stay_in_the_log_once_they_are_over(still: Any) -> None:
    for host in ("box", "nas", "web"):
        await still.enrol(host)
    start = still.time[0]

    async def hear(seq: int, *hosts: str, disk: float = 0.3) -> None:
        now = still.time[0]
        for host in hosts:
            await still.hear(host, seq, Reading(CheckName("disk"), "/", disk, now, now + 30 * MINUTE), pace=MINUTE)

    await hear(1, "box", "nas", "web")
    still.time[0] = start + 3 * MINUTE  # the site is dark
    now_held = [row for row in await rows(still) if not row[4]]
    assert [(host, why) for host, _, why, _, _ in now_held] == [("nas", "symptom"), ("web", "symptom")]
    for turn in range(2, 18):  # back, and one of them flaps for a while
        still.time[0] = start + (2 + turn) * MINUTE
        await hear(turn, "nas", "web")
        await hear(turn, "box", disk=0.99 if turn % 2 and turn < 12 else 0.3)
        still.look()
    assert ("box", "disk", "flapping", None, "") in await rows(still)
    for turn in range(18, 50):
        still.time[0] = start + (2 + turn) * MINUTE
        await hear(turn, "box", "nas", "web")
        still.look()
    past = await rows(still)
    assert {(host, why, came) for host, _, why, _, came in past} == {
        ("box", "flapping", "passed"), ("nas", "symptom", "passed"), ("web", "symptom", "passed"),
    }  # fmt: skip
    assert still.daemon.ledger.cases.open == {}
    assert [one.opening.check for one in still.daemon.desk._office.history.incidents_touching("mill", 0, 1 << 40)] == [
        "checkin", "checkin", "checkin", "disk",
    ]  # fmt: skip
