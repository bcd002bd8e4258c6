"""The owner's sections of the golden week, B to J, beside the example lines of 5.3."""

from __future__ import annotations

from dataclasses import replace

from golden_week import golden, without
from msgspec import structs

from console.incidents.events import Event, Kind
from console.incidents.noise import NoiseCount
from console.incidents.states import step
from console.operating_model.entities import Severity
from console.reports.weekly.compose import weekly
from console.reports.weekly.facts import WeekFacts

COUNTED = NoiseCount(raised=36, work=12, known=6, cleared=14, voided=4)


def sections() -> dict[str, tuple[str, ...]]:
    return {one.letter: one.lines for one in weekly(replace(golden(), noise=COUNTED)).owner}


def test_b_says_each_breach_by_how_much_who_answers_and_the_action() -> None:
    found = sections()["B"]
    assert found[0].startswith("ERP 97.91 % of 99.50 %; stopped three times, 1 h 47 (own 1 h 32, client-accepted-risk")
    assert found[0].endswith(" 25 min); A: Tom; a-2, a-5")
    assert found[1:4] == (
        "I-102 resolve +12 h 30; waiting 20 min, working 20 h 10, off-hours 35 h 55; A: Dana; a-1",
        "patch compliance high 88.88 % (want 95 %); A: Dana; a-3",
        "backup success 96.49 % (want 98 %); A: Dana; a-1, a-4",
    )
    assert "RPO compliance files 72.22 % (want 99 %); A: Dana; a-1, a-4" in found
    assert "restore proof identity never; A: Dana; no action yet" in found
    assert all("; A: " in one for one in found), "everybody who answers for a breach is named, or that nobody is"


def test_c_to_g_are_about_work() -> None:
    found = sections()
    assert found["C"][0] == "Dana 0.00 % · Marco 17.92 % · Priya 7.29 % (this client alone)"
    assert "paged outside of shifts: 1 (I-110)" in found["C"]
    assert "erp depends on Marco alone" in found["C"]
    assert found["D"][0] == "this client 9.5 h, 0.95 h per host; reopen 1 of 7; void 1"
    assert found["D"][1] == "reactive 5 h 40, planned 3 h 50, on site 1 h 25, travel 25 min"
    assert found["E"][0] == "36 raised, 12 work, noise 50.00 % (target 40)"
    assert found["E"][1] == "14 cleared alone, 4 void, 6 known"
    assert found["F"] == (
        "Ridgeline 1/1 in time; 30 min lost; gap 0.4 points; S1 promise short by 15 min",
        "Ledgerwood nothing due; S1 promise short by 116 h 15",
    )
    assert found["G"][0] == "lost 12.0 (Connectivity) + 32.1 (ERP) + 10.0 (Files)"


def test_h_to_j_are_about_what_carries_it() -> None:
    found = sections()
    assert "Tom has not signed r1" in found["H"]
    assert "fw02 has no patch scan" in found["I"]
    assert found["J"][1] == "w-1 20 Nov · c-erp 31 Dec · bkp01 warranty 31 Dec · fs01 support 12 Jan"


def test_h_says_which_gaps_opened_and_closed_since_the_frozen_week_before() -> None:
    facts = golden()
    last = structs.replace(weekly(facts), week="2026-W45")
    assert last.gaps is not None
    assert _lines(replace(facts, earlier=(last,)), "H", "since") == []
    other = structs.replace(last, gaps=(*last.gaps[1:], "G99:gone"))
    first = last.gaps[0].replace(":", " ")
    assert _lines(replace(facts, earlier=(other,)), "H", "since") == [
        f"1 gap opened since 2026-W45: {first}", "1 gap closed since 2026-W45: G99 gone",
    ]  # fmt: skip
    old = structs.replace(last, gaps=None)
    assert _lines(replace(facts, earlier=(old,)), "H", "since") == [], "it was frozen before gaps were kept"


def test_h_says_who_has_said_nothing_to_the_revision_in_force() -> None:
    facts = golden()
    assert facts.standing is not None
    loose = [one.model_copy(update={"must_sign": False}) for one in facts.standing.doc.stakeholders]
    doc = facts.standing.doc.model_copy(update={"stakeholders": loose})
    found = replace(facts, standing=replace(facts.standing, doc=doc))
    assert _lines(found, "H", "r1") == ["r1 unread, as far as anybody said: Tom"], "Helen approved it"
    assert _lines(facts, "H", "unread") == []


def test_c_and_d_tell_of_hand_overs_that_nobody_took_and_of_severities_made_milder() -> None:
    facts = golden()
    one = next(each for each in facts.incidents if each.number == 105)
    at = one.events[-1].at
    for event in (Event(at + 60, "", Kind.ORPHANED, "nobody accepted it"),
                  Event(at + 120, "dana", Kind.SEVERITY, "it can wait", severity=Severity.S4),
                  Event(at + 180, "dana", Kind.SEVERITY, "it cannot", severity=Severity.S2)):  # fmt: skip
        one = step(one, event)
    others = tuple(one if each.number == 105 else each for each in facts.incidents)
    found = replace(facts, incidents=others)
    assert _lines(found, "C", "handed over") == ["handed over to nobody in time: 1 (I-105)"]
    assert _lines(found, "D", "severity") == ["severity lowered once (I-105 S3 to S4)"]
    assert _lines(facts, "C", "handed over") + _lines(facts, "D", "severity") == []


def _lines(facts: WeekFacts, letter: str, word: str) -> list[str]:
    return [line for one in weekly(facts).owner if one.letter == letter for line in one.lines if word in line]


def test_a_client_of_whom_nothing_is_written_has_every_section_and_says_none() -> None:
    bare = replace(without(golden(), *golden().papers), standing=None, incidents=())
    found = {one.letter: one.lines for one in weekly(bare).owner}
    assert list(found) == list("BCDEFGHIJ")
    assert found["F"] == found["H"] == found["J"] == ("none",)
