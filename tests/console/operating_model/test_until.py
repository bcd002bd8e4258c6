"""What had happened by an instant: stretches and outages are cut, later records left out, and nothing comes twice."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from builders import at
from pydantic import ValidationError

from console.operating_model.examples import written_records
from console.operating_model.records import Line, line_of, lines
from console.operating_model.schema.facts import OutageRecord
from console.operating_model.schema.samples import SampleRecord, SamplesRecord
from console.operating_model.until import until

FILES = ("records.jsonl", "week-46.jsonl")
ALL: list[Line] = [line for file in FILES for line in lines(written_records("brackwater", file))[0]]


def when(text: str) -> str:
    return datetime.fromtimestamp(at(text), UTC).isoformat()


def stretch(start: str, end: str) -> Line:
    tree = {"from": when(start), "until": when(end), "every": "5m", "readings": []}
    return line_of(1, {"kind": "samples", "client": "c", "host": "h", **tree})


def looks(found: list[Line]) -> list[int]:
    spans = [(one.record.span, one.record.pace) for one in found]  # type: ignore[union-attr]
    return [look for (first, last), pace in spans for look in range(first, last + 1, pace)]


def test_a_stretch_is_cut_at_the_clock_and_goes_on_where_it_was_cut() -> None:
    whole = stretch("Mon 08:00", "Mon 10:00")
    seen = looks([whole])
    assert (len(seen), seen[-1]) == (24, at("Mon 09:55"))
    steps = [None, *range(at("Mon 07:58"), at("Mon 10:20"), 137)]
    told = [line for after, now in pairwise(steps) for line in until([whole], now or 0, after)]
    assert looks(told) == seen
    assert looks(list(until([whole], at("Mon 08:20")))) == seen[:5]
    assert list(until([whole], at("Mon 12:00"))) == [whole]


def test_an_outage_that_goes_on_has_no_end_yet() -> None:
    tree = {"kind": "outage", "client": "c", "host": "h", "evidence": "person"}
    whole = line_of(1, {**tree, "start": when("Mon 08:00"), "end": when("Mon 09:00")})
    assert list(until([whole], at("Mon 07:59"))) == []
    (open_one,) = until([whole], at("Mon 08:30"))
    assert isinstance(open_one.record, OutageRecord)
    assert (open_one.record.end, open_one.record.name) == (None, whole.record.name)  # type: ignore[union-attr]
    assert list(until([whole], at("Mon 08:40"), at("Mon 08:30"))) == []
    assert list(until([whole], at("Mon 09:00"), at("Mon 08:40"))) == [whole]


def test_the_golden_week_arrives_whole_whatever_the_steps() -> None:
    end = at("2026-11-16T09:00")
    step, told, after = 7 * 3600 + 11, [], None
    for now in (*range(at("2026-11-09T00:00"), end, step), end):
        told += list(until(ALL, now, after))
        after = now
    samples = [one for one in ALL if isinstance(one.record, SampleRecord | SamplesRecord)]
    arrived = [one for one in told if isinstance(one.record, SampleRecord | SamplesRecord)]
    assert sorted(looks(arrived)) == sorted(looks(samples))
    kinds = ("sample", "samples", "outage")
    rest = sorted(json.loads(one.body)["kind"] for one in told if one.record.kind not in kinds)
    assert rest == sorted(one.record.kind for one in ALL if one.record.kind not in kinds)


def test_nothing_that_is_later_is_known() -> None:
    found = list(until(ALL, at("Wed 08:00")))
    named = {(one.record.kind, getattr(one.record, "number", None)) for one in found}
    assert ("incident", 102) in named
    assert ("incident", 103) not in named
    numbers = [one.record.number for one in found if one.record.kind == "incident-event"]
    assert 102 not in numbers
    assert not [one for one in found if one.record.kind == "waiver" and one.record.expires.month > 11]


@pytest.mark.parametrize(
    "tree",
    [
        {"kind": "samples", "from": "2026-11-09T08:00:00Z", "until": "2026-11-09T08:00:00Z", "every": "5m"},
        {"kind": "sample", "taken": "2026-11-09T08:00:00Z", "next": "2026-11-09T08:00:00Z"},
        {"kind": "sample", "taken": "yesterday", "every": "5m"},
    ],
)
def test_an_interval_that_runs_backwards_is_no_record(tree: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        line_of(1, {"client": "c", "host": "h", **tree})
