"""What a window takes away, over guests and redundant groups."""

from __future__ import annotations

import pytest

from checks.catalogue import BY_NAME
from console.operating_model.entities import Client
from console.operating_model.examples import example
from console.operating_model.load import load
from console.operating_model.plan.windows import hit, left_without


@pytest.fixture(scope="module")
def brackwater() -> Client:
    return load(example("brackwater"), BY_NAME).clients["brackwater"]


def test_a_host_window_proposes_the_services_that_it_hits(brackwater: Client) -> None:
    assert hit(brackwater, ["bkp01"]) == ("backup",)
    assert "files" in hit(brackwater, ["hv01"])
    assert hit(brackwater, []) == ()


def test_both_members_of_a_group_in_one_window_leave_too_few(brackwater: Client) -> None:
    assert left_without(brackwater, ["dc01"]) == ()
    assert left_without(brackwater, ["dc01", "dc02"]) == ("identity",)
    assert left_without(brackwater, ["hv01", "dc02"]) == ("identity",)  # dc01 is a guest of hv01
