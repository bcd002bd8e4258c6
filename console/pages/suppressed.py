"""What alarms nobody just now, or lately did not: why, until when, and what came of it."""

from __future__ import annotations

from msgspec import Struct

from checks.finding import Status
from checks.reading import Instant
from console.pages.verb import CLIENT, Page


class SuppressedRow(Struct, frozen=True):
    """One finding that is held back, or was."""

    client: str
    host: str
    check: str
    title: str
    subject: str
    status: Status
    why: str
    """`unconfirmed`, `maintenance`, `flapping`, `presence` or `symptom`."""
    about: str
    """What holds it back, as a sentence."""
    since: Instant
    until: Instant | None
    """When it is told at the latest, if it lasts; of what is over, when it ended; None where no time says so."""
    came: str = ""
    """"" while it is held back; then `raised`, `passed` (it was well before anybody had to know) or `held on`."""
    incident: int | None = None
    """The incident that has it: the root of a symptom, or the one that flaps."""


class Suppressed(Struct, frozen=True):
    """The page: what is held back now, then what was in the last week, the newest first."""

    now: Instant
    rows: tuple[SuppressedRow, ...]
    held: int
    """How many are held back now."""


PAGES: tuple[Page, ...] = (
    Page("suppressed", "", "Suppressed", "what alarms nobody just now, why, and until when", Suppressed, (CLIENT,)),
)
