"""The writer thread: together, durable, and honest about what it could not write."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from conftest import eventually
from sqlalchemy import Connection, text

from console.store.database import Database, opened
from console.store.holding import HomeTaken
from console.store.writer import COMMITS, Batch, NotKept, Writer


def silence_row(number: int) -> dict[str, object]:
    return {"agent": "a", "start": number, "end": number + 1}


def rows(database: Database, table: str) -> int:
    with database.reading.connect() as connection:
        return int(connection.execute(text(f"select count(*) from {table}")).scalar_one())


def test_every_kept_batch_can_be_read_back_when_its_future_is_done(database: Database, writer: Writer) -> None:
    waiting = [writer.keep(Batch(silences=[silence_row(number)])) for number in range(200)]

    for done in waiting:
        done.result(10)

    assert rows(database, "silences") == 200


def test_the_newest_state_of_an_agent_stands(database: Database, writer: Writer) -> None:
    writer.keep(Batch(states={"a": b"old"}))
    writer.keep(Batch(states={"a": b"new"})).result(10)

    with database.reading.connect() as connection:
        assert connection.execute(text("select body from states")).scalars().all() == [b"new"]


def test_work_that_fails_is_undone_and_the_caller_hears_why(database: Database, writer: Writer) -> None:
    def work(connection: Connection) -> None:
        connection.execute(text("insert into silences (agent, start, end) values ('a', 1, 2)"))
        raise ValueError("changed my mind")

    with pytest.raises(ValueError, match="changed my mind"):
        writer.do(work).result(10)

    assert rows(database, "silences") == 0


def test_after_a_failed_batch_nothing_of_its_term_is_kept(database: Database, writer: Writer) -> None:
    broken = Batch(silences=[{**silence_row(1), "end": None}])

    with pytest.raises(NotKept):
        writer.keep(broken).result(10)
    with pytest.raises(NotKept, match="before this"):
        writer.keep(Batch(silences=[silence_row(2)])).result(10)
    assert not writer.is_sound

    writer.begin_term()
    writer.keep(Batch(silences=[silence_row(3)])).result(10)
    assert writer.is_sound
    assert rows(database, "silences") == 1


def test_whoever_hears_of_a_failure_finds_the_term_over(writer: Writer) -> None:
    heard: list[bool] = []
    done = writer.keep(Batch(silences=[{**silence_row(1), "end": None}]))
    done.add_done_callback(lambda _: heard.append(writer.is_sound))
    assert isinstance(done.exception(10), NotKept)
    assert eventually(lambda: heard) == [False]


def test_the_log_of_writes_is_carried_into_the_database_now_and_then(database: Database, writer: Writer) -> None:
    def keep(numbers: range) -> None:
        for number in numbers:
            writer.keep(Batch(silences=[silence_row(number)])).result(10)

    keep(range(COMMITS))
    keep(range(COMMITS, COMMITS + 10))
    with closing(sqlite3.connect(f"{database.path.as_uri()}?immutable=1", uri=True)) as without_log:
        (carried,) = without_log.execute("select count(*) from silences").fetchone()
    assert COMMITS - 1 <= carried < COMMITS + 10
    assert rows(database, "silences") == COMMITS + 10


def test_a_log_that_somebody_took_away_does_not_end_the_writer(database: Database, writer: Writer) -> None:
    writer.keep(Batch(silences=[silence_row(1)])).result(10)
    database.path.with_name("watchbill.db-wal").unlink()
    for number in range(2, COMMITS + 4):
        writer.keep(Batch(silences=[silence_row(number)])).result(10)


def test_commits_are_synced_and_only_the_writer_checkpoints(database: Database) -> None:
    with database.writing.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA wal_autocheckpoint").scalar() == 0
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    with database.reading.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA wal_autocheckpoint").scalar() == 0
        with pytest.raises(Exception, match=r"readonly|read-only|query_only"):
            connection.exec_driver_sql("insert into silences (agent, start, end) values ('a', 1, 2)")


def test_a_second_daemon_on_one_home_is_refused_by_name(tmp_path: Path) -> None:
    first = opened(tmp_path / "console")
    try:
        with pytest.raises(HomeTaken, match=f"process {os.getpid()}"):
            opened(tmp_path / "console")
    finally:
        first.close()
    opened(tmp_path / "console").close()


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    opened(tmp_path).close()
    path = tmp_path / "watchbill.db"
    with sqlite3.connect(path) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
    connection.close()

    with pytest.raises(Exception, match="newer Watchbill"):
        opened(tmp_path)


def test_a_file_that_is_no_database_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "watchbill.db").write_bytes(b"this is not a database" * 500)

    with pytest.raises(Exception, match=r"watchbill\.db"):
        opened(tmp_path)


def test_what_somebody_stops_waiting_for_is_written_all_the_same_and_the_writer_goes_on(
    database: Database, writer: Writer
) -> None:
    looked = writer.do(lambda connection: connection.execute(text("select 1")).scalar())
    kept = writer.keep(Batch(silences=[silence_row(1)]))
    assert (looked.cancel(), kept.cancel()) == (False, False)
    writer.keep(Batch(silences=[silence_row(2)])).result(10)
    assert rows(database, "silences") == 2
