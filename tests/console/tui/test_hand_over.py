"""J8, shift hand-over, by keys over a real daemon that holds the golden week (operating-model.md, 6.2; 4.4, TL7)."""

from __future__ import annotations

from typing import Any

import pytest
from builders import at
from days import MARCO, SIZE, console, events, passes, sits_at_the_console, tell
from pilots import says, sees, until

from console.desk.refusal import DeskRefusal


async def test_j8_the_list_is_filled_each_is_offered_and_the_next_shift_is_asked_to_accept(bare: Any) -> None:
    await tell(bare, at("Wed 08:00"))
    await sits_at_the_console(bare, "priya")
    for number in ("102", "105"):
        await bare.daemon.desk.do("own", {"incident": number}, MARCO)
    bare.time[0] = at("Wed 16:50")
    listed = await bare.daemon.desk.page("handover", {}, MARCO)
    assert [(row.incident, row.why, row.to) for row in listed.rows] == [(102, "S2", "")]
    assert (listed.ends_at, listed.begins_at) == (at("Wed 17:00"), at("Thu 08:00"))
    assert "Priya Nair until 18:00" in listed.next_up
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "files-night")
        offer = {"incident": "102", "to": "priya", "text": "waits for tonight; Helen was told"}
        await bare.daemon.desk.do("offer", offer, MARCO)
        await sees(pilot, "#102 fs01: Marco Reyes offers it to you: “waits for tonight; Helen was told” (H accepts)")
        assert bare.daemon.ledger.cases.open[102].owner == "marco", "until it is accepted it is his (TL7)"
        with pytest.raises(DeskRefusal, match="offered to root, so marco cannot accept"):
            await bare.daemon.desk.do("accept", {"incident": "102"}, MARCO)
        bare.time[0] = at("Wed 17:05")
        await pilot.press("H")
        await sees(pilot, "1 needs you")
        await until(pilot, lambda _: bare.daemon.ledger.cases.open[102].owner == "root")
        assert ("accepted", at("Wed 17:05")) in events(bare, 102)
        assert [row.incident for row in (await bare.daemon.desk.page("handover", {}, MARCO)).rows] == []
        await pilot.press("h")
        await sees(pilot, "1 of 1 to be offered to somebody before", "nobody yet (h)", "back")
        await pilot.press("h")
        await says(pilot, "dana")
        await says(pilot, "the copy runs at 23:00")
        await sees(pilot, "all 1 are offered and wait to be accepted", "Dana Whitlock, not acc")
    await passes(bare, at("Wed 18:14"))
    assert "orphaned" not in dict(events(bare, 102))
    await passes(bare, at("Wed 23:00"))
    assert [one for one in events(bare, 102) if one[0] == "orphaned"] == [("orphaned", at("Wed 18:15"))]


async def test_j8_what_was_never_offered_is_not_dropped_silently_either(bare: Any) -> None:
    await tell(bare, at("Wed 08:00"))
    await sits_at_the_console(bare, "priya")
    await bare.do("own", incident="102")
    await passes(bare, at("Wed 23:00"))
    assert [one for one in events(bare, 102) if one[0] == "orphaned"] == [("orphaned", at("Wed 18:15"))]
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "files-night")
        await pilot.press("5")
        await sees(pilot, "102", "105")
        await pilot.press("down", "enter")
        await sees(pilot, "orphaned", "nobody was offered it")
        await pilot.press("M")
        await sees(pilot, "Nobody took over S2 #102")
