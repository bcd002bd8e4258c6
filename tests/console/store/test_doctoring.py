"""What the doctor finds, each made for real: a corrupt page, a newer schema, a clock behind, a store for everybody."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from checks.finding import Status
from console.store.database import opened
from console.store.doctoring import looked_over

NOW = 1_800_000_000


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "console"
    opened(folder).close()
    (folder / "host_key").write_text("a key\n")
    (folder / "host_key").chmod(0o600)
    return tmp_path


def found(home: Path) -> dict[str, tuple[str, str]]:
    return {one.about: (one.status.value, one.sentence) for one in looked_over(home, NOW)}


def sql(home: Path, *statements: str) -> None:
    with closing(sqlite3.connect(home / "console/watchbill.db")) as database, database:
        for one in statements:
            database.execute(one)


def garbled(home: Path) -> None:
    path = home / "console/watchbill.db"
    raw = bytearray(path.read_bytes())
    raw[4096 * 3 : 4096 * 6] = b"\xff" * 4096 * 3
    path.write_bytes(bytes(raw))


def test_a_store_that_is_well_is_said_to_be(home: Path) -> None:
    told = found(home)
    assert {about for about, (status, _) in told.items() if status != "ok"} <= {"daemon", "disk"}
    assert told["daemon"][1].startswith("does not run; its last lock (process ")
    assert set(told) == {
        "modes",
        "disk",
        "door's key",
        "daemon",
        "write-ahead log",
        "database",
        "schema",
        "clock",
        "outbox",
        "audit log",
    }


def test_a_home_without_a_store_says_how_one_is_made(tmp_path: Path) -> None:
    (one,) = looked_over(tmp_path, NOW)
    assert (one.about, one.status, "makes one" in one.advice) == ("store", Status.WATCH, True)


LETTER = (
    "insert into outbox (key, client, kind, person, written_at, due_at, body, tries, why) "
    f"values ('k', 'c', 'letter', 'p', {NOW - 9000}, {NOW - 7200}, x'00', 3, '')"
)
HEARD = (
    "insert into checkins (agent, ordinal, seq, sha256, taken_at, received_at, body) "
    f"values ('a', 1, 1, x'00', {NOW}, {NOW + 600}, x'00')"
)


@pytest.mark.parametrize(
    ("harm", "about", "status", "says"),
    [
        (garbled, "database", "breach", ""),
        (lambda home: (home / "console/watchbill.db").write_bytes(b"no database at all" * 400), "database", "breach",
         "cannot be read: file is not a database"),
        (lambda home: sql(home, "update alembic_version set version_num = '9999'"), "schema", "breach",
         "is of a newer Watchbill (9999)"),
        (lambda home: (home / "console").chmod(0o755), "modes", "breach", "others may enter"),
        (lambda home: (home / "console/host_key").chmod(0o644), "door's key", "breach", "can be read by others"),
        (lambda home: (home / "console/host_key").unlink(), "door's key", "breach", "is gone"),
        (lambda home: sql(home, LETTER), "outbox", "watch", "1 letters wait, the oldest for 2 h"),
        (lambda home: sql(home, HEARD), "clock", "breach", "is 10 min behind what was heard last"),
        (lambda home: (home / "console/watchbill.db-wal").write_bytes(bytes(65 << 20)), "write-ahead log", "watch",
         "68"),
    ],
)  # fmt: skip
def test_each_harm_is_named(home: Path, harm: Callable[[Path], object], about: str, status: str, says: str) -> None:
    harm(home)
    told = found(home)
    assert told[about][0] == status, told
    assert told[about][1].startswith(says)


def test_a_daemon_that_runs_is_named(home: Path) -> None:
    with (home / "console/daemon.lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.truncate()
        lock.write("4711")
        lock.flush()
        assert found(home)["daemon"] == ("ok", "runs as process 4711")
