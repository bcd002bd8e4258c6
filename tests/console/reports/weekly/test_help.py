"""Section 2 of the golden week, to the digit: W26 to W28, and the page of 5.2."""

from __future__ import annotations

from dataclasses import replace

from builders import at
from golden_week import golden, without

from console.incidents.events import Event, Kind
from console.incidents.states import fold
from console.pages.week_sections import HelpLine
from console.reports.weekly.help import help_figures, help_section
from console.reports.weekly.upkeep import tickets


def test_the_section_is_the_one_of_the_page() -> None:
    found = help_section(golden())
    assert found.lines == (
        HelpLine("own", 7, 7, "100.00 %", "95", "ok"),
        HelpLine("resolve", 6, 7, "85.71 %", "95", "missed"),
    )
    assert found.late == ("I-102 file backup, 20 h 30 against 8 h",)
    assert (found.open, found.waiting, found.on_site) == (2, 1, 1)
    assert found.typical == "owned in 12 min, solved in 45 min (medians)"


def test_w26_w27_and_w28_come_out_of_the_records() -> None:
    shown = {(one.name, one.about): one.shows for one in help_figures(golden())}
    assert [shown[f"time to own, {word}", ""] for word in ("mean", "median", "P90")] == [
        "22 min 43 s",
        "12 min",
        "60 min",
    ]
    assert [shown[f"time to resolve, {word}", ""] for word in ("mean", "median")] == ["4 h 32 min 26 s", "45 min"]
    assert shown["time to resolve, mean", "S1"] == "34 min 15 s"
    assert (shown["attainment, own", ""], shown["attainment, resolve", ""]) == ("100.00 %", "85.71 %")
    assert shown["reopen share", ""] == "14.29 %"  # 1 of 7, less is better: rounded up
    assert shown["first response, mean", ""] == "10 min"
    assert [shown["ageing", word] for word in ("<1 d", "1–3 d", "3–7 d", "7–14 d", "≥14 d")] == [
        "0",
        "1",
        "1",
        "0",
        "0",
    ]


def test_a_breach_belongs_to_the_week_in_which_it_happened() -> None:
    before = help_section(replace(golden(), now=at("Wed 15:59")))
    assert (before.lines[1].met, before.lines[1].due, before.late) == (3, 3, ())
    broken = help_section(replace(golden(), now=at("Wed 16:01")))
    assert (broken.lines[1].met, broken.lines[1].due) == (3, 4)  # I-102 is open still, and broken


def test_a_week_without_work_log_says_nothing_of_visits() -> None:
    assert help_section(without(golden(), "work-log")).on_site == 0


def test_a_week_without_incidents_has_nothing_due() -> None:
    found = help_section(replace(golden(), incidents=()))
    assert [(one.due, one.share, one.light) for one in found.lines] == [(0, "nothing due", "")] * 2
    assert found.typical == ""


def test_the_first_word_to_the_client_counts_by_its_channel_whatever_its_text_says() -> None:
    """K13: by phone 3 min after an incident that nobody else told of."""
    facts = golden()
    one = next(each for each in facts.incidents if each.number == 110)
    told = Event(one.opening.detected_at + 180, "marco", Kind.NOTE, "Helen knows", told="phone")
    others = tuple(fold(one.opening, [told, *one.events]) if each is one else each for each in facts.incidents)
    shown = {(each.name, each.about): each.shows for each in help_figures(replace(facts, incidents=others))}
    assert shown["first response, mean", ""] == "6 min 30 s", "10 min and 3 min"


def test_a_supplier_s_ticket_is_read_from_its_own_field() -> None:
    facts = golden()
    one = next(each for each in facts.incidents if each.number == 103)
    bare = [each for each in one.events if "RF-55120" not in each.text or each.kind is Kind.RESOLVED]
    said = Event(one.opening.detected_at + 660, "marco", Kind.PAUSED, "they look", reason="supplier", ref="T 7/2026")
    again = fold(one.opening, sorted([*bare, said], key=lambda each: each.at))
    others = tuple(again if each is one else each for each in facts.incidents)
    (found,) = [each for each in tickets(replace(facts, incidents=others)) if each.incident == 103]
    assert (found.reference, found.called_at) == ("T 7/2026", said.at)
