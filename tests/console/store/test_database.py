"""The database: its tables are what the newest migration leaves, and kill -9 takes nothing that was promised."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from console.store import schema
from console.store.database import opened

_WRITES = """
import sys
from pathlib import Path
from console.store.database import opened
from console.store.writer import Batch, Writer
database = opened(Path(sys.argv[1]))
writer = Writer(database)
start = int(sys.argv[2])
for number in range(start, start + 100_000):
    row = {"agent": "a", "start": number, "end": number + 1}
    writer.keep(Batch(silences=[row], states={"a": str(number).encode()})).result()
    print(number, flush=True)
"""


@pytest.mark.parametrize("name", ["a?b", "a#b", "50%", "a%20b", "a&mode=rw", "with space", "ü"])
def test_a_home_may_have_any_name(tmp_path: Path, name: str) -> None:
    database = opened(tmp_path / name)
    with database.writing.begin() as connection:
        connection.execute(text("insert into silences values ('a', 1, 2)"))
    with database.reading.connect() as connection:
        assert connection.execute(text("select count(*) from silences")).scalar() == 1
    database.close()
    assert (tmp_path / name / "watchbill.db").stat().st_size
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_what_the_tables_say_is_what_the_newest_migration_leaves(tmp_path: Path) -> None:
    database = opened(tmp_path)
    with database.reading.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), schema.metadata)
    database.close()
    assert found == []


def test_kill_minus_nine_between_commits_loses_nothing_that_was_promised(tmp_path: Path) -> None:
    start = 0
    for after in (1, 7, 40, 3, 90):
        command = [sys.executable, "-c", _WRITES, str(tmp_path), str(start)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writing:
            assert writing.stdout is not None
            promised = [int(writing.stdout.readline()) for _ in range(after)][-1]
            os.kill(writing.pid, signal.SIGKILL)
            promised = max([promised, *(int(line) for line in writing.stdout if line.endswith("\n"))])
        database = opened(tmp_path)
        with database.reading.connect() as connection:
            kept = list(connection.execute(text("select start from silences order by start")).scalars())
            state = int(connection.execute(text("select body from states")).scalar_one())
            whole = connection.execute(text("pragma integrity_check")).scalar_one()
        database.close()
        assert whole == "ok"
        assert kept == list(range(len(kept)))
        assert promised <= kept[-1] <= promised + 1
        assert state == kept[-1]
        start = len(kept)
