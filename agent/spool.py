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

from agent.numbering import given, missing, note
from agent.spool_file import SpoolFull as SpoolFull  # noqa: PLC0414 - whoever has a spool hears it say so
from agent.spool_file import Told, opened
from checks.reading import CheckIn, Instant
from checks.wire import NotAMessage, decode_check_in, digest, encode_check_in

MOST_BYTES = 64 << 20
MOST_SECONDS = 7 * 86_400
KEEP_ACKED = 86_400
_UNREADABLE = "it could not be read any more"
_DROPPED = "SELECT first, last, why FROM dropped WHERE last >= ? AND first < ? ORDER BY first"
_HIGHEST = "SELECT max((SELECT coalesce(max(seq), 0) FROM spool), (SELECT coalesce(max(last), 0) FROM dropped))"
log = logging.getLogger(__name__)


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
        self._db = opened(path)
        self._unkept = 0
        self._number_on()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def add(self, check_in: CheckIn, *, is_change: bool) -> int:
        """Number a check-in and make it durable; its number. Raises SpoolFull, and then nothing was added.

        What could not be kept is counted, and named by the next one that can.
        """
        try:
            with self._one_at_a_time, self._told():
                self._skip(self._unkept, "the disk was full")
                seq = self._put(check_in, is_change=is_change)
                self._keep_bounds(check_in.taken_at)
                self._db.commit()
        except SpoolFull:
            self._unkept += 1
            raise
        self._unkept = 0
        note(self._path, self.epoch, seq)
        return seq

    @property
    def epoch(self) -> str:
        """The name under which numbers count; another process may have begun a new one."""
        return self._fact("epoch") or ""

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
            waiting = self.one(seq)
            if waiting is not None:
                yield Waiting(seq, self._with_dropped(seq, mark, waiting.body))
            else:
                self.set_aside(seq, _UNREADABLE)

    def one(self, seq: int) -> Waiting | None:
        """One check-in as it was made; None where it is not here, or cannot be read any more."""
        row = self._db.execute("SELECT body FROM spool WHERE seq = ?", (seq,)).fetchone()
        found = None if row is None else _whole(row[0])
        return None if found is None or found[1].seq != seq else Waiting(seq, found[0])

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
            whole = [(found[1], bool(change)) for raw, change in rows if (found := _whole(raw)) is not None]
            lost = self._untold() + len(rows) - len(whole)
            self._db.execute("DELETE FROM spool")
            self._db.execute("DELETE FROM dropped")
            self._begin_epoch()
            self._skip(lost, "lost before this numbering began")
            for check_in, change in whole:
                self._put(structs.replace(check_in, dropped=()), is_change=change)
            self._db.commit()
        note(self._path, self.epoch, self.newest)

    def recall(self, key: str) -> object:
        """What a probe kept."""
        with self._one_at_a_time:
            row = self._db.execute("SELECT value FROM memory WHERE key = ?", (key,)).fetchone()
        try:
            return None if row is None else json.loads(row[0])
        except ValueError:  # the disk changed it
            return None

    def keep(self, key: str, value: object) -> None:
        """Keep something for a probe. A full disk costs the memory, never the look."""
        try:
            with self._one_at_a_time:
                self._db.execute("INSERT OR REPLACE INTO memory VALUES (?, ?)", (key, json.dumps(value)))
                self._db.commit()
        except sqlite3.OperationalError as error:
            self._db.rollback()
            log.warning("cannot remember %s: %s", key, error)

    def _put(self, check_in: CheckIn, *, is_change: bool) -> int:
        seq = self.newest + 1
        body = encode_check_in(structs.replace(check_in, epoch=self.epoch, seq=seq))
        self._db.execute(
            "INSERT INTO spool (seq, body, taken_at, is_change) VALUES (?, ?, ?, ?)",
            (seq, zlib.compress(body, 1), self._steady(check_in), is_change),
        )
        self._set_fact("newest", str(seq))
        return seq

    def _skip(self, count: int, why: str) -> None:
        """Name numbers that no check-in will have."""
        if count:
            first = self.newest + 1
            self._db.execute("INSERT INTO dropped VALUES (?, ?, ?)", (first, first + count - 1, why))
            self._set_fact("newest", str(first + count - 1))

    def _untold(self) -> int:
        """How many numbers were dropped since the last one that the console acknowledged."""
        (mark,) = self._db.execute("SELECT coalesce(max(seq), 0) FROM spool WHERE acked_at IS NOT NULL").fetchone()
        question = "SELECT coalesce(sum(last - first + 1), 0) FROM dropped WHERE first > ?"
        return int(self._db.execute(question, (mark,)).fetchone()[0])

    def _steady(self, check_in: CheckIn) -> Instant:
        """When it was taken, by a clock that no step of the wall's moves: the uptime's within a boot, never back."""
        here = [check_in.taken_at, check_in.uptime, check_in.boot_id]
        try:
            at, (taken_at, uptime, boot) = json.loads(self._fact("clock") or "")
        except (ValueError, TypeError):  # there is none yet, or the disk changed it
            at, (taken_at, uptime, boot) = here[0], here
        passed = check_in.uptime - uptime if boot == check_in.boot_id else check_in.taken_at - taken_at
        at += max(0, round(passed))
        self._set_fact("clock", json.dumps([at, here]))
        return int(at)

    def _with_dropped(self, seq: int, mark: int, body: bytes) -> bytes:
        """The body, told of what was dropped between `mark` and it; written back, so that its digest stays its own."""
        before = self._db.execute("SELECT max(seq) FROM spool WHERE seq < ?", (seq,)).fetchone()[0] or 0
        check_in = decode_check_in(body)
        first = max(before, mark) + 1
        known = self._db.execute(_DROPPED, (first, seq)).fetchall()
        told = tuple(missing(known, first, seq))
        if told == check_in.dropped or not told:
            return body
        with self._one_at_a_time, self._told():
            body = encode_check_in(structs.replace(check_in, dropped=told))
            self._db.execute("UPDATE spool SET body = ? WHERE seq = ?", (zlib.compress(body, 1), seq))
            self._db.commit()
        return body

    def _keep_bounds(self, now: Instant) -> None:
        self._db.execute("DELETE FROM spool WHERE acked_at < ?", (now - KEEP_ACKED,))
        (newest,) = self._db.execute("SELECT max(taken_at) FROM spool").fetchone()
        old = self._db.execute(
            "SELECT seq FROM spool WHERE acked_at IS NULL AND taken_at < ?", (newest - MOST_SECONDS,)
        ).fetchall()
        self._drop([seq for (seq,) in old], "older than 7 days")
        while self._size() > self._most_bytes and self._thin():
            continue

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
        """Bytes of the file that are in use; what was let go of is written over."""
        pages, free, each = (
            self._db.execute(f"PRAGMA {one}").fetchone()[0] for one in ("page_count", "freelist_count", "page_size")
        )
        return int((pages - free) * each)

    def _fact(self, key: str) -> str | None:
        row = self._db.execute("SELECT value FROM facts WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def _set_fact(self, key: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (key, value))

    def _number_on(self) -> None:
        """Behind the highest number that was ever given: what the disk lost is named, and no number is given twice."""
        epoch, given_newest = given(self._path) or ("", 0)
        (newest,) = self._db.execute(_HIGHEST).fetchone()
        there = self.one(newest)
        mine = decode_check_in(there.body).epoch if there else self._fact("epoch") or epoch
        lost = given_newest - newest if mine == epoch else 0
        if mine and lost <= 0 and (self._fact("epoch"), self._fact("newest")) == (mine, str(newest)):
            return
        with self._one_at_a_time, self._told():
            if not mine:
                self._begin_epoch()
            else:
                self._set_fact("epoch", mine)
                self._set_fact("newest", str(newest))
                self._skip(max(0, lost), "the disk lost it")
            self._db.commit()

    def _begin_epoch(self) -> None:
        self._set_fact("epoch", os.urandom(16).hex())
        self._set_fact("newest", "0")

    def _told(self) -> Told:
        return Told(self._db, self._path)


def _whole(kept: bytes) -> tuple[bytes, CheckIn] | None:
    """A check-in as it was put in, with its bytes; None where the disk changed them since (zlib keeps a checksum)."""
    try:
        body = zlib.decompress(kept)
        return body, decode_check_in(body)
    except (zlib.error, NotAMessage):
        return None
