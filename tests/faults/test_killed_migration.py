"""A migration that is killed at any step leaves the store as it was or as it shall be, and no row is lost."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from conftest import needs
from promises import Measured
from sqlalchemy import create_engine

from console.store import database
from console.store.database import newest_schema, opened
from console.store.holding import CannotOpen

ROWS = 40
CALLS = ("pwrite64", "fdatasync")
POINTS = 6
"""Of each call in each migration: the first and the last, and some between."""
OPENS = (
    "import sys; from pathlib import Path; from console.store.database import opened; opened(Path(sys.argv[1])).close()"
)
OLD = sorted(newest_schema()[0])[:-1]
Rows = dict[str, set[tuple[object, ...]]]


def of_schema(folder: Path, revision: str) -> Path:
    """A store as a release of that schema left it, with rows in every table."""
    folder.mkdir()
    file = folder / "watchbill.db"
    config = database._config()
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()
    with closing(sqlite3.connect(file)) as store:
        store.execute("pragma journal_mode=wal")
        for table, columns in _tables(store).items():
            for number in range(1, ROWS + 1):
                values = [_value(kind, number) for kind in columns.values()]
                store.execute(f'insert into "{table}" values ({", ".join("?" * len(values))})', values)
        store.commit()
    return file


def _tables(store: sqlite3.Connection) -> dict[str, dict[str, str]]:
    names = [name for (name,) in store.execute("select name from sqlite_master where type = 'table'")]
    return {
        name: {row[1]: row[2] for row in store.execute(f'pragma table_info("{name}")')}
        for name in names
        if name != "alembic_version" and not name.startswith("sqlite_")
    }


def _value(kind: str, number: int) -> object:
    return {"INTEGER": number, "BOOLEAN": number % 2, "FLOAT": float(number)}.get(
        kind, f"b{number}".encode() if kind in ("BLOB", "BINARY", "VARBINARY") else f"x{number}"
    )


def rows(file: Path, columns: dict[str, dict[str, str]]) -> Rows:
    """What stands in these columns."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as store:
        return {
            table: set(store.execute(f"select {_quoted(named)} from {_quoted([table])}"))
            for table, named in columns.items()
        }


def missing(before: Rows, after: Rows) -> int:
    return sum(len(before[table] - there) for table, there in after.items())


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def revision(file: Path) -> str:
    with closing(sqlite3.connect(file)) as store:
        return str(store.execute("select version_num from alembic_version").fetchone()[0])


def opening(folder: Path, *before: str) -> int:
    return subprocess.run([*before, sys.executable, "-c", OPENS, str(folder)], check=False, timeout=60).returncode


def calls_of(folder: Path, call: str) -> int:
    """How many such calls an opening makes that nobody kills."""
    log = folder.with_name("calls")
    assert opening(folder, "strace", "-f", "-qq", "-e", f"trace={call}", "-e", "signal=none", "-o", str(log)) == 0
    return len(log.read_text().splitlines())


@pytest.mark.promise("C4", "50 kills of migrations from every older schema: opens as old or new, 0 rows lost")
def test_a_migration_that_is_killed_is_one_or_the_other(tmp_path: Path, measured: Measured) -> None:
    needs("strace")
    kept, folder = tmp_path / "kept", tmp_path / "store"
    was = now = kills = lost = 0
    for old in OLD:
        shutil.rmtree(kept, ignore_errors=True)
        with closing(sqlite3.connect(of_schema(kept, old))) as store:
            columns = _tables(store)
        before = rows(kept / "watchbill.db", columns)
        for call in CALLS:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(kept, folder)
            total = calls_of(folder, call)
            for number in sorted({1 + step * (total - 1) // (POINTS - 1) for step in range(POINTS)}):
                shutil.rmtree(folder)
                shutil.copytree(kept, folder)
                kill = f"inject={call}:signal=SIGKILL:when={number}"
                if opening(folder, "strace", "-f", "-qq", "-o", "/dev/null", "-e", kill) == 0:
                    continue
                kills += 1
                found = revision(folder / "watchbill.db")
                assert found in (old, newest_schema()[1])
                was, now = was + (found == old), now + (found != old)
                lost += sum(
                    len(before[table] - there) for table, there in rows(folder / "watchbill.db", columns).items()
                )
                opened(folder).close()
                assert revision(folder / "watchbill.db") == newest_schema()[1]
                lost += sum(
                    len(before[table] - there) for table, there in rows(folder / "watchbill.db", columns).items()
                )
    measured(f"{kills} kills from {len(OLD)} schemas: {was} as before, {now} as after, {lost} rows lost")
    assert (lost, kills >= 50, was > 0) == (0, True, True)


@pytest.mark.promise("C4", "a newer schema is refused, and nothing is changed")
def test_a_store_of_a_newer_release_is_refused(tmp_path: Path, measured: Measured) -> None:
    opened(tmp_path).close()
    file = tmp_path / "watchbill.db"
    with closing(sqlite3.connect(file)) as store:
        store.execute("update alembic_version set version_num = '9999_of_tomorrow'")
        store.commit()
        before = list(store.iterdump())
    with pytest.raises(CannotOpen) as refused:
        opened(tmp_path)
    with closing(sqlite3.connect(file)) as store:
        after = list(store.iterdump())
    measured(str(refused.value).replace(str(tmp_path), "…"))
    assert "newer Watchbill" in str(refused.value)
    assert before == after
