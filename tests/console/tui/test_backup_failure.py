"""J3, a backup that failed, by keys over a daemon that holds the golden week (operating-model.md, 6.2)."""

from __future__ import annotations

from typing import Any

import pytest
from builders import at
from days import SIZE, console, tell
from pilots import says, sees, until

from console.desk.refusal import DeskRefusal


async def backups(house: Any) -> dict[str, Any]:
    return {row.job: row for row in (await house.page("compliance", tab="backups")).backups}


async def test_j3_a_backup_that_failed_is_worked_by_its_runbook_and_ends_with_the_evidence(bare: Any) -> None:
    await tell(bare, at("Wed 08:00"))
    assert bare.daemon.ledger.cases.open[102].severity == "S2", "the limit is certain to pass before the next run (b)"
    await bare.do("own", incident="102")
    with pytest.raises(DeskRefusal, match=r"evidence of incident 102 is still bad|is not done"):
        await bare.do("resolve", incident="102", cause="the share was full")
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "files-night")
        await pilot.press("4", "tab")
        screen = await sees(pilot, "files-night")
        assert any("files-night" in line and "×" in line for line in screen.splitlines()), "failed has its sign (a)"
        await pilot.press("5")
        await sees(pilot, "105", "102")
        await pilot.press("down", "enter")
        await sees(pilot, "□ read-log", "0/")
        screen = await sees(pilot, "runs good in 14 days", "Tue 10 Nov 23:00 failed; it ran and failed: read its log")
        for told in (
            "files-night → bkp01",
            "newest copy of Tue 10 Nov 04:00: 1 d 9 h old",
            "limit 1 d 2 h",
            "size ",
            "48.2 GB",
            "bkp01: /",
        ):
            assert told in screen, "last runs, last good point, size trend, disk of the target"
        await pilot.press("b")
        await says(pilot, "read-log")
        await says(pilot, "")
        await sees(pilot, "1/", "☑ read-log")
        await pilot.press("p")
        await says(pilot, "observe")
        await says(pilot, "does the run of tonight come")
        await says(pilot, "")
        await sees(pilot, "pending")
        await pilot.press("g")
        await says(pilot, "")
        await sees(pilot, "working")
        await pilot.press("t")
        for said in ("ok", "three files to a folder of Helen's", "12m", "", "priya"):
            await says(pilot, said)
        await until(pilot, lambda screen: "restore proven 11 Nov, 12 min" in screen)
    assert (await backups(bare))["files-night"].restore == "restore proven 11 Nov, 12 min", "(f)"


async def test_j3_failed_never_ran_and_tried_again_are_three_things_and_the_week_says_so(bare: Any) -> None:
    await tell(bare, at("Thu 08:00"))
    missed = (await backups(bare))["files-night"]
    assert (missed.nights.rstrip()[-3:], missed.last) == ("▪×–", "Wed 11 Nov 23:00 never ran")
    assert missed.hint.startswith("it never ran: look whether its schedule is enabled"), "(a)"


async def test_j3_a_retry_inside_its_window_raises_nothing_and_the_figures_are_w23_and_w24(bare: Any) -> None:
    await tell(bare, at("2026-11-16T09:20:00"))
    erp = (await backups(bare))["erp-dump"]
    assert erp.troubles[0] == "Fri 13 Nov 12:00: good after 2 tries"
    listed = (await bare.page("incidents", state="all")).rows
    assert [row.incident for row in listed if row.subject == "erp-dump"] == [], "(e)"
    week = await bare.page("week", client="brackwater", week="2026-W46")
    figures = {(one.kpi, one.name, one.about): one.shows for one in week.figures}
    assert [shows for key, shows in figures.items() if key[0] == "K8" and not key[2]] == ["96.49 %", "94.73 %"], "(d)"
    assert next(shows for key, shows in figures.items() if key[0] == "K9" and key[2] == "files") == "72.22 %"


