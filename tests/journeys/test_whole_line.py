"""The whole line, for real: join over SSH, check in, lose nothing, and read the story back from the week."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import CLIENT, PROVIDER, House, eventually, small_disk
from wires import Wire


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one mebibyte."""
    with small_disk(tmp_path / "small", "size=1m") as path:
        yield path


def stored(house: House) -> list[tuple[int, int]]:
    """(epoch ordinal, number) of every check-in in the store, in the order in which they were kept."""
    path = house.home / "console" / "watchbill.db"
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return connection.execute("select ordinal, seq from checkins order by ordinal, seq").fetchall()
    finally:
        connection.close()


def through(house: House, wire: Wire) -> None:
    """Let the agent speak through a wire from now on."""
    path = house.home / "agent" / "identity.json"
    identity = json.loads(path.read_text())
    path.write_text(json.dumps({**identity, "address": f"127.0.0.1:{wire.port}"}))


def story(house: House, incident: int) -> list[str]:
    return [entry.kind for entry in house.client.page("incident", incident=incident).timeline]


def test_what_was_committed_but_not_acknowledged_is_there_once(house: House) -> None:
    house.start()
    house.publish(PROVIDER, CLIENT)
    house.join("mill", "main", "box")
    with Wire(house.port) as wire:
        through(house, wire)
        wire.delay = 0.4
        command = [*_agent(house), "checkin"]
        sending = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        eventually(lambda: stored(house) == [(1, 1)])
        house.stop(signal.SIGKILL)
        wire.cut()
        assert sending.wait(60) == 10

        status = json.loads(house.agent("status", "--json").stdout)
        assert status["waiting"] == 1

        wire.delay = 0.0
        house.start()
        wire.mend(house.port)
        assert house.agent("checkin").returncode == 0

    assert stored(house) == [(1, 1), (1, 2)]
    changes = house.client.page("findings", client="mill").rows
    assert len({(row.check, row.subject) for row in changes}) == len(changes)
    assert json.loads(house.agent("status", "--json").stdout)["waiting"] == 0


def _agent(house: House) -> list[str]:
    import sys

    return [sys.executable, "-m", "agent", "--home", str(house.home)]


def test_a_full_disk_opens_an_incident_that_is_owned_and_ends_when_it_is_freed(house: House, disk: Path) -> None:
    house.start()
    house.publish(PROVIDER, CLIENT)
    house.join("mill", "main", "box")
    (disk / "big").write_bytes(os.urandom(1000 * 1024))

    assert house.agent("checkin").returncode == 0

    (incident,) = [one for one in house.rows("incidents", "--json") if one["check"] == "disk"]
    assert (incident["service"], incident["severity"], incident["state"]) == ("work", "S2", "new")
    (finding,) = [one for one in house.rows("findings", "--json") if one["subject"] == str(disk)
                  and one["check"] == "disk"]  # fmt: skip
    assert finding["status"] == "breach"
    assert finding["answers"] == "Ana"
    (service,) = house.rows("services", "--json")
    assert service["state"] == "degraded"

    number = str(incident["incident"])
    assert "bad" in house.cli("own", number).stdout or house.cli("own", number).returncode == 0
    refused = house.cli("resolve", number, "cleaned up")
    assert refused.returncode == 11
    assert "still bad" in refused.stderr

    (disk / "big").unlink()
    assert house.agent("checkin").returncode == 0
    assert house.cli("resolve", number, "a log that nobody rotated").returncode == 0

    assert story(house, incident["incident"]) == ["detected", "owned", "recovered", "resolved"]
    week = house.rows("week", "--client", "mill", "--format", "json")
    (told,) = [one for one in week["incidents"] if one["incident"] == incident["incident"]]
    assert (told["state"], told["own_verdict"], told["solve_verdict"]) == ("resolved", "met", "met")
    assert week["services"][0]["down"] == 0


def test_a_cut_wire_is_a_silence_its_backlog_comes_in_order_and_disproves_it(house: House) -> None:
    house.start()
    house.publish(PROVIDER, CLIENT)
    house.join("mill", "main", "box")
    assert house.agent("checkin").returncode == 0
    with Wire(house.port) as wire:
        through(house, wire)
        agent = house.run_agent("--pace", "1", "--now")
        eventually(lambda: len(stored(house)) >= 3)
        wire.cut()

        silence = eventually(lambda: _about(house, "checkin"))
        assert silence.status.value == "unknown"
        (host,) = house.client.page("hosts").rows
        assert host.status.value == "unknown"
        assert "has sent nothing for" in host.worst

        (house.home / "agent" / "outcome.json").unlink(missing_ok=True)
        wire.mend()
        agent.kill()
        agent.wait()
        assert house.agent("checkin").returncode == 0
        eventually(lambda: _about(house, "checkin") is None)

    numbers = [seq for _, seq in stored(house)]
    assert numbers == list(range(1, len(numbers) + 1))
    eventually(lambda: "cleared" in story(house, silence.incident))
    told = story(house, silence.incident)
    assert told[0] == "detected"
    assert "disproved" in told
    assert [kind for kind in told if kind != "disproved"][-2:] == ["recovered", "cleared"]


def test_a_stopped_agent_leaves_a_stretch_of_unknown_that_no_week_hides(house: House) -> None:
    house.start()
    house.publish(PROVIDER, CLIENT.replace("tz: Europe/Berlin", "tz: UTC"))
    house.join("mill", "main", "box")
    agent = house.run_agent("--pace", "1", "--now")
    eventually(lambda: len(stored(house)) >= 2)
    agent.kill()
    agent.wait()

    silence = eventually(lambda: _about(house, "checkin"))
    done = house.cli("outage", str(silence.incident), "the plug was out, says Bo", "--yes")
    assert done.returncode == 0
    back = house.run_agent("--pace", "1", "--now")
    eventually(lambda: "recovered" in story(house, silence.incident))
    back.kill()

    week = house.rows("week", "--client", "mill", "--format", "json")
    (service,) = week["services"]
    assert service["down"] >= 1
    assert service["unknown"] >= 0
    assert service["availability"] != "100.00 %"
    assert any(one["check"] == "checkin" for one in house.rows("incidents", "--all", "--json"))


def _about(house: House, check: str) -> Any:
    rows = house.client.page("incidents").rows
    return next((row for row in rows if row.check == check), None)
