"""Model files on their way to the desk and back: read as they are, `base` moved on once they are published."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import click

_BASE = re.compile(r"^base:[ \t]*(\d+)", re.MULTILINE)


def documents(files: Sequence[Path], base: int | None = None) -> list[dict[str, object]]:
    """Every YAML file among these files and folders, as the desk takes them; `base` where the text does not say."""
    paths = [path for file in files for path in (sorted(file.glob("*.y*ml")) if file.is_dir() else [file])]
    found: list[dict[str, object]] = []
    for path in paths:
        try:
            text = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise click.UsageError(f"{path} cannot be read: {error}") from error
        found.append({"name": str(path), "text": text, **({} if base is None else {"base": base})})
    if not found:
        raise click.UsageError("there is no YAML file there")
    if base is not None and len(found) > 1:
        raise click.UsageError("--base is said of one file; write `base: …` into each")
    return found


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
