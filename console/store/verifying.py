"""Looks the audit log over from outside: works on the files, beside a daemon and where none can start."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from msgspec import Struct

from console.store import anchors, audit
from console.store.chain import Verdict, anchors_in, looked_over
from console.store.database import UNREADABLE, only_read


class NotThere(Exception):
    """There is no audit log that could be read: says why."""


class Verified(Struct, frozen=True):
    """What came of it."""

    verdict: Verdict
    file: tuple[str, ...]
    """What is wrong with the file of anchors itself."""

    @property
    def problems(self) -> tuple[str, ...]:
        """Everything that is wrong, the log first."""
        return (*([self.verdict.problem] if self.verdict.problem else []), *self.file)


def verified(home: Path, more: str = "") -> Verified:
    """Hold a home's log against its anchors, and against those in a text from elsewhere. Raises NotThere."""
    file, path = home / anchors.FILE, home / "console" / "watchbill.db"
    beside = file.read_text(errors="replace") if file.is_file() else ""
    try:
        with closing(only_read(path)) as database:
            verdict = looked_over(audit.raw_rows(database), [*anchors_in(beside), *anchors_in(more)])
    except UNREADABLE as error:
        raise NotThere(f"there is no audit log to be read in {home}: {error}; see `watchbill doctor`") from error
    return Verified(verdict, tuple(anchors.problems(beside)))
