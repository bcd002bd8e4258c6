"""Two folders change places at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.store.exchanging import exchange


def test_two_folders_change_places_with_all_that_is_in_them(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).write_text(name)
    if not exchange(tmp_path / "one", tmp_path / "other"):
        pytest.skip("this file system cannot")
    assert (tmp_path / "one/other").read_text() == "other"
    assert (tmp_path / "other/one").read_text() == "one"


def test_what_is_not_there_is_said_and_nothing_moves(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    with pytest.raises(FileNotFoundError, match="other"):
        exchange(tmp_path / "one", tmp_path / "other")
    assert [path.name for path in tmp_path.iterdir()] == ["one"]
