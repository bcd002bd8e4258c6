"""Model files as a person names them: files and folders, read within bounds before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

MOST_BYTES = 8 << 20
"""Of one file; the desk takes no larger one either."""
MOST_TOGETHER = 20 << 20
Documents = list[dict[str, Any]]
_HEAD = re.compile(r"^(client|provider):", re.MULTILINE)
_BASE = re.compile(r"^base:[ \t]*(\d+)", re.MULTILINE)


def documents(files: Iterable[Path], base: int | None = None) -> Documents:
    """Every YAML file among these, and in and below these folders, each once: `name` and `text`. Raises UsageError.

    `base` is the revision that a file was edited from, where its text does not say.
    """
    paths = {path.resolve(): path for file in files for path in _below(file)}
    found = [{"name": str(path), "text": _text(path)} for path in paths.values()]
    if not found:
        raise click.UsageError("there is no YAML file there")
    if size(found) > MOST_TOGETHER:
        told = f"{size(found) / (1 << 20):.0f} MiB at once; take fewer files (up to {MOST_TOGETHER >> 20} MiB)"
        raise click.UsageError(told)
    if base is not None and len(found) > 1:
        raise click.UsageError("--base is said of one file; write `base: …` into each")
    return found if base is None else [{**one, "base": base} for one in found]


def size(found: Documents) -> int:
    """Bytes of all texts."""
    return sum(len(one["text"].encode("utf-8", "replace")) for one in found)


def _below(file: Path) -> Iterator[Path]:
    if not file.is_dir():
        yield file
        return
    for path in sorted(file.rglob("*.y*ml")):
        if path.suffix in (".yaml", ".yml") and not any(part.startswith(".") for part in path.relative_to(file).parts):
            yield path


def _text(path: Path) -> str:
    """A file's text. Raises UsageError, and reads no further than the bound."""
    try:
        with path.open("rb") as file:
            read = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise click.UsageError(f"{path} cannot be read: {error.strerror or error}") from error
    if len(read) > MOST_BYTES:
        raise click.UsageError(f"{path} is larger than {MOST_BYTES >> 20} MiB; take out what is no part of the model")
    return text_of(read, str(path))


def text_of(read: bytes, name: str) -> str:
    """What was read of a file, as text with plain line ends. Raises UsageError where it is not UTF-8."""
    try:
        return read.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = read.count(b"\n", 0, error.start) + 1
        raise click.UsageError(f"{name}:{line} is not UTF-8; save the file as UTF-8 text") from error


def moved_on(given: Documents, numbers: Iterable[int]) -> Iterator[str]:
    """Write the new bases into the files that were published, one number a model, and say so.

    A model's base stands in its head. A file that has none, or says something else by now, is left alone.
    """
    for one, number in zip([one for one in given if _HEAD.search(one["text"])], numbers, strict=False):
        path = Path(one["name"])
        try:
            raw = path.read_bytes().decode("utf-8")
            place = _BASE.search(raw)
            if place and int(place[1]) != number and raw.replace("\r\n", "\n") == one["text"]:
                path.write_bytes(f"{raw[: place.start(1)]}{number}{raw[place.end(1) :]}".encode())
                yield f"{path} says base {number} now"
        except OSError as error:
            yield f"{path} keeps its base: {error.strerror}"


def put(parts: Sequence[tuple[str, str]], output: Path) -> None:
    """Write a text into this file; what is several files, each given as (name, text), into this folder."""
    is_folder = len(parts) > 1 or output.is_dir()
    try:
        if is_folder:
            output.mkdir(parents=True, exist_ok=True)
        for name, text in parts:
            path = output / Path(name).name if is_folder else output
            path.write_bytes(text.encode())
            click.echo(f"{path} is written", err=True)
    except OSError as error:
        raise click.UsageError(f"{output} cannot be written: {error.strerror}") from error
