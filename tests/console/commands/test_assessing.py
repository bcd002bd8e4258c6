"""The assessment on the command line: as tables, as JSON, and what is done about a gap."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import House

from console.operating_model.examples import example

LINE = "G5:connectivity:availability"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One daemon with the example, for all the tests of this file."""
    house = House(tmp_path_factory.mktemp("cli") / "home")
    house.home.mkdir()
    house.start()
    house.publish(*(one.text for one in example("brackwater")))
    yield house
    house.close()


def test_row_54_strengths_weaknesses_and_gaps_are_one_page(house: House) -> None:
    told = house.cli("assess", "--client", "brackwater").stdout.splitlines()
    assert told[0].startswith("brackwater: level 0, mean score ")
    sourcing = next(line.split() for line in told if " sourcing " in line)
    assert sourcing == ["brackwater", "sourcing", "0", "1.6", "▪■·□□", "cover", "m365", "first"]
    assert any("on paper only" in line for line in told)
    strong = next(line for line in told if line.startswith("brackwater  sourcing 2"))
    assert strong.endswith("c-line, c-erp")
    assert any(line.startswith(f"brackwater  {LINE}") and "Dana Whitlock" in line for line in told)


def test_row_01_do_i_need_this_has_a_plain_answer(house: House) -> None:
    told = house.cli("assess", "--signs").stdout.splitlines()
    assert told[0].startswith("brackwater: do I need this? yes, because ")
    assert len(told) == 2 + 10


def test_row_16_all_thirty_checks_and_the_promises_are_tables(house: House) -> None:
    assert len(house.cli("assess", "--checks").stdout.splitlines()) == 31
    promises = house.cli("assess", "--promises").stdout
    assert "≤ 99.50 %" in promises
    assert "G5:erp:hours c-erp" in promises


def test_every_part_is_there_as_json(house: House) -> None:
    whole = house.rows("assess", "--json")
    assert {"overall", "components", "gaps", "checks", "signs", "promises", "changes"} <= whole.keys()
    assert len(whole["checks"]) == 30
    assert {"key", "evidence", "owner", "fix", "why", "source", "treatments"} <= whole["gaps"][0].keys()
    rows = house.rows("model", "treatments", LINE, "--json")["rows"]
    assert [row["kind"] for row in rows] == ["lower", "raise", "add", "accept"]


def test_what_changed_is_told_or_why_it_cannot_be(house: House) -> None:
    assert house.cli("assess", "--against", "1").stdout.startswith("brackwater: against revision 1, as of ")
    refused = house.cli("assess", "--against", "yesterday")
    assert refused.returncode == 11
    assert "neither a revision nor a date" in refused.stderr


def test_a_gap_is_treated_accepted_and_worked_on(house: House) -> None:
    shown = house.cli("model", "treatments", LINE).stdout
    assert "lower: services.connectivity.slo.availability: 99.5" in shown
    by = ("--by", "helen", "--expires", "2099-01-31", "--reason", "budget", "--yes")
    assert "it stays listed" in house.cli("model", "accept-gap", LINE, *by).stdout
    assert "Dana Whitlock works on" in house.cli("model", "act-on-gap", LINE, "--due", "2099-01-31").stdout
