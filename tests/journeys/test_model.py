"""The first hour with an operating model: an empty home, twelve answers, a drawing, a decision, a race, a pack."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from conftest import House

ANSWERS = (
    "--provider", "Rob IT", "--me", "Rob Owner", "--colleague", "Sue Tech", "--client", "Ada's Bakery", "--contact",
    "Ada Lane", "--servers", "srv01, nas01", "--workstations", "pc01", "--internet", "Telco", "--vendor", "Bakesoft",
)  # fmt: skip
CLIENT = "ada-s-bakery"
WAIVER = (
    "waiver", "ask", "--policy", "patching", "--scope", "host=srv01", "--expires", "10d", "--reason", "it is late",
    "--compensating", "firewall",
)  # fmt: skip


def well(told: Any) -> str:
    """What a command printed, once it went well."""
    assert told.returncode == 0, told.stderr
    assert "Traceback" not in told.stderr
    return str(told.stdout)


def refused(told: Any, code: int = 11) -> str:
    assert (told.returncode, "Traceback" in told.stderr) == (code, False), told.stderr
    return str(told.stderr)


def test_from_an_empty_home_to_a_drawn_decided_and_packed_model(house: House, tmp_path: Path) -> None:
    assert "watchbill serve" in refused(house.cli("model", "show"), 10)
    house.start()
    files = [str(tmp_path / name) for name in ("provider.yaml", f"{CLIENT}.yaml")]

    assert "watchbill model init" in house.cli("model", "show").stderr
    told = well(house.cli("model", "init", "--small", "--yes", *ANSWERS, "-o", str(tmp_path)))
    assert "watchbill model publish" in told
    well(house.cli("model", "check", *files))
    well(house.cli("model", "publish", *files, "--reason", "a first model"))

    drawn = ET.fromstring(well(house.cli("model", "draw", "--format", "svg")))
    words = " ".join(drawn.itertext())
    for name in ("srv01", "nas01", "pc01", "ERP", "Files", "Internet", "Workplaces", "Telco", "Rob Owner", "Ada Lane"):
        assert name in words
    assert "level 0" in well(house.cli("assess"))
    _decided(house)
    _raced(house, tmp_path, Path(files[1]))
    _packed(house, tmp_path / "ada.zip")


def _decided(house: House) -> None:
    """Who has not the right may not approve, who has it may, and both stand in the log."""
    assert "Ada Lane (ada) may approve it" in well(house.cli(*WAIVER))
    assert "Sue Tech" in refused(house.cli("waiver", "approve", "w-1", "--by", "sue", "--yes"))
    assert "approved by Ada Lane" in well(house.cli("waiver", "approve", "w-1", "--by", "ada", "--yes"))
    log = [(row["by"], row["outcome"]) for row in house.rows("plan", "log", "--json") if row["about"] == "w-1"]
    assert sorted(log) == [("ada", "granted"), ("sue", "refused")]


def _raced(house: House, folder: Path, mine: Path) -> None:
    """The second to publish learns whose revision came first, pulls it, and publishes over that."""
    theirs = folder / "theirs.yaml"
    well(house.cli("model", "pull", CLIENT, "-o", str(theirs)))
    theirs.write_text(theirs.read_text().replace("users: 10}", "users: 11}"))
    well(house.cli("model", "publish", str(theirs), "--reason", "one was hired"))
    mine.write_text(mine.read_text().replace("Main site", "The bakery"))
    said = refused(house.cli("model", "publish", str(mine), "--reason", "its name"))
    assert "published ada-s-bakery revision 2" in said
    assert "one was hired" in said
    assert f"watchbill model pull {CLIENT}" in said
    well(house.cli("model", "pull", CLIENT, "-o", str(mine)))
    mine.write_text(mine.read_text().replace("Main site", "The bakery"))
    well(house.cli("model", "publish", str(mine), "--reason", "its name"))
    assert [row["revision"] for row in house.rows("model", "history", CLIENT, "--json")] == [3, 2, 1]


def _packed(house: House, pack: Path) -> None:
    """What is handed over is whole, and says so where no daemon runs."""
    well(house.cli("pack", "-o", str(pack)))
    house.stop()
    assert "revision 3 is whole" in well(house.cli("pack", "verify", str(pack)))
    broken = pack.with_name("broken.zip")
    shutil.copy(pack, broken)
    broken.write_bytes(broken.read_bytes()[:-40])
    refused(house.cli("pack", "verify", str(broken)), 1)
