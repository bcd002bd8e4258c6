"""A verb on its way from a key to the desk: what is asked, of which row, and what only the command line has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.pilot import Pilot

from console.tui.app import ConsoleApp
from console.tui.asking import Asking
from console.tui.screens.page import PageScreen
from console.tui.widgets.grid import Grid
from console.tui.widgets.prompt import Prompt

SUNDAY = 1_794_776_400  # Sun 15 Nov 2026, 16:00 in New York


async def until(pilot: Pilot[None], what: Callable[[], bool]) -> None:
    for _ in range(300):
        await pilot.pause(0.02)
        if what():
            return
    raise AssertionError("never came")


async def test_an_action_is_moved_by_keys_and_asked_about_by_its_id(brackwater: Any) -> None:
    app = ConsoleApp(brackwater.client, lambda: float(brackwater.time[0]), "plan")
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, PageScreen) and app.screen.view is not None)
        for tab in ("outcomes", "milestones", "actions"):
            await pilot.press("tab")
            await until(pilot, lambda tab=tab: app.screen.view.title.endswith(tab))  # type: ignore[misc, attr-defined]
        assert app.screen.query_one(Grid).selected is not None
        await pilot.press("m")
        await pilot.pause(0.1)
        prompt = app.screen.query_one(Prompt)
        assert "another date a-2: by when now" in prompt.placeholder
        for said in ("2026-11-30", "the vendor is late", "priya"):
            await pilot.press(*said.replace(" ", "_"), "enter")
            await pilot.pause(0.1)
        await until(pilot, lambda: "due in 15 days" in app.screen.query_one(Grid).selected.cells[4].text)  # type: ignore[union-attr]


def test_what_stands_aside_is_not_asked_for() -> None:
    from console.pages.verbs import VERBS

    add = next(verb for verb in VERBS if verb.name == "action-add")
    said = {one.name: "x" for one in add.arguments if not one.aside}
    done: list[str] = []
    Asking(add, said, None, lambda verb, given: done.append(verb.name)).go_on()  # type: ignore[arg-type]
    assert done == ["action-add"]
