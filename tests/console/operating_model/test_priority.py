"""What goes first: the client's own rule decides among equals of one severity, and says why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console.operating_model.priority import Case, decided, ranked, reasons, sentence, title

NOW = 1_794_400_000
RULE = ("safety-of-data", "criticality", "error-budget-left", "users-hit", "age")
BACKUP = Case(102, "b", "", "S2", "backup", "Files", "B", 24, None, NOW + 1800, NOW - 7 * 3600 - 55 * 60)


def a_case(incident: int, **more: Any) -> Case:
    fields = {"data_at_risk": "", "criticality": "A", "service": "ERP", "users": 18, "detected_at": NOW - 720, **more}
    return replace(BACKUP, incident=incident, **fields)


def order(*cases: Case, rule: tuple[str, ...] = RULE) -> list[int]:
    return [case.incident for case in ranked(cases, {"b": rule} if rule else {}, NOW)]


def test_row_22b_a_rank_explains_itself() -> None:
    assert sentence(reasons(BACKUP, RULE, NOW)) == (
        "S2 · data at risk: backup · Files criticality B · budget not measured yet · 24 users · 7 h 55 min old"
    )
    gone = a_case(101, severity="S1", budget_left=-0.2)
    assert sentence(reasons(gone, ("criticality", "error-budget-left", "users-hit", "age"), NOW)) == (
        "S1 · ERP criticality A · budget gone · 18 users · 12 min old"
    )


def test_row_07c_the_order_changes_when_the_rule_changes() -> None:
    erp = a_case(7)
    assert order(BACKUP, erp) == [102, 7]
    assert order(BACKUP, erp, rule=("criticality", "safety-of-data")) == [7, 102]
    assert order(BACKUP, erp, rule=("users-hit",)) == [102, 7]


def test_the_backup_of_wednesday_stands_before_the_milder_one() -> None:
    redundancy = a_case(105, severity="S3", service="Sign-in", users=24)
    for rule in (RULE, ("criticality",), ()):
        assert order(redundancy, BACKUP, rule=rule) == [102, 105]


def test_what_nobody_owns_stands_before_what_somebody_has() -> None:
    assert order(a_case(1, owner="ana", severity="S1"), a_case(2, severity="S4")) == [2, 1]


def test_less_budget_goes_first_and_what_is_not_measured_after_what_is() -> None:
    cases = [a_case(1), a_case(2, budget_left=0.4), a_case(3, budget_left=0.1)]
    assert order(*cases, rule=("error-budget-left",)) == [3, 2, 1]


def test_without_a_rule_what_breaks_first_goes_first_across_clients_too() -> None:
    cases = [a_case(1, due_at=NOW + 1), a_case(2, due_at=NOW + 2), a_case(3, client="c", due_at=NOW + 3)]
    assert order(*cases, a_case(4, due_at=None), rule=()) == [1, 2, 3, 4]


def test_across_clients_severity_goes_first_then_each_clients_own_rank() -> None:
    cases = [
        a_case(1),
        a_case(2, users=5),
        a_case(3, client="c", due_at=NOW + 9999),
        a_case(4, client="c", severity="S1"),
    ]
    assert order(*cases) == [4, 1, 3, 2]


def test_the_criterion_that_decides_is_named() -> None:
    pair = decided(BACKUP, a_case(7), RULE, NOW)
    assert pair is not None
    assert (title(pair[0].criterion), pair[0].value, pair[1].value) == (
        "data", "data at risk: backup", "data is not at risk",
    )  # fmt: skip
    assert decided(BACKUP, replace(BACKUP, incident=9), RULE, NOW) is None
    late = reasons(a_case(1, due_at=NOW - 60, criticality="", budget_left=0.25, owner="ana"), RULE, NOW)
    assert {"late by 1 min", "no service in the model", "25 % of the budget left", "ana has it"} <= {
        one.value for one in late
    }
    assert reasons(a_case(1, due_at=None), (), NOW)[-2].value == "no promise runs"


CASES = st.lists(
    st.builds(
        a_case,
        st.integers(1, 10_000),
        client=st.sampled_from("bcd"),
        owner=st.sampled_from(["", "ana"]),
        severity=st.sampled_from(["S1", "S2", "S3", "S4"]),
        users=st.integers(0, 50),
        budget_left=st.none() | st.floats(-1, 1),
        due_at=st.none() | st.integers(NOW - 9999, NOW + 9999),
    ),
    unique_by=lambda case: case.incident,
    max_size=12,
)


@given(CASES, st.permutations(RULE))
def test_the_order_does_not_depend_on_how_the_cases_come_and_loses_none(cases: list[Case], rule: list[str]) -> None:
    rules = dict.fromkeys("bcd", tuple(rule))
    there, back = ranked(cases, rules, NOW), ranked(cases[::-1], rules, NOW)
    assert there == back
    assert sorted(case.incident for case in there) == sorted(case.incident for case in cases)
    assert [(bool(case.owner), case.severity) for case in there] == sorted(
        (bool(case.owner), case.severity) for case in cases
    )
