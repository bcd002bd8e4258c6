"""Backups taken while agents check in: each is whole, who was shut out stays out, and agents bring what it lacks."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from conftest import House
from fleets import Fleet, is_sound, kept, named_as_dropped
from promises import Measured

from console.store.backing import back_up, put_back

BACKUPS = 20


@pytest.mark.promise(
    "C3", "20 backups under load: each whole once restored; the revoked stay out; agents refill the gap"
)
def test_twenty_backups_under_load_are_restored_and_refilled(
    house: House, fleet_of: Callable[[House, int], Fleet], measured: Measured, tmp_path: Path
) -> None:
    fleet = fleet_of(house, 5)
    files = [tmp_path / f"{number}.backup" for number in range(BACKUPS)]
    marks = []
    with fleet.at_work(readings=20):
        time.sleep(1)
        for file in files:
            marks.append(set(fleet.acked()))
            back_up(house.home / "console", file, int(time.time()))
            time.sleep(0.3)
    whole = holds = 0
    for number, file in enumerate(files):
        home = tmp_path / f"restored-{number}"
        put_back(file, home / "console", int(time.time()))
        whole += is_sound(home)
        holds += marks[number] <= kept(home).keys()

    stolen = fleet.homes.pop()
    agent = json.loads((stolen / "agent" / "identity.json").read_text())["agent_id"]
    assert house.cli("agents", "revoke", agent, "--reason", "stolen", "--yes").returncode == 0
    house.stop()
    put_back(files[0], house.home / "console", int(time.time()))
    behind = len(fleet.acked().keys() - kept(house.home).keys())
    house.start()
    refused = house.agent("checkin", home=stolen).returncode
    with fleet.at_work():
        time.sleep(3)
    missing = fleet.acked().items() - kept(house.home).items()
    measured(
        f"{whole}/{BACKUPS} whole, {holds}/{BACKUPS} hold all acked before; revoked refused: {refused == 11}; "
        f"of {behind} lost by the restore {len(missing)} still missing"
    )
    assert (whole, holds, refused, missing) == (BACKUPS, BACKUPS, 11, set())
    assert behind > 100


@pytest.mark.promise("C3", "a backup older than what agents keep: each delivers again, and names what it let go of")
def test_a_backup_that_is_older_than_what_agents_keep_holds_nobody_up(
    house: House, fleet_of: Callable[[House, int], Fleet], measured: Measured, tmp_path: Path
) -> None:
    fleet, file = fleet_of(house, 2), tmp_path / "old.backup"
    with fleet.at_work():
        time.sleep(1)
    back_up(house.home / "console", file, int(time.time()))
    marks = kept(house.home).keys()
    with fleet.at_work():
        time.sleep(2)
    let_go = fleet.acked().keys() - marks
    for home in fleet.homes:
        with closing(sqlite3.connect(home / "agent/spool.db")) as spool, spool:
            (newest,) = spool.execute("select max(seq) from spool").fetchone()
            spool.execute("delete from spool where seq < ?", (newest,))  # as it is done a day after the ack
    let_go -= fleet.acked().keys()
    house.stop()
    put_back(file, house.home / "console", int(time.time()))
    house.start()
    with fleet.at_work():
        time.sleep(2)
    there = kept(house.home).keys()
    new = {epoch for epoch, _ in there - marks}
    named = set(named_as_dropped(house.home))
    measured(
        f"{len(let_go)} not in the backup and not at the agents: {len(named & let_go)} named; "
        f"{len(new)} of {len(fleet.homes)} agents deliver, {len(fleet.waiting())} wait"
    )
    assert (let_go, len(new), fleet.waiting()) == (named, len(fleet.homes), {})
