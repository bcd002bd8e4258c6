"""Snapper's configurations and snapshots, read from its files: no program is run, no bus is asked.

A snapshot is a numbered folder with `info.xml`, whose date is UTC, and the subvolume `snapshot` (snapper 0.10.4).
"""

from __future__ import annotations

import re
from calendar import timegm
from dataclasses import dataclass
from pathlib import Path
from time import strptime

from agent.sources.logs import NotTold, not_read
from checks.reading import Instant

_CONFIGS = "etc/snapper/configs"
_VALUE = re.compile(r'^([A-Z_]+)="(.*)"\s*$', re.MULTILINE)
_DATE = re.compile(r"<date>(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)</date>")
_MOST_BYTES = 1 << 16
_MOST_BROKEN = 100
"""Newest folders that are looked into for one that is whole."""


@dataclass(frozen=True, slots=True)
class Config:
    """One configuration: where its snapshots are, whether it makes them by the clock."""

    snapshots: Path
    is_timed: bool


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest whole snapshot, None where there is none; and how many newer ones are not whole."""

    at: Instant | None
    number: int = 0
    broken: int = 0


def names(root: Path) -> list[str]:
    """The configurations there are; empty where snapper is not. Raises NotTold."""
    folder = root / _CONFIGS
    try:
        return sorted(path.name for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
    except OSError as error:
        raise not_read(error) from error


def config(root: Path, name: str) -> Config:
    """What one configuration says. Raises NotTold."""
    try:
        said = {found[1]: found[2] for found in _VALUE.finditer(_text(root / _CONFIGS / name))}
    except OSError as error:
        raise not_read(error) from error
    subvolume = said.get("SUBVOLUME", "")
    if not subvolume.startswith("/"):
        raise NotTold(f"/{_CONFIGS}/{name} names no SUBVOLUME")
    return Config(root / subvolume.lstrip("/") / ".snapshots", said.get("TIMELINE_CREATE") == "yes")


def newest(found: Config) -> Newest:
    """The newest whole snapshot. Raises NotTold where the folder of them cannot be looked at."""
    try:
        numbers = sorted((int(path.name) for path in found.snapshots.iterdir() if path.name.isdecimal()), reverse=True)
        for broken, number in enumerate(numbers[:_MOST_BROKEN]):
            made = _made(found.snapshots / str(number))
            if made is not None:
                return Newest(made, number, broken)
    except OSError as error:
        raise not_read(error) from error
    return Newest(None, broken=len(numbers))


def _made(folder: Path) -> Instant | None:
    """When a snapshot was made; None for one that is not whole."""
    try:
        date = _DATE.search(_text(folder / "info.xml"))
        if date is None or not (folder / "snapshot").is_dir():
            return None
        return timegm(strptime(date[1], "%Y-%m-%d %H:%M:%S"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None


def _text(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(_MOST_BYTES).decode("utf-8", "replace")
