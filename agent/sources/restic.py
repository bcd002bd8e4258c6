"""Restic, asked and never told: no lock is taken, nothing is written, the password stays in its file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from agent.looking import Look, ResticRepository
from agent.programs import ProgramError, Ran, run
from checks.reading import Gap, Instant, Item, Why
from checks.wording import counted

MOST_BYTES = 32 << 20
NEWEST = "5"
"""Snapshots asked of each host and path: what a reading needs of ten thousand."""
_REASONS = (
    ("wrong password", "the password in its password file is wrong"),
    ("Resolving password failed", "its password file cannot be read"),
    ("dial tcp", "its address cannot be reached"),
    ("connect to host", "its address cannot be reached"),
    ("unable to start the sftp session", "its address cannot be reached"),
    ("Is there a repository", "there is no restic repository at its address"),
    ("unable to open config", "there is no restic repository at its address"),
    ("permission denied", "the agent's user may not read it"),
    ("already locked", "another restic works in it"),
)
_DAMAGED = ("repository contains errors", "LoadIndex returned errors")
"""What a check says in the end that looked and found damage; whatever else fails, it did not look."""
_UNREADABLE = ("could not load snapshot", 'Ignoring "')
"""What 0.14 and 0.19 say, once a snapshot, of those that are there and cannot be read."""


class ResticSilent(Exception):
    """Restic gave no answer: says why."""


@dataclass(frozen=True, slots=True)
class Snapshots:
    """What a repository holds."""

    readable: tuple[tuple[Instant, str], ...]
    """When each of the newest was made and what it holds, oldest first."""
    unreadable: int = 0
    """How many are there and cannot be restored from."""


def snapshots(repository: ResticRepository, seconds: float = 60.0) -> Snapshots:
    """The newest snapshots of each host and path. Raises ResticSilent."""
    ran = _listed(repository, NEWEST, seconds)
    with _understood():
        rows = _rows(json.loads(ran.out))
        found = [(_instant(row["time"]), ", ".join(row.get("paths") or [])) for row in rows]
    return Snapshots(tuple(sorted(found)), sum(ran.err.count(sign) for sign in _UNREADABLE))


def sizes(repository: ResticRepository, newest: int, seconds: float = 60.0) -> dict[str, list[tuple[Instant, int]]]:
    """By host and paths, when each of the newest was made and its bytes, oldest first. Raises ResticSilent.

    Restic keeps them since 0.17; a snapshot of an older one is left out.
    """
    ran = _listed(repository, str(newest), seconds)
    found: dict[str, list[tuple[Instant, int]]] = {}
    with _understood():
        for row in sorted(_rows(json.loads(ran.out)), key=lambda row: datetime.fromisoformat(row["time"])):
            points = found.setdefault(f"{row.get('hostname', '')}:{', '.join(row.get('paths') or [])}", [])
            told = (row.get("summary") or {}).get("total_bytes_processed")
            points += [] if told is None else [(_instant(row["time"]), int(told))]
    return found


def _listed(repository: ResticRepository, newest: str, seconds: float) -> Ran:
    ran = _asked(repository, ["snapshots", "--json", "--no-lock", "--latest", newest], seconds)
    if ran.status:
        raise ResticSilent(reason(ran))
    return ran


@contextmanager
def _understood() -> Iterator[None]:
    """What is no answer of restic's is silence."""
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ResticSilent(f"restic said what nobody understands: {error}") from error


def _rows(answer: object) -> list[dict[str, Any]]:
    """An empty repository is `[]`, and `null` in some versions; anything but a list is no answer."""
    if answer is not None and not isinstance(answer, list):
        raise TypeError("no list")
    return answer or []


def is_sound(repository: ResticRepository, seconds: float = 1800.0) -> bool:
    """Whether `restic check` finds no error. Raises ResticSilent where it could not look."""
    ran = _asked(repository, ["check", "--no-lock"], seconds)
    if ran.status == 0:
        return True
    if any(sign in ran.err for sign in _DAMAGED):
        return False
    raise ResticSilent(reason(ran))


def fingerprint(at: Look) -> str:
    """Changes when a local repository got or lost snapshots; a remote one is asked every six hours."""
    return " ".join(_fingerprint(one.repository) for one in at.asked.restic)


def reason(ran: Ran) -> str:
    """Restic's failure in words."""
    said = next((words for sign, words in _REASONS if sign in ran.err), "")
    return said or f"restic ended with {ran.status}: {' '.join(_told(ran.err).split())[:200]}"


def _told(err: str) -> str:
    """Its own words; 0.17 and later wrap the last of them in JSON."""
    try:
        return str(json.loads(err.strip().splitlines()[-1])["message"])
    except (ValueError, KeyError, TypeError, IndexError):
        return err


def gap(at: Look, check: str, repository: ResticRepository, error: ResticSilent) -> Gap:
    """The hole where a reading about this repository should be."""
    return at.gap(check, Why.FAILED, str(error), repository.name)


def items(found: Snapshots, most: int = 5) -> tuple[Item, ...]:
    """The newest snapshots first, as a reading carries them; then how many cannot be read."""
    newest = tuple(Item(paths or "a snapshot", since=at) for at, paths in reversed(found.readable[-most:]))
    lost = counted(found.unreadable, "snapshot cannot be read", "snapshots cannot be read")
    return (*newest, Item("unreadable", lost)) if found.unreadable else newest


def _asked(repository: ResticRepository, words: list[str], seconds: float) -> Ran:
    env = {"RESTIC_PASSWORD_FILE": str(repository.password_file), "RESTIC_REPOSITORY": repository.repository}
    try:
        return run(["restic", "--no-cache", *words], seconds=seconds, most_bytes=MOST_BYTES, env=env)
    except ProgramError as error:
        raise ResticSilent(str(error)) from error


def _fingerprint(repository: str) -> str:
    try:
        return str((Path(repository) / "snapshots").stat().st_mtime_ns)
    except OSError:
        return "remote"


def _instant(text: str) -> Instant:
    return int(datetime.fromisoformat(text).timestamp())
