"""Model files as a person names them, and what is refused before anything is sent."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from console.commands.files import MOST_BYTES, documents, size


def names(*files: Path) -> list[str]:
    return [Path(one["name"]).name for one in documents(files)]


def test_a_folder_is_read_whole_and_every_file_once(tmp_path: Path) -> None:
    for name in ("provider.yaml", "mill/mill.yaml", "mill/hosts.yml", ".git/x.yaml", "mill/.draft.yaml", "notes.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("schema: 1\n")
    assert names(tmp_path) == ["hosts.yml", "mill.yaml", "provider.yaml"]
    assert names(tmp_path / "mill", tmp_path / "mill" / "mill.yaml") == ["hosts.yml", "mill.yaml"]
    assert names(tmp_path / "notes.txt") == ["notes.txt"]
    assert size(documents([tmp_path])) == 30


def test_line_ends_of_another_system_are_taken(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"schema: 1\r\n")
    assert documents([tmp_path])[0]["text"] == "schema: 1\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"a: 1\nb: \xff\n", "a.yaml:2 is not UTF-8"), (b"x" * (MOST_BYTES + 1), "a.yaml is larger than 8 MiB")],
    ids=["latin", "large"],
)
def test_what_cannot_be_a_model_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "a.yaml").write_bytes(content)
    with pytest.raises(click.UsageError, match=said):
        documents([tmp_path])


def test_too_much_at_once_and_nothing_at_all_are_refused(tmp_path: Path) -> None:
    with pytest.raises(click.UsageError, match="no YAML file there"):
        documents([tmp_path])
    for number in range(3):
        (tmp_path / f"{number}.yaml").write_bytes(b"x" * (7 << 20))
    with pytest.raises(click.UsageError, match="21 MiB at once; take fewer files"):
        documents([tmp_path])


def test_a_device_is_read_no_further_than_the_bound() -> None:
    with pytest.raises(click.UsageError, match="larger than 8 MiB"):
        documents([Path("/dev/zero")])
