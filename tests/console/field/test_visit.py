"""`watchbill visit`: a look over a real sshd, and nothing that stays; what cannot be reached says why."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import eventually, quick
from technician import Reachable, reachable

Done = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reachable]:
    with reachable(tmp_path_factory.mktemp("machine"), path=quick()["PATH"]) as made:
        yield made


def visit(machine: Reachable, *more: str, to: list[str] | None = None, **env: str) -> Done:
    command = [sys.executable, "-m", "console", "visit", *(to or machine.ssh), *more]
    return subprocess.run(command, env={**machine.env, **env}, capture_output=True, text=True, check=False, timeout=120,
                          stdin=subprocess.DEVNULL)  # fmt: skip


def test_a_look_tells_what_is_found_and_leaves_nothing(machine: Reachable) -> None:
    machine.is_known()
    done = visit(machine, "--json", "--all")
    assert done.returncode in (0, 1), done.stderr
    found = json.loads(done.stdout)
    assert {"disk", "memory", "updates"} <= {one["check"] for one in found}
    assert {one["status"] for one in found} <= {"ok", "not due", "watch", "unknown", "breach"}
    assert machine.left() == []
    table = visit(machine, "--all", NO_COLOR="1")
    assert "WHAT IS FOUND" in table.stdout
    assert "by default standards" in table.stdout
    assert "\x1b" not in table.stdout


def test_a_key_that_nobody_vouched_for_is_not_spoken_to(machine: Reachable) -> None:
    machine.known.unlink(missing_ok=True)
    refused = visit(machine)
    assert refused.returncode == 12
    assert "was never seen from here" in refused.stderr
    assert "SHA256:" in refused.stderr
    assert not machine.known.exists()
    machine.known.parent.mkdir(exist_ok=True)
    other = "AAAAC3NzaC1lZDI1NTE5AAAAIJzGG2o0GfJXDrzcXvZ7Q1W0G3mBC3yZk4HnXkWXmdt2"
    machine.known.write_text(f"[127.0.0.1]:{machine.port} ssh-ed25519 {other}\n")
    changed = visit(machine)
    assert changed.returncode == 12
    assert "shows another key" in changed.stderr
    assert "ssh-keygen -R" in changed.stderr
    machine.is_known()


@pytest.mark.parametrize(
    ("to", "code", "says"),
    [
        (["nobody-is-here.invalid"], 10, "cannot be reached"),
        (["127.0.0.1", "-p", "1"], 10, "cannot be reached"),
        (["-oProxyCommand=x@y z"], 2, ""),
        (["two words"], 2, "is no machine"),
    ],
)
def test_where_nobody_can_be_reached_it_says_why(machine: Reachable, to: list[str], code: int, says: str) -> None:
    refused = visit(machine, to=to)
    assert refused.returncode == code, refused.stderr
    assert says in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_key_that_is_not_let_in_says_what_to_do(machine: Reachable, tmp_path: Path) -> None:
    machine.is_known()
    from agent.ssh import new_key

    (tmp_path / "wrong").write_text(new_key())
    (tmp_path / "wrong").chmod(0o600)
    refused = visit(machine, to=[machine.login, "-p", str(machine.port), "-i", str(tmp_path / "wrong")])
    assert refused.returncode == 10
    assert "does not take your key" in refused.stderr


@pytest.mark.faults
@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("exit 1", "has no Python"),
        ('case "$2" in *version_info*) echo 3.9;; esac', "has Python 3.9, and a look takes 3.11"),
        ('case "$2" in *version_info*) echo 3.99;; esac', "pip download --only-binary :all: --no-deps"),
        ('case "$2" in *version_info*) echo 3.11;; *) yes "$(printf "\\033]0;x\\007")";; esac', "more than 8 MiB"),
        ('case "$2" in *version_info*) echo 3.11;; *) echo "[1]";; esac', "is no look"),
    ],
)
def test_a_machine_that_cannot_be_looked_at_says_what_it_lacks(tmp_path: Path, script: str, says: str) -> None:
    """Each with a python3 of its own, first on the machine's path."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "uname", "getconf", "id", "yes", "printf", "test"):
        found = subprocess.run(["which", name], capture_output=True, text=True, check=True).stdout.strip()
        (tools / name).symlink_to(found)
    (tools / "python3").write_text(f"#!/bin/sh\n{script}\n")
    (tools / "python3").chmod(0o755)
    with reachable(tmp_path / "machine", path=str(tools)) as machine:
        machine.is_known()
        refused = visit(machine)
    assert refused.returncode == 10, refused.stdout
    assert says in refused.stderr
    assert "\x1b" not in refused.stderr


@pytest.mark.faults
def test_a_connection_that_is_cut_leaves_nothing_there(machine: Reachable) -> None:
    machine.is_known()
    command = [sys.executable, "-m", "console", "visit", *machine.ssh]
    visiting = subprocess.Popen(command, env=machine.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    eventually(machine.left)
    os.kill(visiting.pid, signal.SIGKILL)
    visiting.wait()
    eventually(lambda: machine.left() == [], 60)
