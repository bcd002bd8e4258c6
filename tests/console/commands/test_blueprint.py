"""Drawing, who does what, and drafting on the command line, over a real daemon with one agent."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import House

from console.operating_model.examples import example


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The example is published; one agent has checked in from a host that stands in no model."""
    house = House(tmp_path_factory.mktemp("draw") / "home")
    house.home.mkdir()
    house.start()
    house.publish(*(one.text for one in example("brackwater")))
    house.join("brackwater", "main")
    assert house.agent("checkin").returncode == 0
    yield house
    house.close()


def test_row_12_the_drawing_is_text_on_stdout_and_a_picture_in_a_file(house: House, tmp_path: Path) -> None:
    drawn = house.cli("model", "draw", "--client", "brackwater")
    assert drawn.returncode == 0
    assert max(map(len, drawn.stdout.splitlines())) <= 120
    assert "───▸  ws-cad1" in drawn.stdout
    assert "├ needs   fw01" in house.cli("model", "draw", "--width", "80").stdout
    path = tmp_path / "blueprint.svg"
    assert house.cli("model", "draw", "--format", "svg", "-o", str(path)).stdout == ""
    assert ET.fromstring(path.read_text()).tag.endswith("svg")
    assert house.rows("model", "draw", "--format", "json")["layer"] == "structure"


def test_row_13a_a_service_is_named_and_its_people_are_told(house: House) -> None:
    drawn = house.cli("model", "draw", "--service", "files").stdout
    assert drawn.startswith("Brackwater Cabinetry · raci\nFiles: Priya Nair R/D · Marco Reyes R · Dana Whitlock A")
    assert "\x1b[" in house.cli("--color", "always", "model", "draw", "--service", "files").stdout
    unknown = house.cli("model", "draw", "--service", "file")
    assert unknown.returncode == 11
    assert "known are: connectivity, identity" in unknown.stderr
    nowhere = house.cli("model", "draw", "-o", "/nowhere/at/all")
    assert (nowhere.returncode, "cannot be written" in nowhere.stderr) == (2, True)


def test_row_57_who_does_what_fits_100_columns(house: House) -> None:
    told = house.cli("model", "raci").stdout.splitlines()
    assert max(map(len, told)) <= 100
    assert len(told) <= 40
    (files,) = [line.split() for line in told if line.startswith("Files")]
    assert files == ["Files", "A", "R", "R", "D", "I", "·", "·", "·"]
    assert {"kind", "about", "name", "letters"} <= house.rows("model", "raci", "--json")[0].keys()


def test_a_draft_goes_to_a_file_that_is_not_there_yet(house: House, tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    done = house.cli("model", "draft", "--client", "brackwater", "-o", str(path))
    assert "observed, not agreed" in done.stderr
    assert path.read_text().startswith("# OBSERVED, NOT AGREED.")
    assert house.cli("model", "check", str(path)).returncode == 0
    assert house.cli("model", "draft", "-o", str(path)).returncode == 2
    assert house.rows("model", "draft", "--json")["hosts"] == 1


def test_an_unplanned_host_is_printed_as_the_line_to_write(house: House) -> None:
    told = house.cli("hosts", "--unplanned").stdout
    (row,) = house.rows("hosts", "--unplanned", "--json")
    assert told == f"# brackwater: write under hosts:\n{row['entry']}\n"
    assert row["entry"].startswith("  ")
    assert ": {site: main, os: " in row["entry"]
