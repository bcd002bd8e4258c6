"""The one thread that writes. What waits together is committed together, and nobody hears "kept" before the fsync.

A `Batch` is rows for the tables of the record; batches that are waiting become one transaction with one executemany a
table. Anything else (joining, publishing) is a function with a transaction of its own.
"""

from __future__ import annotations

import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from msgspec import structs
from sqlalchemy import Connection, Table, insert, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DatabaseError

from console.store import outbox, papers, schema, write_log
from console.store.database import Database
from console.store.fold import Folded
from console.store.standing import Change

T = TypeVar("T")
log = logging.getLogger(__name__)
Row = dict[str, Any]
MOST_TOGETHER = 64
GATHERING = 0.002
"""Seconds that a batch waits for company, while one was committed in the last `BUSY` seconds: one fsync serves all."""
BUSY = 0.02
COMMITS, GROWTH = 128, 4 << 20
"""The log of writes is carried into the database after so many commits, or so many bytes that its file grew by."""


class NotKept(Exception):
    """The store could not write, so nothing of it is acknowledged: says why. Trying again later may help."""


@dataclass(slots=True)
class Batch:
    """Rows to be added together; `states` and `ended` replace what stood there."""

    checkins: list[Row] = field(default_factory=list)
    epochs: list[Row] = field(default_factory=list)
    changes: list[Row] = field(default_factory=list)
    silences: list[Row] = field(default_factory=list)
    sights: list[Row] = field(default_factory=list)
    stood: list[Row] = field(default_factory=list)
    quarantine: list[Row] = field(default_factory=list)
    incidents: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    suppressed: list[Row] = field(default_factory=list)
    papers: list[Row] = field(default_factory=list)
    outbox: list[Row] = field(default_factory=list)
    """Notices of what somebody should hear of."""
    states: dict[str, bytes] = field(default_factory=dict)
    ended: dict[int, int | None] = field(default_factory=dict)
    """Incident → when it ended, or None where it opened again."""

    def add_changes(self, changes: Iterable[Change]) -> None:
        """Add rows for these changes."""
        self.changes.extend(
            {**structs.asdict(change), "was": change.was.value, "status": change.status.value} for change in changes
        )

    def add_folded(self, folded: Folded) -> None:
        """Add rows for everything that a check-in changed, and for what must outlive the one before it."""
        self.add_changes(folded.changes)
        if folded.silence:
            start, end = folded.silence
            self.silences.append({"agent": folded.state.agent, "start": start, "end": end})
        self.sights.extend(map(structs.asdict, folded.sights))
        if folded.stood:
            self.stood.append(structs.asdict(folded.stood))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.states or self.ended or any(getattr(self, name) for name, _ in _ADDED))


_ADDED: tuple[tuple[str, Table], ...] = (
    ("epochs", schema.epochs),
    ("checkins", schema.checkins),
    ("changes", schema.changes),
    ("silences", schema.silences),
    ("sights", schema.sights),
    ("stood", schema.stood),
    ("quarantine", schema.quarantine),
    ("incidents", schema.incidents),
    ("events", schema.events),
    ("suppressed", schema.suppressed),
    ("papers", schema.papers),
    ("outbox", schema.outbox),
)
_INSERTS = {name: insert(table) for name, table in _ADDED}
_INSERTS |= {"papers": papers.ADD, "outbox": outbox.ADD}
_INSERTS |= {
    name: sqlite.insert(schema.metadata.tables[name]).prefix_with("OR REPLACE") for name in ("sights", "stood")
}
_state = sqlite.insert(schema.states)
_PUT_STATE = _state.on_conflict_do_update(index_elements=["agent"], set_={"body": _state.excluded.body})


_DISK_FAILED = {
    sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC, sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_TRUNCATE,
}  # fmt: skip
_NO_ROOM = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


@dataclass(frozen=True, slots=True)
class _Job:
    work: Batch | Callable[[Connection], Any]
    done: Future[Any]
    term: int


