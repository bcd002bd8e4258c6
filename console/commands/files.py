"""Model files as a person names them: files and folders, read within bounds before anything is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

MOST_BYTES = 8 << 20
"""Of one file; the desk takes no larger one either."""
MOST_TOGETHER = 20 << 20
Documents = list[dict[str, str]]


def documents(files: Iterable[Path]) -> Documents:
    """Every YAML file among these, and in and below these folders, each once: `name` and `text`. Raises UsageError."""
    paths = {path.resolve(): path for file in files for path in _below(file)}
    found = [{"name": str(path), "text": _text(path)} for path in paths.values()]
    if not found:
        raise click.UsageError("there is no YAML file there")
    if size(found) > MOST_TOGETHER:
        told = f"{size(found) / (1 << 20):.0f} MiB at once; take fewer files (up to {MOST_TOGETHER >> 20} MiB)"
        raise click.UsageError(told)
    return found


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
