"""How the command line speaks when what it is given is empty, huge or hostile: no traceback, no silence."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pytest
from conftest import CLIENT, PROVIDER, House

from console.commands.cli import cli

HOSTILE = "\x1b[31mred\x1b[0m \u202eevil \x9b1m"


@contextmanager
def _started(folder: Path) -> Iterator[House]:
    house = House(folder / "home")
    house.home.mkdir()
    house.start()
    yield house
    house.close()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A daemon that nothing was told yet."""
    with _started(tmp_path_factory.mktemp("empty")) as house:
        yield house


@pytest.fixture(scope="module")
def mill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A daemon with one client."""
    with _started(tmp_path_factory.mktemp("mill")) as house:
        house.publish(PROVIDER, CLIENT)
        yield house


def refused(house: House, code: int, *arguments: str) -> str:
    told = house.process(*arguments, stdin=subprocess.DEVNULL)
    assert (told.returncode, "Traceback" in told.stderr) == (code, False), told.stderr
    assert "\x1b" not in told.stderr + told.stdout
    assert "\u202e" not in told.stderr + told.stdout
    return told.stderr


def test_an_empty_table_says_what_would_stand_there(empty: House) -> None:
    for command in ("services", "who", "assess"):
        assert "watchbill model init" in refused(empty, 0, command)
    assert "watchbill agents invite" in refused(empty, 0, "hosts")
    assert "no record is written yet" in refused(empty, 0, "records", "export")


def test_what_is_typed_cannot_steer_the_terminal_or_break_the_desk(mill: House) -> None:
    assert "500 are heard" in refused(mill, 11, "who", "a" * 100_000)
    assert "not all UTF-8" in refused(mill, 11, "who", os.fsdecode(b"\xff\xfe"))
    assert "100000 characters long" in refused(
        mill, 11, "action", "add", "--text", "a" * 100_000, "--owner", "ana", "--due", "7d"
    )
    assert "there is no person" in refused(mill, 11, "who", HOSTILE)
    added = mill.process("action", "add", "--text", HOSTILE, "--owner", "ana", "--due", "7d")
    assert added.returncode == 0
    shown = mill.cli("plan", "actions", "--json").stdout
    assert not {"\x1b", "\u202e", "\x9b"} & set(shown)


def test_what_cannot_be_written_or_edited_is_said(mill: House, tmp_path: Path) -> None:
    nowhere = str(tmp_path / "no" / "such" / "folder")
    assert "cannot be written" in refused(mill, 2, "records", "export", "-o", nowhere)
    assert "they say the same" not in refused(mill, 2, "model", "diff", "a" * 5000)
    env = {key: value for key, value in os.environ.items() if key not in ("EDITOR", "VISUAL")}
    arguments = ["--home", str(mill.home), "model", "edit", "mill"]
    told = subprocess.run(
        [sys.executable, "-m", "console", *arguments],
        env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (told.returncode, "set EDITOR" in told.stderr) == (2, True), told.stderr


def _groups(group: click.Group) -> Iterator[click.Group]:
    yield group
    for one in group.commands.values():
        if isinstance(one, click.Group):
            yield from _groups(one)


def test_every_command_stands_on_one_line_of_its_list() -> None:
    for group in _groups(cli):
        shown = group.get_help(click.Context(group, terminal_width=80)).partition("Commands:\n")[2]
        assert len(shown.splitlines()) <= len(group.commands) + 1, shown
