"""An agent that cannot leave its check-ins, or cannot keep them: bounded, alive, and exact about what was lost."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CLIENT, PROVIDER, House, eventually, small_disk
from fleets import Fleet, check_in, kept, named_as_dropped
from msgspec import structs
from promises import Measured

from agent.config import identity
from agent.courier import deliver
from agent.homes import Home
from agent.spool import MOST_BYTES, Spool
from checks.reading import Machine

PACE, DAYS = 900, 9
CHECK_IN_BYTES = 200_000


def numbers(home: Path) -> tuple[set[int], set[int]]:
    """The numbers that a store holds, and those that its check-ins name as dropped."""
    named = [seq for _, seq in named_as_dropped(home)]
    assert len(named) == len(set(named)), "each is named once"
    return {seq for _, seq in kept(home)}, set(named)


@pytest.mark.promise("D6", "9 days without a console: spool ≤ 64 MiB, what is missing is named to the number")
def test_days_of_outage_leave_a_bounded_spool_that_names_what_it_let_go(
    house: House, fleet_of: Callable[[House, int], Fleet], measured: Measured
) -> None:
    (folder,) = fleet_of(house, 1).homes
    home = Home(folder / "agent")
    spool = Spool(home.spool)
    count, now = DAYS * 86_400 // PACE, int(time.time())
    most = 0
    for number in range(count):
        noise = Machine(os.urandom(CHECK_IN_BYTES // 2).hex(), "debian-12")
        at = now - (count - 1 - number) * PACE
        spool.add(structs.replace(check_in(at, number, 1), machine=noise), is_change=number % 10 == 0)
        most = max(most, home.spool.stat().st_size)
    outcome = deliver(home, identity(home), spool, now)
    assert outcome.is_delivered, outcome
    spool.close()
    there, named = numbers(house.home)
    unnamed = set(range(1, count + 1)) - there - named
    measured(
        f"{count} check-ins of {CHECK_IN_BYTES // 2000} kB: spool {most / 2**20:.1f} MiB, {len(there)} arrived, "
        f"{len(named)} named as dropped, {len(unnamed)} unnamed"
    )
    assert (unnamed, there & named) == (set(), set())
    assert named
    assert most <= MOST_BYTES + CHECK_IN_BYTES, "the newest is never let go of"


@pytest.mark.promise("D6", "agent's disk full: the agent goes on; what it could not keep is named to the number")
def test_an_agent_whose_disk_is_full_lives_and_names_what_it_could_not_keep(
    house: House, measured: Measured, tmp_path: Path
) -> None:
    house.start()
    house.publish(PROVIDER, CLIENT.replace("3s", "120s"))
    with small_disk(tmp_path / "small", "size=1m") as small:
        house.join("mill", "main", "box", home=small)
        agent = house.run_agent("--pace", "1", "--now", home=small)
        eventually(lambda: len(numbers(house.home)[0]) >= 3)
        with (small / "big").open("wb", buffering=0) as big:
            try:
                while big.write(os.urandom(4096)):
                    continue
            except OSError:
                pass
        log = house.home.parent / "agent.log"
        eventually(lambda: log.read_text().count("free some space") >= 4)
        assert agent.poll() is None
        (small / "big").unlink()
        freed = max(numbers(house.home)[0])
        eventually(lambda: max(numbers(house.home)[0]) > freed, 60)
        is_alive = agent.poll() is None
        agent.terminate()
        agent.wait(30)
        (small / "agent" / "outcome.json").unlink(missing_ok=True)
        assert house.agent("checkin", home=small).returncode == 0
    told = log.read_text()
    unkept = len(re.findall(r"ERROR cannot write .*spool.db", told))
    there, named = numbers(house.home)
    measured(f"alive: {is_alive}; {unkept} passes could not be kept, {len(named)} named, {len(there)} arrived")
    assert (is_alive, len(named)) == (True, unkept)
    assert there | named == set(range(1, max(there) + 1))
    assert "Traceback" not in told
