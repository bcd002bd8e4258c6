"""Model files as a person names them, and what is refused before anything is sent."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from console.commands.files import MOST_BYTES, documents, moved_on, put, size


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


def test_the_base_moves_on_in_the_heads_alone_and_only_where_they_say_what_was_published(tmp_path: Path) -> None:
    texts = {
        "a-part.yaml": "hosts: {}\nbase: 1\n",
        "client.yaml": "schema: 1\r\nbase: 1  # why\r\nclient: {id: x}\r\n",
        "other.yaml": "client: {id: y}\nbase: 1\n",
        "provider.yaml": "base: 4\nprovider: {name: z}\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_bytes(text.encode())
    given = documents([tmp_path])
    (tmp_path / "other.yaml").write_text("client: {id: y}\nbase: 1\n# edited meanwhile\n")
    told = list(moved_on(given, [2, 7, 5]))
    assert [one.rpartition("/")[2] for one in told] == ["client.yaml says base 2 now", "provider.yaml says base 5 now"]
    assert (tmp_path / "client.yaml").read_bytes() == b"schema: 1\r\nbase: 2  # why\r\nclient: {id: x}\r\n"
    assert (tmp_path / "a-part.yaml").read_text() == texts["a-part.yaml"]
    (tmp_path / "provider.yaml").unlink()
    assert "keeps its base" in next(moved_on(given[-1:], [9]))


def test_a_model_is_put_into_one_file_or_back_into_the_files_that_it_was(tmp_path: Path) -> None:
    put((("mill.yaml", "a: 1\n"),), tmp_path / "one.yaml")
    put((("mill.yaml", "a: 1\n"),), tmp_path)
    put((("mill.yaml", "a: 1\n"), ("hosts.yaml", "b: 1\n")), tmp_path / "many")
    found = {str(path.relative_to(tmp_path)): path.read_text() for path in tmp_path.rglob("*.yaml")}
    assert found == {
        "one.yaml": "a: 1\n",
        "mill.yaml": "a: 1\n",
        "many/mill.yaml": "a: 1\n",
        "many/hosts.yaml": "b: 1\n",
    }
    with pytest.raises(click.UsageError, match="cannot be written"):
        put((("x.yaml", ""),), tmp_path / "one.yaml" / "below")
