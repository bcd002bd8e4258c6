"""Notes and times from a laptop's visit come home once each: twice, killed half-way, refused, from two laptops."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import CLIENT, PROVIDER, House

from console.client.client import Client
from console.commands import away as commands
from console.field import merging
from console.field.cache import Cache, Entry, NotDone


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "home").mkdir()
    house = House(folder / "home")
    house.start()
    house.publish(PROVIDER, CLIENT)
    yield house
    house.close()


@pytest.fixture
def number(desk: House) -> int:
    """A fresh incident."""
    told = desk.client.do("report", client="mill", service="work", text="it is slow", impact="degraded", caller="Tom")
    return max(one.incident for one in desk.client.page("incidents").rows) if told else 0


def laptop(folder: Path, desk: House) -> House:
    """A laptop that reaches the desk's socket when it is home."""
    folder.mkdir(exist_ok=True)
    return House(folder)


def away(laptop: House, desk: House, *said: str) -> subprocess.CompletedProcess[str]:
    return laptop.cli("--socket", str(desk.client.path), "away", *said)


def texts(desk: House, number: int) -> list[str]:
    return [one.text for one in desk.client.page("incident", incident=number).timeline]


def test_notes_and_times_come_home_once(desk: House, number: int, tmp_path: Path) -> None:
    mine = laptop(tmp_path / "mine", desk)
    assert away(mine, desk, "prepare", "--client", "mill").returncode == 0
    assert away(mine, desk, "note", str(number), "swapped the fan", "--told", "on site").returncode == 0
    assert away(mine, desk, "time", str(number), "90", "--travel", "30", "--text", "fan").returncode == 0
    kept = mine.rows("away", "list", "--json")["notes"]
    assert [one["client"] for one in kept] == ["mill", "mill"]

    home = away(mine, desk, "merge")
    assert home.returncode == 0, home.stdout + home.stderr
    assert mine.rows("away", "list", "--json")["notes"] == []
    assert away(mine, desk, "merge").returncode == 0
    assert sum("fan" in one for one in texts(desk, number)) == 2
    assert desk.client.page("incident", incident=number).minutes == 90


def test_a_merge_that_was_killed_finishes_and_nothing_is_doubled(desk: House, number: int, tmp_path: Path) -> None:
    mine = laptop(tmp_path / "mine", desk)
    cache = Cache(mine.home)
    for place in range(40):
        cache.add(Entry("", 1_790_000_000 + place, number, f"step {place}"))
    command = [sys.executable, "-m", "console", "--home", str(mine.home), "--socket", str(desk.client.path), "away"]
    merging_now = subprocess.Popen([*command, "merge"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while len(cache.entries()) > 30 and merging_now.poll() is None:
        pass
    merging_now.send_signal(signal.SIGKILL)
    merging_now.wait()
    left = cache.entries()
    assert left
    again = cache.entries()[0]
    Client(desk.client.path).do("note", incident=number, text=again.text, id=again.id)  # it was heard, and not told
    assert away(mine, desk, "merge").returncode == 0
    assert cache.entries() == []
    came = [one for one in texts(desk, number) if one.startswith("step ")]
    assert len(came) == 40


def test_what_is_refused_stays_with_its_reason_and_comes_home_once_it_can(
    desk: House, number: int, tmp_path: Path
) -> None:
    mine = laptop(tmp_path / "mine", desk)
    assert away(mine, desk, "note", "4711", "of no incident").returncode == 0
    assert away(mine, desk, "note", str(number), "of another client", "--client", "other").returncode == 0
    assert away(mine, desk, "note", str(number), "fine").returncode == 0
    told = away(mine, desk, "merge")
    assert told.returncode == 1
    kept = mine.rows("away", "list", "--json")["notes"]
    assert {one["text"]: one["refused"].split(";")[0] for one in kept} == {
        "of no incident": "there is no incident 4711",
        "of another client": "there is no client other that you may see",
    }
    for one in kept:
        assert away(mine, desk, "drop", one["id"], "--yes").returncode == 0
    assert mine.rows("away", "list", "--json")["notes"] == []
    assert away(mine, desk, "drop", "00000000", "--yes").returncode == 2


def test_two_laptops_and_an_incident_that_ended_meanwhile(desk: House, number: int, tmp_path: Path) -> None:
    laptops = [laptop(tmp_path / name, desk) for name in ("ana", "tom")]
    for one in laptops:
        assert away(one, desk, "note", str(number), "we were both there").returncode == 0
    desk.client.do("own", incident=number)
    desk.client.do("resolve", incident=number, cause="found it", despite="it is off")
    together = [threading.Thread(target=merging.merge, args=(Cache(one.home), desk.client)) for one in laptops]
    for thread in together:
        thread.start()
    for thread in together:
        thread.join()
    assert sum("we were both there" in one for one in texts(desk, number)) == 2


def test_without_the_desk_nothing_is_lost(tmp_path: Path) -> None:
    alone = House(tmp_path / "away")
    assert alone.cli("away", "note", "3", "the fan is loud").returncode == 0
    assert alone.cli("away", "merge").returncode == 10
    assert [one["text"] for one in alone.rows("away", "list", "--json")["notes"]] == ["the fan is loud"]
    assert "no one sheet" in alone.cli("away", "sheet", "main").stderr
    assert alone.cli("away", "time", "3", "10", "--travel", "20").returncode == 2
    assert alone.cli("away", "note", "3", " ").returncode == 2


def test_a_sheet_is_shown_without_the_desk(desk: House, number: int, tmp_path: Path) -> None:
    mine = laptop(tmp_path / "mine", desk)
    assert away(mine, desk, "prepare", "--client", "mill", "--site", "main").returncode == 0
    sheet = mine.cli("away", "sheet", "mill/main")
    assert sheet.returncode == 0
    assert f"#{number}" in sheet.stdout
    assert "box" in sheet.stdout
    kept: Any = mine.rows("away", "sheet", "main", "--json")
    assert kept["site"]["site"] == "main"
    (mine.home / "away" / "sheets" / "mill__main.json").write_text("{")
    assert "cannot be read" in mine.cli("away", "sheet", "main").stderr


def test_what_cannot_be_kept_is_told_and_two_merges_do_not_meet(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    with cache.alone(), pytest.raises(NotDone, match="another"), cache.alone():
        pass
    with cache.alone():
        assert cache.entries() == []
    assert commands.COMMANDS[0].name == "away"
