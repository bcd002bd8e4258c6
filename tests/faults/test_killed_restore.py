"""A restore that is killed at any step leaves a store that works: the one before, or the one put back."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import needs
from promises import Measured
from sqlalchemy import text

from console.intake.hostkeys import make_host_key
from console.store.backing import back_up
from console.store.database import opened

CALLS = ("rename", "renameat2", "unlink", "fsync", "fdatasync")


def a_store(folder: Path, rows: int) -> None:
    database = opened(folder)
    with database.writing.begin() as connection:
        for row in range(rows):
            connection.execute(text(f"insert into silences values ('a', {row}, {row + 1})"))
    database.close()
    make_host_key(folder / "host_key")


def rows(folder: Path) -> int:
    database = opened(folder)
    with database.reading.connect() as connection:
        found = int(connection.execute(text("select count(*) from silences")).scalar() or 0)
    database.close()
    return found


def restore(home: Path, file: Path, *before: str) -> int:
    command = [*before, sys.executable, "-m", "console.keeper", "restore", "--home", str(home), "--file", str(file)]
    return subprocess.run(command, capture_output=True, check=False, timeout=60).returncode


@pytest.mark.promise("C3", "a restore killed at each rename, unlink and sync leaves one store that works")
def test_every_kill_leaves_a_store_that_works(tmp_path: Path, measured: Measured) -> None:
    needs("strace")
    a_store(tmp_path / "then/console", 3)
    back_up(tmp_path / "then/console", tmp_path / "kept.backup", 1_800_000_000)
    home, killed = tmp_path / "home", {3: 0, 5: 0}
    for call in CALLS:
        for number in range(1, 200):
            shutil.rmtree(home, ignore_errors=True)
            a_store(home / "console", 5)
            kill = f"inject={call}:signal=SIGKILL:when={number}"
            ended = restore(home, tmp_path / "kept.backup", "strace", "-f", "-qq", "-o", "/dev/null", "-e", kill)
            found = rows(home / "console")
            assert found in (3, 5), (call, number)
            assert (home / "console/host_key").exists()
            if ended == 0:
                break
            killed[found] += 1
            assert restore(home, tmp_path / "kept.backup") == 0
            assert rows(home / "console") == 3
    measured(f"{killed[5]} kills left the store before, {killed[3]} the one put back; each was restored anew")
    assert killed[5] > 1
    assert killed[3] > 0
