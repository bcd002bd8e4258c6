"""An absence is allowed and taken back by keys, on the plan's dates."""

from __future__ import annotations

from typing import Any

from days import SIZE, console
from pilots import says, sees, until


async def test_an_absence_is_written_down_and_taken_back_by_keys(brackwater: Any) -> None:
    async with console(brackwater).run_test(size=SIZE) as pilot:
        await pilot.press("9")
        for _ in range(7):
            await pilot.press("tab")
        await sees(pilot, "last day to cancel")
        await pilot.press("l")
        for said in ("marco", "2026-11-23", "2026-11-24", "leave", "dana"):
            await says(pilot, said)
        await sees(pilot, "Marco Reyes is away until")
        await pilot.press("/")
        await says(pilot, "is away until")
        await pilot.press("x")
        await sees(pilot, "there after all marco 2026-11-23: why")
        await says(pilot, "the flight was cancelled")
        await says(pilot, "dana")
        await until(pilot, lambda screen: "Marco Reyes is away" not in screen)
