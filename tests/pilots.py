"""Driving the console by keys: what it shows, and waiting until it shows something."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from textual.events import Paste
from textual.pilot import Pilot

from console.tui.app import ConsoleApp
from console.tui.screens.page import PageScreen
from console.tui.view import Target
from console.tui.widgets.prompt import Prompt

SCREENS = Path(__file__).parent / "golden" / "screens"
SIZES = (80, 24), (200, 60)


def shown(pilot: Pilot[Any]) -> str:
    """The screen as plain text."""
    lines = ["".join(part.text for part in strip) for strip in pilot.app.screen._compositor.render_strips()]
    return "\n".join(line.rstrip() for line in lines)


async def until(pilot: Pilot[Any], what: Callable[[str], bool]) -> str:
    """Wait for an answer of the daemon to be on the screen; the screen."""
    for _ in range(200):
        await pilot.pause(0.02)
        if what(shown(pilot)):
            return shown(pilot)
    raise AssertionError(f"never came:\n{shown(pilot)}")


async def sees(pilot: Pilot[Any], *words: str) -> str:
    """Wait until all of these words are on the screen."""
    return await until(pilot, lambda screen: all(word in screen for word in words))


async def says(pilot: Pilot[Any], text: str) -> None:
    """Answer a question as if it was pasted, and enter it."""
    pilot.app.screen.query_one(Prompt).post_message(Paste(text))
    await pilot.press("enter")


async def opened(pilot: Pilot[Any], target: Target) -> str:
    """The page as it is seen once it was answered, on a screen of its own."""
    app: ConsoleApp = pilot.app  # type: ignore[assignment]
    screen = PageScreen(target, app._clock)
    app.switch_screen(screen)
    for _ in range(500):
        await pilot.pause(0.01)
        if screen.view is not None:
            break
    await pilot.pause(0.02)
    before, now = "", shown(pilot)
    while now != before:  # a scrollbar comes with the layout after the one that needs it
        await pilot.pause(0.02)
        before, now = now, shown(pilot)
    return now.rstrip() + "\n"


async def pictures_agree(made: Callable[[], ConsoleApp], pages: Iterable[tuple[str, Target]]) -> None:
    """Every page reads as its golden pictures at both sizes; WATCHBILL_GOLDEN=write agrees to what there is now."""
    different = []
    for width, height in SIZES:
        async with made().run_test(size=(width, height)) as pilot:
            for name, target in pages:
                text = await opened(pilot, target)
                assert max(map(len, text.splitlines())) <= width, name
                assert "? keys" in text.splitlines()[-1], name
                assert "None" not in text, name
                path = SCREENS / f"{name}-{width}x{height}.txt"
                if os.environ.get("WATCHBILL_GOLDEN") == "write":
                    path.write_text(text)
                different += [] if path.exists() and path.read_text() == text else [f"{name}:\n{text}"]
    assert not different, "\n".join(different)
