"""Maintenance over the real desk: what a window excuses is told at once, and a group does not go down by oversight."""

from __future__ import annotations

import json
from typing import Any

import pytest

from console.desk.refusal import DeskRefusal

SUNDAY = 1_794_776_400  # Sun 15 Nov 2026, 16:00 in New York


async def kept(house: Any, kind: str) -> list[dict[str, Any]]:
    rows = (await house.page("records", client="brackwater")).rows
    return [json.loads(row.body) for row in rows if row.kind == kind]


NIGHT = {"start": "2026-11-16T21:00", "end": "2h", "why": "restart", "by": "marco"}


async def test_a_window_is_planned_approved_and_closed_with_its_result(brackwater: Any) -> None:
    done = await brackwater.do("maintenance-plan", **NIGHT, services="identity", hosts="dc01")
    assert done.text == "m-42 is planned, and waits for approval; it also hits erp, files, which it does not excuse"
    with pytest.raises(
        DeskRefusal,
        match=r"Priya Nair \(priya\) may not decide approve-maintenance; Helen Brandt \(helen\), Tom Osei \(tom\) may",
    ):
        await brackwater.do("maintenance-approve", maintenance="m-42", by="priya")
    done = await brackwater.do("maintenance-approve", maintenance="m-42", by="tom")
    assert done.text == "m-42 is approved by Tom Osei; it excuses identity"
    with pytest.raises(DeskRefusal, match="has not begun"):
        await brackwater.do("maintenance-close", maintenance="m-42", result="fine", by="marco")
    brackwater.time[0] += 86_400 + 7 * 3600 + 20 * 60  # Mon 23:20
    done = await brackwater.do("maintenance-close", maintenance="m-42", result="both are up", by="marco")
    assert done.text == "m-42 is closed, 20 min after its end"
    with pytest.raises(DeskRefusal, match="m-42 is closed already"):
        await brackwater.do("maintenance-cancel", maintenance="m-42", reason="late", by="marco")


async def test_a_window_entered_after_its_start_excuses_nothing_and_says_so_at_once(brackwater: Any) -> None:
    late = {**NIGHT, "start": "2026-11-15T15:00"}
    done = await brackwater.do("maintenance-plan", **late, services="erp")
    assert done.text == "m-42 is planned; excuses nothing: announced after its start"
    with pytest.raises(DeskRefusal, match="announced lies in the future"):
        await brackwater.do("maintenance-plan", **NIGHT, announced="2026-11-16T09:00")
    done = await brackwater.do("maintenance-plan", **late, services="erp", announced="2026-11-14T09:00")
    done = await brackwater.do("maintenance-approve", maintenance="m-43", by="helen")
    assert done.text == "m-43 is approved by Helen Brandt; it excuses nothing: approved after its start"


async def test_both_members_of_a_group_in_one_window_need_a_typed_confirmation(brackwater: Any) -> None:
    with pytest.raises(DeskRefusal, match="takes down identity whole: too few"):
        await brackwater.do("maintenance-plan", **NIGHT, hosts="dc01 dc02")
    await brackwater.do("maintenance-plan", **NIGHT, hosts="dc01")
    with pytest.raises(DeskRefusal, match=r"takes down identity whole \(with m-42\)"):
        await brackwater.do("maintenance-plan", **NIGHT, hosts="dc02")
    done = await brackwater.do("maintenance-plan", **NIGHT, hosts="dc02", confirm="identity")
    assert done.text.startswith("m-43 is planned")
    done = await brackwater.do("maintenance-cancel", maintenance="m-43", reason="one is enough", by="marco")
    assert done.text == "m-43 is called off"
    assert [one["about"] for one in await kept(brackwater, "log")] == ["m-43"]
