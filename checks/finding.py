"""What a judged reading means: a status, a sentence, and until when either holds."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from checks.reading import CheckName, Instant, Item


class Status(StrEnum):
    """How it stands. Every front end shows the sign and the word, never colour alone."""

    OK = "ok"
    NOT_DUE = "not due"
    WATCH = "watch"
    UNKNOWN = "unknown"
    BREACH = "breach"

    @property
    def sign(self) -> str:
        """The one character that stands for this status everywhere."""
        return _SIGNS[self]

    @property
    def rank(self) -> int:
        """0 is nothing to do; bigger is worse. Unknown is worse than watch and better than breach, on purpose."""
        return _RANKS[self]


_SIGNS = {Status.OK: "●", Status.WATCH: "▲", Status.BREACH: "■", Status.UNKNOWN: "○", Status.NOT_DUE: "·"}
_RANKS = {Status.NOT_DUE: 0, Status.OK: 1, Status.WATCH: 2, Status.UNKNOWN: 3, Status.BREACH: 4}


class Impact(StrEnum):
    """What a breach of a check does to the services that need the host (operating-model.md, 4.1)."""

    DOWN = "down"
    DEGRADED = "degraded"
    AT_RISK = "at risk"


class Finding(Struct, frozen=True, omit_defaults=True):
    """One check about one subject of one host, judged."""

    check: CheckName
    subject: str
    status: Status
    sentence: str
    taken_at: Instant
    """When the evidence was taken."""
    evidence_until: Instant
    """From this instant the status is unknown, if nothing new arrives."""
    holds_until: Instant | None = None
    """From this instant the status is worse although nothing new arrived (a backup grows late), if known."""
    value: float | None = None
    items: tuple[Item, ...] = ()


def worst(statuses: Iterable[Status]) -> Status:
    """The status that needs a person first; NOT_DUE where there is none."""
    return max(statuses, key=lambda status: status.rank, default=Status.NOT_DUE)
