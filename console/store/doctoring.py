"""What may be wrong with a store, looked at from outside: works beside a daemon, and where none can start."""

from __future__ import annotations

import fcntl
import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec
from msgspec import Struct

from checks.finding import Status
from checks.reading import Instant
from checks.wording import counted, duration, size
from console.store import write_log
from console.store.backing import DATABASE
from console.store.database import UNREADABLE, newest_schema, only_read
from console.store.door_key import KEY, fingerprint_at
from console.store.retention import DAY, HOUR
from console.store.room import ADVICE, Room
from console.store.standing import AgentState
from console.store.verifying import NotThere, verified

WAL_MOST = 64 << 20
"""Bytes: a write-ahead log beyond this is no longer let go of."""
WATCHED = 8
"""Times the floor: with less free than that, the disk is a watch."""
CLOCK_MOST = 120
"""Seconds by which what was heard may lie ahead of the clock."""
WAITS_MOST = 3600
"""Seconds that a letter may wait."""


class Complaint(Struct, frozen=True):
    """One thing that was looked at."""

    about: str
    status: Status
    sentence: str
    advice: str = ""


def looked_over(home: Path, now: Instant) -> tuple[Complaint, ...]:
    """Everything that can be looked at, the worst first."""
    folder = home / "console"
    found = [*_place(home, folder), *_daemon(folder)]
    path = folder / DATABASE
    if path.exists():
        found += [*_log(path), *_database(path, now, fingerprint_at(folder / KEY)), *_audit(home)]
    return tuple(sorted(found, key=lambda one: -one.status.rank))


def _place(home: Path, folder: Path) -> Iterator[Complaint]:
    if not (folder / DATABASE).exists():
        yield Complaint("store", Status.WATCH, f"there is none in {home} yet", "`watchbill up` or `serve` makes one")
        return
    mode = folder.stat().st_mode & 0o777
    if mode & 0o077:
        yield Complaint("modes", Status.BREACH, f"others may enter {folder} ({mode:o})", f"chmod 700 {folder}")
    else:
        yield Complaint("modes", Status.OK, "nobody else may read the store")
    yield _disk(Room(folder))
    key = folder / KEY
    if not key.exists():
        yield Complaint("door's key", Status.BREACH, "is gone: every agent refuses another",
                        "restore it from a backup before the daemon makes a new one")  # fmt: skip
    elif key.stat().st_mode & 0o077:
        yield Complaint("door's key", Status.BREACH, "can be read by others", f"chmod 600 {key}; then make a new one")
    elif not fingerprint_at(key):
        yield Complaint("door's key", Status.BREACH, "is no private key: the daemon cannot start",
                        "restore it from a backup")  # fmt: skip
    else:
        yield Complaint("door's key", Status.OK, "is there, and readable for its owner alone")


def _disk(room: Room) -> Complaint:
    if trouble := room.trouble():
        return Complaint("disk", Status.BREACH, trouble, ADVICE)
    disk = room.look()
    status = Status.WATCH if disk.free < WATCHED * disk.floor else Status.OK
    words = f"{size(disk.free)} free; check-ins are kept down to {size(disk.floor)}"
    return Complaint("disk", status, words, "" if status is Status.OK else ADVICE)


def _daemon(folder: Path) -> Iterator[Complaint]:
    """A lock is stale where a file names a process and nobody holds it: harmless, and said."""
    try:
        with (folder / "daemon.lock").open("r") as lock:
            pid = lock.read().strip()
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                yield Complaint("daemon", Status.OK, f"runs as process {pid}")
                return
    except OSError:
        return
    words = "does not run" + (f"; its last lock (process {pid}) is stale, and in nobody's way" if pid else "")
    yield Complaint("daemon", Status.WATCH, words, "`watchbill serve`, or your service manager")


def _audit(home: Path) -> Iterator[Complaint]:
    """Whether the audit log is as it was written; a database that cannot be read has said so already."""
    try:
        found = verified(home)
    except NotThere:
        return
    if found.problems:
        advice = (
            "somebody was at it: `watchbill audit verify --anchor FILE`, with anchors from the journal or a mailbox"
        )
        yield Complaint("audit log", Status.BREACH, "; ".join(found.problems)[:300], advice)
    else:
        yield Complaint("audit log", Status.OK, f"is whole: {counted(found.verdict.rows, 'row', 'rows')}")


def _log(path: Path) -> Iterator[Complaint]:
    log = write_log.of(path)
    if trouble := write_log.damage(path):
        yield Complaint("write-ahead log", Status.BREACH, f"is damaged: {trouble}", _RESTORE)
        return
    bytes_ = log.stat().st_size if log.exists() else 0
    status = Status.WATCH if bytes_ > WAL_MOST else Status.OK
    advice = "something reads for very long: stop it, or restart the daemon" if status is Status.WATCH else ""
    yield Complaint("write-ahead log", status, f"{size(bytes_)}", advice)


def _database(path: Path, now: Instant, key: str) -> Iterator[Complaint]:
    """What the database says of itself; a page that cannot be read ends the look with its name."""
    try:
        with closing(only_read(path)) as database:
            said = [str(row[0]) for row in database.execute("PRAGMA integrity_check(3)")]
            if said != ["ok"]:
                yield Complaint("database", Status.BREACH, "; ".join(said)[:300], _RESTORE)
                return
            (pages,), (each,) = (database.execute(f"PRAGMA {one}").fetchone() for one in ("page_count", "page_size"))
            yield Complaint("database", Status.OK, f"every page is sound ({size(pages * each)})")
            yield _contents(database)
            for look in _LOOKS:
                yield look(database, now)
            yield _pins(database, key)
    except (*UNREADABLE, msgspec.MsgspecError) as error:
        yield Complaint("database", Status.BREACH, f"cannot be read: {error}", _RESTORE)


