"""What the doctor finds, each made for real: a corrupt page, a newer schema, a clock behind, a store for everybody."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from checks.finding import Status
from console.intake.hostkeys import make_host_key
from console.store.database import opened
from console.store.doctoring import looked_over
from console.store.standing import AgentState

NOW = 1_800_000_000


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "console"
    opened(folder).close()
    make_host_key(folder / "host_key")
    return tmp_path


def found(home: Path) -> dict[str, tuple[str, str]]:
    return {one.about: (one.status.value, one.sentence) for one in looked_over(home, NOW)}


def sql(home: Path, *statements: str) -> None:
    with closing(sqlite3.connect(home / "console/watchbill.db")) as database, database:
        for one in statements:
            database.execute(one)


def agents(home: Path, *pinned: list[str]) -> None:
    """An agent for each, which said last that it pins these keys."""
    for number, pins in enumerate(pinned):
        name = f"a-{number}"
        state = AgentState(name, "mill", "main", f"box-{number}", pins=tuple(pins))
        with closing(sqlite3.connect(home / "console/watchbill.db")) as database, database:
            told = (name, "mill", "main", state.host, "box", name, name, "t", NOW - 900)
            database.execute("insert into agents values (?, ?, ?, ?, ?, ?, ?, ?, ?, null, null, null)", told)
            database.execute("insert into states (agent, body) values (?, ?)", (name, msgspec.json.encode(state)))


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
        "contents",
        "schema",
        "clock",
        "retention",
        "outbox",
        "pins",
        "audit log",
    }


def test_what_was_let_go_is_said_with_what_is_left_of_it(home: Path) -> None:
    assert found(home)["retention"] == ("ok", "no check-ins stand whole")
    days, hours = NOW - 40 * 86_400, NOW - 35 * 86_400
    sql(
        home,
        f"insert into checkins values ('a', 1, 9, x'00', {NOW - 7200}, {NOW}, x'00')",
        f"insert into rollups values ('a', 86400, {days}, x'00'), ('a', 3600, {hours}, x'00')",
    )
    assert found(home)["retention"][1] == (
        "1 check-in stands whole, the oldest of 2 h ago; "
        "of older ones, which were let go, numbers stand by the hour for 35 d and by the day for 40 d"
    )


def test_agents_that_know_the_key_or_its_announced_follower_or_have_left_are_well(home: Path) -> None:
    mine = make_host_key(home / "console/host_key")
    agents(home, [mine], ["SHA256:old", mine], [], ["SHA256:other"])
    assert found(home)["pins"][0] == "breach"
    sql(home, f"update agents set ended_at = {NOW} where agent = 'a-3'")
    assert found(home)["pins"][0] == "ok"


def test_a_home_without_a_store_says_how_one_is_made(tmp_path: Path) -> None:
    (one,) = looked_over(tmp_path, NOW)
    assert (one.about, one.status, "makes one" in one.advice) == ("store", Status.WATCH, True)


def log_of(home: Path, size: int) -> None:
    """A log of writes of this size, with nothing in it that would still count."""
    with closing(sqlite3.connect(home / "other.db")) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("create table one (body)")
        header = (home / "other.db-wal").read_bytes()[:32]
    (home / "console/watchbill.db-wal").write_bytes(header + bytes(size - len(header)))


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
        (lambda home: (home / "console/host_key").write_text("not a key"), "door's key", "breach", "is no private key"),
        (lambda home: agents(home, ["SHA256:other"], ["SHA256:other"], []), "pins", "breach",
         "2 agents pin another key: mill/box-0, mill/box-1"),
        (lambda home: sql(home, LETTER), "outbox", "watch", "1 letters wait, the oldest for 2 h"),
        (lambda home: sql(home, HEARD), "clock", "breach", "is 10 min behind what was heard last"),
        (lambda home: log_of(home, 65 << 20), "write-ahead log", "watch", "68"),
        (lambda home: (home / "console/watchbill.db-wal").write_bytes(bytes(9000)), "write-ahead log", "breach",
         "is damaged: its header is not what was written"),
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
