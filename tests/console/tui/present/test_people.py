"""People as views."""

from __future__ import annotations

from console.pages.people import OrphanRow, People, PersonRow, Who
from console.pages.sheet import Block, Item
from console.tui.present.people import people, rows_of, who
from console.tui.view import Target

MARCO = PersonRow("marco", "Marco", "msp", "", ("mill",), 1, 0, 2, 0, ("mill/erp",), True, 0, "", is_here=True)
LOST = OrphanRow("mill", "service", "erp", "owner", "bob", "Bob left on 2026-01-01")


def test_everybody_leads_to_their_page_and_what_hangs_on_nobody_comes_after_them() -> None:
    view = people(People(0, (MARCO,), (LOST,)), 0)
    assert view.answer == "1 thing hangs on nobody who is here"
    assert [row.opens for row in view.rows] == [
        Target("who", (("person", "marco"),)), Target("who", (("person", "bob"),)),
    ]  # fmt: skip
    assert len({len(row.cells) for row in view.rows} | {len(view.columns)}) == 1
    assert people(People(0, (MARCO,), ()), 0).answer == "1 service hangs on one person alone"


def test_a_line_of_a_persons_page_leads_to_its_service_and_an_empty_block_says_so() -> None:
    line = Item("ERP", tone="breach", page="service", arguments=(("client", "mill"), ("service", "erp")))
    blocks = (Block("owns", (line, Item("Files"))), Block("roles", (), "no role"))
    rows = list(rows_of(blocks))
    assert [[cell.text for cell in row.cells] for row in rows] == [
        ["owns", "■ ERP"],
        ["", "Files"],
        ["roles", "no role"],
    ]
    assert rows[0].opens == Target("service", line.arguments)
    page = Who(0, "m", "Mar\x1b[31mco", "msp", "", "", (), blocks)
    assert "\x1b" not in who(page, 0).title
