"""Restic, asked and never told: no lock is taken, nothing is written, the password stays in its file."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from agent.looking import Look, ResticRepository
from agent.programs import ProgramError, Ran, run
from checks.reading import Gap, Instant, Item, Why

_REASONS = (
    ("wrong password", "the password in its password file is wrong"),
    ("Resolving password failed", "its password file cannot be read"),
    ("dial tcp", "its address cannot be reached"),
    ("connect to host", "its address cannot be reached"),
    ("Is there a repository", "there is no restic repository at its address"),
    ("unable to open config", "there is no restic repository at its address"),
    ("permission denied", "the agent's user may not read it"),
    ("already locked", "another restic works in it"),
)
_DAMAGED = ("repository contains errors", "LoadIndex returned errors")
"""What a check says in the end that looked and found damage; whatever else fails, it did not look."""


class ResticSilent(Exception):
    """Restic gave no answer: says why."""


def snapshots(repository: ResticRepository, seconds: float = 60.0) -> list[tuple[Instant, str]]:
    """When each snapshot was made and what it holds, oldest first. Raises ResticSilent."""
    ran = _asked(repository, ["snapshots", "--json", "--no-lock"], seconds)
    if ran.status:
        raise ResticSilent(reason(ran))
    try:
        rows = json.loads(ran.out) or []
        found = [(_instant(row["time"]), ", ".join(row.get("paths", []))) for row in rows]
    except (ValueError, KeyError, TypeError) as error:
        raise ResticSilent(f"restic said what nobody understands: {error}") from error
    return sorted(found)


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
    return said or f"restic ended with {ran.status}: {' '.join(ran.err.split())[:200]}"


def gap(at: Look, check: str, repository: ResticRepository, error: ResticSilent) -> Gap:
    """The hole where a reading about this repository should be."""
    return at.gap(check, Why.FAILED, str(error), repository.name)


def items(found: list[tuple[Instant, str]], most: int = 5) -> tuple[Item, ...]:
    """The newest snapshots first, as a reading carries them."""
    return tuple(Item(paths or "a snapshot", since=at) for at, paths in reversed(found[-most:]))


def _asked(repository: ResticRepository, words: list[str], seconds: float) -> Ran:
    env = {"RESTIC_PASSWORD_FILE": str(repository.password_file), "RESTIC_REPOSITORY": repository.repository}
    try:
        return run(["restic", "--no-cache", *words], seconds=seconds, env=env)
    except ProgramError as error:
        raise ResticSilent(str(error)) from error


def _fingerprint(repository: str) -> str:
    try:
        return str((Path(repository) / "snapshots").stat().st_mtime_ns)
    except OSError:
        return "remote"


def _instant(text: str) -> Instant:
    return int(datetime.fromisoformat(text).timestamp())
