"""The risk register: what may go wrong, weighed by what stops."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from console.operating_model.gaps.gap import Facts
from console.operating_model.plan.risks import Risk, risks


def by_name(facts: Facts) -> dict[str, Risk]:
    return {f"{one.kind} {one.about}": one for one in risks(facts)}


def test_row_43c_the_top_risks_have_a_score_an_owner_and_a_treatment(facts: Facts) -> None:
    found = risks(facts)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert (found[0].kind, found[0].about, found[0].score) == ("restore not proven", "identity", 12)
    assert all(one.treatment and 1 <= one.score <= 12 for one in found)
    register = by_name(facts)
    assert (register["single person erp"].owner, register["single person erp"].score) == ("tom", 9)
    assert (register["end of life fs01"].services, register["end of life fs01"].criticality) == (("files",), "B")
    assert register["no contract m365"].criticality == "C"


def test_row_24_a_supplier_without_alternative_is_listed_and_one_with_is_not(facts: Facts) -> None:
    register = by_name(facts)
    assert register["single supplier ledgerwood"].services == ("erp",)
    assert "single supplier ridgeline" not in register


def test_overdue_work_is_a_risk_of_the_services_that_it_serves(facts: Facts) -> None:
    register = by_name(replace(facts, today=date(2026, 12, 2)))
    assert register["overdue a-2"].services == ("erp",)  # through its waiver, which covers erp01
    assert register["ended waiver w-1"].criticality == "A"
    assert register["overdue ms-3"].services == ()


def test_an_overdue_step_with_an_outcome_reaches_the_services_of_that_outcome(changed: object) -> None:
    change = ("owner: priya, due: 2026-11-30}", "owner: priya, due: 2026-11-30, outcome: o-ransom}")
    facts = changed(change)  # type: ignore[operator]
    assert by_name(replace(facts, today=date(2026, 12, 2)))["overdue ms-3"].services == ("files", "backup")
