"""A site visit: no uplink there, a laptop that looks and writes down, agents that bring home what they saw."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import CLIENT, PROVIDER, House, eventually, needs, quick
from fleets import Fleet, kept
from sites import Site, site
from technician import Reachable, reachable
from wires import Wire

pytestmark = pytest.mark.faults  # a silence has to be one before anybody goes there
MODEL = CLIENT.replace("main: {name: Mill}", "main: {name: Mill, address: 4 Weir Lane, access: key at the gate}")
Done = subprocess.CompletedProcess[str]


class Laptop:
    """A technician's: a home of its own, their key, and the desk's socket while ssh carries it."""

    def __init__(self, folder: Path, there: Reachable) -> None:
        self.home, self._there = folder / "laptop", there
        self.home.mkdir()
        self._socket = folder / "desk.sock"

    @contextmanager
    def with_uplink(self, desk: House, door: Reachable) -> Iterator[None]:
        """While ssh to the desk is up."""
        carried = f"{self._socket}:{desk.client.path}"
        seen = ["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-i", str(door.key)]
        command = ["ssh", "-N", *seen, "-L", carried, "-p", str(door.port), door.login]
        carrying = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            eventually(self._socket.exists)
            yield
        finally:
            carrying.terminate()
            carrying.wait()
            self._socket.unlink(missing_ok=True)

    def command(self, *said: str) -> list[str]:
        return [sys.executable, "-m", "console", "--home", str(self.home), "--socket", str(self._socket), *said]

    def here(self, *said: str) -> Done:
        """A command at the desk's end of the world."""
        return subprocess.run(self.command(*said), capture_output=True, text=True, check=False, timeout=60)

    def at(self, place: Site, *said: str) -> Done:
        """A command on site, where there is no other network."""
        return place.run(self.command(*said), env=self._there.env, stdin=subprocess.DEVNULL)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[House]:
    (tmp_path / "desk").mkdir()
    house = House(tmp_path / "desk" / "home")
    house.home.mkdir()
    house.start()
    house.publish(PROVIDER, MODEL.replace("box:", "h0:").replace("[box]", "[h0]"))
    yield house
    house.close()


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Reachable]:
    """The desk's own sshd, for its people."""
    needs("ssh")
    with reachable(tmp_path / "door") as made:
        yield made


@pytest.fixture
def mill() -> Iterator[Site]:
    with site() as made:
        yield made


def settled(process: subprocess.Popen[bytes], host: Fleet) -> None:
    """What the agent has seen is in its spool, and it has ended."""
    process.terminate()
    process.wait(60)
    assert host.acked()


def reported(desk: House, what: str) -> int:
    """Somebody calls the desk; the number of the incident."""
    desk.client.do("report", client="mill", service="work", text=what, impact="degraded", caller="Tom")
    return max(one.incident for one in desk.client.page("incidents").rows)


def story(desk: House, number: int) -> Any:
    return desk.client.page("incident", incident=number)


def test_everything_of_a_visit_without_uplink_comes_home_once(
    desk: House, door: Reachable, mill: Site, tmp_path: Path
) -> None:
    box = Fleet(tmp_path / "mill", 1)
    (home,) = box.homes
    desk.join("mill", "main", "h0", home=home)
    with (
        Wire(desk.port, mill.listener()) as uplink,
        reachable(tmp_path / "machine", path=quick()["PATH"], inside=mill.inside) as machine,
    ):
        machine.is_known()
        laptop = Laptop(tmp_path, machine)
        identity = home / "agent" / "identity.json"
        identity.write_text(json.dumps({**json.loads(identity.read_text()), "address": f"127.0.0.1:{uplink.port}"}))
        agent_ = [*mill.inside, sys.executable, "-m", "agent", "--home", str(home), "run", "--pace", "1", "--now"]
        with (tmp_path / "agent.log").open("wb") as log:
            agent = subprocess.Popen(agent_, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=quick())
        desk.children.append(agent)
        eventually(lambda: len(kept(desk.home)) >= 2)

        uplink.cut()
        eventually(lambda: "has sent nothing for" in desk.client.page("hosts").rows[0].worst)
        number = reported(desk, "nobody at the mill can work")
        with laptop.with_uplink(desk, door):
            prepared = laptop.here("away", "prepare", "--client", "mill")
            assert prepared.returncode == 0, prepared.stderr
        before, acknowledged = kept(desk.home), box.acked()
        assert before

        sheet = laptop.at(mill, "away", "sheet", "mill/main")
        assert sheet.returncode == 0, sheet.stderr
        for told in ("4 Weir Lane", "key at the gate", "h0", f"#{number} ", "nobody at the mill can work"):
            assert told in sheet.stdout
        looked = laptop.at(mill, "visit", *machine.ssh, "--json", "--all")
        assert looked.returncode in (0, 1), looked.stderr
        assert {"disk", "memory"} <= {one["check"] for one in json.loads(looked.stdout)}
        assert machine.left() == []
        wrote = laptop.at(mill, "away", "note", str(number), "the switch had no power", "--told", "on site")
        worked = laptop.at(mill, "away", "time", str(number), "90", "--travel", "30", "--text", "a new fuse")
        assert (wrote.returncode, worked.returncode) == (0, 0), wrote.stderr + worked.stderr
        assert laptop.at(mill, "away", "merge").returncode == 10

        assert (kept(desk.home), box.acked()) == (before, acknowledged), "somebody spoke for the agent, or for the desk"
        assert {one.name for one in laptop.home.iterdir()} == {"away"}
        seen_alone = eventually(lambda: len(box.waiting()) >= 5 and box.waiting())

        uplink.mend()
        eventually(lambda: seen_alone.keys() <= kept(desk.home).keys(), 120)
        assert agent.poll() is None
        settled(agent, box)

    delivered = kept(desk.home)
    for one, digest in {**box.acked(), **seen_alone}.items():
        assert delivered[one] == digest
    assert [seq for _, seq in sorted(delivered)] == [*range(1, len(delivered) + 1)]

    shutil.copytree(laptop.home / "away", tmp_path / "copy")
    with laptop.with_uplink(desk, door):
        merged = laptop.here("away", "merge", "--json")
        assert [(one["incident"], one["is_refused"]) for one in json.loads(merged.stdout)] == [(number, False)] * 2
        assert laptop.here("away", "merge").returncode == 0
        shutil.rmtree(laptop.home / "away")
        (tmp_path / "copy").rename(laptop.home / "away")  # as if the first answer had been lost on the way
        again = laptop.here("away", "merge")
        assert again.returncode == 0, again.stdout
    told = [one.text for one in story(desk, number).timeline]
    assert [sum(words in one for one in told) for words in ("the switch had no power", "a new fuse")] == [1, 1]
    assert story(desk, number).minutes == 90
