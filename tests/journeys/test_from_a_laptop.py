"""A technician's laptop asks the desk over SSH: the daemon knows them by the account that they logged in to it with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from callers import needs_root, open_folder
from conftest import CLIENT, PROVIDER, House, eventually, needs
from technician import reachable

LOGIN = f"wbt-laptop-{os.getpid()}"
SOMEBODY = PROVIDER.replace("people:\n", f"people:\n  lap: {{name: Lap, login: {LOGIN}}}\n", 1)
ACCESS = "access:\n  - {person: lap, role: technician, clients: [mill]}\n"


@pytest.fixture
def socket() -> Iterator[Path]:
    """The desk's socket, as the laptop has it."""
    needs_root()
    needs("ssh")
    with ExitStack() as stack:
        folder = stack.enter_context(open_folder())
        subprocess.run(["useradd", "--system", "--no-create-home", "--shell", "/bin/sh", LOGIN], check=True)
        stack.callback(subprocess.run, ["userdel", LOGIN], check=False)
        subprocess.run(["usermod", "--password", "*", LOGIN], check=True)
        house = House(folder / "desk")
        house.home.mkdir(parents=True, exist_ok=True)
        stack.callback(house.close)
        house.start("--shared", str(folder / "api.sock"))
        house.publish(SOMEBODY + ACCESS, CLIENT)
        way = stack.enter_context(reachable(folder / "m"))
        seen = ["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-i", str(way.key)]
        there = ["-N", "-L", f"{folder}/mine.sock:{folder}/api.sock", "-p", str(way.port), f"{LOGIN}@127.0.0.1"]
        carrying = subprocess.Popen(["ssh", *seen, *there], stderr=subprocess.DEVNULL)
        stack.callback(carrying.wait)
        stack.callback(carrying.terminate)
        eventually((folder / "mine.sock").exists)
        yield folder / "mine.sock"


def test_a_socket_that_ssh_carries_speaks_for_whoever_logged_in(socket: Path) -> None:
    def watchbill(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "console", "--socket", str(socket), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    assert watchbill("report", "it is slow", "--client", "mill", "--caller", "Mo").returncode == 0
    owned = watchbill("own", "1")
    assert owned.returncode == 0, owned.stderr
    assert [row["owner"] for row in json.loads(watchbill("incidents", "--json").stdout)] == [LOGIN]
    refused = watchbill("agents", "invite", "--client", "mill", "--site", "main")
    assert f"{LOGIN} may not invite" in refused.stderr
