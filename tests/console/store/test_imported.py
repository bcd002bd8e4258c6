"""Imported samples: a stretch leaves exactly what its looks would have left one by one, for the price of two folds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from builders import at

from checks.catalogue import BY_NAME
from checks.check import Check
from checks.finding import Status
from checks.standard import Standard
from console.operating_model.records import line_of
from console.operating_model.schema.samples import SampleRecord, SamplesRecord
from console.store.fold import Judging
from console.store.imported import fold_samples, spreads_of
from console.store.standing import AgentState
from console.store.writer import Batch

HOST = AgentState("imported-mill-nas-1", "mill", "main", "nas")
START = at("Mon 00:00")


def standard_of(check: Check, _: str) -> Standard:
    return check.standard


JUDGING = Judging(BY_NAME, standard_of, at("Sun 12:00"))
READINGS = [
    {"check": "newest_file", "subject": "dump", "value": "2026-11-08T23:00:00-05:00"},
    {"check": "disk", "subject": "/", "value": 0.95, "items": [{"name": "a\x1b[2Jb"}]},
]
GAPS = [{"check": "swap", "why": "not here", "reason": "no swap"}]


def when(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def stretch(first: int, looks: int) -> SamplesRecord:
    tree = {"from": when(first), "until": when(first + 300 * looks), "every": "5m", "readings": READINGS, "gaps": GAPS}
    record = line_of(1, {"kind": "samples", "client": "mill", "host": "nas", **tree}).record
    assert isinstance(record, SamplesRecord)
    return record


def one_by_one(first: int, looks: int) -> list[SampleRecord]:
    found = []
    for taken in range(first, first + 300 * looks, 300):
        tree = {"taken": when(taken), "next": when(taken + 300), "readings": READINGS, "gaps": GAPS}
        record = line_of(1, {"kind": "sample", "client": "mill", "host": "nas", **tree}).record
        assert isinstance(record, SampleRecord)
        found.append(record)
    return found


def test_a_stretch_is_its_looks_with_every_change_at_its_own_second() -> None:
    later = START + 80 * 3600
    fast, slow = Batch(), Batch()
    after = fold_samples(HOST, [stretch(START, 12 * 52), stretch(later, 3)], JUDGING, fast)
    expected = fold_samples(HOST, [*one_by_one(START, 12 * 52), *one_by_one(later, 3)], JUDGING, slow)
    assert after == expected
    assert fast.changes == slow.changes
    late = [(row["status"], row["at"]) for row in fast.changes if row["check"] == "newest_file"]
    assert late == [
        (Status.OK.value, START), (Status.WATCH.value, START + 25 * 3600), (Status.BREACH.value, START + 49 * 3600),
    ]  # fmt: skip
    assert fast.silences == slow.silences == [
        {"agent": HOST.agent, "start": START + 52 * 3600 + 300, "end": later},
    ]  # fmt: skip
    assert (after.taken_at, after.received_at) == (later + 600, later + 600)


def test_the_numbers_of_a_stretch_are_those_of_its_looks() -> None:
    for first in (START, START + 1201, START + 3540):
        looks = one_by_one(first, 300)
        by_hand: dict[tuple[int, int], int] = {}
        for look in looks:
            for span in (3600, 86_400):
                key = (span, look.span[0] // span * span)
                by_hand[key] = by_hand.get(key, 0) + 1
        found = spreads_of([stretch(first, 300)], BY_NAME, first)
        assert {key: spreads["disk /"].count for key, spreads in found.items()} == by_hand
        for key, spreads in spreads_of(looks, BY_NAME, first).items():
            assert (spreads["disk /"].mean, spreads["disk /"].count) == (
                pytest.approx(0.95),
                found[key]["disk /"].count,
            )
        kept = {key.partition(" ")[0] for spreads in found.values() for key in spreads}
        assert kept == {"disk", "newest_file"}, "what is drawn, and when copies were made"
    assert {span for span, _ in spreads_of([stretch(START, 3)], BY_NAME, START + 40 * 86_400)} == {86_400}


def test_hostile_text_is_made_safe_on_its_way_in() -> None:
    after = fold_samples(HOST, [stretch(START, 1)], JUDGING, Batch())
    (item,) = after.held["disk /"].reading.items  # type: ignore[union-attr]
    assert item.name == "a\ufffd[2Jb"
