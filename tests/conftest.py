"""What all tests share: a real house (daemon, agent, command line) in an empty home, and no quiet skips."""

from __future__ import annotations

import getpass
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from loader import Daemon, started
from terminals import Terminal

from console.client.client import Client, NotReachable
from console.client.where import socket_path

pytest_plugins = ["promises"]
PATIENCE = 30.0
settings.register_profile("fast", max_examples=50, deadline=None)
settings.register_profile("deep", max_examples=2000, deadline=None)


def pytest_configure(config: pytest.Config) -> None:
    """Few examples, where nobody asks for the deep tier.

    Not said by the file itself: tests that import it read it anew, and would make every tier the fast one.
    """
    if not config.getoption("--hypothesis-profile"):
        settings.load_profile("fast")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """`WATCHBILL_NO_SKIP` turns the want of a program into a failure: the machine was prepared for the tests."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.skipped and os.environ.get("WATCHBILL_NO_SKIP") and "is not installed" in str(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped where every program should be: {report.longrepr}"


def needs(program: str) -> None:
    """Skip, with the reason, where a program is not installed."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, script: str) -> None:
    """A program of that name, in bash, first on the path: for what cannot run, or cannot be made to fail, here."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/bash\n{script}\n")
    (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


@contextmanager
def small_disk(path: Path, options: str) -> Iterator[Path]:
    """A small file system at `path`, gone at the end; skips, with the reason, where none may be mounted."""
    path.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(path)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"needs leave to mount a small file system: {mounted.stderr.strip()}")
    try:
        yield path
    finally:
        subprocess.run(["umount", "-l", str(path)], check=True)


def filled(path: Path) -> None:
    """Take every byte that is left where it lies."""
    with path.open("ab", buffering=0) as file:
        for size in (65_536, 4096, 1):
            try:
                while file.write(os.urandom(size)):
                    continue
            except OSError:
                continue


@pytest.fixture
def btrfs_image(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """A btrfs in a file, and where it is mounted; skips, with the reason, where that cannot be."""
    needs("mkfs.btrfs")
    file, where = tmp_path / "image", tmp_path / "mounted"
    where.mkdir()
    with file.open("wb") as made:
        made.truncate(200 << 20)
    subprocess.run(["mkfs.btrfs", "-q", str(file)], check=True, capture_output=True)
    mounted = subprocess.run(
        ["mount", "-o", "loop", str(file), str(where)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no btrfs can be mounted on a loop device here: {mounted.stderr.strip()}")
    yield file, where
    subprocess.run(["umount", str(where)], check=False, capture_output=True)  # a test may have done so


def quick() -> dict[str, str]:
    """An environment whose apt answers at once: the real one takes two seconds, and its own tests ask it."""
    return {**os.environ, "PATH": f"{Path(__file__).parent / 'quick'}:{os.environ['PATH']}"}


def eventually(what: Callable[[], Any], patience: float = PATIENCE) -> Any:
    """The first true answer of `what`; fails after `patience` seconds."""
    deadline = time.monotonic() + patience
    while not (answer := what()):
        if time.monotonic() > deadline:
            raise AssertionError(f"still not so after {patience} s: {answer!r}")
        time.sleep(0.05)
    return answer


@dataclass
class House:
    """One home with a daemon, an agent and a command line, all real."""

    home: Path
    port: int = 0
    children: list[subprocess.Popen[bytes]] = field(default_factory=list)
    daemon: Daemon | None = None

    @property
    def client(self) -> Client:
        return Client(socket_path(self.home))

    @property
    def pid(self) -> int:
        """The daemon's process."""
        assert self.daemon is not None
        return self.daemon.pid

    def start(self, *more: str) -> None:
        with (self.home.parent / "daemon.log").open("ab") as log:
            self.daemon = started(["--home", str(self.home), "--port", str(self.port), *more], log)
        ready = self.daemon.stdout.readline().decode().split()
        assert ready[:1] == ["ready"], (self.home.parent / "daemon.log").read_text()
        self.port = int(ready[1].rsplit(":", 1)[1])

    def stop(self, number: int = signal.SIGTERM) -> None:
        assert self.daemon is not None
        self.daemon.send_signal(number)
        self.daemon.wait()
        self.daemon.close()

    def publish(self, *texts: str) -> None:
        documents = [{"name": f"{place}.yaml", "text": text} for place, text in enumerate(texts)]
        self.client.do("publish", documents=documents, reason="a test")

    def agent(self, *arguments: str, home: Path | None = None, **more: Any) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "agent", "--home", str(home or self.home), *arguments]
        more = {"env": quick(), **more}
        return subprocess.run(command, text=True, capture_output=True, check=False, timeout=90, **more)

    def join(self, client: str, site: str, host: str = "", home: Path | None = None) -> None:
        token = self.client.do("invite", client=client, site=site, host=host).token
        joined = self.agent("join", home=home, input=token)
        assert joined.returncode == 0, joined.stderr

    def run_agent(self, *arguments: str, home: Path | None = None) -> subprocess.Popen[bytes]:
        log = (self.home.parent / "agent.log").open("ab")
        command = [sys.executable, "-m", "agent", "--home", str(home or self.home), "run", *arguments]
        agent = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=quick())
        log.close()
        self.children.append(agent)
        return agent

    def cli(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command, run here: a process of its own costs more than most commands do."""
        from click.testing import CliRunner

        from console.commands.cli import cli

        done = CliRunner().invoke(cli, ["--home", str(self.home), *arguments])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return subprocess.CompletedProcess(list(arguments), done.exit_code, done.stdout, done.stderr)

    def process(self, *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
        """A command as a process of its own, with what is given to one: `input`, `env`, `cwd`."""
        command = [sys.executable, "-m", "console", "--home", str(self.home), *arguments]
        return subprocess.run(command, text=True, capture_output=True, check=False, timeout=60, **more)

    def rows(self, *arguments: str) -> Any:
        told = self.cli(*arguments)
        assert told.returncode == 0, told.stderr
        return json.loads(told.stdout)

    def is_up(self) -> bool:
        try:
            self.client.page("house")
        except NotReachable:
            return False
        return True

    def close(self) -> None:
        if self.daemon is not None:
            self.daemon.close()
        for child in reversed(self.children):
            if child.poll() is None:
                child.kill()
            child.wait(PATIENCE)
            if child.stdout is not None:
                child.stdout.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """An empty home; nothing runs in it yet."""
    home = tmp_path / "home"
    home.mkdir()
    house = House(home)
    yield house
    house.close()


@pytest.fixture
def terminal() -> Iterator[Callable[..., Terminal]]:
    """Opens real terminals, and closes them at the end."""
    needs("tmux")
    opened: list[Terminal] = []

    def open_one(*arguments: object, **env: str) -> Terminal:
        opened.append(Terminal(*arguments, **env))  # type: ignore[arg-type]
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


PROVIDER = f"""schema: 1
provider: {{name: Hilltop IT}}
people:
  ana: {{name: Ana, login: nobody-of-this-machine}}
  me: {{name: Me, login: {getpass.getuser()}}}
"""
CLIENT = """schema: 1
client: {id: mill, name: The Mill, tz: Europe/Berlin}
sites: {main: {name: Mill}}
hosts: {box: {site: main}}
services:
  work: {name: Daily work, owner: ana, criticality: A, needs: {all: [box]}, sla: std, slo: {availability: 99}}
slas:
  std:
    incident:
      S1: {own: 15m, resolve: 4h}
      S2: {own: 30m, resolve: 8h}
      S3: {own: 4h, resolve: 24h}
    clear_after: 1s
standards:
  checkin: {crit: 3s}
"""
