"""`watchbill demo`: a week of an invented client on a real terminal, and nothing left behind."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CLIENT, PROVIDER, House, eventually
from terminals import Terminal, left_behind

from console.client.client import Client

DEMO = [sys.executable, "-m", "console", "demo"]


def test_without_a_screen_it_is_wednesday_morning_until_it_is_told_to_go() -> None:
    with subprocess.Popen([*DEMO, "--headless"], stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        ready, _, socket = demo.stdout.readline().split()
        assert ready == "ready"
        home = Path(socket).parents[2]
        rows = Client(Path(socket)).page("triage").rows
        assert [row.incident for row in rows][:2] == [102, 105]
        demo.send_signal(signal.SIGTERM)
        assert demo.wait(30) == 0
    assert not home.exists()
    eventually(lambda: not left_behind(home))


def test_its_daemon_ends_with_a_demonstration_that_was_killed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with subprocess.Popen([*DEMO, "--headless", "--keep", str(home)], stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        demo.stdout.readline()
        demo.kill()
    eventually(lambda: not left_behind(home))
    again = subprocess.run([*DEMO, "--keep", str(home)], capture_output=True, text=True, check=False, timeout=60)
    assert again.returncode == 2
    assert "is not empty" in again.stderr


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
def test_the_clock_on_the_wall_is_the_weeks_own(terminal: Callable[..., Terminal], size: tuple[int, int]) -> None:
    screen = terminal(*size, DEMO, NO_COLOR="1")
    eventually(lambda: "fs01: backup files-night failed" in screen.see(), 60)
    assert "own" in screen.see()
    screen.press("2")
    seen = eventually(lambda: screen.see() if "all 6 run" in screen.see() else "")
    assert "Wed 11 Nov 08:0" in seen
    screen.press("q")
    eventually(lambda: not screen.is_open())


def test_a_clock_is_not_set_where_agents_have_joined(house: House) -> None:
    house.start()
    house.publish(PROVIDER, CLIENT)
    house.join("mill", "main")
    house.stop()
    arguments = ["--home", str(house.home), "serve", "--now", "2026-11-11T08:00:00-05:00"]
    told = subprocess.run(
        [sys.executable, "-m", "console", *arguments], capture_output=True, text=True, check=False, timeout=60
    )
    assert told.returncode == 13
    assert "its clock cannot be set" in told.stderr


@pytest.mark.parametrize("said", ["yesterday", "2026-11-11T08:00:00"])
def test_an_instant_without_a_zone_is_refused(said: str) -> None:
    told = subprocess.run([*DEMO, "--now", said], capture_output=True, text=True, check=False, timeout=60)
    assert told.returncode == 2
    assert "is no instant with a zone" in told.stderr
