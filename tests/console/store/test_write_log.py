"""A log of writes that rotted is told from one that was cut short, and from what an earlier log left over."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from rotting import rotten

from console.store.write_log import damage

FRAME = 24 + 4096
DICE = random.Random(1)


class Store:
    """A database whose log of writes holds five small commits and a last one of many pages."""

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self.path, self.db = path, db
        self.log = path.with_name(f"{path.name}-wal")
        self.shared = path.with_name(f"{path.name}-shm")
        for pragma in ("journal_mode=WAL", "wal_autocheckpoint=0"):
            db.execute(f"PRAGMA {pragma}")
        db.execute("create table kept (body blob)")
        for size in (10, 10, 10, 10, 10, 100_000):
            self.write(size)

    def write(self, size: int) -> None:
        self.db.execute("insert into kept values (?)", (b"x" * size,))
        self.db.commit()

    def left(self, folder: Path) -> Store:
        """What is there after a kill."""
        shutil.copytree(self.path.parent, folder)
        other = object.__new__(Store)
        other.path, other.db = folder / self.path.name, self.db
        other.log, other.shared = folder / self.log.name, folder / self.shared.name
        return other

    def rot(self, first: int, last: int) -> None:
        """Other bytes somewhere in the pages of these frames, counted from the end where below 0."""
        frames = (self.log.stat().st_size - 32) // FRAME
        start, stop = (32 + number % frames * FRAME for number in (first, last))
        rotten(self.log, DICE, range(start + 24, stop + FRAME))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "store").mkdir()
    with closing(sqlite3.connect(tmp_path / "store" / "one.db")) as db:
        yield Store(tmp_path / "store" / "one.db", db)


def test_a_whole_log_is_whole_beside_who_writes_it_and_after_a_kill(store: Store, tmp_path: Path) -> None:
    assert damage(store.path) == damage(store.left(tmp_path / "left").path) == ""
    assert damage(tmp_path / "nowhere.db") == ""


def test_a_frame_that_rots_before_the_last_commit_is_told(store: Store, tmp_path: Path) -> None:
    left = store.left(tmp_path / "left")
    left.shared.unlink()
    left.rot(1, 1)

    assert damage(left.path) == "frame 2 is not what was written, and more was committed after it"


def test_a_last_commit_that_is_torn_is_no_damage_where_the_power_went_and_is_after_a_kill(
    store: Store, tmp_path: Path
) -> None:
    left = store.left(tmp_path / "left")
    left.rot(-10, -10)
    assert "frames were committed" in damage(left.path)

    left.shared.unlink()
    assert damage(left.path) == ""


def test_a_header_that_rots_is_told(store: Store, tmp_path: Path) -> None:
    left = store.left(tmp_path / "left")
    rotten(left.log, DICE, range(9, 32))

    assert damage(left.path) == "its header is not what was written"


def test_what_an_earlier_log_left_over_is_no_damage(store: Store, tmp_path: Path) -> None:
    store.db.execute("PRAGMA wal_checkpoint(RESTART)")
    assert damage(store.path) == ""
    store.write(10)
    left = store.left(tmp_path / "left")

    assert damage(store.path) == damage(left.path) == ""
    left.shared.unlink()
    assert damage(left.path) == ""


def test_what_was_begun_and_taken_back_is_no_damage(store: Store, tmp_path: Path) -> None:
    store.db.execute("PRAGMA cache_size=5")
    store.db.executemany("insert into kept values (?)", [(b"y" * 3000,)] * 100)
    store.db.rollback()
    store.write(10)
    left = store.left(tmp_path / "left")

    assert damage(store.path) == damage(left.path) == ""
    left.shared.unlink()
    assert damage(left.path) == ""
