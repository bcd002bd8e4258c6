"""The assessment on the screen, without a terminal: what stands in each part, and where Enter leads."""

from __future__ import annotations

from typing import Any

import pytest

from console.operating_model.examples import example
from console.pages.assessing import TABS, Assessment
from console.pages.verbs import PAGES, VERBS
from console.tui.app import ConsoleApp
from console.tui.present import present
from console.tui.present.treating import lines, treatments_of


@pytest.fixture
async def published(bare: Any) -> Any:
    documents = [{"name": one.name, "text": one.text} for one in example("brackwater")]
    await bare.do("publish", documents=documents, reason="an example")
    return bare


async def test_every_part_has_a_view_and_every_row_fits_its_columns(published: Any) -> None:
    for tab in TABS:
        page = await published.page("assess", client="brackwater", tab=tab)
        view = present("assess", page, page.now)
        assert view.title.startswith("Assess ›")
        assert view.answer
        assert all(len(row.cells) == len(view.columns) for row in view.rows)
        assert len({row.key for row in view.rows}) == len(view.rows)
        assert all(row.detail for row in view.rows)


async def test_row_01_and_16_the_plain_answer_and_the_steps_of_every_component(published: Any) -> None:
    page = await published.page("assess", client="brackwater", tab="checks")
    view = present("assess", page, page.now)
    assert len(view.rows) == 36
    sourcing = next(row for row in view.rows if row.cells[0].text == "sourcing")
    assert [cell.text for cell in sourcing.cells[1:4]] == ["level 0 of 5", "▪■·□□  1.6", "→ cover m365 first"]
    assert view.answer.startswith("level 0 · mean 1.")
    page = await published.page("assess", client="brackwater", tab="signs")
    view = present("assess", page, page.now)
    assert view.above[0].text.startswith("yes, because ")
    assert "signs are on" in view.answer


async def test_enter_on_a_gap_leads_to_its_treatments_and_verbs_know_which(published: Any) -> None:
    page = await published.page("assess", client="brackwater")
    view = present("assess", page, page.now)
    row = next(one for one in view.rows if one.key == "brackwater G6:m365")
    assert row.opens == treatments_of("brackwater", "G6:m365")
    assert dict(row.about) == {"client": "brackwater", "gap": "G6:m365", "treatment": "act"}
    shown = await published.page("treatments", client="brackwater", gap="G5:connectivity:availability")
    ways = present("treatments", shown, shown.now)
    assert [one.cells[0].text for one in ways.rows] == ["lower", "raise", "add", "accept"]
    assert "writes     services.connectivity.slo.availability: 99.5" in ways.rows[0].detail


async def test_key_7_tab_enter_and_w_lead_from_a_gap_to_an_action(published: Any) -> None:
    app = ConsoleApp(published.client, lambda: float(published.time[0]))

    def text() -> str:
        lines = ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]
        return "\n".join(line.rstrip() for line in lines)

    async with app.run_test(size=(80, 24)) as pilot:

        async def until(word: str) -> None:
            for _ in range(400):
                await pilot.pause(0.02)
                if word in text():
                    return
            raise AssertionError(f"{word} never came:\n{text()}")

        await until("Triage")
        await pilot.press("7")
        await until("G5     connectivity")
        for part in ("level 2 of 5", "do I need this?", "≤ 99.50 %", "no earlier revision"):
            await pilot.press("tab")
            await until(part)
        await pilot.press("tab")
        await until("G5     connectivity")
        await pilot.press("/", *"99.90", "enter")
        await until("only “99.90”")
        await pilot.press("enter")
        await until("4 ways to treat it")
        await pilot.press("j", "w")
        await until("work on it G5:connectivity:availability raise: who does")
        await pilot.press(*"dana", "enter")
        await until("by which day")
        await pilot.press(*"2099-12-31", "enter")
        for _ in range(400):
            await pilot.pause(0.02)
            if rows := (await published.page("records", client="brackwater")).rows:
                break
    (row,) = rows
    assert '"text": "agree 99.9 % for line-main with Ridgeline Fiber"' in row.body


def test_nothing_published_says_so_in_every_part() -> None:
    for tab in TABS:
        empty = Assessment(0, tab, (), (), (), (), (), (), (), (), ())
        view = present("assess", empty, 0)
        assert view.rows == ()
        assert view.empty


def test_key_7_opens_the_assessment_and_its_verbs_work_where_gaps_are() -> None:
    assert [page.name for page in PAGES if page.key == "7"] == ["assess"]
    screens = {verb.name: verb.screens for verb in VERBS}
    for name in ("accept-gap", "act-on-gap"):
        assert screens[name] == ("treatments", "assess/gaps", "assess/promises")


def test_what_a_person_wrote_cannot_move_the_cursor() -> None:
    assert lines("a\x1b[2Jb", "") == ("a\N{REPLACEMENT CHARACTER}[2Jb",)
