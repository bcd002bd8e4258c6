"""A call is written down by keys: `+`, and whose it is stands in the question."""

from __future__ import annotations

from typing import Any

from builders import at
from days import SIZE, console, tell
from pilots import says, sees, until


async def test_a_call_is_reported_from_triage_and_its_page_opens(bare: Any) -> None:
    await tell(bare, at("Wed 08:00"))
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "files-night")
        await pilot.press("+")
        await sees(pilot, "report at brackwater: what is wrong, in a line")
        await says(pilot, "the label printer prints blanks")
        await sees(pilot, "which service it hurts")
        await says(pilot, "files")
        await sees(pilot, "how badly", "[down degraded at risk]")
        await says(pilot, "at risk")
        await says(pilot, "Tom by phone")
        await sees(pilot, "when they called")
        await says(pilot, "07:50")
        await sees(pilot, "the label printer prints blanks", "reported: Tom by phone", "nobody has it yet")
        await pilot.press("o")
        await until(pilot, lambda _: max(bare.daemon.ledger.cases.open.items())[1].owner == "root")
        await pilot.press("1")
        await sees(pilot, "the label printer prints blanks")
        page = await bare.page("concern", client="brackwater", host="files", check="")
        assert (page.sentence, page.impact) == ("the label printer prints blanks", "at risk")
