"""Capabilities: value beside skill, and what follows."""

from __future__ import annotations

from typing import Any

from console.operating_model.gaps.gap import Facts
from console.operating_model.plan.capabilities import capabilities


def test_row_27_what_matters_and_hangs_on_one_person_is_watched(facts: Facts) -> None:
    told = {one.doc.id: (one.value, one.skilled, one.advice) for one in capabilities(facts)}
    assert told == {
        "cap-helpdesk": ("", (), ""),
        "cap-erp-admin": ("high", ("marco",), "watch"),
        "cap-line": ("high", ("marco", "priya"), "keep"),
    }


def test_row_25_sourcing_parties_and_reason_are_written(facts: Facts) -> None:
    erp = next(one for one in capabilities(facts) if one.doc.id == "cap-erp-admin")
    assert (erp.doc.sourcing, erp.doc.parties, erp.services) == ("hybrid", ["tom", "ledgerwood"], ("erp",))
    assert all(one.doc.why and one.doc.review for one in capabilities(facts))


def test_a_capability_of_people_alone_is_found_by_what_they_do_and_its_decision_stands_beside_it(changed: Any) -> None:
    facts = changed(
        ("sourcing: msp, why", "sourcing: msp, parties: [helen], why"),
        ("{for: workplace, R: [marco], A: dana, deputy: priya", "{for: workplace, R: [helen], A: dana"),
        ('"covers": {"host": "hv01", "cause": "utility-power"}', '"covers": {"capability": "cap-helpdesk"}'),
    )  # fmt: skip
    desk = next(one for one in capabilities(facts) if one.doc.id == "cap-helpdesk")
    assert (desk.services, desk.value, desk.advice, desk.decision) == (("workplace",), "low", "buy", "d-3")
