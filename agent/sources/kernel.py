"""Small files in which the kernel tells one thing each (/sys, /proc)."""

from __future__ import annotations

from pathlib import Path

MOST_BYTES = 4096


def folders(parent: Path, holding: str) -> list[Path]:
    """The folders of `parent` that hold something of that name, in order; none where there is no `parent`."""
    try:
        return sorted(one for one in parent.iterdir() if (one / holding).exists())
    except OSError:
        return []


def words(path: Path) -> str:
    """The text of one file, its ends trimmed. Raises OSError."""
    with path.open("rb") as file:
        return file.read(MOST_BYTES).decode("utf-8", "replace").strip()


def number(path: Path) -> int:
    """The whole number in one file. Raises OSError and ValueError."""
    return int(words(path))
