"""`watchbill visit`: a look over a real sshd, and nothing that stays; what cannot be reached says why."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from callers import ROOT
from conftest import eventually, quick
from technician import Reachable, reachable

BUSY = {"cpu", "load", "memory_pressure"}
"""What differs from one second to the next."""
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
    """Also where the login greets: a shell reads its own files for every command that comes over SSH."""
    machine.is_known()
    (machine.folder / "account/.bashrc").write_text("echo Welcome to python 3.99\n")
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


TOOLS = ("sh", "uname", "getconf", "id", "yes", "printf", "test")


@contextmanager
def with_tools(folder: Path, **scripts: str) -> Iterator[Reachable]:
    """A machine whose path has little but these scripts."""
    tools = folder / "tools"
    tools.mkdir()
    for name in TOOLS:
        (tools / name).symlink_to(str(shutil.which(name)))
    for name, script in scripts.items():
        (tools / name.replace("_", "-")).write_text(f"#!/bin/sh\n{script}\n")
        (tools / name.replace("_", "-")).chmod(0o755)
    with reachable(folder / "machine", path=str(tools)) as machine:
        machine.is_known()
        yield machine


@pytest.mark.faults
@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("exit 1", "has no Python"),
        ('case "$2" in *version_info*) echo 3.9;; esac', "has Python 3.9, and a look takes 3.11 or newer: bring one"),
        ('case "$2" in *version_info*) echo 3.11;; *) yes "$(printf "\\033]0;x\\007")";; esac', "more than 8 MiB"),
        ('case "$2" in *version_info*) echo 3.11;; *) echo "[1]";; esac', "is no look"),
        ('case "$2" in *version_info*) echo 3.11;; *) echo "no module named ssl" >&2; exit 1;; esac', "named ssl"),
    ],
)
def test_a_machine_that_cannot_be_looked_at_says_what_it_lacks(tmp_path: Path, script: str, says: str) -> None:
    """Each with a python3 of its own."""
    with with_tools(tmp_path, python3=script) as machine:
        refused = visit(machine)
    assert refused.returncode == 10, refused.stdout
    assert says in refused.stderr
    assert "\x1b" not in refused.stderr


@pytest.mark.faults
def test_what_is_no_linux_is_not_looked_at(tmp_path: Path) -> None:
    with with_tools(tmp_path) as machine:
        (tmp_path / "tools" / "uname").unlink()
        (tmp_path / "tools" / "uname").write_text("#!/bin/sh\necho Darwin\n")
        (tmp_path / "tools" / "uname").chmod(0o755)
        refused = visit(machine)
    assert (refused.returncode, "runs Darwin, and a look this way is for Linux" in refused.stderr) == (10, True)


def is_alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


@pytest.mark.faults
def test_a_connection_that_is_cut_ends_the_look_and_all_that_it_started(tmp_path: Path) -> None:
    """Its apt hangs, so that the look is under way for long."""
    told, real = tmp_path / "pids", f'exec {sys.executable} "$@"'
    with with_tools(tmp_path, python3=real, apt_get=f"echo $PPID $$ >{told}; exec /bin/sleep 600") as machine:
        command = [sys.executable, "-m", "console", "visit", *machine.ssh]
        visiting = subprocess.Popen(command, env=machine.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        pids = [int(one) for one in eventually(lambda: told.exists() and told.read_text().split())]
        try:
            assert all(map(is_alive, pids))
            assert machine.left() == [], "a look writes nothing"
            os.kill(visiting.pid, signal.SIGKILL)
            visiting.wait()
            eventually(lambda: not any(map(is_alive, pids)))
            assert machine.left() == []
        finally:
            for one in filter(is_alive, pids):
                os.kill(one, signal.SIGKILL)


def pythons() -> list[str]:
    """Every Python here that a look takes."""
    found = {shutil.which(f"python3.{minor}", path="/usr/bin:/usr/local/bin") for minor in range(11, 20)}
    found |= {
        str(one)
        for one in Path(sys.base_prefix).parent.glob("3.*/bin/python3")
        if int(one.parts[-3].split(".")[1]) > 10
    }
    return sorted(one for one in found if one)


@pytest.mark.faults
@pytest.mark.parametrize("python", pythons())
def test_a_look_without_any_library_tells_what_one_with_them_tells(tmp_path: Path, python: str) -> None:
    """On this machine, asked with the compiled libraries and without, by a Python that has no package at all."""
    alone = f'exec {python} -S "$@"'
    path = f"{tmp_path / 'tools'}:{quick()['PATH']}"
    (tmp_path / "tools").mkdir()
    for name in ("python3", *(f"python3.{minor}" for minor in range(11, 15))):
        (tmp_path / "tools" / name).write_text(f"#!/bin/sh\n{alone}\n")
        (tmp_path / "tools" / name).chmod(0o755)
    with reachable(tmp_path / "machine", path=path) as machine:
        machine.is_known()
        visited = visit(machine, "--json", "--all")
    assert visited.returncode in (0, 1), visited.stderr
    here = subprocess.run([sys.executable, "-m", "agent.once"], env=quick(), capture_output=True, check=True, cwd=ROOT)
    wanted, found = (_stands(json.loads(told)) for told in (here.stdout, visited.stdout))
    assert found == wanted
    assert {("memory", ""), ("disk", "/"), ("updates", "")} <= found.keys()


def _stands(rows: list[dict[str, str]]) -> dict[tuple[str, str], str]:
    """What does not change between two looks: small file systems of other tests come and go."""
    passing = tempfile.gettempdir()
    return {
        (one["check"], one["subject"]): one["status"]
        for one in rows
        if one["check"] not in BUSY and not one["subject"].startswith(passing)
    }
