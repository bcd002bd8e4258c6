"""Driving the console by keys: what it shows, and waiting until it shows something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.pilot import Pilot


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
    """Type an answer to a question, and enter it."""
    await pilot.press(*text, "enter")
