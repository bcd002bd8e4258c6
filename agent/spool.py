"""Check-ins waiting to leave: durable, numbered without holes, bounded, and honest about what was dropped.

SQLite in WAL mode with synchronous=FULL: what was added is on the disk. What was acknowledged stays for 24 hours, so
that a console restored from yesterday's backup gets back what it lost. Full, it thins routine check-ins first and
names what it let go in a `Dropped` record that travels with the next check-in.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from msgspec import structs

from checks.reading import CheckIn, Dropped, Instant
from checks.wire import decode_check_in, digest, encode_check_in

MOST_BYTES = 64 << 20
MOST_SECONDS = 7 * 86_400
KEEP_ACKED = 86_400
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


@dataclass(frozen=True, slots=True)
class Waiting:
    """One check-in as it will be sent."""

    seq: int
    body: bytes


class Spool:
    """The spool of one home. Also keeps what probes remember, in the same file."""

    def __init__(self, path: Path, most_bytes: int = MOST_BYTES) -> None:
        self._path = path
        self._most_bytes = most_bytes
        self._one_at_a_time = threading.RLock()
        self._db = _opened(path)
        self.epoch = self._fact("epoch") or self._begin_epoch()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def add(self, check_in: CheckIn, *, is_change: bool) -> int:
        """Number a check-in and make it durable; its number. Raises SpoolFull, and then nothing was added."""
        with self._one_at_a_time, self._told():
            seq = self.newest + 1
            numbered = structs.replace(check_in, epoch=self.epoch, seq=seq)
            body = encode_check_in(numbered)
            self._db.execute(
                "INSERT INTO spool (seq, body, taken_at, is_change) VALUES (?, ?, ?, ?)",
                (seq, zlib.compress(body, 1), check_in.taken_at, is_change),
            )
            self._set_fact("newest", str(seq))
            self._db.commit()
            self._keep_bounds(check_in.taken_at)
            return seq

    @property
    def newest(self) -> int:
        """The highest number of this epoch."""
        return int(self._fact("newest") or 0)

    @property
    def waiting(self) -> int:
        """How many check-ins have not been acknowledged."""
        return int(self._db.execute("SELECT count(*) FROM spool WHERE acked_at IS NULL").fetchone()[0])

    def after(self, mark: int) -> Iterator[Waiting]:
        """What the console has not, or never acknowledged, in order, with the gap records that belong before it.

        A number up to the console's `mark` that was never acknowledged goes once more: its digest tells a lost ack
        from a clone.
        """
        rows = self._db.execute(
            "SELECT seq FROM spool WHERE seq > ? OR acked_at IS NULL ORDER BY seq", (mark,)
        ).fetchall()
        for (seq,) in rows:
            row = self._db.execute("SELECT body FROM spool WHERE seq = ?", (seq,)).fetchone()
            if row is not None:
                yield Waiting(seq, self._with_dropped(seq, mark, zlib.decompress(row[0])))

    def one(self, seq: int) -> Waiting | None:
        """One check-in as it was made."""
        row = self._db.execute("SELECT body FROM spool WHERE seq = ?", (seq,)).fetchone()
        return None if row is None else Waiting(seq, zlib.decompress(row[0]))

    def acknowledged(self, seq: int, sha256: str, now: Instant) -> bool:
        """The console has it, if the digest is ours; whether it is."""
        waiting = self.one(seq)
        if waiting is None or digest(waiting.body) != sha256:
            return False
        with self._one_at_a_time, self._told():
            self._db.execute("UPDATE spool SET acked_at = ? WHERE seq = ?", (now, seq))
            self._db.commit()
        return True

    def set_aside(self, seq: int, why: str) -> None:
        """The console will never take this one: let it go, and say so."""
        with self._one_at_a_time, self._told():
            self._drop([seq], why)
            self._db.commit()

    def begin_epoch(self) -> None:
        """Number anew: this spool is an old copy, or contradicts the console. What waits keeps its content."""
        with self._one_at_a_time, self._told():
            rows = self._db.execute("SELECT body, is_change FROM spool WHERE acked_at IS NULL ORDER BY seq").fetchall()
            self._db.execute("DELETE FROM spool")
            self._db.execute("DELETE FROM dropped")
            self.epoch = self._begin_epoch()
            for body, is_change in rows:
                self.add(decode_check_in(zlib.decompress(body)), is_change=bool(is_change))

    def recall(self, key: str) -> object:
        """What a probe kept."""
        with self._one_at_a_time:
            row = self._db.execute("SELECT value FROM memory WHERE key = ?", (key,)).fetchone()
        return None if row is None else json.loads(row[0])

    def keep(self, key: str, value: object) -> None:
        """Keep something for a probe. A full disk costs the memory, never the look."""
        try:
            with self._one_at_a_time:
                self._db.execute("INSERT OR REPLACE INTO memory VALUES (?, ?)", (key, json.dumps(value)))
                self._db.commit()
        except sqlite3.OperationalError as error:
            self._db.rollback()
            log.warning("cannot remember %s: %s", key, error)

    def _with_dropped(self, seq: int, mark: int, body: bytes) -> bytes:
        """The body, told of what was dropped between `mark` and it; written back, so that its digest stays its own."""
        before = self._db.execute("SELECT max(seq) FROM spool WHERE seq < ?", (seq,)).fetchone()[0] or 0
        gaps = self._db.execute(
            "SELECT first, last, why FROM dropped WHERE first > ? AND last < ?", (max(before, mark), seq)
        ).fetchall()
        check_in = decode_check_in(body)
        told = tuple(Dropped(first, last, last - first + 1, why) for first, last, why in gaps)
        if told == check_in.dropped or not told:
            return body
        with self._one_at_a_time, self._told():
            body = encode_check_in(structs.replace(check_in, dropped=told))
            self._db.execute("UPDATE spool SET body = ? WHERE seq = ?", (zlib.compress(body, 1), seq))
            self._db.commit()
        return body

    def _keep_bounds(self, now: Instant) -> None:
        self._db.execute("DELETE FROM spool WHERE acked_at < ?", (now - KEEP_ACKED,))
        old = self._db.execute(
            "SELECT seq FROM spool WHERE acked_at IS NULL AND taken_at < ?", (now - MOST_SECONDS,)
        ).fetchall()
        self._drop([seq for (seq,) in old], "older than 7 days")
        while self._size() > self._most_bytes and self._thin():
            continue
        self._db.commit()

    def _thin(self) -> bool:
        """Let go of some of the oldest: acknowledged ones first, then routine ones, changes last; never the newest."""
        newest = self.newest
        for where in ("acked_at IS NOT NULL", "is_change = 0", "1"):
            rows = self._db.execute(
                f"SELECT seq, acked_at FROM spool WHERE {where} AND seq < ? ORDER BY seq LIMIT 16",  # noqa: S608
                (newest,),
            ).fetchall()
            if rows:
                self._db.executemany("DELETE FROM spool WHERE seq = ?", [(seq,) for seq, _ in rows])
                self._drop([seq for seq, acked in rows if acked is None], "the spool was full")
                return True
        return False

    def _drop(self, seqs: list[int], why: str) -> None:
        """Delete, and write down what went as ranges that touch no other."""
        for seq in sorted(seqs):
            self._db.execute("DELETE FROM spool WHERE seq = ?", (seq,))
            grown = self._db.execute("UPDATE dropped SET last = ? WHERE last = ?", (seq, seq - 1)).rowcount
            if not grown:
                self._db.execute("INSERT OR REPLACE INTO dropped VALUES (?, ?, ?)", (seq, seq, why))

    def _size(self) -> int:
        return int(self._db.execute("SELECT coalesce(sum(length(body)), 0) FROM spool").fetchone()[0])

    def _fact(self, key: str) -> str | None:
        row = self._db.execute("SELECT value FROM facts WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def _set_fact(self, key: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (key, value))

    def _begin_epoch(self) -> str:
        epoch = os.urandom(16).hex()
        self._set_fact("epoch", epoch)
        self._set_fact("newest", "0")
        self._db.commit()
        return epoch

    def _told(self) -> _Told:
        return _Told(self._db, self._path)


class _Told:
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


def _opened(path: Path) -> sqlite3.Connection:
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


def is_change(before: object, check_in: CheckIn) -> bool:
    """Whether a check-in says something that the one before did not: other subjects, gaps, or a value far from it."""
    return before != shape(check_in)


def shape(check_in: CheckIn) -> list[str]:
    """What of a check-in counts as the same: its subjects with their values coarsely, and its gaps."""
    readings = (f"{one.check} {one.subject} {_coarse(one.value)} {len(one.items)}" for one in check_in.readings)
    gaps = (f"{one.check} {one.subject} {one.why}" for one in check_in.gaps)
    return sorted([*readings, *gaps])


def _coarse(value: float | None) -> str:
    return "none" if value is None else f"{value:.1g}"
