"""A home's store as one file: taken while the daemon works, proven before it counts, and put back.

In it are the database (SQLite's online backup, one snapshot), the published model, the door's own key and port, and the
accounts of outlets: it is as secret as the home. Each file stands in a manifest with its SHA-256.
"""

from __future__ import annotations

import gzip
import hashlib
import itertools
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

import msgspec
from msgspec import Struct

from checks.reading import Instant
from checks.version import VERSION
from console.store import audit, write_log
from console.store.audit import NOBODY, Entry
from console.store.careful import write_whole
from console.store.chain import RESTORED
from console.store.database import UNREADABLE, only_read, opened
from console.store.exchanging import exchange
from console.store.holding import CannotOpen, held

DATABASE, MODEL = "watchbill.db", "model"
MANIFEST = "manifest.json"
_BESIDE = ("host_key", "host_key.next", "door.port", "outlets.toml")
_FORMAT = 1
_TRIES = 5
_CHUNK = 1 << 20


_NOT_WHOLE = (
    tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, KeyError, msgspec.DecodeError, *UNREADABLE,
)  # fmt: skip


class CannotKeep(Exception):
    """A backup could not be taken or put back: says what is wrong with which file, and what stands as it was."""


class Manifest(Struct, frozen=True):
    """What is in a backup."""

    format: int
    taken_at: Instant
    version: str
    agents: int
    """Enrolments that were open."""
    files: dict[str, str]
    """SHA-256 by path below the store's folder."""
    audit_rows: int = 0
    audit_head: str = ""
    """Where the audit log ended."""


class PutBack(Struct, frozen=True):
    """What a restore did."""

    manifest: Manifest
    aside: str
    """Where the store that was there before lies now; empty where there was none."""
    closed: int
    """Agents and invitations that were closed since the backup, and stay closed."""
    unknown: bool
    """Whether what was closed since could not be read, so that somebody has to look through the agents."""


def back_up(folder: Path, to: Path, now: Instant) -> Manifest:
    """Write a backup of the store in `folder`, prove it, and only then give it its name. Raises CannotKeep."""
    if not (folder / DATABASE).exists():
        raise CannotKeep(f"there is no store in {folder}")
    if not to.parent.is_dir():
        raise CannotKeep(f"there is no folder {to.parent} to write a backup to")
    beside = to.with_name(f".{to.name}.{os.getpid()}")
    try:
        with tempfile.TemporaryDirectory(dir=to.parent, prefix=".watchbill-") as own:
            manifest = _gathered(folder, Path(own), now)
            _packed(Path(own), beside)
            with unpacked(beside, to.parent) as proven:
                if proven != manifest:
                    raise CannotKeep(f"{to} does not read back as it was written; nothing was kept")
        beside.replace(to)
    except OSError as error:
        raise CannotKeep(f"{error.filename or to}: {error.strerror}; no backup was made") from error
    finally:
        beside.unlink(missing_ok=True)
    return manifest


@contextmanager
def unpacked(file: Path, beside: Path) -> Iterator[Manifest]:
    """A backup, unpacked and proven in a folder that goes at the end. Raises CannotKeep."""
    with tempfile.TemporaryDirectory(dir=beside, prefix=".watchbill-") as own:
        yield _unpack(file, Path(own))


