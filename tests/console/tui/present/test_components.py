"""The six components and one service as views."""

from __future__ import annotations

import pytest

from checks.finding import Status
from console.pages.components import TABS, ComponentRow, Components, ServicePage
from console.pages.sheet import Block, Item
from console.tui.present.components import components, service
from console.tui.view import Target

ROW = ComponentRow(
    "mill", "service", "erp", "ERP", {"state": "down", "owner": "Marco"}, "breach", ("a", "b\x1b"),
    "service", (("client", "mill"), ("service", "erp")),
)  # fmt: skip


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("clients", [("mill",), ("mill", "shop")])
def test_every_row_has_a_cell_a_column(tab: str, clients: tuple[str, ...]) -> None:
    view = components(Components(0, tab, clients, "1 of 1", "ok", (ROW,)), 0)
    (row,) = view.rows
    assert len(row.cells) == len(view.columns)
    assert row.opens == Target("service", (("client", "mill"), ("service", "erp")))
    assert row.detail == ("a", "b\ufffd")


def test_row_00_a_console_without_a_model_says_how_the_first_one_is_made() -> None:
    view = components(Components(0, "services", (), "nothing is published yet", "ok", ()), 0)
    assert "  watchbill model init --small" in view.empty


def test_a_service_leads_further_from_each_line() -> None:
    block = Block("people", (Item("owner: Marco", page="who", arguments=(("person", "marco"),)),))
    view = service(ServicePage(0, "mill", "The Mill", "erp", "ERP", "down", Status.BREACH, "disk full", (block,)), 0)
    assert (view.title, view.answer) == ("The Mill › ERP", "■ down: disk full")
    assert view.rows[0].opens == Target("who", (("person", "marco"),))
