"""What stands above a list leaves it room, on a small screen too, and is read whole by keys alone."""

from __future__ import annotations

from typing import Any

from builders import at
from days import console, tell
from pilots import opened, sees, shown

from console.tui.view import Target


async def test_the_timeline_of_an_incident_is_seen_at_eighty_by_twenty_four(bare: Any) -> None:
    await tell(bare, at("Wed 12:00"))
    async with console(bare).run_test(size=(80, 24)) as pilot:
        await opened(pilot, Target("incident", (("incident", "102"),)))
        screen = await sees(pilot, "detected", "⇧↓ more above")
        assert "Backup failure, rb-backup" not in screen
        for _ in range(30):
            await pilot.press("shift+down")
        await sees(pilot, "Backup failure, rb-backup")
        assert "detected" in shown(pilot)
        for _ in range(30):
            await pilot.press("shift+up")
        await sees(pilot, "#102")
        await pilot.resize_terminal(160, 50)
        await sees(pilot, "Backup failure, rb-backup")
        assert "more above" not in shown(pilot)
