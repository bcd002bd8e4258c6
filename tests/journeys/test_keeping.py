"""The life of a store, with a real daemon, agents and command line: backed up while it works, put back, refilled."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from conftest import CLIENT, PROVIDER, House, eventually

TWO = CLIENT.replace("hosts: {box: {site: main}}", "hosts: {box: {site: main}, nas: {site: main}}")


def held(house: House) -> list[tuple[Any, ...]]:
    """Every check-in that the store holds, as its rows."""
    with sqlite3.connect(f"file:{house.home}/console/watchbill.db?mode=ro", uri=True) as database:
        return database.execute("select agent, ordinal, seq, sha256 from checkins order by 1, 2, 3").fetchall()


def test_a_store_put_back_is_whole_again_once_its_agents_were_heard(house: House, tmp_path: Path) -> None:
    house.start()
    house.publish(PROVIDER, TWO)
    house.join("mill", "main", "box")
    house.join("mill", "main", "nas", home=tmp_path / "nas")
    for home in (None, tmp_path / "nas"):
        assert house.agent("checkin", home=home).returncode == 0
    done = house.cli("backup", str(tmp_path), "--json")
    assert done.returncode == 0, done.stderr
    file = Path(json.loads(done.stdout)["file"])
    assert file.stat().st_mode & 0o777 == 0o600
    for _ in range(3):
        assert house.agent("checkin").returncode == 0
    nas = next(row["agent"] for row in house.rows("agents", "list", "--json") if row["host"] == "nas")
    assert house.cli("agents", "revoke", nas, "--reason", "stolen", "--yes").returncode == 0
    before = held(house)
    assert len(before) == 5

    refused = house.cli("restore", str(file), "--yes")
    assert (refused.returncode, "already works in" in refused.stderr) == (1, True), "a daemon has the store"
    house.stop()
    done = house.cli("restore", str(file), "--yes", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["closed"], told["unknown"]) == (1, False)
    assert len(held(house)) == 2
    aside = Path(told["aside"])
    assert (aside / "watchbill.db").exists()

    house.start()
    assert house.agent("checkin").returncode == 0
    eventually(lambda: set(before) <= set(held(house)), 10)
    assert house.agent("checkin", home=tmp_path / "nas").returncode == 11, "who was shut out stays out"
    assert house.cli("doctor").returncode == 0


def test_a_home_that_is_lost_comes_back_on_another_machine_with_its_door(house: House, tmp_path: Path) -> None:
    house.start()
    house.publish(PROVIDER, CLIENT)
    house.join("mill", "main", "box")
    assert house.agent("checkin").returncode == 0
    assert house.cli("backup", str(tmp_path / "one.backup")).returncode == 0
    house.stop()
    (house.home / "console").rename(tmp_path / "lost")

    done = house.cli("restore", str(tmp_path / "one.backup"))
    assert done.returncode == 0, done.stderr
    assert "who was shut out since cannot be known" in done.stdout
    house.start()
    assert house.agent("checkin").returncode == 0, "the door shows the same key at the same port"
    assert [row["host"] for row in house.rows("agents", "list", "--json")] == ["box"]
    assert house.rows("model", "history", "mill", "--json")
