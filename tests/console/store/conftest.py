"""A store of its own for each test, and who writes to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.store.database import Database, opened
from console.store.writer import Writer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the store lies."""
    return tmp_path / "console"


@pytest.fixture
def database(folder: Path) -> Iterator[Database]:
    database = opened(folder)
    yield database
    database.close()


@pytest.fixture
def writer(database: Database) -> Iterator[Writer]:
    writer = Writer(database)
    yield writer
    writer.close()
