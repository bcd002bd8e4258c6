"""J7, a model change in one sitting, by keys over a daemon that holds the golden week (operating-model.md, 6.2)."""

from __future__ import annotations

from typing import Any

import pytest
from builders import at
from days import SIZE, console, tell
from pilots import says, sees, until

from console.desk.refusal import DeskRefusal

GAP = "G5:connectivity:availability"
LEFT = "5 min 22 s (13 %) ▲ WATCH → 45 min 42 s"


async def promised(house: Any, week: str) -> str:
    """What a week's page says was promised for Connectivity."""
    page = await house.page("week", client="brackwater", week=week)
    found = [one for one in page.figures if (one.kpi, one.span, one.about) == ("K1", "week", "connectivity")]
    return found[0].target


async def test_j7_a_gap_is_treated_drafted_weighed_signed_and_published_in_one_sitting(bare: Any) -> None:
    await tell(bare, at("Sun 20:00"))
    before = await bare.page("assess", client="brackwater")
    assert GAP in {gap.key for gap in before.gaps}
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "Triage")
        await pilot.press("7")
        await sees(pilot, "99.90 % is promised")
        await pilot.press("/", *"99.90", "enter", "enter")
        await sees(pilot, "ways to treat it", "lower")
        await pilot.press("t")
        await says(pilot, "the line has no better contract")
        screen = await sees(pilot, "closes", "G5 connectivity", "promises")
        assert LEFT in screen, "what the draft does to the promise, before anybody decides (W38)"
        await pilot.press("S")
        for said in ("object", "tom", "not before January"):
            await says(pilot, said)
        await sees(pilot, "tom: not before January")
        await pilot.press("S")
        for said in ("approve", "helen", ""):
            await says(pilot, said)
        await sees(pilot, "approve   helen")
    (draft,) = [row for row in (await bare.page("drafts")).rows if row.state == "open"]
    with pytest.raises(DeskRefusal, match="objects"):
        await bare.do("publish-draft", draft=draft.sha256, by="dana")
    preview = (await bare.page("draft", draft=draft.sha256)).impact.promised
    bare.time[0] += 60
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "Triage")
        await pilot.press("D")
        await sees(pilot, "1 open")
        await pilot.press("enter")
        await sees(pilot, "tom: not before January")
        await pilot.press("S")
        for said in ("approve", "tom", "after the talk on Sunday"):
            await says(pilot, said)
        await sees(pilot, "tom: after the talk")
        await pilot.press("p")
        for said in ("dana", "", "y"):
            await says(pilot, said)
        await sees(pilot, "revisions", "tom approve")
        await pilot.press("7")
        await until(pilot, lambda screen: "Assess" in screen and "99.90 % is promised" not in screen)
    after = await bare.page("assess", client="brackwater", tab="compare")
    assert ("closed", GAP) in {(one.what, one.about) for one in after.changes}
    assert (await promised(bare, "2026-W46"), await promised(bare, "2026-W45")) == ("99.90 %", "99.90 %")
    bare.time[0] = at("2026-11-16T00:00:10")
    (row,) = [row for row in (await bare.page("services", client="brackwater")).rows if row.name == "Connectivity"]
    (told,) = [one for one in preview if one.name == "Connectivity"]
    assert (told.since, await promised(bare, "2026-W47")) == ("Mon 16 Nov", "99.50 %")
    assert told.after.startswith(row.budget), "the preview is what came"
