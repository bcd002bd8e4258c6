"""One console host, a daemon with an account of its own, and people with theirs: real accounts, real sockets."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from callers import common_python, needs_root, open_folder
from conftest import CLIENT, House, needs

DAEMON, TECHNICIAN, VIEWER, NOBODY = (f"wbt-{one}-{os.getpid()}" for one in ("daemon", "tech", "view", "none"))
"""Accounts belong to the whole machine: those of two processes that test at once have two names."""
PEOPLE = f"""schema: 1
provider: {{name: Hilltop IT}}
people:
  ana: {{name: Ana Ruiz, login: ana}}
  tea: {{name: Tea Lind, login: {TECHNICIAN}}}
  vic: {{name: Vic Orr, login: {VIEWER}}}
access:
  - {{person: tea, role: technician, clients: [mill]}}
  - {{person: vic, role: viewer, clients: [mill]}}
"""
_RUN = (
    f"mount -t tmpfs -o mode=0755 tmpfs /run && install -d -m 0755 -o {DAEMON} /run/watchbill && "
    "echo ready && exec sleep 600"
)
Done = subprocess.CompletedProcess[str]


@dataclass
class Machine:
    """Accounts, and a /run of their own that nothing else on this machine sees."""

    folder: Path
    inside: int
    stack: ExitStack
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        return self.folder / "home"

    def command(self, login: str, *arguments: str) -> list[str]:
        home = self.home if login == DAEMON else self.folder / login
        python, path = common_python()
        told = {"PYTHONPATH": path, "PATH": os.environ["PATH"], "HOME": str(home), **self.extra}
        become = ["setpriv", f"--reuid={login}", f"--regid={login}", "--init-groups", "env", "-i"]
        named = [f"{name}={value}" for name, value in told.items()]
        return ["nsenter", "-t", str(self.inside), "-m", *become, *named, python, "-m", *arguments]

    def watchbill(self, login: str, *arguments: str) -> Done:
        command = self.command(login, "console", *arguments)
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd="/")

    def serve(self, *more: str) -> subprocess.Popen[str]:
        command = self.command(DAEMON, "console.serving", "--home", str(self.home), *more)
        daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd="/")
        self.stack.callback(_end, daemon)
        assert daemon.stdout is not None
        if not daemon.stdout.readline().startswith("ready"):
            daemon.wait(30)
        return daemon

    def publish(self) -> None:
        files = [self.folder / "provider.yaml", self.folder / "mill.yaml"]
        for path, text in zip(files, (PEOPLE, CLIENT), strict=True):
            path.write_text(text)
        done = self.watchbill(
            DAEMON, "--home", str(self.home), "model", "publish", *map(str, files), "--reason", "first"
        )
        assert done.returncode == 0, done.stderr


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    for pipe in (process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()


@pytest.fixture
def machine() -> Iterator[Machine]:
    needs_root()
    for program in ("useradd", "userdel", "unshare", "nsenter", "setpriv"):
        needs(program)
    with ExitStack() as stack:
        folder = stack.enter_context(open_folder())
        for login in (DAEMON, TECHNICIAN, VIEWER, NOBODY):
            made = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", login]
            subprocess.run(made, check=True, capture_output=True)
            stack.callback(subprocess.run, ["userdel", login], check=False, capture_output=True)
            (folder / login).mkdir()
            shutil.chown(folder / login, login, login)
        (folder / "home").mkdir(mode=0o700)
        shutil.chown(folder / "home", DAEMON, DAEMON)
        holding = subprocess.Popen(
            ["unshare", "--mount", "sh", "-c", _RUN], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        stack.callback(_end, holding)
        assert holding.stdout is not None
        if holding.stdout.readline() != "ready\n":
            pytest.skip("needs leave to make a mount namespace")
        yield Machine(folder, holding.pid, stack)


def test_two_technicians_with_two_logins_work_at_one_daemon_that_nobody_told_them_of(machine: Machine) -> None:
    machine.serve("--shared", "/run/watchbill/api.sock")
    machine.publish()
    shown = machine.watchbill(TECHNICIAN, "hosts", "--json")
    assert (shown.returncode, [row["host"] for row in json.loads(shown.stdout)]) == (0, ["box"])
    assert machine.watchbill(VIEWER, "hosts", "--json").stdout == shown.stdout

    told = machine.watchbill(TECHNICIAN, "report", "the shop is slow", "--client", "mill", "--caller", "Mo")
    assert told.returncode == 0, told.stderr
    assert machine.watchbill(TECHNICIAN, "note", "1", "looked at it").returncode == 0
    refused = machine.watchbill(VIEWER, "note", "1", "so did I")
    assert (refused.returncode, f"{VIEWER} may not note: it needs technician" in refused.stderr) == (11, True)
    refused = machine.watchbill(TECHNICIAN, "agents", "invite", "--client", "mill", "--site", "main")
    assert "may not invite" in refused.stderr
    refused = machine.watchbill(NOBODY, "hosts")
    assert (refused.returncode, f"{NOBODY} is nobody at this desk" in refused.stderr) == (11, True)
    assert machine.watchbill("root", "hosts").returncode == 11, "who is root here has no role either"

    log = json.loads(machine.watchbill(DAEMON, "--home", str(machine.home), "audit", "--json").stdout)
    who = {(row["login"], row["uid"], row["action"], row["outcome"]) for row in log}
    uids = {login: pwd.getpwnam(login).pw_uid for login in (TECHNICIAN, VIEWER, NOBODY)}
    assert {
        (TECHNICIAN, uids[TECHNICIAN], "note", "done"),
        (VIEWER, uids[VIEWER], "note", "refused"),
        (TECHNICIAN, uids[TECHNICIAN], "invite", "refused"),
        (NOBODY, uids[NOBODY], "enter", "refused"),
        ("root", 0, "enter", "refused"),
    } <= who
    assert machine.watchbill(TECHNICIAN, "--home", str(machine.home), "audit", "verify").returncode, "not theirs"


def test_what_was_named_wins_and_a_daemon_of_ones_own_stays_private(machine: Machine) -> None:
    machine.serve()
    assert machine.watchbill(TECHNICIAN, "hosts").returncode == 10, "it listens to its own account alone"
    inside = machine.home / "console/run/api.sock"
    assert (inside.stat().st_mode & 0o777, inside.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    named = machine.watchbill(TECHNICIAN, "--socket", str(inside), "hosts")
    assert (named.returncode, "Permission denied" in named.stderr) == (10, True)
    assert machine.watchbill(DAEMON, "--home", str(machine.home), "hosts").returncode == 0


def test_a_second_shared_daemon_and_a_folder_of_somebody_else_are_refused(machine: Machine) -> None:
    machine.serve("--shared", "/run/watchbill/api.sock")
    other = machine.folder / DAEMON
    machine.folder.joinpath(DAEMON, "loose").mkdir(mode=0o777)
    machine.folder.joinpath(DAEMON, "loose").chmod(0o777)

    def tried(socket: str) -> tuple[int, str]:
        command = machine.command(DAEMON, "console.serving", "--home", str(other / "h"), "--shared", socket)
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd="/")
        return done.returncode, done.stderr.splitlines()[-1]

    assert tried("/run/watchbill/api.sock") == (
        12, "watchbill: another daemon answers at /run/watchbill/api.sock; stop it, or listen elsewhere: --socket"
    )  # fmt: skip
    assert "others may write in" in tried(str(other / "loose/api.sock"))[1]
    assert "Permission denied" in tried("/run/elsewhere/api.sock")[1]


def test_what_up_starts_is_for_nobody_else(house: House) -> None:
    house.start()
    path = house.client.path
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o077) == (0o600, 0)
