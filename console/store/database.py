"""Opens the database: one writer, readers beside it, the newest schema, and nobody else's process.

SQLite in WAL mode with synchronous=FULL: a commit is on the disk before anybody hears of it. One connection writes and
alone checkpoints (reliability.md 2.3, the WAL-reset bug); readers are read-only.
"""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from console.store import write_log
from console.store.holding import CannotOpen, locked
from console.store.room import Room

_WRITES = ("journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=0")
"""The writer checkpoints by itself: SQLite's own automatic one drops the error of a sync that failed."""


@dataclass(frozen=True)
class Database:
    """An open store."""

    path: Path
    writing: Engine
    reading: Engine
    lock: IO[str]
    room: Room

    def close(self) -> None:
        """Let go of the file and of the home."""
        self.reading.dispose()
        self.writing.dispose()
        self.lock.close()


def opened(folder: Path) -> Database:
    """The store under `folder`, created and migrated where needed. Raises CannotOpen."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = locked(folder)
    path = folder / "watchbill.db"
    database = Database(path, _writing(path), _reading(path), lock, Room(folder))
    try:
        _refuse_rotten_log(path)
        _migrated(database)
        os.chmod(path, 0o600)  # noqa: PTH101 - os.chmod on purpose: the path may be on a file system without Path.chmod
    except BaseException:
        database.close()
        raise
    return database


def _writing(path: Path) -> Engine:
    address = URL.create("sqlite", database=str(path))
    engine = create_engine(address, pool_size=1, max_overflow=0, connect_args={"check_same_thread": False})

    def prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        for pragma in (*_WRITES, "busy_timeout=5000", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


def _reading(path: Path) -> Engine:
    address = URL.create("sqlite", database=path.absolute().as_uri(), query={"mode": "ro", "uri": "true"})
    engine = create_engine(address, pool_size=4, max_overflow=4, connect_args={"check_same_thread": False})

    def prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        for pragma in ("wal_autocheckpoint=0", "busy_timeout=5000", "query_only=ON"):
            connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", prepare)
    return engine


UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What Python's module raises where a file is damaged: the latter where SQLite's own words quote what rotted."""


def only_read(path: Path) -> sqlite3.Connection:
    """A database's file, beside whoever writes it or where nobody can: to look, never to change."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def newest_schema() -> tuple[frozenset[str], str]:
    """Every schema that this version knows, and the newest."""
    scripts = ScriptDirectory.from_config(_config())
    return frozenset(one.revision for one in scripts.walk_revisions()), str(scripts.get_current_head())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _migrated(database: Database) -> None:
    """Bring the schema up to date in one transaction: all of it or nothing."""
    config = _config()
    try:
        with database.writing.begin() as connection:
            if str(connection.execute(text("PRAGMA quick_check(1)")).scalar()) != "ok":
                raise CannotOpen(f"{database.path} is damaged; restore the latest backup (nothing was changed)")
            config.attributes["connection"] = connection
            _refuse_newer(connection, config, database.path)
            command.upgrade(config, "head")
    except (DatabaseError, UnicodeDecodeError) as error:
        why = error.orig if isinstance(error, DatabaseError) else error
        raise CannotOpen(f"{database.path} cannot be used: {why}; free space, or restore a backup") from error


def _refuse_rotten_log(path: Path) -> None:
    """Before SQLite looks: it would go on from what is left, and take the log away when it closes."""
    if trouble := write_log.damage(path):
        raise CannotOpen(f"{path}-wal is damaged: {trouble}; restore the latest backup (nothing was changed)")


def _refuse_newer(connection: Connection, config: Config, path: Path) -> None:
    here = MigrationContext.configure(connection).get_current_revision()
    try:
        ScriptDirectory.from_config(config).get_revision(here or "base")
    except CommandError as error:
        raise CannotOpen(f"{path} was written by a newer Watchbill (schema {here}); update this one") from error
