"""What an incident's own words tell: whose fault it was, and the supplier's ticket."""

from __future__ import annotations

import pytest

from console.operating_model.assess.said import cause_in, ticket_in

SUPPLIERS = ("ridgeline", "Ridgeline Fiber", "Ledgerwood Software")


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("carrier fault at the street cabinet, Ridgeline RF-55120", "supplier"),
        ("supplier: changed a route", "supplier"),
        ("own: disk full", "own"),
        ("client-accepted-risk: power cut", "client-accepted-risk"),
        ("unplugged by mistake", ""),
        ("the renown of ownership", ""),
    ],
)
def test_a_cause_is_read_from_the_resolution(text: str, cause: str) -> None:
    assert cause_in(text, SUPPLIERS) == cause


def test_a_ticket_is_read_from_whatever_note_has_it() -> None:
    assert ticket_in(["called them", "called Ridgeline, ticket RF-55120"]) == "RF-55120"
    assert ticket_in(["case #4711 opened"]) == "4711"
    assert ticket_in(["no reference given", "the ticket is lost"]) == ""
