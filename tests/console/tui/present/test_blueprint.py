"""The blueprint in the console: columns where there is room, an outline where not, people that light up on Enter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from console.operating_model.examples import example
from console.tui.app import ConsoleApp


def shown(app: ConsoleApp) -> str:
    lines = ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"


async def until(pilot: Pilot[None], what: Callable[[], bool]) -> None:
    for _ in range(200):
        await pilot.pause(0.02)
        if what():
            return
    raise AssertionError(f"never came:\n{shown(pilot.app)}")  # type: ignore[arg-type]


@pytest.fixture
async def brackwater(bare: Any) -> Any:
    documents = [{"name": one.name, "text": one.text} for one in example("brackwater")]
    await bare.do("publish", documents=documents, reason="an example")
    return bare


async def test_row_13a_the_console_draws_it_and_enter_lights_up_who_does_it(brackwater: Any) -> None:
    app = ConsoleApp(brackwater.client, lambda: float(brackwater.time[0]))
    async with app.run_test(size=(200, 60)) as pilot:
        await until(pilot, lambda: "nobody checks in" in shown(app))
        await pilot.press("B")
        await until(pilot, lambda: "Ridgeline Fiber" in shown(app))
        screen = shown(app)
        assert "───▸  ws-front1" in screen
        assert "[structure]" in screen
        await pilot.press("end", *["up"] * 13, "enter")
        await until(pilot, lambda: "[raci]" in shown(app) and "◆ Dana Whitlock" in shown(app))
        assert "━" in shown(app)
        await pilot.press("escape")
        await until(pilot, lambda: "[structure]" in shown(app))
        await pilot.press("tab", "tab")
        await until(pilot, lambda: "nothing is known: 10" in shown(app))


async def test_a_narrow_console_shows_the_outline(brackwater: Any) -> None:
    app = ConsoleApp(brackwater.client, lambda: float(brackwater.time[0]))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "nobody checks in" in shown(app))
        await pilot.press("B")
        await until(pilot, lambda: "├ needs   fw01" in shown(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: "◆ Connectivity" in shown(app))
        assert "I   Helen Brandt" in shown(app)


async def test_row_57_who_does_what_is_a_page_of_the_console(brackwater: Any) -> None:
    app = ConsoleApp(brackwater.client, lambda: float(brackwater.time[0]))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "nobody checks in" in shown(app))
        await pilot.press("W")
        await until(pilot, lambda: "Patch night" in shown(app))
        assert "PRIYA" in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: "◆ Connectivity" in shown(app))
