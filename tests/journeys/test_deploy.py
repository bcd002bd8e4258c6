"""An agent is brought to a machine over SSH: a real sshd and a real systemd there, a real door here."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from booted import PATH, Booted, booted
from conftest import CLIENT, PROVIDER, House, eventually
from technician import Reachable, reachable

Done = subprocess.CompletedProcess[str]
WHERE = ("--client", "mill", "--site", "main", "--host", "box")


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that both machines see."""
    folder = Path(tempfile.mkdtemp(prefix="wb-", dir="/var/tmp"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def machine(place: Path) -> Iterator[tuple[Booted, Reachable]]:
    with booted() as made, reachable(place / "m", path=PATH, inside=made.inside) as way:
        way.is_known()
        yield made, way


@pytest.fixture
def house(house: House) -> House:
    """The mill is published, and its door is open."""
    house.start()
    house.publish(PROVIDER, CLIENT)
    return house


def deploy(house: House, way: Reachable, *more: str) -> Done:
    command = [sys.executable, "-m", "console", "--home", str(house.home), "deploy", *way.ssh, *WHERE, *more]
    return subprocess.run(command, env=way.env, capture_output=True, text=True, check=False, timeout=120,
                          stdin=subprocess.DEVNULL)  # fmt: skip


def test_an_agent_is_brought_joins_and_checks_in(machine: tuple[Booted, Reachable], house: House) -> None:
    there, way = machine
    shown = deploy(house, way, "--dry-run")
    assert "join with a token of one use, told on standard input" in shown.stdout, shown.stderr
    assert there.run("test", "-e", "/opt/watchbill").returncode == 1
    refused = deploy(house, way)
    assert "Nobody is here to be asked" in refused.stderr
    assert house.rows("agents", "list", "--json") == []

    done = deploy(house, way, "--yes", "--json")
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(done.stdout)
    assert (row["host"], row["status"]) == ("box", "heard")
    assert there.is_("is-active", "watchbill-agent")
    again = deploy(house, way, "--yes")
    assert again.returncode == 10
    assert "has an agent" in again.stderr


@pytest.mark.faults
@pytest.mark.parametrize(("there_before", "says"), [
    ("/etc/systemd/system/watchbill-agent.service", "Is a directory"),
    ("/opt/watchbill/lib", "is there already, and is left as it is"),
])  # fmt: skip
def test_what_fails_is_taken_back(
    machine: tuple[Booted, Reachable], house: House, there_before: str, says: str
) -> None:
    there, way = machine
    there.done("mkdir", "-p", there_before)
    done = deploy(house, way, "--yes")
    assert (done.returncode, says in done.stderr) == (10, True), done.stderr
    assert house.rows("agents", "list", "--json") == []
    assert there.run("getent", "passwd", "watchbill").returncode != 0
    assert there.run("test", "-e", "/var/lib/watchbill").returncode == 1
    assert (there.run("test", "-e", "/opt/watchbill").returncode == 0) == there_before.startswith("/opt")


@pytest.mark.faults
def test_a_laptop_that_dies_leaves_a_whole_agent_or_none(machine: tuple[Booted, Reachable], house: House) -> None:
    there, way = machine
    command = [sys.executable, "-m", "console", "--home", str(house.home), "deploy", *way.ssh, *WHERE, "--yes"]
    deploying = subprocess.Popen(
        command, env=way.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert deploying.stderr is not None
    assert any("making it a service" in line for line in deploying.stderr)
    deploying.kill()
    deploying.communicate()
    eventually(lambda: there.is_("is-active", "watchbill-agent"), 60)
    eventually(lambda: [row["status"] for row in house.rows("agents", "list", "--json")] == ["heard"])