class Writer:
    """Takes work from any thread and answers with a future that is done after the commit.

    After a batch that could not be written, every batch of the same term fails too: it was made from memory that the
    record does not have. A new term begins when memory was read back. A disk that failed, or a database that is
    damaged, ends it all: what the system says of them from then on cannot be believed (reliability.md 2.3).
    """

    def __init__(self, database: Database) -> None:
        self._engine = database.writing
        self._room = database.room
        self._term = 0
        self._failed_term = -1
        self.over = ""
        """Why nothing more is written; "" while it can be."""
        self._committed_at = -BUSY
        self._log = write_log.of(database.path)
        self._since = self._size = 0
        self._waiting: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def keep(self, batch: Batch) -> Future[None]:
        """Add these rows. The future fails with NotKept where the store could not."""
        return self._put(batch)

    def do(self, work: Callable[[Connection], T]) -> Future[T]:
        """Run `work` in a transaction of its own; what it raises undoes it and reaches the caller."""
        return self._put(work)

    def begin_term(self) -> None:
        """What is handed over from now on was made from the record as it is."""
        self._term += 1

    @property
    def term(self) -> int:
        """How often memory was read back from the record."""
        return self._term

    @property
    def is_sound(self) -> bool:
        """Whether everything of the present term was written."""
        return self._term > self._failed_term

    def close(self) -> None:
        """Finish what waits, then end."""
        self._waiting.put(None)
        self._thread.join()

    def _put(self, work: Batch | Callable[[Connection], Any]) -> Future[Any]:
        job = _Job(work, Future(), self._term)
        job.done.set_running_or_notify_cancel()  # it is written, also where whoever handed it over stops waiting
        self._waiting.put(job)
        return job.done

    def _run(self) -> None:
        going_on = True
        while going_on:
            jobs, going_on = self._take()
            batches = [job for job in jobs if isinstance(job.work, Batch)]
            if batches:
                self._write_together(batches)
            for job in jobs:
                if not isinstance(job.work, Batch):
                    self._finish([job], job.work)

    def _take(self) -> tuple[list[_Job], bool]:
        """Everything that waits, up to MOST_TOGETHER or to the first function; whether there may be more."""
        job = self._waiting.get()
        jobs: list[_Job] = []
        if job is not None and isinstance(job.work, Batch) and time.monotonic() - self._committed_at < BUSY:
            time.sleep(GATHERING)
        while job is not None:
            jobs.append(job)
            if len(jobs) == MOST_TOGETHER or not isinstance(job.work, Batch):
                return jobs, True
            try:
                job = self._waiting.get_nowait()
            except queue.Empty:
                return jobs, True
        return jobs, False

    def _write_together(self, jobs: list[_Job]) -> None:
        stale = [job for job in jobs if job.term <= self._failed_term]
        self._fail(stale, NotKept(self.over or "the store could not write what came before this"))
        sound = [job for job in jobs if job.term > self._failed_term]
        batches = [job.work for job in sound if isinstance(job.work, Batch)]
        if batches:
            self._finish(sound, lambda connection: write(connection, batches))

    def _finish(self, jobs: list[_Job], work: Callable[[Connection], Any]) -> None:
        if self.over:
            self._fail(jobs, NotKept(self.over))
            return
        try:
            result = self._done(work)
        except DatabaseError as error:
            self._end_at(error.orig)
            self._fail(jobs, NotKept(self.over or f"the store could not write: {error.orig}"))
        except Exception as error:  # noqa: BLE001 - a background job: what it raised belongs to whoever waits for it
            self._fail(jobs, error)
        else:
            self._committed_at = time.monotonic()
            for job in jobs:
                job.done.set_result(result)
            self._carry()

    def _done(self, work: Callable[[Connection], T]) -> T:
        """Do it in a transaction; where the disk is full once more, in the room that was kept for that."""
        try:
            with self._engine.begin() as connection:
                return work(connection)
        except DatabaseError as error:
            if _code(error.orig) not in _NO_ROOM or not self._room.give_up_ballast():
                raise
        with self._engine.begin() as connection:
            return work(connection)

    def _carry(self) -> None:
        """Carry the log of writes into the database where it is long; a disk that fails at it is not believed again.

        What was acknowledged is in the log, so nothing is lost by it. Where there is no room the log stays.
        """
        self._since += 1
        try:
            size = self._log.stat().st_size
        except OSError:  # somebody took it away: what SQLite makes of that, it says itself
            size = 0
        if self._since < COMMITS and size < self._size + GROWTH:
            return
        self._since, self._size = 0, size
        connection = self._engine.raw_connection()  # outside of a transaction
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")
        except sqlite3.DatabaseError as error:
            log.warning("the log of writes could not be carried into the database: %s", error)
            self._end_at(error)
        finally:
            connection.close()

    def _end_at(self, error: BaseException | None) -> None:
        if _is_the_end(error):
            self.over = f"{error}: nothing is kept until the disk was seen to and the daemon was restarted"

    def _fail(self, jobs: list[_Job], error: Exception) -> None:
        """The term is over before anybody hears that it failed: who hears it reads memory back at once."""
        lost = [job.term for job in jobs if isinstance(job.work, Batch)]
        self._failed_term = max([self._failed_term, *lost])
        for job in jobs:
            job.done.set_exception(error)


def _code(error: BaseException | None) -> int:
    return int(getattr(error, "sqlite_errorcode", 0))


def _is_the_end(error: BaseException | None) -> bool:
    """Whether the store is not to be written to any more: a full disk is not, it can be freed."""
    code = _code(error)
    return code in _DISK_FAILED or code & 0xFF in _DAMAGED


def write(connection: Connection, batches: Iterable[Batch]) -> None:
    """Add the rows of batches, each table at once."""
    together = list(batches)
    for name, statement in _INSERTS.items():
        rows = [row for batch in together for row in getattr(batch, name)]
        if rows:
            connection.execute(statement, rows)
    states = {agent: body for batch in together for agent, body in batch.states.items()}
    if states:
        connection.execute(_PUT_STATE, [{"agent": agent, "body": body} for agent, body in states.items()])
    for batch in together:
        for incident, ended_at in batch.ended.items():
            found = schema.incidents.c.incident == incident
            connection.execute(update(schema.incidents).where(found).values(ended_at=ended_at))
