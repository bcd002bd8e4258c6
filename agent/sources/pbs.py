"""Proxmox Backup Server, asked by its client: the password stays in its file, nothing is locked.

https://pbs.proxmox.com/docs/backup-client.html: `snapshot list` as JSON, and the variables of its environment.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from agent.looking import Look, PbsRepository
from agent.programs import ProgramError, run
from agent.sources.logs import NotTold
from checks.reading import Instant

_MOST_BYTES = 32 << 20


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One snapshot of one group (such as `vm/100`)."""

    group: str
    at: Instant
    state: str
    """Of its last verification: `ok`, `failed`; empty where there was none."""


def snapshots(repository: PbsRepository) -> list[Snapshot]:
    """Every snapshot, oldest first. Raises NotTold."""
    env = {"PBS_REPOSITORY": repository.repository, "PBS_PASSWORD_FILE": str(repository.password_file)}
    if repository.fingerprint:
        env["PBS_FINGERPRINT"] = repository.fingerprint
    argv = ["proxmox-backup-client", "snapshot", "list", "--output-format", "json"]
    try:
        ran = run(argv, seconds=60, most_bytes=_MOST_BYTES, env=env)
    except ProgramError as error:
        raise NotTold(str(error)) from error
    if ran.status:
        raise NotTold(f"proxmox-backup-client ended with {ran.status}: {' '.join(ran.err.split())[:200]}")
    try:
        found = [_snapshot(one) for one in json.loads(ran.out)]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotTold(f"proxmox-backup-client said what nobody understands: {error}") from error
    return sorted(found, key=lambda one: one.at)


def quarter(at: Look) -> str:
    """A server elsewhere tells nobody that something came: asked every quarter of an hour."""
    return f"{at.now // 900}" if at.asked.pbs else ""


def _snapshot(row: dict[str, Any]) -> Snapshot:
    state = str(row["verification"]["state"]) if row.get("verification") else ""
    return Snapshot(f"{row['backup-type']}/{row['backup-id']}", int(row["backup-time"]), state)
