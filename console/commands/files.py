"""Model files as a person names them: files and folders, read within bounds before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

MOST_BYTES = 8 << 20
"""Of one file; the desk takes no larger one either."""
MOST_TOGETHER = 20 << 20
Documents = list[dict[str, Any]]
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
    try:
        return read.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = read.count(b"\n", 0, error.start) + 1
        raise click.UsageError(f"{path}:{line} is not UTF-8; save the file as UTF-8 text") from error


def moved_on(path: Path, text: str, number: int) -> bool:
    """Write the new base into the file that was published, where it has one and still says what was published."""
    place = _BASE.search(text)
    if place is None or int(place[1]) == number:
        return False
    try:
        if path.read_bytes().decode("utf-8") != text:
            return False
        path.write_bytes(f"{text[: place.start(1)]}{number}{text[place.end(1) :]}".encode())
    except OSError as error:
        click.echo(f"{path} still says base {place[1]}: {error.strerror}", err=True)
        return False
    return True


def put(text: str, output: Path | None) -> None:
    """Print a text, or write it to a file."""
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_bytes(text.encode())
    except OSError as error:
        raise click.UsageError(f"{output} cannot be written: {error.strerror}") from error
    click.echo(f"{output} is written", err=True)
