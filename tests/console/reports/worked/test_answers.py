"""Every W number of the paper beside the product's: all agree on the golden week's own facts."""

from __future__ import annotations

from typing import Any

import pytest
from days import golden_week
from golden_week import FROZEN, golden

from console.pages.worked import WorkedRow
from console.reports.weekly.compose import weekly
from console.reports.worked.answers import rows

ROWS = list(rows(weekly(golden())))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_the_product_says_what_the_paper_says(row: WorkedRow) -> None:
    assert row.product == row.paper


def test_no_number_of_the_paper_is_left_out() -> None:
    wanted = {1, 2, 3, 4, 5, 7, 8, 10, 11, 13, 14, 15, 17, 18, 19, *range(21, 31), *range(32, 39)}
    assert {row.id for row in ROWS if row.id.startswith("W")} == {f"W{number}" for number in wanted}
    assert {row.id[:3] for row in ROWS if row.id.startswith("TL")} == {
        f"TL{number}" for number in (1, 2, 3, 4, 5, 6, 7, 9)
    }


def test_without_the_golden_week_a_number_is_not_made_up() -> None:
    alone = {row.id: row for row in rows(None)}
    assert (alone["W1"].product, alone["W1"].agrees) == ("no golden week here", False)
    assert alone["W8"].agrees


async def test_where_the_records_hold_less_than_the_paper_counts_the_line_says_so(bare: Any) -> None:
    await golden_week(bare, FROZEN)
    (row,) = [one for one in (await bare.page("worked")).rows if one.id == "W30"]
    week = await bare.page("week", client="brackwater", week="2026-W46")
    (noise,) = [one for one in week.figures if (one.kpi, one.name) == ("K17", "noise")]
    assert noise.value is not None
    assert f"hold {noise.value[1]} of them and say {noise.shows}" in row.given
