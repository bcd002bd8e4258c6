"""What Windows has for groups and pipes, run here: by itself, and in an agent from which a Unix's calls were taken."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from callers import ROOT
from conftest import eventually, quick

from agent import programs, windows

TAKEN = """
import sys
from fcntl import flock
import psutil, subprocess, multiprocessing.util, platform, shutil, tempfile, logging, socket
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name in {"fcntl", "resource", "pwd", "grp", "termios"}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Missing())
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules.pop(name, None)
import os, signal
for name in ("killpg", "geteuid", "getuid", "statvfs", "getloadavg", "O_DIRECTORY"):
    delattr(os, name)
for name in ("SIGHUP", "SIGKILL", "SIGALRM"):
    delattr(signal, name)

import types
from pathlib import Path
sys.modules["msvcrt"] = types.SimpleNamespace(LK_NBLCK=2, locking=lambda number, kind, bytes_: flock(number, 6))
from agent.homes import Home, HomeBusy, write_whole
home = Home(Path(sys.argv[1]) / "agent").as_its_owner()
with home.locked():
    try:
        home.locked()
    except HomeBusy as error:
        assert str(os.getpid()) in str(error)
    else:
        raise AssertionError("held twice")
write_whole(home.identity, b"whole")
"""


def started(script: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(["sh", "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def read(process: subprocess.Popen[bytes], seconds: float) -> tuple[bytes, bytes]:
    said = [b"", b""]
    assert process.stdout is not None
    assert process.stderr is not None
    for place, piece in windows.pieces((process.stdout, process.stderr), time.monotonic() + seconds):
        said[place] += piece
    return said[0], said[1]


def test_both_streams_are_read_to_their_ends() -> None:
    with started("echo out; echo err >&2; head -c 1000000 /dev/zero") as process:
        out, err = read(process, 20)
    assert (out[:4], len(out), err) == (b"out\n", 1_000_004, b"err\n")


def test_who_keeps_a_stream_open_keeps_nobody() -> None:
    """Who has no parent any more is not found in the tree, and may keep the stream."""
    left: list[int] = []
    with started("sleep 300 & echo $!") as process:
        assert process.stdout is not None
        try:
            with pytest.raises(TimeoutError):
                for _, piece in windows.pieces((process.stdout,), time.monotonic() + 0.1):
                    left.append(int(piece))
        finally:
            programs.end_tree(process.pid)
            for one in left:
                psutil.Process(one).kill()
    assert len(left) == 1


def is_alive(one: psutil.Process) -> bool:
    try:
        return one.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_a_tree_is_ended() -> None:
    with started("sleep 301 & sh -c 'sleep 302; true' & sleep 303") as process:
        root = psutil.Process(process.pid)
        children = eventually(lambda: len(root.children(recursive=True)) >= 4 and root.children(recursive=True))
        try:
            programs.end_tree(process.pid)
            programs.end_tree(process.pid)
            eventually(lambda: not any(map(is_alive, children)))
        finally:
            for one in (root, *children):
                with suppress(psutil.NoSuchProcess):
                    one.kill()


def test_an_agent_without_what_a_unix_has_still_looks_and_runs_programs(tmp_path: Path) -> None:
    code = f"{TAKEN}\nfrom agent.__main__ import main\nsys.exit(main(['--home', {str(tmp_path)!r}, 'look', '--json']))"
    done = subprocess.run([sys.executable, "-c", code, tmp_path], env=quick(), capture_output=True, text=True,
                          check=False, cwd=ROOT, timeout=60)  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    found = {one["check"]: one["sentence"] for one in json.loads(done.stdout)}
    assert found["updates"] == "2 updates wait"
    assert "used" in found["memory"]
    assert (tmp_path / "agent" / "identity.json").read_bytes() == b"whole"
