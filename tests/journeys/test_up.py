"""`watchbill up`: from an empty home to this machine's real findings, on a real terminal, and nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from conftest import House, eventually, quick
from terminals import Terminal, left_behind

UP = [sys.executable, "-m", "console"]


def test_one_command_shows_this_machine_on_a_terminal_and_leaving_stops_everything(
    tmp_path: Path, terminal: Callable[..., Terminal]
) -> None:
    home = tmp_path / "home"
    screen = terminal(100, 30, [*UP, "--home", str(home), "up"], NO_COLOR="1")

    eventually(lambda: "Triage › all clients" in screen.see())
    eventually(lambda: "evidence" in screen.see(), 90)
    screen.press("3")
    eventually(lambda: "Hosts ›" in screen.see() and "1 of 1 heard" in screen.see())
    assert "The next machine comes in with three lines" in screen.see()
    screen.press("Enter")
    eventually(lambda: "serves This machine" in screen.see())
    screen.press("/")
    eventually(lambda: "narrow to rows" in screen.see())
    screen.press("d", "i", "s", "k", "Space", "/", "Enter")
    eventually(lambda: "only “disk /”" in screen.see() and "disk /  " in screen.see())
    screen.press("Escape")
    eventually(lambda: "only “" not in screen.see())
    screen.press("8")
    eventually(lambda: "SERVICES" in screen.see() and "This machine" in screen.see())
    screen.press("?")
    eventually(lambda: "Triage: what needs me now" in screen.see())
    screen.press("Escape")
    eventually(lambda: "Triage: what needs me now" not in screen.see())
    screen.press("q")
    eventually(lambda: not screen.is_open())
    eventually(lambda: not left_behind(home))


def test_without_a_screen_it_is_ready_after_the_first_look_and_stays_until_it_is_told(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with subprocess.Popen([*UP, "--home", str(home), "up", "--headless"], stdout=subprocess.PIPE, text=True) as up:
        assert up.stdout is not None
        ready = up.stdout.readline().split()
        assert ready[0] == "ready"
        house = House(home)
        rows = house.rows("findings", "--json")
        named = {row["check"] for row in rows}
        assert {"disk", "memory", "cpu", "updates", "security_updates", "end_of_life"} <= named
        assert {row["service"] for row in rows} == {"this-machine"}
        (host,) = house.rows("hosts", "--json")
        assert (host["client"], host["planned"]) == ("here", True)
        assert house.rows("services", "--json")[0]["name"] == "This machine"
        again = subprocess.run(
            [*UP, "--home", str(home), "serve"], capture_output=True, text=True, check=False, timeout=60
        )
        assert again.returncode == 12
        assert "already works in" in again.stderr
        up.send_signal(signal.SIGTERM)
        assert up.wait(30) == 0
    eventually(lambda: not left_behind(home))


def test_what_ran_before_is_left_running_and_two_homes_never_meet(house: House, tmp_path: Path) -> None:
    house.start("--starter")
    with subprocess.Popen(
        [*UP, "--home", str(house.home), "up", "--headless"], stdout=subprocess.PIPE, text=True, env=quick()
    ) as up:
        assert up.stdout is not None
        assert up.stdout.readline().startswith("ready")
        other = House(tmp_path / "other")
        other.home.mkdir()
        assert other.cli("hosts").returncode == 10
        up.send_signal(signal.SIGTERM)
        up.wait(30)
    assert house.is_up()
    assert [row["status"] for row in house.rows("agents", "list", "--json")] == ["heard"]


def test_children_end_with_an_up_that_was_killed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with subprocess.Popen(
        [*UP, "--home", str(home), "up", "--headless"], stdout=subprocess.PIPE, text=True, env=quick()
    ) as up:
        assert up.stdout is not None
        up.stdout.readline()
        up.kill()
    eventually(lambda: not left_behind(home))


def test_a_taken_port_is_said_with_what_to_do(house: House, tmp_path: Path) -> None:
    house.start()
    told = subprocess.run(
        [*UP, "--home", str(tmp_path / "other"), "up", "--headless", "--port", str(house.port)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert told.returncode == 12
    assert f"cannot listen on 127.0.0.1:{house.port}" in told.stderr
    assert "--port" in told.stderr


def test_a_home_with_a_very_long_name_works(tmp_path: Path) -> None:
    house = House(tmp_path / ("long-" * 30))
    house.home.mkdir()
    try:
        house.start("--starter")
        assert house.rows("status", "--json")["role"] == "owner"
    finally:
        house.close()


def test_the_state_of_both_programs_lies_under_watchbill_home(tmp_path: Path) -> None:
    env = {**os.environ, "WATCHBILL_HOME": str(tmp_path / "mine")}
    told = subprocess.run([*UP, "hosts", "--json"], env=env, capture_output=True, text=True, check=False)
    agent = [sys.executable, "-m", "agent", "status"]
    other = subprocess.run(agent, env=env, capture_output=True, text=True, check=False)

    assert str(tmp_path / "mine") in told.stderr
    assert other.returncode == 13
    assert "watchbill-agent join" in other.stderr
