"""Hosts in the console: one that reports but stands in no model says so, with the line to write."""

from __future__ import annotations

from msgspec import structs

from checks.finding import Status
from console.pages.hosts import HostPage, HostRow, Hosts
from console.tui.present.findings import host
from console.tui.present.hosts import hosts

ENTRY = '  attic: {site: main, os: debian-12, role: ""}'
ROW = HostRow(
    "mill", "main", "attic", "a-1", Status.OK, 100, False, "Debian", "0.1", 0, 0, 0, "", (), planned=False, entry=ENTRY
)  # fmt: skip


def test_an_unplanned_host_says_so_in_the_list_and_in_its_pane() -> None:
    (row,) = hosts(Hosts(100, (ROW,), "door"), 100).rows
    assert "unplanned: it stands in no model" in [cell.text for cell in row.cells]
    assert ENTRY in row.detail
    planned = structs.replace(ROW, planned=True, entry="")
    (row,) = hosts(Hosts(100, (planned,), "door"), 100).rows
    assert "nothing is wrong" in [cell.text for cell in row.cells]
    assert not any("unplanned" in line for line in row.detail)


def test_a_host_that_checks_in_is_heard_whatever_is_unknown_of_it() -> None:
    heard = structs.replace(ROW, status=Status.UNKNOWN, is_heard=True)
    silent = structs.replace(ROW, host="nas", status=Status.UNKNOWN)
    assert hosts(Hosts(100, (heard, silent), "door"), 100).answer == "1 of 2 heard · 2 unknown"


def test_the_page_of_an_unplanned_host_has_the_entry_to_write() -> None:
    page = HostPage(100, ROW, (), (), {}, ())
    above = [cell.text for cell in host(page, 100).above]
    assert above[2:] == ["unplanned: it stands in no model; write under hosts:", ENTRY]
    assert len(host(structs.replace(page, row=structs.replace(ROW, planned=True, entry="")), 100).above) == 2
