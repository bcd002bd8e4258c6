"""A datastore of a Proxmox Backup Server, asked with its own client. Nothing is written, the secret stays in its file.

Fields of a snapshot as the server's API has them (GET /admin/datastore/{store}/snapshots).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from agent.looking import Look, PbsRepository
from agent.programs import ProgramError, Ran, run
from agent.sources.logs import NotTold, not_read
from checks.reading import Instant
from checks.text import clean

MOST_NAMED = 5
_ASK = ("proxmox-backup-client", "snapshot", "list", "--output-format", "json")
_MOST_BYTES = 32 << 20
_DENIED = ("permission check failed", "authentication failed")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One backup of one group."""

    made: Instant
    is_whole: bool
    """One that is being made, or was given up, has no manifest and so no size."""
    state: str = ""
    """`ok` or `failed` as its last verification found it; empty where there was none."""
    verified: Instant = 0
    """When that verification began."""

    @property
    def time(self) -> str:
        """As the server names it."""
        return datetime.fromtimestamp(self.made, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def groups(repository: PbsRepository, seconds: float = 120.0) -> dict[str, list[Snapshot]]:
    """The snapshots of each group (`vm/100`), oldest first. Raises NotTold."""
    ran = _asked(repository, seconds)
    if ran.status:
        words = f"proxmox-backup-client ended with {ran.status}: {' '.join(ran.err.split())[:200]}"
        raise NotTold(words, is_denied=any(sign in ran.err for sign in _DENIED))
    found: dict[str, list[Snapshot]] = {}
    try:
        for one in json.loads(ran.out):
            group = clean(f"{one['backup-type']}/{one['backup-id']}", 100)
            found.setdefault(group, []).append(_snapshot(one))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, OSError) as error:
        raise NotTold(f"proxmox-backup-client said what nobody understands: {error}") from error
    return {group: sorted(made, key=lambda one: one.made) for group, made in sorted(found.items())}


def hour(at: Look) -> str:
    """Nothing cheap tells that a server got a snapshot, and listing thousands is dear."""
    return f"{at.now // 3600}" if at.asked.pbs else "none"


def _asked(repository: PbsRepository, seconds: float) -> Ran:
    env = {"PBS_REPOSITORY": repository.repository, "PBS_PASSWORD_FILE": str(repository.password_file)}
    fingerprint = {"PBS_FINGERPRINT": repository.fingerprint} if repository.fingerprint else {}
    namespace = ("--ns", repository.namespace) if repository.namespace else ()
    try:
        repository.password_file.open("rb").close()
        return run((*_ASK, *namespace), seconds=seconds, most_bytes=_MOST_BYTES, env={**env, **fingerprint})
    except OSError as error:
        raise not_read(error) from error
    except ProgramError as error:
        raise NotTold(str(error)) from error


def _snapshot(one: Mapping[str, Any]) -> Snapshot:
    made, is_whole = _instant(one["backup-time"]), one.get("size") is not None
    verification = one.get("verification")
    if verification is None:
        return Snapshot(made, is_whole)
    # UPID:node:pid:start of the process:number:start of the task:type:id:user:
    return Snapshot(made, is_whole, str(verification["state"]), _instant(int(verification["upid"].split(":")[5], 16)))


def _instant(seconds: float) -> Instant:
    """Raises ValueError, OverflowError or OSError for what is no time."""
    return int(datetime.fromtimestamp(seconds, UTC).timestamp())
