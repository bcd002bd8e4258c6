"""The two ends of a shift: what came since you left, and what goes to whoever comes after you (J1, J8)."""

from __future__ import annotations

from msgspec import Struct

from checks.finding import Status
from checks.reading import Instant
from console.pages.house import Done
from console.pages.triage import Clock
from console.pages.verb import CLIENT, Page, Role, Verb


class NewsRow(Struct, frozen=True):
    """One thing that happened while somebody was away."""

    kind: str
    """`new`, `cleared` (by itself), `ended` (by somebody) or `silent`."""
    at: Instant
    client: str
    host: str
    incident: int
    """0 for what is no incident."""
    what: str
    by: str
    """Who owns it, or ended it; "" for nobody."""
    status: Status


class News(Struct, frozen=True):
    """The page, the newest first."""

    now: Instant
    since: Instant
    left_at: Instant | None
    """When the reader left; None where they were never here, so that the last day is told."""
    rows: tuple[NewsRow, ...]


class HandRow(Struct, frozen=True):
    """One incident that goes to the next shift, or that comes from the one before."""

    incident: int
    client: str
    service_name: str
    title: str
    severity: str
    status: Status
    why: str
    """`S2`, `due before your next shift`, or whose offer it is."""
    clock: Clock | None
    to: str
    """Whom it is offered to, by name; "" where nobody was asked yet."""
    text: str
    """What was said with the offer."""
    is_offered_to_you: bool = False


class HandOver(Struct, frozen=True):
    """The page: nothing leaves it but by an acceptance, an end, or the owner's next shift."""

    now: Instant
    name: str
    ends_at: Instant | None
    """When the reader's shift ends; None outside of one."""
    begins_at: Instant | None
    """When their next one begins; None where the model has none."""
    next_up: tuple[str, ...]
    """Who is at work after them, or on call."""
    rows: tuple[HandRow, ...]


PAGES: tuple[Page, ...] = (
    Page("news", "N", "News", "what came, cleared and fell silent since you left", News, (CLIENT,)),
    Page("handover", "", "Hand-over", "what goes to the next shift, and what is offered to you", HandOver, (CLIENT,)),
)

VERBS: tuple[Verb, ...] = (
    Verb(
        "hand-over",
        "h",
        "hand over",
        "list what cannot wait for your next shift, to offer each to somebody",
        Role.VIEWER,
        Done,
        (),
        ("triage",),
    ),
)
