"""`e` on the page Model: where no editor can open, it says how; nothing is lost and nothing is half done."""

from __future__ import annotations

from typing import Any

from console.tui.app import ConsoleApp
from console.tui.screens.page import PageScreen
from console.tui.widgets.prompt import Prompt


async def test_a_console_without_a_terminal_names_the_command_that_edits(still: Any) -> None:
    app = ConsoleApp(still.client, lambda: float(still.time[0]), "components")
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(300):
            await pilot.pause(0.02)
            if isinstance(app.screen, PageScreen) and app.screen.view is not None:
                break
        await pilot.press("e")
        prompt = app.screen.query_one(Prompt)
        assert prompt.placeholder == "why do you change mill? (it stays with the draft)"
        await pilot.press("enter")
        assert not app._notifications, "without a reason nothing is begun"
        await pilot.press("e", *"growth", "enter")
        for _ in range(300):
            await pilot.pause(0.02)
            if app._notifications:
                break
        (said,) = app._notifications
    assert said.message == "no editor can open here; on a terminal: watchbill model edit mill"
    assert (await still.page("drafts")).rows == ()
