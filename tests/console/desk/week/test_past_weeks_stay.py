"""A past week that nobody froze is the same on Monday and a month later, whatever later instants bring."""

from __future__ import annotations

import asyncio
import json
import random
from typing import Any

import pytest
from builders import at
from days import MARCO
from msgspec import structs, to_builtins

from checks.reading import CheckName, Reading
from console.operating_model.examples import example, written_records
from console.pages.week import Week
from console.reports.text import text

MONDAY, LATER = at("2026-11-16T09:20:00"), at("2026-12-16T09:20:00")
HOUR = 3600
W46 = {"client": "brackwater", "week": "2026-W46"}


def a(kind: str, **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "client": "brackwater", **fields}


def on(day: int, clock: str = "09:00") -> str:
    return f"2026-11-{day:02d}T{clock}:00-05:00"


LATER_ON = (
    *(a("patch-scan", host=host, at=on(17)) for host in ("fs01", "dc01", "erp01", "ws-front1", "fw02")),
    a("patch-item", host="dc01", id="KB5059112", severity="high", available_at="2026-10-28T10:00:00-04:00",
      first_seen="2026-10-28T10:05:00-04:00", at=on(17), state="installed"),
    a("patch-item", host="fs01", id="KB5061010", severity="critical", available_at="2026-11-10T10:00:00-05:00",
      first_seen="2026-11-10T10:05:00-05:00", at=on(16, "06:00"), state="installed"),
    a("patch-item", host="hv01", id="new", severity="critical", available_at="2026-10-01T10:00:00-04:00",
      first_seen=on(18), at=on(18), state="missing"),
    *(a("backup-run", job="files-night", due=on(day, "23:00"), started=on(day, "23:00"), ended=on(day, "23:10"),
        result="ok") for day in range(16, 30)),
    a("backup-run", job="files-night", due=on(30, "23:00"), result="missed"),
    a("restore-test", service="files", at="2026-11-20", by="priya", result="ok", duration="5h"),
    a("restore-test", service="identity", at="2026-11-20", by="priya", result="ok", duration="1h"),
    a("outage", service="erp", start=on(17), end=on(17, "12:00"), evidence="person", confirmed_by="marco", cause="own"),
    a("outage", external="line-main", start=on(18), evidence="inferred"),
    a("maintenance", id="m-90", services=["erp"], hosts=["erp01"], start=on(20, "19:00"), end=on(20, "21:00"),
      why="more", announced=on(17), approved_by="helen", approved=on(17)),
    a("maintenance", id="m-91", services=["files"], hosts=["fs01"], start=on(24, "19:00"), end=on(24, "21:00"),
      why="nobody has announced it"),
    a("maintenance", id="m-92", services=["files"], hosts=["fs01"], start=on(25, "19:00"), end=on(25, "21:00"),
      why="nor this one", approved_by="helen"),
    a("waiver", id="w-91", policy="patching", scope={"host": "fs01"}, asked_by="priya", at="2026-11-18",
      expires="2026-11-28", reason="asked for", compensating="c"),
    a("waiver", id="w-90", policy="patching", scope={"host": "dc01"}, asked_by="priya", approved_by="helen",
      at="2026-11-17", expires="2026-11-27", reason="r", compensating="c"),
    a("absence", person="priya", first="2026-11-18", last="2026-11-19", why="ill", approved_by="dana",
      at="2026-11-17"),
    a("absence", host="ws-cad1", first="2026-11-18", last="2026-11-20", why="away", approved_by="dana"),
    a("action", id="a-90", text="more", owner="priya", due="2026-11-30", at="2026-11-17"),
    a("decision", id="d-90", at="2026-11-17", by="helen", what="the line stays", covers={"external": "line-main"}),
    a("work-log", person="marco", start=on(17), minutes=60, text="more"),
    a("incident", number=900, service="erp", severity="S1", title="again", detected=on(17), source="person",
      impact="down"),
    a("incident-event", number=900, at=on(17, "09:05"), by="marco", event="own"),
    a("comment", week="2026-W47", about="K8", text="later", by="dana", at=on(23)),
    a("samples", host="hv01", **{"from": on(16, "09:30"), "until": on(20), "every": "5m"},
      readings=[{"check": "disk", "subject": "/", "value": 0.99}]),
)  # fmt: skip


