"""One window of planned work: what it takes away, what it goes against, and how far each host is (J4)."""

from __future__ import annotations

from msgspec import Struct

from checks.finding import Status
from checks.reading import Instant
from console.pages.plan import MaintenanceRow
from console.pages.verb import CLIENT, Argument, Page


class HostStep(Struct, frozen=True):
    """One host of a window, as evidence has it."""

    host: str
    batch: int
    """Hosts of one batch are worked on together; no redundant service loses too many members in one."""
    stage: str
    """`pending`, `installed` (it waits for a restart), `reboot`, `healthy`, `trouble` or `unseen`."""
    status: Status
    sentence: str
    waiting_before: int | None
    """Updates that waited just before the window began; None where nobody says."""
    waiting: int | None
    looked_at: Instant | None
    outcome: str = ""
    """Its stage when the window was closed; "" before that."""


class ServiceHit(Struct, frozen=True):
    """One service that the hosts carry."""

    service: str
    name: str
    state: str
    status: Status
    is_excused: bool
    goes_whole: bool
    """Too few of its members stay outside of the window."""


class Maintenance(Struct, frozen=True):
    """The page."""

    now: Instant
    row: MaintenanceRow
    next_step: str
    overrun: int
    """Seconds since its end in which it was not closed; 0 before that, and once it is over."""
    hosts: tuple[HostStep, ...]
    services: tuple[ServiceHit, ...]
    against: tuple[str, ...]
    """Needs of stakeholders that it goes against, a sentence each."""
    waivers: tuple[str, ...]
    """Waivers of its hosts, and when they end, a sentence each."""


WINDOW = Argument("maintenance", "which window", picked=True)

PAGES: tuple[Page, ...] = (
    Page(
        "maintenance",
        "",
        "Window",
        "one window of planned work: what it takes away, and how far each host is",
        Maintenance,
        (CLIENT, WINDOW),
    ),
)
