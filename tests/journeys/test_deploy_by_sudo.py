"""An agent is brought by somebody who is not root there: sudo asks for their password, once, and nobody reads along."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from booted import PATH, Booted, booted
from conftest import CLIENT, PROVIDER, House, eventually, needs
from technician import Reachable, reachable
from terminals import Terminal

pytestmark = pytest.mark.faults
SECRET = "correct-horse-7"
ASKED = "password of wb-tec on 127.0.0.1, for sudo:"
LOCK, TAKEN_BACK = 4, 1
"""Of the entries of sudo's own records (its timestamp.h): a kind that is no leave, and a flag that ends one."""
Opens = Callable[..., Terminal]


@dataclass
class Machine:
    """A client's machine, the way there, and the desk that the agent is for."""

    there: Booted
    way: Reachable
    house: House

    @property
    def command(self) -> list[str]:
        to = ["wb-tec@127.0.0.1", "-p", str(self.way.port), "-i", str(self.way.key)]
        where = ["--client", "mill", "--site", "main", "--host", "box", "--yes"]
        return [sys.executable, "-m", "console", "--home", str(self.house.home), "deploy", *to, *where]

    def without_terminal(self) -> subprocess.CompletedProcess[str]:
        """Deploy where nobody sits."""
        return subprocess.run(
            self.command, env=self.way.env, capture_output=True, text=True, check=False, timeout=120,
            stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    def is_untouched(self) -> bool:
        places = ("/opt/watchbill", "/var/lib/watchbill", "/etc/systemd/system/watchbill-agent.service")
        left = [one for one in places if self.there.run("test", "-e", one).returncode == 0]
        known = self.there.run("getent", "passwd", "watchbill").returncode == 0
        return not left and not known and self.house.rows("agents", "list", "--json") == []


@pytest.fixture
def machine(tmp_path: Path, house: House, request: pytest.FixtureRequest) -> Iterator[Machine]:
    """With a technician in it, who may do by sudo what the parameter says."""
    needs("sudo")
    folder = Path(f"/var/tmp/{tmp_path.parent.name}-{tmp_path.name}")
    house.start()
    house.publish(PROVIDER, CLIENT)
    try:
        with booted() as there, reachable(folder / "m", path=PATH, inside=there.inside) as way:
            way.is_known()
            there.done("useradd", "--system", "--no-create-home", "--shell", "/bin/sh", "wb-tec")
            there.done("chpasswd", given=f"wb-tec:{SECRET}\n")
            there.done("tee", "/etc/sudoers.d/wb-tec", given=f"wb-tec ALL=(ALL:ALL) {request.param}\n")
            yield Machine(there, way, house)
    finally:
        subprocess.run(["rm", "-rf", str(folder)], check=True)


@contextmanager
def watched(word: str) -> Iterator[list[str]]:
    """Where in the command lines and environments of all processes, here and there, a word was seen meanwhile."""
    seen: list[str] = []
    over = threading.Event()
    typist = b"send-keys"  # what types it at the terminal has it in its command line

    def look() -> None:
        while not over.wait(0.01):
            for place in ("cmdline", "environ"):
                found = {str(one): read(one) for one in Path("/proc").glob(f"[0-9]*/{place}")}
                seen.extend(one for one, text in found.items() if word.encode() in text and typist not in text)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield seen
    finally:
        over.set()
        looking.join()


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def opened(machine: Machine, terminal: Opens) -> Terminal:
    """Deploy at a terminal, as far as the question."""
    command = [*machine.command, "; echo ended with $?; sleep 600"]
    screen = terminal(160, 40, ["sh", "-c", f"'{' '.join(command)}'"], HOME=str(machine.way.folder / "laptop"))
    eventually(lambda: ASKED in screen.see())
    return screen


def typed(machine: Machine, terminal: Opens, word: str) -> str:
    """Deploy at a terminal, and say this password; what then stands there."""
    screen = opened(machine, terminal)
    screen.press(word, "Enter")
    eventually(lambda: "ended with" in screen.see(), 90)
    return screen.see()


@pytest.mark.parametrize("machine", ["ALL", "NOPASSWD: /usr/bin/python3*"], indirect=True)
def test_a_password_is_asked_once_and_read_by_nobody(machine: Machine, terminal: Opens) -> None:
    """Also where sudo then does not want it, as it asks for some commands and not for others."""
    with watched(SECRET) as seen:
        told = typed(machine, terminal, SECRET)
    assert "ended with 0" in told, told
    assert told.count(ASKED) == 1
    assert [row["status"] for row in machine.house.rows("agents", "list", "--json")] == ["heard"]
    assert machine.there.is_("is-active", "watchbill-agent")
    record = machine.there.done("od", "-An", "-v", "-t", "u2", "-w56", "/run/sudo/ts/wb-tec").splitlines()
    kinds = [(int(kind), int(flags)) for _, _, kind, flags in (line.split()[:4] for line in record)]
    assert [one for one in kinds if one[0] != LOCK and not one[1] & TAKEN_BACK] == [], "sudo keeps leave to go on"
    assert seen == []
    assert SECRET not in told
    logs = [machine.way.folder / "log", machine.house.home.parent / "daemon.log"]
    assert [str(one) for one in logs if SECRET in one.read_text()] == []
    assert SECRET not in machine.there.done("journalctl", "--no-pager")
    assert (
        machine.there.run("grep", "-r", "-l", SECRET, "/var/lib/watchbill", "/opt/watchbill", "/var/log").stdout == ""
    )


@pytest.mark.parametrize("machine", ["ALL"], indirect=True)
def test_a_wrong_password_is_told_and_nothing_is_left(machine: Machine, terminal: Opens) -> None:
    told = " ".join(typed(machine, terminal, "not-it").split())
    assert "ended with 10" in told
    assert "does not make you root" in told
    assert "nothing was done" in told
    assert "Traceback" not in told
    assert machine.is_untouched()


@pytest.mark.parametrize("machine", ["ALL"], indirect=True)
def test_without_a_terminal_nobody_is_asked(machine: Machine) -> None:
    done = machine.without_terminal()
    assert (done.returncode, "nobody is here to be asked" in done.stderr) == (10, True), done.stderr
    assert machine.is_untouched()


@pytest.mark.parametrize("machine", ["NOPASSWD: ALL"], indirect=True)
def test_where_sudo_asks_for_nothing_nobody_is_asked(machine: Machine) -> None:
    done = machine.without_terminal()
    assert done.returncode == 0, done.stderr
    assert machine.there.is_("is-active", "watchbill-agent")


@pytest.mark.parametrize("machine", ["ALL"], indirect=True)
def test_a_laptop_that_dies_behind_sudo_leaves_a_whole_agent(machine: Machine, terminal: Opens) -> None:
    screen = opened(machine, terminal)
    screen.press(SECRET, "Enter")
    eventually(lambda: "making it a service" in screen.see(), 60)
    screen.close()
    eventually(lambda: machine.there.is_("is-active", "watchbill-agent"), 60)
    eventually(lambda: [row["status"] for row in machine.house.rows("agents", "list", "--json")] == ["heard"])
