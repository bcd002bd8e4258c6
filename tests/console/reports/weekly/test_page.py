"""The whole page of 5.2, made from the records of the golden week: nothing of it is written by hand."""

from __future__ import annotations

from pathlib import Path

from golden_week import FROZEN, golden
from msgspec import structs

from console.pages.week_sections import Freeze
from console.reports.text import text
from console.reports.weekly.compose import FORMULA, weekly

PAPER = Path(__file__).parents[3] / "golden" / "reports" / "brackwater-W46.txt"


def test_the_page_made_from_records_is_the_page_of_the_paper() -> None:
    week = weekly(golden())
    frozen = Freeze(FROZEN, "dana", "Dana Whitlock", "0" * 64, week.revision, FORMULA)
    page = text(structs.replace(week, frozen=frozen))
    assert page == PAPER.read_text().replace("model r7", "model r1")  # the example is published as revision 1


def test_no_two_figures_of_a_week_have_one_key_and_each_says_what_it_was_made_from() -> None:
    figures = weekly(golden()).figures
    assert len({one.key for one in figures}) == len(figures)
    assert {one.kpi for one in figures} >= {f"K{number}" for number in range(1, 26)} - {"K17"}
    assert [one.key for one in figures if not one.inputs] == []