async def _is_told(house: Any, number: str) -> None:
    """Everybody whom the runbook names was told: what is left is to end it."""
    for row in (await house.page("incident", incident=number)).steps:
        if row.name.startswith("tell"):
            await house.do("step", incident=number, step=row.name)


async def test_j3_while_no_newer_copy_exists_only_a_typed_reason_ends_it_and_the_week_says_so(bare: Any) -> None:
    await tell(bare, at("Wed 08:00"))
    await bare.do("own", incident="102")
    await _is_told(bare, "102")
    with pytest.raises(DeskRefusal, match="a time alone does not end it"):
        await bare.do("resolve", incident="102", cause="x", restored_at="2026-11-11T07:00")
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "files-night")
        await pilot.press("down", "r")
        await says(pilot, "the share was full")
        await says(pilot, "own")
        await sees(pilot, "the evidence is still bad: why is it over all the same")
        await says(pilot, "")
        refused = "the evidence of incident 102 is still bad"
        await until(pilot, lambda _: any(refused in one.message for one in pilot.app._notifications))
        assert bare.daemon.ledger.cases.open[102].is_open, "(c)"
        await pilot.press("r")
        await says(pilot, "the share was full")
        await says(pilot, "own")
        await says(pilot, "Helen keeps a copy of hers until the night")
        await until(pilot, lambda _: 102 not in bare.daemon.ledger.cases.open)
        await pilot.press("5")
        await sees(pilot, "105")
    week = await bare.page("week-print", client="brackwater", week="2026-W46", format="html")
    said = "(resolved on word, not on evidence: Helen keeps a copy of hers until the night)"
    assert said in week.body.decode()
    page = await bare.page("incident", incident="102")
    (end,) = [one.text for one in page.timeline if one.kind == "resolved"]
    assert end == "the share was full (on their word, not on evidence: Helen keeps a copy of hers until the night)"


async def test_j3_a_copy_that_is_newer_than_the_failure_ends_it_without_any_word(bare: Any) -> None:
    await tell(bare, at("Fri 08:00"))
    await _is_told(bare, "102")
    async with console(bare).run_test(size=SIZE) as pilot:
        await pilot.press("5")
        await sees(pilot, "102", "105")
        await pilot.press("/")
        await says(pilot, "files-night")
        await sees(pilot, "only “files-night”")
        await pilot.press("r")
        await sees(pilot, "what was the cause")
        await says(pilot, "the schedule was off")
        await says(pilot, "own")
        await sees(pilot, "why is it over all the same")
        await says(pilot, "")
        await until(pilot, lambda _: 102 not in bare.daemon.ledger.cases.open)
    one = bare.daemon.desk._office.history.incident(102)
    assert [(each.text, each.reason) for each in one.events if each.kind == "resolved"] == [
        ("the schedule was off", "")
    ]
    assert one.resolved_at == at("Fri 08:00")


async def test_j3_the_whole_matrix_of_the_week_is_that_of_the_paper(bare: Any) -> None:
    await tell(bare, at("2026-11-16T09:20:00"))
    week = await bare.page("week", client="brackwater", week="2026-W46")
    matrix = {one.job: (one.nights, one.good, one.due) for one in week.jobs}
    assert matrix == {
        "erp-dump": ("▪▪▪▪▪▪▪", 42, 42), "files-night": ("▪×–▪▪▪▪", 5, 7), "vm-night": ("▪▪▪▪▪▪▪", 7, 7),
    }, "W23"  # fmt: skip
    figures = {(one.kpi, one.name, one.about): one for one in week.figures}
    assert figures["K8", "backup success", ""].value == (55, 57)
    assert figures["K8", "first try", ""].value == (54, 57)
    assert figures["K8", "backup success", "offsite-week"].value == (1, 1)
    assert figures["K9", "RPO compliance", "files"].value == (436_800, 604_800)
    assert figures["K9", "worst age of the newest copy", "files"].shows == "72 h 40 min", "W24"
