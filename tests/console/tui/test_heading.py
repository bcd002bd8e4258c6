"""The first line says where I am and what the page answers, and says less where there is less room."""

from __future__ import annotations

from typing import Any

from days import SIZE, console
from pilots import sees

from console.tui.heading import heading, tabs_line
from console.tui.view import View

TRIAGE = View("Triage › all clients", "2 need you · the next promise breaks in 29 min · evidence 7 s old", ())
CLOCK = "Wed 11 Nov 08:00"


def test_the_clock_stands_at_the_right_where_there_is_room() -> None:
    said = heading(TRIAGE, 120, CLOCK, "", "").plain
    assert said.startswith(f" {TRIAGE.title}   {TRIAGE.answer}  ")
    assert (len(said), said.endswith(CLOCK)) == (119, True)


def test_the_last_parts_of_an_answer_fall_away_whole() -> None:
    assert (
        heading(TRIAGE, 80, CLOCK, "", "").plain == f" {TRIAGE.title}   2 need you · the next promise breaks in 29 min"
    )
    assert heading(TRIAGE, 60, CLOCK, "", "").plain.split("  ")[1].strip() == "2 need you"
    assert len(heading(TRIAGE, 30, CLOCK, "", "").plain) <= 30


def test_the_client_that_was_chosen_and_a_daemon_that_is_gone_are_said() -> None:
    assert heading(TRIAGE, 120, CLOCK, "mill", "").plain.startswith(" Triage › mill   2 need you")
    assert "not connected" in heading(TRIAGE, 120, CLOCK, "", "not connected since 08:00").plain


def test_the_part_that_is_shown_is_marked_without_colour() -> None:
    (line,) = tabs_line(("gaps", "checks"), "checks")
    assert line.plain == " gaps  [checks]"
    assert tabs_line((), "") == []


async def test_a_screen_of_which_a_part_is_gone_already_is_not_drawn_any_more(still: Any) -> None:
    async with console(still).run_test(size=SIZE) as pilot:
        await sees(pilot, "Triage")
        screen = pilot.app.screen
        await screen.query_one("#heading").remove()
        screen.tick()
        screen.action_again()
