"""`watchbill records`: a file in, all or none, what is wrong by line on stdout, and the same file out again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import House

from console.operating_model.examples import example, written_records


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One daemon, set to the Monday after the golden week, with Brackwater published."""
    house = House(tmp_path_factory.mktemp("records") / "home")
    house.home.mkdir()
    house.start("--now", "2026-11-16T09:00:00-05:00")
    house.publish(*(one.text for one in example("brackwater")))
    yield house
    house.close()


def test_the_golden_week_goes_in_from_a_file_and_comes_out_again(house: House, tmp_path: Path) -> None:
    files = [written_records("brackwater", file) for file in ("records.jsonl", "week-46.jsonl")]
    text = "".join(one.text for one in files)
    (tmp_path / "all.jsonl").write_text(text)
    done = house.cli("records", "import", str(tmp_path / "all.jsonl"))
    assert (done.returncode, done.stdout) == (0, f"{len(text.splitlines())} new, 0 there already\n")
    assert house.cli("records", "export", "-o", str(tmp_path / "out.jsonl")).returncode == 0
    out = (tmp_path / "out.jsonl").read_text()
    assert [json.loads(line) for line in out.splitlines()] == [json.loads(line) for line in text.splitlines()]
    again = house.process("records", "import", "-", "--json", input=out)
    assert json.loads(again.stdout) == {"new": 0, "known": len(text.splitlines()), "problems": []}
    assert {row["status"] for row in house.rows("agents", "list", "--json")} == {"imported"}


def test_every_bad_line_is_told_with_its_number_and_nothing_is_added(house: House) -> None:
    scan = {"kind": "patch-scan", "client": "brackwater", "host": "fs01", "at": "2026-11-15T06:00:00-05:00"}
    lines = [json.dumps(scan), "{", json.dumps({**scan, "host": "fs\x1b[2J"}), json.dumps({**scan, "hosts": 1})]
    before = house.cli("records", "export").stdout
    done = house.process("records", "import", "-", input="\n".join(lines))
    assert done.returncode == 1
    assert [line.split(":")[1] for line in done.stdout.splitlines()] == ["2", "3", "4"]
    assert "\x1b" not in done.stdout
    assert done.stderr == "nothing was imported\n"
    assert house.cli("records", "export").stdout == before


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(house: House, tmp_path: Path) -> None:
    (tmp_path / "large.jsonl").write_bytes(b" " * ((32 << 20) + 1))
    done = house.cli("records", "import", str(tmp_path / "large.jsonl"))
    assert done.returncode == 2
    assert "larger than 32 MiB; import it in parts" in done.stderr


@pytest.mark.parametrize(
    ("read", "says"),
    [(b"{}\n\xff", ":2 is not UTF-8; save the file as UTF-8 text"), (b" \n", " is empty: there is no record in it")],
)
def test_a_file_that_is_no_text_or_empty_is_refused_in_words(
    house: House, tmp_path: Path, read: bytes, says: str
) -> None:
    (tmp_path / "odd.jsonl").write_bytes(read)
    done = house.cli("records", "import", str(tmp_path / "odd.jsonl"))
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, f"Error: {tmp_path / 'odd.jsonl'}{says}")
