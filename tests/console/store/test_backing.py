"""A backup that is damaged, forged, newer, half-written or has no room: refused in words, and nothing is changed."""

from __future__ import annotations

import io
import json
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from conftest import small_disk
from sqlalchemy import text

from console.store.backing import CannotKeep, back_up, put_back
from console.store.database import opened
from console.store.holding import HomeTaken

NOW = 1_800_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with a door's key and a model."""
    where = tmp_path / "home" / "console"
    opened(where).close()
    (where / "host_key").write_text("a key\n")
    (where / "model/mill").mkdir(parents=True)
    (where / "model/index.json").write_text("{}")
    (where / "model/mill/0001.yaml").write_text("schema: 1\n")
    return where


@pytest.fixture
def file(folder: Path, tmp_path: Path) -> Path:
    to = tmp_path / "a.backup"
    back_up(folder, to, NOW)
    return to


def contents(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def remade(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The same backup with other members."""
    with tarfile.open(file) as tar:
        found = {one.name: tar.extractfile(one).read() for one in tar if one.isfile()}  # type: ignore[union-attr]
    change(found)
    with tarfile.open(file, "w:gz") as tar:
        for name, body in found.items():
            about = tarfile.TarInfo(name)
            about.size = len(body)
            tar.addfile(about, io.BytesIO(body))
    return file


def manifest(**more: object) -> Callable[[dict[str, bytes]], None]:
    def change(found: dict[str, bytes]) -> None:
        told = json.loads(found["manifest.json"])
        files = told["files"] | dict(more.pop("files", {}))  # type: ignore[call-overload]
        found["manifest.json"] = json.dumps({**told, **more, "files": files}).encode()

    return change


def test_what_is_put_back_is_what_was_there(folder: Path, file: Path, tmp_path: Path) -> None:
    done = put_back(file, tmp_path / "other/console", NOW)
    assert (done.aside, done.unknown, sorted(done.manifest.files)) == (
        "", True, ["host_key", "model/index.json", "model/mill/0001.yaml", "watchbill.db"],
    )  # fmt: skip
    there = contents(tmp_path / "other/console")
    assert all(there[name] == body for name, body in contents(folder).items() if name.startswith(("model", "host")))
    files = [tmp_path / "other/console", *(path for path in (tmp_path / "other").rglob("*") if path.is_file())]
    assert [path for path in files if path.stat().st_mode & 0o077 and path.suffix != ".lock"] == []
    opened(tmp_path / "other/console").close()


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda file: file.write_bytes(b""), "is no whole backup of Watchbill"),
        (lambda file: file.write_bytes(b"\x1f\x8b" + bytes(200)), "is no whole backup of Watchbill"),
        (lambda file: file.write_bytes(file.read_bytes()[:-900]), "is no whole backup of Watchbill"),
        (lambda file: remade(file, lambda found: found.pop("manifest.json")), "is no whole backup of Watchbill"),
        (lambda file: remade(file, lambda found: found.pop("host_key")), "is no whole backup of Watchbill"),
        (lambda file: remade(file, lambda found: found.update({"host_key": b"another"})), "is not what was backed up"),
        (lambda file: remade(file, lambda found: found.update({"manifest.json": b"[]"})), "is no whole backup"),
        (lambda file: remade(file, manifest(format=9)), "was written by a newer Watchbill"),
        (lambda file: remade(file, manifest(files={"../evil": "0"})), "lies outside of a store"),
        (lambda file: remade(file, manifest(files={"/etc/evil": "0"})), "lies outside of a store"),
    ],
)  # fmt: skip
def test_a_backup_that_is_not_whole_is_refused_and_the_store_stands(
    folder: Path, file: Path, damage: Callable[[Path], object], told: str
) -> None:
    damage(file)
    before = contents(folder)
    with pytest.raises(CannotKeep, match=told):
        put_back(file, folder, NOW)
    assert {name: body for name, body in contents(folder).items() if name != "daemon.lock"} == {
        name: body for name, body in before.items() if name != "daemon.lock"
    }
    assert sorted(one.name for one in folder.parent.iterdir()) == ["console"], "nothing is left behind"


def test_a_store_that_a_daemon_has_is_not_replaced(folder: Path, file: Path) -> None:
    with closing(opened(folder)), pytest.raises(HomeTaken):
        put_back(file, folder, NOW)


def test_a_backup_of_a_damaged_store_is_refused_and_an_older_one_stands(folder: Path, file: Path) -> None:
    good = file.read_bytes()
    database = folder / "watchbill.db"
    raw = bytearray(database.read_bytes())
    raw[4096 * 3 : 4096 * 6] = b"\xff" * 4096 * 3
    database.write_bytes(bytes(raw))
    with pytest.raises(CannotKeep, match=r"damaged|cannot be read"):
        back_up(folder, file, NOW)
    assert file.read_bytes() == good


def test_a_folder_that_is_not_there_and_a_store_that_is_none_are_said(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotKeep, match="there is no folder"):
        back_up(folder, tmp_path / "nowhere/a.backup", NOW)
    with pytest.raises(CannotKeep, match="there is no store"):
        back_up(tmp_path / "nothing", tmp_path / "a.backup", NOW)


def test_no_room_for_a_backup_leaves_no_half_of_one(folder: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", "size=64k") as small:
        with pytest.raises(CannotKeep, match="no room is left; no backup was made"):
            back_up(folder, small / "a.backup", NOW)
        assert list(small.iterdir()) == []


@pytest.fixture
def written(folder: Path) -> Iterator[list[int]]:
    """Somebody who commits all the time; how often so far."""
    count, stop = [0], threading.Event()
    with closing(opened(folder)) as database:
        with database.writing.begin() as connection:
            connection.execute(text("create table load (number integer)"))

        def work() -> None:
            while not stop.is_set():
                with database.writing.begin() as connection:
                    connection.execute(text("insert into load values (:n), (:n)"), {"n": count[0]})
                count[0] += 1

        worker = threading.Thread(target=work)
        worker.start()
        yield count
        stop.set()
        worker.join()


def test_twenty_backups_under_load_are_each_of_one_moment(folder: Path, tmp_path: Path, written: list[int]) -> None:
    for number in range(20):
        least = written[0]
        back_up(folder, tmp_path / "busy.backup", NOW)
        where = tmp_path / f"{number}/console"
        put_back(tmp_path / "busy.backup", where, NOW)
        with closing(opened(where)) as database, database.reading.connect() as connection:
            (rows, kinds) = connection.execute(text("select count(*), count(distinct number) from load")).one()
        assert (rows, kinds >= least) == (2 * kinds, True), "never half of a commit"
