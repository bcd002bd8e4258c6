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
