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
