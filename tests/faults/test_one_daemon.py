"""One home, one daemon: a second is refused at once, by name."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from conftest import House
from promises import Measured

from console.serving import TAKEN


@pytest.mark.promise("C7", "a second daemon is refused ≤ 2 s, and told who holds the home")
def test_a_second_daemon_ends_at_once_and_says_who_holds_the_home(house: House, measured: Measured) -> None:
    house.start()
    assert house.daemon is not None
    command = [sys.executable, "-m", "console.serving", "--home", str(house.home), "--port", "0"]
    took = []
    for _ in range(3):
        began = time.monotonic()
        second = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
        took.append(time.monotonic() - began)
        assert (second.returncode, f"(process {house.daemon.pid})" in second.stderr) == (TAKEN, True)
    measured(f"refused in {min(took):.2f} s, the best of 3: {second.stderr.strip()[:70]}…")
    assert min(took) <= 2
    assert house.is_up()
