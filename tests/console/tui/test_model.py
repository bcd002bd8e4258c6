"""The model on screen: from a service to its people and back, by keys over a real daemon."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from console.tui.app import ConsoleApp


def shown(app: ConsoleApp) -> str:
    """The screen as plain text."""
    lines = ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]
    return "\n".join(line.rstrip() for line in lines)


async def until(pilot: Pilot[None], what: Callable[[], bool]) -> None:
    """Wait for an answer of the daemon to be on the screen."""
    for _ in range(300):
        await pilot.pause(0.02)
        if what():
            return
    raise AssertionError(f"never came:\n{shown(pilot.app)}")  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=["narrow", "wide"])
async def test_a_service_leads_to_its_owner_and_the_owner_back_to_the_service(
    story: Any, size: tuple[int, int]
) -> None:
    app = ConsoleApp(story.client, lambda: float(story.time[0]))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "disk /" in shown(app))
        await pilot.press("6")
        await until(pilot, lambda: "[services]" in shown(app) and "Web shop" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "The Mill › Web shop" in shown(app) and "owner: Ana Ruiz" in shown(app))
        await pilot.press("slash", *"owner:", "enter", "enter")
        await until(pilot, lambda: "People › Ana Ruiz" in shown(app) and "Web shop: criticality A" in shown(app))
        await pilot.press("slash", *"Web shop: crit", "enter", "enter")
        await until(pilot, lambda: "The Mill › Web shop" in shown(app))
        assert max(map(len, shown(app).splitlines())) <= size[0]


async def test_tab_goes_through_the_six_components(story: Any) -> None:
    app = ConsoleApp(story.client, lambda: float(story.time[0]))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("6")
        for tab, seen in (
            ("services", "Web shop"), ("organization", "Ana Ruiz"), ("processes", "none written yet"),
            ("governance", "none written yet"), ("sourcing", "none written yet"), ("measurement", "none written yet"),
            ("blueprint", "▸ stands on"), ("revisions", "a test"),
            ("services", "Web shop"),
        ):  # fmt: skip
            await until(pilot, lambda tab=tab, seen=seen: f"[{tab}]" in shown(app) and seen in shown(app))  # type: ignore[misc]
            await pilot.press("tab")
