"""Borg, asked and never told: no lock is taken, the passphrase stays in its file, its questions are answered before."""

from __future__ import annotations

import json
import shlex
from datetime import UTC, datetime
from pathlib import Path

from agent.looking import BorgRepository, Look
from agent.programs import ProgramError, Ran, run
from checks.reading import Instant, Item

MOST_NAMED = 5
_REASONS = (
    ("passphrase supplied", "the passphrase in its file is wrong"),
    ("Can not acquire a passphrase", "it is encrypted, and no password_file is named for it"),
    ("does not exist", "there is no borg repository at its address"),
    ("not a valid repository", "there is no borg repository at its address"),
    ("Permission denied", "the agent's user may not read it"),
    ("Failed to create/acquire the lock", "another borg works in it"),
)


class BorgSilent(Exception):
    """Borg gave no answer: says why."""


def archives(repository: BorgRepository, seconds: float = 60.0) -> list[tuple[Instant, str]]:
    """When each archive was begun, and its name, oldest first. Raises BorgSilent."""
    ran = _asked(repository, seconds)
    if ran.status > 1:  # 1 is a warning: what was asked for is there
        raise BorgSilent(reason(ran))
    try:
        rows = json.loads(ran.out)["archives"]
        return sorted((_instant(row["start"] if "start" in row else row["time"]), str(row["name"])) for row in rows)
    except (ValueError, KeyError, TypeError) as error:
        raise BorgSilent(f"borg said what nobody understands: {error}") from error


def fingerprint(at: Look) -> str:
    """Changes when a local repository was written to; a remote one is asked every six hours."""
    return " ".join(_fingerprint(one.repository) for one in at.asked.borg)


def reason(ran: Ran) -> str:
    """Borg's failure in words."""
    said = next((words for sign, words in _REASONS if sign in ran.err), "")
    return said or f"borg ended with {ran.status}: {' '.join(ran.err.split())[-200:]}"


def items(found: list[tuple[Instant, str]]) -> tuple[Item, ...]:
    """The newest archives first, as a reading carries them."""
    return tuple(Item(name, since=at) for at, name in reversed(found[-MOST_NAMED:]))


def _asked(repository: BorgRepository, seconds: float) -> Ran:
    env = {"TZ": "UTC", "BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK": "yes", "BORG_RELOCATED_REPO_ACCESS_IS_OK": "yes"}
    if repository.password_file is not None:
        env["BORG_PASSCOMMAND"] = f"cat {shlex.quote(str(repository.password_file))}"
    try:
        return run(["borg", "--bypass-lock", "list", "--json", repository.repository], seconds=seconds, env=env)
    except ProgramError as error:
        raise BorgSilent(str(error)) from error


def _fingerprint(repository: str) -> str:
    """Every write ends in a new index beside the segments, so the folder changes."""
    try:
        return str(Path(repository).stat().st_mtime_ns)
    except OSError:
        return "remote"


def _instant(text: str) -> Instant:
    """Borg 1.x writes local time without an offset; it was asked in UTC."""
    at = datetime.fromisoformat(text)
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())