def _contents(database: sqlite3.Connection) -> Complaint:
    """Whether what was kept is still what its digest says, byte by byte: a page can be sound around a rotten value."""
    bad, count = [], 0
    for what, query, plain in _KEPT:
        for name, sha256, body in database.execute(query):
            count += 1
            if not _is_as_kept(sha256, body, plain):
                bad.append(f"{what} {name}")
    if bad:
        more = f" and {len(bad) - _NAMED} more" if len(bad) > _NAMED else ""
        return Complaint("contents", Status.BREACH, f"not as they were kept: {', '.join(bad[:_NAMED])}{more}", _RESTORE)
    return Complaint("contents", Status.OK, f"{counted(count, 'body is', 'bodies are')} as their digests say")


def _is_as_kept(sha256: bytes | str, body: bytes | str, plain: Callable[[bytes], bytes]) -> bool:
    try:
        found = hashlib.sha256(plain(body.encode() if isinstance(body, str) else body))
    except zlib.error:
        return False
    return found.hexdigest() == sha256 if isinstance(sha256, str) else found.digest() == sha256


def _schema(database: sqlite3.Connection, _: Instant) -> Complaint:
    (here,) = database.execute("select version_num from alembic_version").fetchone() or ("none",)
    known, newest = newest_schema()
    if here not in known:
        return Complaint("schema", Status.BREACH, f"is of a newer Watchbill ({here})", "update this one")
    if here != newest:
        return Complaint("schema", Status.OK, f"is {here}, and becomes {newest} when the daemon starts")
    return Complaint("schema", Status.OK, f"is this version's ({here})")


def _clock(database: sqlite3.Connection, now: Instant) -> Complaint:
    """What was received cannot lie ahead: then this machine's clock was set back."""
    (last,) = database.execute("select max(received_at) from checkins").fetchone()
    ahead = (last or 0) - now
    if ahead > CLOCK_MOST:
        return Complaint("clock", Status.BREACH, f"is {duration(ahead)} behind what was heard last",
                         "set the clock right; nothing that was heard is lost")  # fmt: skip
    return Complaint("clock", Status.OK, "nothing was heard in its future")


def _outbox(database: sqlite3.Connection, now: Instant) -> Complaint:
    waiting = "sent_at is null and given_up_at is null and due_at <= ?"
    (count, oldest) = database.execute(f"select count(*), min(due_at) from outbox where {waiting}", (now,)).fetchone()  # noqa: S608
    if oldest is not None and now - oldest > WAITS_MOST:
        words = f"{count} letters wait, the oldest for {duration(now - oldest)}"
        return Complaint("outbox", Status.WATCH, words, "see `watchbill outbox`: it says what came of each")
    return Complaint("outbox", Status.OK, f"{count} letters wait" if count else "nothing waits")


def _retention(database: sqlite3.Connection, now: Instant) -> Complaint:
    """What stands whole, and what is left of what was let go."""
    count, oldest = database.execute("select count(*), min(taken_at) from checkins").fetchone()
    since = dict(database.execute("select span, min(start) from rollups group by span"))
    words = counted(count, "check-in stands whole", "check-ins stand whole")
    words += f", the oldest of {duration(now - oldest)} ago" if oldest else ""
    if DAY in since:
        hours = f"by the hour for {duration(now - since[HOUR])} and " if HOUR in since else ""
        words += f"; of older ones, which were let go, numbers stand {hours}by the day for {duration(now - since[DAY])}"
    return Complaint("retention", Status.OK, words)


def _pins(database: sqlite3.Connection, key: str) -> Complaint:
    """An agent that does not know the door's key sends nothing: it takes the door for somebody else's."""
    living = "select states.body from states join agents using (agent) where agents.ended_at is null"
    states = [msgspec.json.decode(body, type=AgentState) for (body,) in database.execute(living)]
    astray = sorted(f"{one.client}/{one.host}" for one in states if key and one.pins_another(key))
    if astray:
        more = f" and {len(astray) - _NAMED} more" if len(astray) > _NAMED else ""
        words = f"{counted(len(astray), 'agent pins', 'agents pin')} another key: {', '.join(astray[:_NAMED])}{more}"
        return Complaint("pins", Status.BREACH, words, _PINS)
    return Complaint("pins", Status.OK, "no agent is known to pin another key than the door's")


_NAMED = 5
_KEPT: tuple[tuple[str, str, Callable[[bytes], bytes]], ...] = (
    ("check-in", "select agent || ' ' || ordinal || '/' || seq, sha256, body from checkins", zlib.decompress),
    ("record", "select client || ' ' || kind || ' ' || name, sha256, body from papers", bytes),
    ("week", "select client || ' ' || week, sha256, body from weeks", bytes),
)
"""What each is called, how it is asked for (name, digest, body), and how its body becomes what was digested."""
_PINS = "put the door's former key back (`watchbill restore`, or the file host_key), or join those agents again"
_RESTORE = "stop the daemon, then `watchbill restore` the latest backup; agents deliver what it lacks"
_LOOKS: tuple[Callable[[sqlite3.Connection, Instant], Complaint], ...] = (_schema, _clock, _retention, _outbox)
