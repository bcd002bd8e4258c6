"""Records in and out over the real desk: all or none, every bad line by its number, twice is once, out as it went in."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from builders import at

from console.desk.refusal import DeskRefusal
from console.incidents.clock import own_promise, solve_promise
from console.operating_model.examples import example, written_records
from console.store.enrolment import Agent, OpenToken

MONDAY = at("2026-11-16T09:00:00")
WEEK = written_records("brackwater", "week-46.jsonl").text


@pytest.fixture
async def brackwater(bare: Any) -> Any:
    bare.time[0] = MONDAY
    documents = [{"name": one.name, "text": one.text} for one in example("brackwater")]
    await bare.do("publish", documents=documents, reason="an example")
    return bare


async def take(house: Any, *lines: Any) -> Any:
    text = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines)
    return await house.do("import-records", text=text, source="r.jsonl")


def a(kind: str, **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "client": "brackwater", **fields}


def when(text: str) -> str:
    return datetime.fromtimestamp(at(text), UTC).isoformat()


def samples(host: str, start: str, until: str, **more: Any) -> dict[str, Any]:
    seen = [{"check": "disk", "subject": "/", "value": 0.4}]
    return a(
        "samples", **{"host": host, "from": when(start), "until": when(until), "every": "5m", "readings": seen, **more}
    )


async def test_the_golden_week_goes_in_once_and_comes_out_as_it_went_in(brackwater: Any, tmp_path: Any) -> None:
    done = await take(brackwater, written_records("brackwater").text, WEEK)
    assert done.problems == ()
