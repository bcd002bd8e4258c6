"""The agent is killed at any moment: what it said that it keeps arrives, once, and nothing is missing between."""

from __future__ import annotations

import random
import re
import signal
import time

import psutil
import pytest
from conftest import CLIENT, PROVIDER, House
from fleets import kept, told_twice
from promises import Measured

KILLS = 200


def killed(agent: psutil.Process, *, with_all: bool) -> None:
    """End the agent alone, so that its courier goes on as an orphan, or all of it at once."""
    doomed = [agent, *(agent.children(recursive=True) if with_all else ())]
    for one in doomed:
        try:
            one.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            continue


@pytest.mark.promise("D2", "200 kills: every number that was logged arrives once, 0 gaps")
def test_kill_minus_nine_of_the_agent_loses_nothing_that_it_logged(house: House, measured: Measured) -> None:
    house.start()
    house.publish(PROVIDER, CLIENT.replace("3s", "120s"))
    house.join("mill", "main", "box")
    dice, began = random.Random(2), time.monotonic()
    assert house.agent("checkin").returncode == 0
    usual = time.monotonic() - began
    """Seconds of a pass from its start: kills are to fall into all of it, also on a busy machine."""
    for number in range(KILLS):
        agent = house.run_agent("--pace", "1", "--now")
        time.sleep(dice.uniform(0.1, 1.3 * usual))
        killed(psutil.Process(agent.pid), with_all=bool(number % 2))
        agent.wait()
    log = (house.home.parent / "agent.log").read_text()
    logged = {int(one) for one in re.findall(r"check-in (\d+):", log)}
    (house.home / "agent" / "outcome.json").unlink(missing_ok=True)
    assert house.agent("checkin").returncode == 0
    there = [seq for _, seq in kept(house.home)]
    lost = logged - set(there)
    gaps = set(range(1, max(there) + 1)) - set(there)
    measured(f"{KILLS} kills: {len(lost)} of {len(logged)} logged lost, {len(there)} kept once each, {len(gaps)} gaps")
    assert (lost, gaps, len(there) - len(set(there))) == (set(), set(), 0)
    assert told_twice(house.home) == 0
    assert len(logged) >= KILLS / 4, "the kills fell into passes"
