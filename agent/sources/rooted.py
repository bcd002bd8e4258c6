"""What the root helper wrote down: believed where it belongs to root, or to the agent's own user."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping

from agent.looking import Look
from checks.reading import Instant, Why

FOLDER = "var/lib/watchbill-root"
MOST_BYTES = 4 << 20
EVERY = 3600
"""Seconds between two runs of the helper, as documented."""
HOW = "let root run `python -I -m agent.root` every hour"


class NotRead(Exception):
    """There is nothing to go by: says why."""

    def __init__(self, why: Why, reason: str) -> None:
        self.why = why
        super().__init__(reason)


def written(at: Look, file: str) -> tuple[Mapping[str, object], Instant]:
    """What stands in one of its files, and when it was written. Raises NotRead, and FileNotFoundError."""
    path = at.root / file
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise NotRead(Why.DENIED, f"{path}: {error.strerror}") from error
    with os.fdopen(handle, "rb") as opened:
        about = os.fstat(opened.fileno())
        if not stat.S_ISREG(about.st_mode) or about.st_uid not in (0, os.geteuid()) or about.st_mode & 0o022:
            raise NotRead(Why.FAILED, f"{path} could have been written by somebody else than root")
        text = opened.read(MOST_BYTES + 1)
    if about.st_mtime > at.now + 60:
        raise NotRead(Why.FAILED, f"{path} is from the future; was the clock set back?")
    return _tree(text, str(path)), min(at.now, int(about.st_mtime))


def rows(tree: Mapping[str, object], key: str, file: str, most: int) -> tuple[Mapping[str, object], ...]:
    """The objects of a list in it. Raises NotRead."""
    found = tree.get(key)
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise NotRead(Why.FAILED, f"/{file} is not what the root helper writes; {HOW}")
    return tuple(found[:most])


def _tree(text: bytes, path: str) -> Mapping[str, object]:
    try:
        tree = json.loads(text) if len(text) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        tree = None
    if not isinstance(tree, dict):
        raise NotRead(Why.FAILED, f"{path} is not what the root helper writes; {HOW}")
    if isinstance(tree.get("error"), str):
        raise NotRead(Why.FAILED, tree["error"][:300])
    return tree