def put_back(file: Path, folder: Path, now: Instant, by: tuple[int, str] = (NOBODY, "")) -> PutBack:
    """Make a backup the store of `folder`. What was there is moved aside, and nothing is deleted. Raises CannotKeep.

    Whoever was shut out since the backup was taken stays out, as far as the store that is replaced can be read. The
    audit log goes on behind the backup's last row, with who put it back: `by`, an account as (uid, login).
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".watchbill-") as own:
        fresh = Path(own) / "console"
        fresh.mkdir(mode=0o700)
        manifest = _unpack(file, fresh)
        with held(folder):
            closed = _closed_since(folder / DATABASE, fresh / DATABASE)
            told = Entry(
                at=now, uid=by[0], login=by[1], action=RESTORED, about=f"taken_at={manifest.taken_at}",
                before=audit.head_of(folder / DATABASE)[1], after=manifest.audit_head,
            )  # fmt: skip
            _brought_up(file, fresh, told)
            aside = _placed(fresh, folder, now)
    return PutBack(manifest, str(aside or ""), closed or 0, closed is None)


def _placed(fresh: Path, folder: Path, now: Instant) -> Path | None:
    """Give the new store its place; where the one before it lies now, None where there was none.

    The new one first lies where the old one will, and the two change places at once: a kill leaves a store that works.
    """
    if not folder.exists():
        fresh.rename(folder)
        return None
    aside = next(one for one in _names(folder, now) if not one.exists())
    fresh.rename(aside)
    if not exchange(folder, aside):
        aside.rename(fresh)
        folder.rename(aside)
        fresh.rename(folder)
    return aside


def _names(folder: Path, now: Instant) -> Iterator[Path]:
    yield folder.with_name(f"console.before-{now}")
    yield from (folder.with_name(f"console.before-{now}-{number}") for number in itertools.count(2))


def _brought_up(file: Path, fresh: Path, told: Entry) -> None:
    """Migrate what was put back, and refuse what a newer Watchbill wrote; the audit log tells of it."""
    try:
        database = opened(fresh)
    except CannotOpen as error:
        raise CannotKeep(f"{file}: {error}") from error
    with closing(database), database.writing.begin() as connection:
        audit.add(connection, told)


def _gathered(folder: Path, own: Path, now: Instant) -> Manifest:
    """Everything in one place, of one moment: a model that is published meanwhile begins it anew."""
    for _ in range(_TRIES):
        shutil.rmtree(own / MODEL, ignore_errors=True)
        (own / DATABASE).unlink(missing_ok=True)
        before = _index(folder)
        agents = _database(folder / DATABASE, own / DATABASE)
        for path in _files(folder):
            target = own / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        if _index(folder) == before:
            found = sorted(path for path in own.rglob("*") if path.is_file() and path.name != MANIFEST)
            digests = {str(path.relative_to(own)): _sha256(path) for path in found}
            manifest = Manifest(_FORMAT, now, VERSION, agents, digests, *audit.head_of(own / DATABASE))
            write_whole(own / MANIFEST, msgspec.json.encode(manifest))
            return manifest
    raise CannotKeep("the model is being published all the time; try again in a minute")


def _files(folder: Path) -> Iterator[Path]:
    yield from (folder / name for name in _BESIDE if (folder / name).is_file())
    yield from (path for path in (folder / MODEL).rglob("*") if path.is_file() and path.suffix != ".lock")


def _index(folder: Path) -> bytes:
    try:
        return (folder / MODEL / "index.json").read_bytes()
    except FileNotFoundError:
        return b""


def _database(source: Path, target: Path) -> int:
    """One snapshot of the database, sound, as one file; how many agents it lets in. Raises CannotKeep."""
    if trouble := write_log.damage(source):
        raise CannotKeep(f"{source}-wal is damaged: {trouble}; see `watchbill doctor`")
    try:
        with closing(only_read(source)) as read, closing(sqlite3.connect(target)) as written:
            read.backup(written)
            written.execute("PRAGMA journal_mode=DELETE")
            return _sound(written, source)
    except UNREADABLE as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL:
            raise CannotKeep(f"{target.parent.parent}: no room is left; no backup was made") from error
        raise CannotKeep(f"{source} cannot be read: {error}; see `watchbill doctor`") from error


def _sound(database: sqlite3.Connection, name: Path) -> int:
    said = [str(row[0]) for row in database.execute("PRAGMA integrity_check(3)")]
    if said != ["ok"]:
        raise CannotKeep(f"{name} is damaged: {'; '.join(said)[:300]}")
    return int(database.execute("select count(*) from agents where ended_at is null").fetchone()[0])


def _packed(own: Path, to: Path) -> None:
    handle = os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        with (
            gzip.GzipFile(fileobj=file, mode="wb", compresslevel=3) as zipped,
            tarfile.open(fileobj=zipped, mode="w") as tar,
        ):
            for path in (own / MANIFEST, *sorted(path for path in own.rglob("*") if path.name != MANIFEST)):
                tar.add(path, str(path.relative_to(own)), recursive=False)
        file.flush()
        os.fsync(file.fileno())


def _unpack(file: Path, into: Path) -> Manifest:
    """Only what stands in the manifest, each as it was. Raises CannotKeep."""
    try:
        with tarfile.open(file, mode="r:gz") as tar:
            manifest = _manifest(tar)
            for name, digest in manifest.files.items():
                target = into / name
                if not target.resolve().is_relative_to(into.resolve()):
                    raise CannotKeep(f"{file} names {name!r}, which lies outside of a store")
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                _written(_member(tar, name), target)
                if _sha256(target) != digest:
                    raise CannotKeep(f"{file}: {name} is not what was backed up")
        with closing(sqlite3.connect(into / DATABASE)) as database:
            _sound(database, Path(f"{file}:{DATABASE}"))
    except _NOT_WHOLE as error:
        raise CannotKeep(f"{file} is no whole backup of Watchbill: {error}") from error
    except OSError as error:
        raise CannotKeep(f"{error.filename or file}: {error.strerror or error}") from error
    return manifest


def _manifest(tar: tarfile.TarFile) -> Manifest:
    manifest = msgspec.json.decode(_member(tar, MANIFEST).read(_CHUNK), type=Manifest)
    if manifest.format != _FORMAT:
        raise CannotKeep(f"it was written by a newer Watchbill ({manifest.version}); update this one")
    return manifest


def _member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    found = tar.extractfile(name)
    if found is None:
        raise KeyError(f"{name} is no file in it")
    return found


def _written(source: IO[bytes], target: Path) -> None:
    handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        shutil.copyfileobj(source, file, _CHUNK)
        file.flush()
        os.fsync(file.fileno())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _closed_since(old: Path, new: Path) -> int | None:
    """Close in the new database what the old one knows as closed; how many; None where the old one cannot be read.

    Of one whose log is damaged, what can be read is closed too, and it is still not known what else was.
    """
    if not old.exists():
        return None
    knows_all = not write_log.damage(old)
    try:
        with closing(only_read(old)) as database:
            agents = database.execute(
                "select ended_at, ended_why, agent from agents where ended_at is not null"
            ).fetchall()
            tokens = database.execute("select spent_at, token from tokens where spent_at is not null").fetchall()
    except UNREADABLE:
        return None
    with closing(sqlite3.connect(new)) as database, database:
        before = database.total_changes
        database.executemany("update agents set ended_at=?, ended_why=? where agent=? and ended_at is null", agents)
        database.executemany("update tokens set spent_at=? where token=? and spent_at is null", tokens)
        return database.total_changes - before if knows_all else None
