"""Keys change while nobody has to join again: the doors' own, announced over the pinned line, and an agent's."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CLIENT, PROVIDER
from doors import KINDS, Door, fronted

from checks.token import written


@pytest.fixture(params=KINDS)
def door(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Door]:
    with fronted(request.param, tmp_path, (PROVIDER, CLIENT)) as opened:
        yield opened


def an_agent(door: Door, home: Path) -> Path:
    """A machine that has joined and delivered."""
    home.mkdir()
    joined = door.house.agent("join", home=home, input=written(door.token()))
    assert joined.returncode == 0, joined.stderr
    assert door.house.agent("checkin", home=home).returncode == 0
    return home


def pins(home: Path) -> list[str]:
    return list(json.loads((home / "agent" / "identity.json").read_text())["host_keys"])


def test_the_doors_key_changes_once_every_agent_knows_the_next(door: Door, tmp_path: Path) -> None:
    house, mine, late = door.house, an_agent(door, tmp_path / "mine"), an_agent(door, tmp_path / "late")
    old = door.pin
    assert house.cli("door", "switch-key", "--yes").returncode == 11
    assert house.cli("door", "announce-key").returncode == 0
    assert house.agent("checkin", home=mine).returncode == 0

    following = house.rows("door", "keys", "--json")["next_host_key"]
    assert pins(mine) == [old, following]
    refused = house.cli("door", "switch-key", "--yes")
    assert refused.returncode == 11
    assert "2 agents do not know the next key" in refused.stderr
    assert house.agent("checkin", home=mine).returncode == 0
    assert len(house.rows("door", "keys", "--json")["unaware"]) == 1

    switched = house.cli("door", "switch-key", "--yes", "--force")
    assert switched.returncode == 0, switched.stderr
    if door.sshd is not None:
        assert "systemctl reload" in switched.stdout
        door.sshd.send_signal(signal.SIGHUP)
    assert house.agent("checkin", home=mine).returncode == 0
    assert house.agent("checkin", home=mine).returncode == 0
    assert pins(mine) == [following]
    assert house.agent("checkin", home=late).returncode == 12
    notes = {row["agent"]: row["note"] for row in house.rows("agents", "list", "--json")}
    assert [note for note in notes.values() if note] == [f"pins another host key than {following}: join it again"]
    house.stop()
    house.start()
    assert door.pin == following
