"""Backups of guests by Proxmox VE (vzdump), by the node's index of tasks that ended.

A line is the task's id, when it ended (hexadecimal, as in the id), and its status: `OK`, `WARNINGS: n`, or an error.
A task that backs up several guests names none (https://pve.proxmox.com/pve-docs/, PVE::Tools and PVE::RESTEnvironment).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from agent.looking import Look
from agent.sources import logs
from agent.sources.logs import NotTold
from agent.sources.sessions import Session

_INDEX = "var/log/pve/tasks/index"
_HERE = "usr/bin/pvesh"
_LINE = re.compile(
    r"UPID:[^:]*:[0-9A-F]+:[0-9A-F]+:(?P<started>[0-9A-F]{8}):vzdump:(?P<guest>[^:]*):[^:]*: [0-9A-F]+ (?P<status>.+)"
)
_WARNED = "WARNINGS"


def sessions(root: Path) -> list[Session]:
    """The backups that ended; empty where this is no node of Proxmox VE. Raises NotTold."""
    return list(_sessions(logs.text(root / _INDEX))) if _is_node(root) else []


def fingerprint(at: Look) -> str:
    """Changes with every task that ends; empty where this is no node."""
    try:
        return logs.fingerprint(at.root / _INDEX, at.now) if _is_node(at.root) else ""
    except NotTold as error:
        return str(error)


def _is_node(root: Path) -> bool:
    return (root / _HERE).exists()


def _sessions(text: str) -> Iterator[Session]:
    for found in filter(None, map(_LINE.fullmatch, text.splitlines())):
        status = found["status"].strip()
        is_copy = status == "OK" or status.startswith(_WARNED)
        job = f"guest {found['guest']}" if found["guest"] else "guests of a job"
        yield Session(job, int(found["started"], 16), is_copy=is_copy, is_well=status == "OK", said=status)
