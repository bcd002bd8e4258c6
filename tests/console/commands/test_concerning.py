"""`watchbill concerns` and `watchbill why` over a real daemon: text, JSON, exit codes."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from conftest import House

from console.operating_model.examples import example


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A daemon with the example published."""
    house = House(tmp_path_factory.mktemp("concerning") / "home")
    house.home.mkdir()
    house.start()
    house.publish(*(one.text for one in example("brackwater")))
    yield house
    house.close()


def test_whom_a_fault_concerns_is_printed_and_is_json_too(house: House) -> None:
    told = house.cli("concerns", "dc01")
    assert told.returncode == 0, told.stderr
    assert "1 of 2 Sign-in hosts down; dc02 still carries it" in told.stdout
    assert "for the business: Orders can be entered" in told.stdout
    answer = json.loads(house.cli("concerns", "erp01", "disk", "--subject", "/", "--json").stdout)
    assert (answer["severity"], answer["rows"][0]["accountable"], answer["runbook"]) == (
        "S2",
        "Tom Osei",
        "rb-incident",
    )
    assert answer["rows"][0]["own_due_at"].endswith("Z")


def test_a_host_or_an_incident_that_is_not_there_is_refused_with_what_is(house: House) -> None:
    told = house.cli("concerns", "erp1")
    assert told.returncode == 11
    assert "known are: hv01, dc01" in told.stderr
    assert house.cli("why", "7").returncode == 11


def test_an_incident_and_all_that_happened_to_it_is_read_and_escalated_by_command(house: House) -> None:
    done = house.cli("report", "forms hang", "--service", "erp", "--client", "brackwater", "--caller", "Tom by phone")
    assert done.returncode == 0, done.stderr
    number = next(row["incident"] for row in house.rows("incidents", "--json") if row["title"] == "forms hang")
    told = house.cli("incident", str(number))
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith(f"#{number} new: forms hang")
    assert "reported" in told.stdout or "detected" in told.stdout
    assert json.loads(house.cli("incident", str(number), "--json").stdout)["row"]["incident"] == number
    called = house.cli("escalate", str(number), "nobody answers")
    assert "escalat" in called.stdout + called.stderr
    assert house.cli("incident", "9999").returncode == 11
