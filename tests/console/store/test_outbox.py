"""Kept with what it tells of, through kill -9: nothing is lost, and nothing is there twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from console.letters.letter import Letter, Posting
from console.store import outbox
from console.store.database import opened

KILLED = """
import os, signal, sys
from pathlib import Path
from console.store import outbox
from console.store.database import opened
from console.store.writer import Batch, write
from console.letters.letter import Letter, Posting

database = opened(Path(sys.argv[1]))
batch = Batch()
batch.outbox.append(outbox.notice_row(1, 0, "mill", 10))
with database.writing.begin() as connection:
    write(connection, [batch])
letters = [Posting(f"incident 1 opening {who}", 20, Letter("opening", "s", ("l",), "mill", who)) for who in "ab"]
if sys.argv[2] == "after":
    with database.writing.begin() as connection:
        outbox.put(connection, letters, 20, [1])
        outbox.settle(connection, [])
else:
    connection = database.writing.connect()
    connection.begin()
    outbox.put(connection, letters, 20, [1])
os.kill(os.getpid(), signal.SIGKILL)
"""


def killed(folder: Path, when: str) -> tuple[int, int]:
    """How many notices and letters are there after a kill, and after the round that would have gone on."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder), when], env={**os.environ}, check=False)
    assert done.returncode == -signal.SIGKILL
    database = opened(folder)
    try:
        waiting = [number for number, _, _ in outbox.notices(database.reading, 9)]
        with database.writing.begin() as connection:
            again = [
                Posting(f"incident 1 opening {who}", 30, Letter("opening", "s", ("l",), "mill", who)) for who in "ab"
            ]
            outbox.put(connection, again, 30, waiting)
        return len(waiting), len(outbox.due(database.reading, 99, 99))
    finally:
        database.close()


def test_a_kill_before_the_letters_are_kept_leaves_the_notice(tmp_path: Path) -> None:
    assert killed(tmp_path, "before") == (1, 2)


def test_a_kill_after_they_are_kept_doubles_none(tmp_path: Path) -> None:
    assert killed(tmp_path, "after") == (0, 2)
