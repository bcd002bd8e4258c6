"""The audit log of a real daemon: its whole life stands in it, and what is done to it behind its back is found (C2)."""

from __future__ import annotations

import json
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from conftest import CLIENT, PROVIDER, House

from console.store.anchors import FILE
from console.store.chain import SEALED, digest


@contextmanager
def behind_its_back(house: House) -> Iterator[sqlite3.Connection]:
    """The database, for somebody who owns it and takes the triggers away first."""
    with closing(sqlite3.connect(house.home / "console/watchbill.db")) as database, database:
        database.execute("drop trigger if exists audit_no_update")
        database.execute("drop trigger if exists audit_no_delete")
        yield database


def verify(house: House, *more: str) -> tuple[int, dict[str, Any]]:
    done = house.cli("audit", "verify", "--json", *more)
    return done.returncode, json.loads(done.stdout)


def seal_anew(database: sqlite3.Connection) -> None:
    """Every digest again, as the product would have made them."""
    previous = "0" * 64
    for row in database.execute(f"select {', '.join(SEALED)} from audit order by number").fetchall():
        sealed = [*row[:12], previous]
        previous = digest(sealed)
        update = "update audit set previous = ?, sha256 = ? where number = ?"
        database.execute(update, (sealed[12], f"x{row[0]}", row[0]))
        database.execute(update, (sealed[12], previous, row[0]))


def test_a_daemons_life_stands_in_its_log_and_every_hand_on_that_is_found(house: House, tmp_path: Path) -> None:
    house.start()
    house.publish(PROVIDER, CLIENT)
    house.join("mill", "main", "box")
    assert house.cli("agents", "invite", "--client", "mill", "--site", "nowhere").returncode != 0
    (agent,) = house.rows("agents", "list", "--json")
    assert house.cli("agents", "revoke", agent["agent"], "--reason", "sold", "--yes").returncode == 0
    shown = house.rows("audit", "--json")
    assert [row["action"] for row in shown][::-1] == ["start", "publish", "invite", "enrol", "revoke"]
    assert "sold" in house.cli("audit").stdout
    code, told = verify(house)
    assert (code, told["rows"], told["covered"]) == (0, 5, 1), "the start was anchored; the rest is not an hour old"
    house.stop()
    code, told = verify(house)
    assert (code, told["rows"], told["covered"], told["notes"]) == (0, 6, 6, [])
    elsewhere = tmp_path / "journal"
    elsewhere.write_text((house.home.parent / "daemon.log").read_text())
    assert verify(house, "--anchor", str(elsewhere)) == (0, {**told, "anchors": 4})

    with behind_its_back(house) as database:
        database.execute("update audit set login = 'eve' where number = 3")
    code, told = verify(house)
    assert (code, told["first_broken"]) == (1, 3)
    assert "first broken row: 3" in house.cli("audit", "verify").stdout
    assert house.cli("doctor").returncode == 1

    with behind_its_back(house) as database:
        seal_anew(database)
    assert verify(house)[1]["first_broken"] == 2, "row 1 was anchored as it is"
    (house.home / FILE).unlink()
    assert verify(house)[0] == 0, "who owns the machine can hide it from the machine"
    assert verify(house, "--anchor", str(elsewhere))[1]["first_broken"] == 2, "and not from who kept the journal"


def test_an_end_that_was_cut_off_shows_by_the_anchors(house: House) -> None:
    house.start()
    house.publish(PROVIDER, CLIENT)
    house.stop()
    with behind_its_back(house) as database:
        database.execute("delete from audit where number > 2")
    code, told = verify(house)
    assert (code, told["first_broken"]) == (1, 3)
    assert told["problems"][0].startswith("rows 3 to 3 are gone")


def test_the_first_model_that_up_writes_stands_in_the_log(house: House) -> None:
    house.start("--starter")
    publish, start = [row for row in house.rows("audit", "--json") if row["action"] in ("publish", "start")]
    assert (publish["number"], start["number"]) == (2, 1)
    assert publish["why"] == "a first model, written by `watchbill up`"
    assert "published=provider:" in publish["about"]


def test_a_kill_leaves_a_whole_log_and_a_start_without_a_stop(house: House) -> None:
    house.start()
    house.publish(PROVIDER, CLIENT)
    house.stop(signal.SIGKILL)
    house.start()
    house.stop()
    with closing(sqlite3.connect(house.home / "console/watchbill.db")) as database:
        actions = [row[0] for row in database.execute("select action from audit order by number")]
    assert [one for one in actions if one in ("start", "stop")] == ["start", "start", "stop"]
    assert verify(house)[0] == 0


def test_a_restore_stands_in_the_log_that_it_puts_back(house: House, tmp_path: Path) -> None:
    house.start()
    house.publish(PROVIDER, CLIENT)
    file = json.loads(house.cli("backup", str(tmp_path), "--json").stdout)["file"]
    house.join("mill", "main", "box")
    house.stop()
    assert house.cli("restore", file, "--yes").returncode == 0
    code, told = verify(house)
    assert (code, told["covered"], told["rows"]) == (0, 3, 3)
    assert any("a backup was put back" in note and "put aside" in note for note in told["notes"])
    whys = [line.split(" why=")[1].split()[0] for line in (house.home / FILE).read_text().splitlines()]
    assert whys == ["hour", "backup", "stop", "restore"]
    house.start()
    assert house.rows("audit", "--json")[1]["action"] == "restore"
