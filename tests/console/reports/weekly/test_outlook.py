"""Headline, sections 4 to 6 and the last line of the golden week, word for word as on the page of 5.2."""

from __future__ import annotations

from dataclasses import replace

from golden_week import golden, without

from console.operating_model.schema.records import DecisionRecord
from console.reports.weekly.compose import weekly
from console.reports.weekly.outlook import action_lines, contact_line, decide_lines
from console.reports.weekly.risks import risk_lines


def test_the_headline_is_the_one_of_the_page() -> None:
    assert weekly(golden()).headline == (
        "■ ERP stopped three times (1 h 47 min of shop hours). "
        "■ File backups skipped two nights, running again since Thursday. Everything else held."
    )


def test_the_risks_are_the_three_of_the_page() -> None:
    assert [one.text for one in risk_lines(golden())] == [
        "ERP promise (4 h, day and night) is above Ledgerwood's contract (16 office h)",
        "Line promise 99.9 % sits on a 99.5 % contract",
        "Tom's PC lost vendor support on 13 Oct; the file server follows on 12 Jan",
    ]


def test_the_actions_are_the_five_of_the_page() -> None:
    assert [(one.action, one.what, one.who, one.due, one.needs_ok) for one in action_lines(golden())] == [
        ("a-3", "restart dc01 in a window", "Marco", "Mon 16 Nov 21:00", True),
        ("a-5", "label shelves, two-person rule", "Marco", "Tue 17 Nov", False),
        ("a-1", "alert when a backup does not start", "Priya", "Wed 18 Nov", False),
        ("a-2", "ERP database update (w-1 ends Fri)", "Priya", "Thu 19 Nov", False),
        ("a-4", "restore test of files", "Priya", "Fri 20 Nov", False),
    ]


def test_what_the_client_decides_is_as_on_the_page() -> None:
    assert [(one.decision, one.what, one.by) for one in decide_lines(golden())] == [
        ("d-a", "window for dc01", "today"),
        ("d-b", "second line or a 99.5 % promise", "30 Nov"),
        ("d-c", "Ledgerwood renews 1 Jan: keep, or ask for 4 h response", "cancel date passed"),
    ]


def test_what_a_decision_in_force_covers_is_not_asked_again() -> None:
    said = {
        "kind": "decision",
        "client": "brackwater",
        "id": "d-4",
        "at": "2026-11-10",
        "by": "helen",
        "what": "keep it",
    }
    kept = DecisionRecord.model_validate({**said, "covers": {"contract": "c-erp"}})
    papers = {**golden().papers, "decision": (*golden().papers["decision"], kept)}
    found = decide_lines(replace(golden(), papers=papers))
    assert [one.what for one in found] == ["window for dc01", "second line or a 99.5 % promise"]


def test_the_last_line_says_whom_to_ask() -> None:
    assert contact_line(golden()) == "Questions: Dana Whitlock +1-865-555-0101. Urgent: same number, day and night."


def test_a_client_without_documents_has_no_outlook() -> None:
    bare = replace(without(golden(), "action", "maintenance"), standing=None)
    assert (risk_lines(bare), action_lines(bare), decide_lines(bare), contact_line(bare)) == ((), (), (), "")
