"""Which machine a key belongs to: a hash of the machine's own ids, so that a copied folder does not speak for two."""

from __future__ import annotations

import hashlib
from pathlib import Path

_MACHINE_ID = Path("/etc/machine-id")


class Copied(Exception):
    """This key was made on another machine: says what to do."""


def bound_to() -> str:
    """A hash that tells this machine from a copy of its disk, as far as it can be told without root."""
    try:
        own = _MACHINE_ID.read_text().strip()
    except OSError:
        own = ""
    return hashlib.sha256(f"watchbill agent\n{own}".encode()).hexdigest()


def check(binding: str) -> None:
    """Raises Copied where the key was bound to another machine."""
    if binding != bound_to():
        raise Copied("this agent's key was made on another machine (a clone?); run `watchbill-agent join --force`")
