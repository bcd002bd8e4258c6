"""Bytes that rot in the log of writes, which SQLite takes for its end: noticed as the daemon starts."""

from __future__ import annotations

import asyncio
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import House
from fleets import Fleet, kept
from promises import Measured
from rotting import rotten, what_is_said

from checks.finding import Status
from console.store.backing import CannotKeep, back_up, put_back
from console.store.doctoring import looked_over

CASES = 150
LOG = "console/watchbill.db-wal"


@pytest.fixture
def killed(house: House, fleet_of: Callable[[House, int], Fleet]) -> Fleet:
    """Agents whose console was killed with all that they delivered in its log of writes."""
    fleet = fleet_of(house, 3)
    with fleet.at_work(readings=20):
        time.sleep(4)
        house.stop(signal.SIGKILL)
    return fleet


def gone(fleet: Fleet, home: Path) -> int:
    """How many check-ins that were acknowledged are not in this store."""
    there = kept(home)
    return sum(there.get(key) != sha256 for key, sha256 in fleet.acked().items())


@pytest.mark.promise("C5", "bytes flipped in the log of writes after a kill: refused at the start, 0 gone unsaid")
def test_a_log_of_writes_that_rots_is_noticed_as_the_daemon_starts(
    house: House, killed: Fleet, measured: Measured, tmp_path: Path
) -> None:
    dice, said, unsaid, home = random.Random(7), Counter[str](), 0, tmp_path / "rotten"
    for number in range(CASES + 1):
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(house.home, home, ignore=shutil.ignore_patterns("run"))
        if number == 0:
            assert asyncio.run(what_is_said(home)) == "unnoticed", "a sound one is sound"
            continue
        size = (home / LOG).stat().st_size
        rotten(home / LOG, dice, range(size - 4096, size) if number % 10 == 0 else None)
        before = (home / LOG).read_bytes()
        how = asyncio.run(what_is_said(home))
        said[how] += 1
        if how == "start":
            assert (home / LOG).read_bytes() == before, "nothing was changed"
        else:
            unsaid += gone(killed, home)
    measured(
        f"{len(killed.acked())} acknowledged in {(house.home / LOG).stat().st_size >> 10} KiB, {CASES} places: "
        f"{', '.join(f'{count} {how}' for how, count in said.most_common())}; {unsaid} gone unsaid"
    )
    assert (said["start"], unsaid) == (CASES, 0)


@pytest.mark.promise(
    "C5", "the same where the power went too: what may have been cut short is no damage, all else is refused"
)
def test_a_log_that_rots_is_told_from_one_that_was_cut_short(
    house: House, killed: Fleet, measured: Measured, tmp_path: Path
) -> None:
    dice, said, home = random.Random(8), Counter[str](), tmp_path / "rotten"
    most = 0
    for number in range(CASES):
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(house.home, home, ignore=shutil.ignore_patterns("run", "*-shm"))
        body = (home / LOG).read_bytes()
        if is_cut := number % 3 == 0:
            (home / LOG).write_bytes(body[: dice.randrange(len(body))])
        else:
            rotten(home / LOG, dice)
        how = asyncio.run(what_is_said(home))
        said[f"{'cut' if is_cut else 'rotten'}: {how}"] += 1
        if how == "unnoticed" and not is_cut:
            most = max(most, gone(killed, home))
    measured(f"{', '.join(f'{count} {how}' for how, count in said.most_common())}; {most} gone with a last commit")
    assert said["cut: start"] == 0
    assert said["rotten: start"] > CASES * 2 / 3 * 0.9
    assert most <= 3, "what one commit holds"


def test_a_log_that_rots_is_told_by_the_doctor_backed_up_by_nobody_and_not_believed_by_a_restore(
    house: House, killed: Fleet, tmp_path: Path
) -> None:
    folder, now, sound = house.home / "console", int(time.time()), tmp_path / "sound.backup"
    back_up(folder, sound, now)
    rotten(house.home / LOG, random.Random(9))
    told = [one.about for one in looked_over(house.home, now) if one.status is Status.BREACH]
    assert "write-ahead log" in told
    with pytest.raises(CannotKeep, match="wal is damaged"):
        back_up(folder, tmp_path / "rotten.backup", now)
    assert list(tmp_path.glob("*.backup")) == [sound]
    assert put_back(sound, folder, now).unknown, "nobody knows whom the lost part shut out"
    house.start()
    assert gone(killed, house.home) == 0
