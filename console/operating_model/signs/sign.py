"""What a sign is: one thing that tells that a client's operating model is needed, or has to change (rows 45 to 48)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What is seen of a sign."""

    ON = "on"
    OFF = "off"
    UNMEASURED = "not measured"


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign, with the facts that it was read from: numbers and ids."""

    row: str
    """The row of the article (operating-model.md, 1.4)."""
    question: str
    state: State
    facts: tuple[str, ...]


def read(row: str, question: str, on: list[str], off: list[str]) -> Sign:
    """A sign: on where anything speaks for it, off where something was measured and nothing does."""
    if on:
        return Sign(row, question, State.ON, tuple(on))
    if off:
        return Sign(row, question, State.OFF, tuple(off))
    return Sign(row, question, State.UNMEASURED, ("nothing measures it yet",))


def listed(ids: list[str], most: int = 5) -> str:
    """Ids as a person reads them; a long list is cut, and says so."""
    rest = len(ids) - most
    return ", ".join(ids[:most]) + (f" and {rest} more" if rest > 0 else "")
