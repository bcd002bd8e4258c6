"""A disk that fills: below the floor no check-in is kept, what people do is; and room heals it all."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import filled, small_disk
from sqlalchemy import Connection, text

from checks.finding import Status
from console.store.database import Database
from console.store.doctoring import looked_over
from console.store.room import BALLAST, Room
from console.store.writer import Batch, NotKept, Writer

MIB = 1 << 20


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of 16 MiB."""
    with small_disk(tmp_path / "small", "size=16m") as path:
        yield path


@pytest.fixture
def folder(small: Path) -> Path:
    return small / "console"


def noted(connection: Connection) -> None:
    connection.execute(text("insert into silences (agent, start, end) values ('a', 1, 2)"))


def test_below_the_floor_is_said_and_the_doctor_says_what_to_do(database: Database, small: Path) -> None:
    room = database.room
    assert (room.trouble(), room.look().floor) == ("", 16 * MIB // 20)
    filled(small / "big")
    assert "0 B are free" in room.trouble()
    (disk,) = [one for one in looked_over(small, 0) if one.about == "disk"]
    assert (disk.status, disk.advice) == (Status.BREACH, "free room, or move the home")
    (small / "big").unlink()
    assert room.trouble() == ""


def test_people_go_on_in_the_room_that_was_kept_back(database: Database, writer: Writer, small: Path) -> None:
    room, ballast = database.room, database.path.with_name(BALLAST)
    room.lay_ballast()
    assert ballast.stat().st_blocks * 512 >= ballast.stat().st_size == 16 * MIB // 64
    filled(small / "big")
    writer.do(noted).result(10)
    assert not ballast.exists(), "it was given up"

    filled(small / "big")
    with pytest.raises(NotKept, match="full"):
        for number in range(1000):
            many = [{"agent": f"a-{number}", "start": start, "end": start} for start in range(50)]
            writer.keep(Batch(silences=many)).result(10)
    room.lay_ballast()
    assert not ballast.exists(), "there is no room for it"
    (small / "big").unlink()
    room.lay_ballast()
    assert ballast.exists()


def test_there_is_a_ballast_only_where_there_is_room(small: Path) -> None:
    filled(small / "big")
    Room(small).lay_ballast()
    assert not (small / BALLAST).exists()
    assert not Room(small).give_up_ballast()


def test_half_a_ballast_is_none(small: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (MIB // 16, before[1]))
    try:
        Room(small).lay_ballast()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not (small / BALLAST).exists()
    Room(small).lay_ballast()
    assert (small / BALLAST).stat().st_size == 16 * MIB // 64
