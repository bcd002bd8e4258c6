"""A page that is read is read whole, at any width: long lines go on in the next one."""

from __future__ import annotations

from typing import Any

import pytest
from builders import at
from days import console, tell
from pilots import opened, sees

from console.tui.folding import folded
from console.tui.view import Cell, Row, Target

WIDE = "  ERP (shop hours)     97.91 %   99.48 %   99.50 %  none, 2 min over    ■ MISSED"
LABELLED = "2 HELP       answered in time 7 of 7 ● OK    solved in time 6 of 7 (85.71 %, want 95) ■ MISSED"


@pytest.mark.parametrize("width", [24, 40, 78, 98, 200])
@pytest.mark.parametrize(
    "line", [WIDE, LABELLED, "x" * 300, "", "   ", "one two " * 40, " " * 60 + "far in, and long enough"]
)
def test_no_word_is_lost_and_no_line_is_too_long(line: str, width: int) -> None:
    rows = list(folded([Row("7", (Cell(line, "ok"),))], width))
    texts = [row.cells[0].text for row in rows]
    assert "".join(texts).replace(" ", "") == line.replace(" ", "")
    assert max(map(len, texts)) <= width
    assert len({row.key for row in rows}) == len(rows)
    assert (rows[0].key, {row.cells[0].tone for row in rows}) == ("7", {"ok"})


def test_what_goes_on_is_set_in_as_its_text_is() -> None:
    _, second = folded([Row("1", (Cell(LABELLED),))], 78)
    assert second.cells[0].text.startswith(" " * 13 + "want 95)")
    _, light = folded([Row("1", (Cell(WIDE),))], 72)
    assert light.cells[0].text == "    ■ MISSED"


def test_a_line_that_is_a_little_too_long_comes_closer_before_its_last_cell() -> None:
    (whole,) = folded([Row("1", (Cell(WIDE),))], 77)
    assert whole.cells[0].text == WIDE.replace("over    ■", "over ■")


async def test_the_week_is_read_whole_at_eighty_columns_and_unfolds_on_a_wider_screen(bare: Any) -> None:
    await tell(bare, at("Sun 20:00"))
    async with console(bare).run_test(size=(80, 110)) as pilot:
        narrow = await opened(pilot, Target("week", (("client", "brackwater"),)))
        page = (await bare.page("week", client="brackwater")).text
        assert "".join(page.split()) in "".join(narrow.replace("›", "").split())
        await pilot.resize_terminal(120, 110)
        await sees(pilot, "none, 2 min over    ■ MISSED")
