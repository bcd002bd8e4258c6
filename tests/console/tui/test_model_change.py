"""J7, a model change in one sitting, by keys over a daemon that holds the golden week (operating-model.md, 6.2)."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest
from builders import at
from days import SIZE, console, tell
from golden_week import golden
from msgspec import structs
from pilots import says, sees, until

from console.desk.refusal import DeskRefusal
from console.reports.weekly.compose import weekly
from console.store.weeks import FrozenWeek, freeze

GAP = "G5:connectivity:availability"
LEFT = "5 min 22 s (13 %) ▲ WATCH → 45 min 42 s"


async def promised(house: Any, week: str) -> str:
    """What a week's page says was promised for Connectivity."""
    page = await house.page("week", client="brackwater", week=week)
    found = [one for one in page.figures if (one.kpi, one.span, one.about) == ("K1", "week", "connectivity")]
    return found[0].target


async def _score(house: Any) -> tuple[str, str]:
    """The score of sourcing, and of its check whether promises stand above contracts (2.5)."""
    page = await house.page("assess", client="brackwater", tab="compare")
    checks = (await house.page("assess", client="brackwater", tab="checks")).checks
    (result,) = [one.result for one in checks if (one.component, one.level) == ("sourcing", 4)]
    return next(one.score for one in page.components if one.component == "sourcing"), result


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
    page = await bare.page("draft", draft=draft.sha256)
    assert [line for line in page.diff.changes if "milestones" in line], "the steps that roll it out are drafted too"
    preview = page.impact.promised
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
    assert await _score(bare) == ("2.6", "0/2"), "its promise to solve still stands above the same contract"
    steps = (await bare.page("plan", client="brackwater", tab="milestones")).milestones
    assert [(row.id, row.due, row.owner_name, row.outcome) for row in steps if row.id > "ms-3"] == [
        ("ms-4", "2026-11-29", "Dana Whitlock", "o-orders"), ("ms-5", "2026-12-27", "Dana Whitlock", "o-orders"),
    ], "publishing made its milestones"  # fmt: skip
    assert (await promised(bare, "2026-W46"), await promised(bare, "2026-W45")) == ("99.90 %", "99.90 %")
    bare.time[0] = at("2026-11-16T00:00:10")
    (row,) = [row for row in (await bare.page("services", client="brackwater")).rows if row.name == "Connectivity"]
    (told,) = [one for one in preview if one.name == "Connectivity"]
    assert (told.since, await promised(bare, "2026-W47")) == ("Mon 16 Nov", "99.50 %")
    assert told.after.startswith(row.budget), "the preview is what came"


async def test_j7_with_the_last_gap_of_a_service_closed_the_score_goes_up_and_the_page_says_so(bare: Any) -> None:
    await tell(bare, at("Sun 20:00"))
    assert await _score(bare) == ("2.6", "0/2")
    changes = [
        {"path": "services.connectivity.slo.availability", "value": 99.5},
        {"path": "contracts.c-line.resolve", "value": "3h"},
    ]
    done = {"client": "brackwater", "model": "brackwater", "changes": changes, "reason": "agreed with Ridgeline"}
    await bare.do("set-model", **done, publish="yes", by="dana")
    assert await _score(bare) == ("3.1", "1/2"), "(e)"
    page = await bare.page("assess", client="brackwater", tab="compare")
    assert ("score", "sourcing") in {(one.what, one.about) for one in page.changes}
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "Triage")
        await pilot.press("7", "tab", "tab", "tab", "tab")
        await sees(pilot, "sourcing", "2.6", "3.1")


async def test_j7_nothing_is_proposed_or_published_without_a_reason_and_a_later_edit_voids_what_was_signed(
    bare: Any,
) -> None:
    await tell(bare, at("Sun 20:00"))
    text = (await bare.do("pull-model", model="brackwater")).text
    first, second = (text.replace("availability: 99.9", f"availability: {share}", 1) for share in ("99.5", "99.6"))
    documents = [{"name": "brackwater.yaml", "text": first, "base": 1}]
    for verb in ("propose", "publish"):
        with pytest.raises(DeskRefusal, match="reason"):
            await bare.do(verb, documents=documents, reason="  ", by="dana")
    await bare.do("propose", documents=documents, reason="the line promises less")
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "Triage")
        await pilot.press("D")
        await sees(pilot, "1 open")
        await pilot.press("S")
        for said in ("approve", "helen", ""):
            await says(pilot, said)
        await sees(pilot, "helen approve")
        later = [{"name": "brackwater.yaml", "text": second, "base": 1}]
        await bare.do("propose", documents=later, reason="a little more")
        await sees(pilot, "2 open")
        rows = {row.reason: row for row in (await bare.page("drafts")).rows}
        assert [one.person for one in rows["the line promises less"].signatures] == ["helen"]
        assert rows["a little more"].signatures == (), "(d)"
        await pilot.press("/")
        await says(pilot, "a little more")
        await pilot.press("enter")
        await sees(pilot, "helen must sign, and has not agreed yet")


async def test_j7_weeks_later_the_page_of_revisions_says_what_the_numbers_did(bare: Any) -> None:
    await tell(bare, at("Sun 20:00"))
    await bare.do("set-model", client="brackwater", model="brackwater", reason="the line promises less", publish="yes",
                  by="dana", changes=[{"path": "services.connectivity.slo.availability", "value": 99.5}])  # fmt: skip
    week = weekly(golden())
    better = tuple(
        structs.replace(one, shows="99.97 %") if (one.kpi, one.span, one.about) == ("K1", "28d", "erp") else one
        for one in week.figures
    )
    office = bare.daemon.desk._office
    for name, value in (("2026-W45", week), ("2026-W50", structs.replace(week, figures=better))):
        body = msgspec.json.encode(structs.replace(value, week=name))
        row = FrozenWeek("brackwater", name, at("2026-12-21T09:00"), "dana", "", "", "", "1", body)
        await asyncio.wrap_future(office.ledger.writer.do(lambda connection, row=row: freeze(connection, row, ())))
    bare.time[0] = at("2026-12-21T10:00")
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "Triage")
        await pilot.press("6")
        await sees(pilot, "Model")
        for _ in range(7):
            await pilot.press("tab")
        await sees(pilot, "the line promises less", "28 days before and after: ERP 99.48 % →", "99.97 %")
