"""Views of the plan: rows that verbs take, money and days as people read them, and hostile words made safe."""

from __future__ import annotations

from checks.finding import Status
from console.pages.plan import CapabilityRow, DateRow, Plan, SpendRow, StepRow, WaiverRow
from console.tui.present import present
from console.tui.present.plan_computed import PARTS as COMPUTED
from console.tui.present.plan_summary import PARTS as SUMMED
from console.tui.present.plan_written import PARTS as WRITTEN

NOW = 1_794_776_400  # Sun 15 Nov 2026
EVIL = "\x1b[2J[red]host=fs01"


def test_every_part_of_the_page_has_a_view() -> None:
    from console.pages.plan import TABS

    assert {*SUMMED, *WRITTEN, *COMPUTED} == set(TABS)


def step(id_: str, due: str, status: Status) -> StepRow:
    return StepRow("c", id_, "t", "o", "Ana", due, "", "state", status, False, "", "", "i-12", "", ())


def test_milestones_stand_on_one_line_of_time_with_today_on_it() -> None:
    rows = (step("ms-1", "2026-11-05", Status.BREACH), step("ms-2", "2026-11-30", Status.NOT_DUE))
    view = present("plan", Plan(NOW, "milestones", milestones=rows), NOW)
    roads = [row.cells[5].text for row in view.rows]
    assert roads == ["■·········│···············", "··········│··············◆"]


def test_an_action_from_an_incident_leads_there() -> None:
    view = present("plan", Plan(NOW, "actions", actions=(step("a-1", "2026-11-30", Status.NOT_DUE),)), NOW)
    (row,) = view.rows
    assert row.opens is not None
    assert (row.opens.page, row.opens.arguments) == ("incident", (("incident", "12"),))
    assert dict(row.about) == {"client": "c", "action": "a-1"}


def test_money_has_two_decimals_and_a_dash_where_there_is_none() -> None:
    row = SpendRow("c", "", "none", 0, 123_450, None, 0, 123_450, None, ())
    (shown,) = present("plan", Plan(NOW, "spend", spend=(row,)), NOW).rows
    assert [cell.text for cell in shown.cells[1:7]] == ["0", "1,234.50", "–", "0.00", "1,234.50", "–"]


def test_days_are_counted_both_ways() -> None:
    rows = tuple(
        DateRow("c", "2026-11-15", days, "life", f"h{place}", "t", "", "", Status.WATCH)
        for place, days in enumerate((None, -3, 0, 5))
    )
    view = present("plan", Plan(NOW, "dates", dates=rows), NOW)
    assert [row.cells[2].text for row in view.rows] == ["at once", "3 d ago", "today", "in 5 d"]
    assert view.rows[0].opens is not None


def test_row_25_a_capability_without_a_reason_says_so() -> None:
    row = CapabilityRow(
        "c", "cap-x", "x", "msp", (), "", "", 0, 0, "high", ("erp",), ("a", "b"), "keep", "", Status.WATCH
    )  # fmt: skip
    (shown,) = present("plan", Plan(NOW, "capabilities", capabilities=(row,)), NOW).rows
    assert (shown.cells[5].text, shown.cells[5].tone) == ("no reason yet", "watch")
    assert "why        no reason is written" in shown.detail


def test_hostile_words_reach_no_cell_and_no_detail() -> None:
    row = WaiverRow(
        "c", "w-1", EVIL, EVIL, EVIL, "2026-11-15", "", EVIL, "2026-11-20", "asked", Status.WATCH, False, EVIL, EVIL,
        "", "",
    )  # fmt: skip
    (shown,) = present("plan", Plan(NOW, "waivers", waivers=(row,)), NOW).rows
    assert "\x1b" not in "".join((*(cell.text for cell in shown.cells), *shown.detail))
