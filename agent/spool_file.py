"""The spool's file: opened whole or moved aside, and a full disk told in our words.

SQLite in WAL mode with synchronous=FULL: what was committed is on the disk.
"""

from __future__ import annotations

import logging
import os
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


_IN_THE_WAY = {
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM,
}  # fmt: skip


class SpoolFull(Exception):
    """The disk takes nothing more: says where."""


class Told:
    """One change of the spool, whole or undone: what it reads is what it writes on, whoever else is at the file.

    A pass and the courier are two processes. SQLite's way of saying "full" is turned into ours.
    """

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db, self._path = db, path

    def __enter__(self) -> None:
        try:
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise self._full(error) from error

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if kind is None:
            return
        self._db.rollback()
        if isinstance(error, sqlite3.OperationalError):
            raise self._full(error) from error

    def _full(self, error: sqlite3.OperationalError) -> SpoolFull:
        return SpoolFull(f"cannot write {self._path}: {error}; free some space")


def opened(path: Path) -> sqlite3.Connection:
    """The database; a damaged one is moved aside, loudly, and a new epoch begins."""
    try:
        return _connected(path)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # the latter where it quotes what rotted
        if _is_in_the_way(path, getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF):
            told = f"cannot open {path}: {error}; free some space, or look at its permissions"
            raise SpoolFull(told) from error
        aside = path.with_suffix(".damaged")
        path.replace(aside)
        for left in ("-wal", "-shm"):  # what was written last may be there alone
            aside.with_name(aside.name + left).unlink(missing_ok=True)
            if path.with_name(path.name + left).exists():
                path.with_name(path.name + left).replace(aside.with_name(aside.name + left))
        log.error("%s is damaged (%s): kept as %s, beginning anew", path, error, aside)
        return _connected(path)


def _is_in_the_way(path: Path, code: int) -> bool:
    """Whether the machine keeps us from a file, and not what is in it: a damaged one says that it is read-only, too."""
    if code == sqlite3.SQLITE_READONLY:
        return not os.access(path, os.W_OK)
    return code in _IN_THE_WAY


def _connected(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=10, check_same_thread=False)
    db.text_factory = lambda raw: raw.decode(errors="replace")  # a text that rotted is seen by what it means
    try:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("quick_check found errors")
        db.executescript(_SCHEMA)
    except (sqlite3.Error, UnicodeDecodeError):
        db.close()
        raise
    path.chmod(0o600)
    return db
