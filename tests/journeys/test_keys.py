"""Keys change while nobody has to join again: the doors' own, announced over the pinned line, and an agent's."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CLIENT, PROVIDER
from doors import EMBEDDED_FIRST, Door, fronted

from agent.config import identity
from agent.homes import Home
from agent.rekeying import KEY_LIVES, rekey
from agent.ssh import KeyRefused, NotDelivered, new_key, public_line, read_key, signed
from checks.token import written
from checks.wire import Rekey, rekey_proof


@pytest.fixture(scope="module", params=EMBEDDED_FIRST)
def door(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """One for all whose agents change keys."""
    with fronted(request.param, tmp_path_factory.mktemp("door"), (PROVIDER, CLIENT)) as opened:
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


def test_an_agents_key_changes_and_the_old_one_opens_nothing(door: Door, tmp_path: Path) -> None:
    mine = an_agent(door, tmp_path / "mine")
    key, agent = mine / "agent" / "key", json.loads((mine / "agent" / "identity.json").read_text())["agent_id"]
    before = key.read_text()

    changed = door.house.agent("checkin", "--new-key", home=mine)

    assert changed.returncode == 0, changed.stderr
    assert "the key was changed" in changed.stdout
    assert key.read_text() != before
    assert key.stat().st_mode & 0o777 == 0o600
    assert not (mine / "agent" / "key.next").exists()
    with pytest.raises(KeyRefused):
        door.line(agent, before)
    assert door.house.agent("checkin", home=mine).returncode == 0


def test_a_change_whose_answer_was_lost_is_made_good_at_the_next_delivery(door: Door, tmp_path: Path) -> None:
    mine = an_agent(door, tmp_path / "mine")
    home = Home(mine / "agent")
    before = home.key.read_text()
    rekey(home, identity(home))
    home.key.rename(home.next_key)  # as if the agent had been killed before it heard that the new one counts
    home.key.write_text(before)

    assert door.house.agent("checkin", home=mine).returncode == 0
    assert home.key.read_text() != before
    assert not home.next_key.exists()


def test_a_key_that_is_old_is_changed_by_itself(door: Door, tmp_path: Path) -> None:
    mine = an_agent(door, tmp_path / "mine")
    key = mine / "agent" / "key"
    before = key.read_text()
    long_ago = time.time() - KEY_LIVES - 60
    os.utime(key, (long_ago, long_ago))
    assert door.house.agent("checkin", home=mine).returncode == 0
    assert key.read_text() != before
    after = key.read_text()
    assert door.house.agent("checkin", home=mine).returncode == 0
    assert key.read_text() == after


def test_a_new_key_that_nobody_holds_is_not_taken(door: Door, tmp_path: Path) -> None:
    agent, private = door.join()
    fresh = new_key()
    public = public_line(read_key(fresh))
    for proof in (signed(private, rekey_proof(agent, public)), signed(fresh, rekey_proof("a-other", public)), "", "!"):
        with door.line(agent, private) as line, pytest.raises(NotDelivered):
            line.send(Rekey(public, proof))
            line.receive()
    door.line(agent, private).__exit__(None, None, None)


@pytest.fixture(params=EMBEDDED_FIRST)
def own_door(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Door]:
    """One that a single test has to itself."""
    with fronted(request.param, tmp_path, (PROVIDER, CLIENT)) as opened:
        yield opened


def test_the_doors_key_changes_once_every_agent_knows_the_next(own_door: Door, tmp_path: Path) -> None:
    door = own_door
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