@pytest.fixture
async def golden(bare: Any) -> Any:
    bare.time[0] = at("2026-11-16T00:50:00")
    documents = [{"name": one.name, "text": one.text} for one in example("brackwater")]
    await bare.do("publish", documents=documents, reason="an example")
    for file in ("records.jsonl", "week-46.jsonl"):
        done = await bare.do("import-records", text=written_records("brackwater", file).text, source=file)
        assert done.problems == ()
    bare.time[0] = MONDAY
    return bare


async def shown(golden: Any) -> Any:
    """The week as it is shown, without the instant at which it is."""
    return await of_week(golden, W46)


async def of_week(desk: Any, which: dict[str, str]) -> Any:
    week: Week = await desk.page("week", **which)
    assert week.frozen is None
    same = structs.replace(week, now=MONDAY, text="")
    return to_builtins(structs.replace(same, text=text(same)))


@pytest.mark.parametrize("seed", range(3))
async def test_a_past_week_is_the_same_a_month_later_whatever_came_meanwhile(golden: Any, seed: int) -> None:
    monday = await shown(golden)
    golden.time[0] = LATER
    assert await shown(golden) == monday, "time alone changes nothing"
    lines = [one for one in LATER_ON if not one["kind"].startswith("incident")]
    random.Random(seed).shuffle(lines)
    lines += [one for one in LATER_ON if one["kind"].startswith("incident")]
    done = await golden.do("import-records", text="\n".join(map(json.dumps, lines)))
    assert done.problems == ()
    assert done.new == len(LATER_ON)
    assert await shown(golden) == monday, "what is recorded of later instants changes nothing"
    await golden.daemon.desk.do("own", {"incident": 107}, MARCO)
    await golden.do("note", incident=107, text="later")
    await golden.do("absence-add", client="brackwater", about="marco", first="2026-11-18", last="2026-11-19", why="ill",
                    by="dana")  # fmt: skip
    await golden.do("action-done", client="brackwater", action="a-3", result="restarted")
    assert await shown(golden) == monday, "what is done later changes nothing"


@pytest.mark.parametrize("word", ["clients", "provider"])
async def test_a_model_that_is_published_later_judges_no_earlier_week(golden: Any, word: str) -> None:
    monday = await shown(golden)
    golden.time[0] = LATER
    texts = {
        "clients": [("os_end: 2027-01-12", "os_end: 2026-01-12"), ("rpo: 26h", "rpo: 99h")],
        "provider": [("Dana Whitlock", "Somebody Else"), ("tech_hours_week: 40", "tech_hours_week: 10")],
    }[word]
    documents = []
    for one in example("brackwater"):
        text_ = one.text
        for was, becomes in texts:
            text_ = text_.replace(was, becomes)
        if text_ != one.text:
            documents.append({"name": one.name, "text": text_, "base": 1})
    assert len(documents) == 1
    await golden.do("publish", documents=documents, reason="later", by="dana")
    assert await shown(golden) == monday


def hourly(check: str, value: float, taken: int, subject: str = "") -> Reading:
    return Reading(CheckName(check), subject, value, taken, taken + HOUR, ())


async def test_what_an_agent_tells_later_is_no_part_of_an_earlier_week(still: Any) -> None:
    await still.enrol("box")
    start, which = still.time[0], {"client": "mill", "week": "2026-W48"}
    for step in range(12):
        now = still.time[0] = start + HOUR * step
        security = hourly("security_updates", float(start - 216 * HOUR), now)
        await still.hear("box", step + 1, hourly("disk", 0.5, now, "/"), security)
    monday = still.time[0] = start + 135 * HOUR + 9 * HOUR
    before = await of_week(still, which)
    for step in range(12, 24):
        now = still.time[0] = monday + 336 * HOUR + HOUR * step
        await still.hear(
            "box", step + 1, hourly("disk", 0.99, now, "/"), hourly("security_updates", float(monday), now)
        )
        still.look()
    await asyncio.sleep(0.2)
    assert await of_week(still, which) == before
