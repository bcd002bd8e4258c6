"""What is to be installed, on any system."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from agent.installing.steps import NotInstalled

ACCOUNT = "watchbill"
"""What the account is called where nobody names another."""
RECORD = "installed.json"
"""The file in which an installation says what it made, where the agent keeps what it keeps."""
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./_-")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be installed."""

    program: Path
    account: str = ACCOUNT
    pace: int = 300
    """Seconds between two check-ins of a timer."""
    by_timer: bool = False
    helper: bool = False
    """Whether root's helper comes with it (docs/root-helper.md)."""
    starts: bool = False
    """Whether it starts now; one that has not joined would end at once."""


def refuse_odd(wanted: Wanted) -> None:
    """Raises NotInstalled for names that a file of a system cannot hold, and for a program that nobody else enters."""
    for name, value in (("--user", wanted.account), ("the program's path", str(wanted.program))):
        if not value or set(value) - _PLAIN:
            raise NotInstalled(f"{name} {value!r} has characters that a unit cannot hold; use letters, digits, ./_-")
    closed = [folder for folder in wanted.program.resolve().parents if not folder.stat().st_mode & 0o001]
    if closed:
        told = f"{wanted.account} cannot run {wanted.program}: nobody but its owner enters {closed[-1]}"
        raise NotInstalled(f"{told}; install the agent for all accounts, as in /opt/watchbill")
