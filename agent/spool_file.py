"""The spool's file: opened whole or moved aside, and a full disk told in our words.

SQLite in WAL mode with synchronous=FULL: what was committed is on the disk.
"""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

log = logging.getLogger(__name__)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS spool (
    seq INTEGER PRIMARY KEY, body BLOB NOT NULL, taken_at INTEGER NOT NULL, is_change INTEGER NOT NULL,
    acked_at INTEGER
);
CREATE INDEX IF NOT EXISTS waiting ON spool (seq) WHERE acked_at IS NULL;
CREATE TABLE IF NOT EXISTS dropped (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, why TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS facts (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS memory (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


class SpoolFull(Exception):
    """The disk takes nothing more: says where."""


class Told:
    """Turns SQLite's way of saying "full" into ours, and undoes what was half done."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db, self._path = db, path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if kind is None:
            return
        self._db.rollback()
        if isinstance(error, sqlite3.OperationalError):
            raise SpoolFull(f"cannot write {self._path}: {error}; free some space") from error


def opened(path: Path) -> sqlite3.Connection:
    """The database; a damaged one is moved aside, loudly, and a new epoch begins."""
    try:
        return _connected(path)
    except sqlite3.OperationalError as error:
        raise SpoolFull(f"cannot open {path}: {error}; free some space, or look at its permissions") from error
    except sqlite3.DatabaseError as error:
        aside = path.with_suffix(".damaged")
        path.replace(aside)
        for left in ("-wal", "-shm"):
            path.with_name(path.name + left).unlink(missing_ok=True)
        log.error("%s is damaged (%s): kept as %s, beginning anew", path, error, aside)
        return _connected(path)


def _connected(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=10, check_same_thread=False)
    try:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("quick_check found errors")
        db.executescript(_SCHEMA)
    except sqlite3.Error:
        db.close()
        raise
    path.chmod(0o600)
    return db
