"""Every row of the coverage table is accounted for: in the docs, and where it needs documents alone, by a test."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from console.commands.cli import cli

ROOT = Path(__file__).parents[2]
_DOCUMENTS = """
00 06 07b 08 10 11b 12 13a 14 15 21 22a 23a 23c 25 26a 26b 26c 33a 33b 33c 37 41 49 50 52 53 56 57 58a 60a 60b 61 67
"""
"""The rows that need nothing but the written model (46c, a quiz, is not built yet)."""
_ALL = """
00 01 02 03 04 05 06 07a 07b 07c 08 09 10 11a 11b 11c 12 13a 13b 13c 14 15 16 17 18 19a 19b 19c 20 21 22a 22b 22c 23a
23b 23c 24 25 26a 26b 26c 27 28 29 30 31a 31b 31c 32 33a 33b 33c 34 35 36 37 38a 38b 38c 39 40 41 42 43a 43b 43c 44 45
46a 46b 46c 47a 47b 47c 48a 48b 48c 49 50 51 52 53 54 55 56 57 58a 58b 59 60a 60b 60c 61 62a 62b 62c 63 64 65 66 67
"""
TABLE = ROOT / "docs" / "operating-model.md"


@pytest.mark.parametrize("row", _DOCUMENTS.split())
def test_a_row_of_documents_has_a_test_named_after_it(row: str) -> None:
    named = re.compile(rf"^(async )?def test_row_{row}_", re.MULTILINE)
    assert any(named.search(path.read_text()) for path in (ROOT / "tests").rglob("test_*.py")), row


def test_every_row_stands_in_the_table_once() -> None:
    stands = [word for line in TABLE.read_text().splitlines() if (word := _rows(line))]
    assert [row for rows in stands for row in rows] == _ALL.split()


def test_every_command_that_the_table_names_exists() -> None:
    named = set(re.findall(r"`watchbill ([a-z][a-z-]*(?: [a-z][a-z-]*)*)", TABLE.read_text()))
    assert named
    assert [one for one in sorted(named) if not _exists(one.split())] == []


def _rows(line: str) -> list[str]:
    """The rows that a line of the table stands for: `19a–19b` is two."""
    found = re.match(r"\| (\d\d)([a-z]?)(?:–\d\d([a-z]))? \|", line)
    if found is None:
        return []
    number, first, last = found[1], found[2], found[3] or found[2]
    return [number] if not first else [f"{number}{chr(code)}" for code in range(ord(first), ord(last) + 1)]


def _exists(words: list[str]) -> bool:
    command: click.Command = cli
    for word in words:
        if not isinstance(command, click.Group):
            return True
        if word not in command.commands:
            return False
        command = command.commands[word]
    return True
