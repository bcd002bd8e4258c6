"""The power is cut at any moment, and what was not synced is gone: nothing that was promised was only in memory."""

from __future__ import annotations

import os
import random
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from conftest import CLIENT, PROVIDER, House
from fleets import Fleet, is_sound, kept, told_twice
from powercuts import KINDS, Disk, cuttable_disk
from promises import Measured

CUTS = 50


@pytest.fixture(params=KINDS)
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    with cuttable_disk(request.param, tmp_path / "disk") as one:
        yield one


@pytest.fixture
def house_on_disk(disk: Disk) -> Iterator[House]:
    """A house whose home is the disk's root: its log is beside it, and stays."""
    house = House(disk.path)
    yield house
    house.close()


def restarted(house: House, disk: Disk) -> None:
    """Cut the power under a console, and let it start by itself on what there is."""
    disk.cut()
    house.stop(signal.SIGKILL)
    disk.power_on()
    house.start()


def test_a_cut_takes_what_nobody_synced_and_leaves_the_rest(disk: Disk) -> None:
    for name, is_synced in (("kept", True), ("lost", False)):
        with (disk.path / name).open("wb") as file:
            file.write(b"x" * 100_000)
            file.flush()
            if is_synced:
                os.fsync(file.fileno())
    (disk.path / "kept").rename(disk.path / "renamed")

    disk.cut()
    with pytest.raises(OSError, match="Input/output error"):
        (disk.path / "after").write_bytes(b"x")
    disk.power_on()

    assert [one.name for one in disk.path.iterdir() if one.is_file() and one.stat().st_size] == ["kept"]
    assert (disk.path / "kept").read_bytes() == b"x" * 100_000


@pytest.mark.promise("D4", "the console, 50 power cuts under load: 0 acknowledged lost, opens unaided, 0 told twice")
def test_a_power_cut_under_the_console_loses_nothing_that_was_acknowledged(
    house_on_disk: House, disk: Disk, fleet_of: Callable[[House, int], Fleet], measured: Measured, tmp_path: Path
) -> None:
    house, dice, whole = house_on_disk, random.Random(4), 0
    fleet = fleet_of(house, 6)
    with fleet.at_work(readings=3):
        for _ in range(CUTS):
            time.sleep(dice.uniform(0.0, 1.0))
            restarted(house, disk)
            whole += is_sound(house.home)
        time.sleep(2)
    acked, there = fleet.acked(), kept(house.home)
    lost = [key for key, sha256 in acked.items() if there.get(key) != sha256]
    twice, failed = told_twice(house.home), sum(kind != "delivered" for _, kind in fleet.told())
    measured(
        f"{CUTS} cuts, {failed} deliveries failed: {len(lost)} of {len(acked)} lost, {twice} told twice, "
        f"whole {whole}/{CUTS}"
    )
    assert (lost, twice, whole, fleet.waiting()) == ([], 0, CUTS, {})
    assert failed >= CUTS / 2, "the cuts fell into deliveries"


@pytest.mark.promise("D4", "the agent, 50 power cuts: every number that was logged arrives once, under one numbering")
def test_a_power_cut_under_the_agent_loses_nothing_that_it_logged(house: House, disk: Disk, measured: Measured) -> None:
    dice = random.Random(5)
    house.start()
    house.publish(PROVIDER, CLIENT.replace("3s", "120s"))
    house.join("mill", "main", "box", home=disk.path)
    for _ in range(CUTS):
        agent = psutil.Process(house.run_agent("--pace", "1", "--now", home=disk.path).pid)
        time.sleep(dice.uniform(0.3, 2.0))
        doomed = [agent, *agent.children(recursive=True)]
        disk.cut()
        for one in [*doomed, *agent.children(recursive=True)]:
            try:
                one.kill()
            except psutil.NoSuchProcess:
                continue
        house.children.pop().wait()
        disk.power_on()
    log = (house.home.parent / "agent.log").read_text()
    logged = {int(one) for one in re.findall(r"check-in (\d+):", log)}
    (disk.path / "agent" / "outcome.json").unlink(missing_ok=True)
    assert house.agent("checkin", home=disk.path).returncode == 0
    there, numberings = [seq for _, seq in kept(house.home)], {epoch for epoch, _ in kept(house.home)}
    lost, gaps = logged - set(there), set(range(1, max(there) + 1)) - set(there)
    measured(
        f"{CUTS} cuts: {len(lost)} of {len(logged)} logged lost, {len(there)} kept once each, {len(gaps)} gaps, "
        f"{len(numberings)} numbering"
    )
    assert (lost, gaps, len(there) - len(set(there)), len(numberings)) == (set(), set(), 0, 1)
    assert len(logged) >= CUTS / 2, "the cuts fell into passes"


@pytest.mark.promise(
    "D4", "joined, published, invited: what was answered is there after a cut in that moment, 10 times"
)
def test_what_was_answered_before_a_cut_is_there_after_it(
    house_on_disk: House, disk: Disk, measured: Measured, tmp_path: Path
) -> None:
    house, done = house_on_disk, 0
    house.start()
    for number in range(10):
        client, home = f"mill{number}", disk.path / f"h{number}"
        house.publish(PROVIDER, CLIENT.replace("id: mill", f"id: {client}"))
        restarted(house, disk)
        token = house.client.do("invite", client=client, site="main", host="box").token
        restarted(house, disk)
        joined = house.agent("join", home=home, input=token)
        restarted(house, disk)
        done += joined.returncode == house.agent("checkin", home=home).returncode == 0
    measured(f"{done} of 10")
    assert done == 10
