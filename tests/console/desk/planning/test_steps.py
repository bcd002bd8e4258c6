"""Actions and restore tests over the real desk."""

from __future__ import annotations

import json
from typing import Any

import pytest

from console.desk.refusal import DeskRefusal

SUNDAY = 1_794_776_400  # Sun 15 Nov 2026, 16:00 in New York


async def kept(house: Any, kind: str) -> list[dict[str, Any]]:
    rows = (await house.page("records", client="brackwater")).rows
    return [json.loads(row.body) for row in rows if row.kind == kind]


async def test_an_action_is_added_moved_with_a_reason_and_done(brackwater: Any) -> None:
    done = await brackwater.do(
        "action-add", text="Label the shelves", owner="marco", due="2026-11-17", **{"from": "i-104"}
    )
    assert done.text == "a-3 is Marco Reyes's until 2026-11-17; it serves no outcome yet"
    with pytest.raises(DeskRefusal, match="there is no outcome 'o-order'; did you mean o-orders"):
        await brackwater.do("action-add", text="x", owner="marco", due="1d", outcome="o-order")
    for due, reason in (("2026-11-24", "labels are late"), ("2026-11-26", "later still")):
        await brackwater.do("action-move", action="a-3", due=due, reason=reason, by="marco")
    await brackwater.do("action-done", action="a-3", result="all of them")
    (made,) = [one for one in await kept(brackwater, "action") if one["id"] == "a-3"]
    assert [(one["was"], one["reason"]) for one in made["moves"]] == [
        ("2026-11-17", "labels are late"), ("2026-11-24", "later still"),
    ]  # fmt: skip
    assert (made["due"], made["done"], made["result"], made["from"]) == (
        "2026-11-26", "2026-11-15", "all of them", "i-104",
    )  # fmt: skip
    with pytest.raises(DeskRefusal, match="a-3 was done 2026-11-15 already"):
        await brackwater.do("action-done", action="a-3")


async def test_an_id_is_given_once_and_by_itself_else(brackwater: Any) -> None:
    await brackwater.do("action-add", text="x", owner="marco", due="1d", id="a-7")
    with pytest.raises(DeskRefusal, match="action a-7 is there already"):
        await brackwater.do("action-add", text="y", owner="marco", due="1d", id="a-7")
    assert "a-8" in (await brackwater.do("action-add", text="z", owner="marco", due="1d")).text


async def test_a_restore_test_closes_the_gap_that_asked_for_it(brackwater: Any) -> None:
    done = await brackwater.do(
        "restore-test-add", service="identity", result="ok", what="dc01 into a lab", duration="110m", by="priya"
    )
    assert done.text == "the restore of identity on 2026-11-15 is written down: ok"
    rows = (await brackwater.page("gaps", client="brackwater")).rows
    assert not [row for row in rows if (row.number, row.about) == ("G11", "identity")]
    with pytest.raises(DeskRefusal, match="has not come yet"):
        await brackwater.do("restore-test-add", service="files", result="ok", what="x", at="2026-12-01", by="priya")


async def test_an_absence_stands_among_the_dates_until_it_is_over_or_taken_back(brackwater: Any) -> None:
    async def away() -> list[tuple[str, str, str]]:
        rows = (await brackwater.page("plan", client="brackwater", tab="dates")).dates
        return [(row.day, row.text, row.status.value) for row in rows if row.kind == "absence"]

    await brackwater.do("absence-add", about="marco", first="2026-11-14", last="2026-11-20", why="leave", by="dana")
    await brackwater.do("absence-add", about="ws-cad1", first="2027-01-04", last="2027-01-04", why="repair", by="dana")
    await brackwater.do("absence-add", about="priya", first="2026-11-02", last="2026-11-03", why="course", by="dana")
    assert await away() == [
        ("2026-11-14", "Marco Reyes is away until 2026-11-20: leave", "watch"),
        ("2027-01-04", "ws-cad1 is away: repair", "not due"),
    ]
    cancel = {"about": "marco", "first": "2026-11-14", "by": "dana"}
    done = await brackwater.do("absence-cancel", **cancel, reason="the flight was cancelled")
    assert done.text == "marco is there after all from 2026-11-14 to 2026-11-20"
    assert [text for _, text, _ in await away()] == ["ws-cad1 is away: repair"]
    (made,) = [one for one in await kept(brackwater, "absence") if one.get("person") == "marco"]
    assert (made.get("approved_by", ""), made["why"]) == ("", "taken back by dana: the flight was cancelled")
    with pytest.raises(DeskRefusal, match="nobody allowed marco to be away from 2026-11-14"):
        await brackwater.do("absence-cancel", **cancel, reason="again")
