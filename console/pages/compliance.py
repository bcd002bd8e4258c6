"""Compliance: how long updates wait beside what the policy allows, which backups ran, and which leave is in force."""

from __future__ import annotations

from msgspec import Struct

from checks.finding import Status
from checks.reading import Instant
from console.pages.plan import WaiverRow
from console.pages.verb import CLIENT, Argument, Page

TABS = ("updates", "backups", "waivers")
SEVERITIES = ("critical", "high", "moderate", "low")


class Held(Struct, frozen=True):
    """One host in one severity (K6)."""

    severity: str
    state: str
    """`within` its limit, due `soon` (three days or less), `late`, `waived` or `unseen`."""
    days: int | None
    """Until the limit of the oldest update; negative beyond it; None where none waits, or nobody can see it."""
    words: str


class UpdateRow(Struct, frozen=True):
    """One host: how it stands in each severity that the policy limits, and what its agent says."""

    client: str
    host: str
    service: str
    """The name of the first service that stands on it."""
    held: tuple[Held, ...]
    looked_at: Instant | None
    """When it was looked at last, as records tell it."""
    says: str
    """What its agent saw, or ""."""
    status: Status
    waits: tuple[str, ...]
    """Each update that waits there, a line each."""


class Bar(Struct, frozen=True):
    """The hosts of one client in one severity, counted by how they stand: they add up to all of its hosts."""

    client: str
    severity: str
    limit_days: int
    within: int
    soon: int
    late: int
    waived: int
    unseen: int
    words: str
    light: str
    """`ok`, `watch`, `missed`, or ""."""


class JobRow(Struct, frozen=True):
    """One backup job over the last fourteen local days, or one backup that only an agent knows."""

    client: str
    job: str
    name: str
    host: str
    nights: str
    """A sign a day, today last: `▪` good, `!` warning, `×` failed, `–` missed, `?` unknown, ` ` nothing due."""
    good: int
    due: int
    """Runs that were due, and of which somebody knows."""
    age: str
    """How old its newest usable copy is now, beside what may be lost."""
    restore: str
    status: Status
    troubles: tuple[str, ...]
    """Each run that did not go well at once, a line each."""
    to: str = ""
    """Where its copies go."""
    last: str = ""
    """What came of the last run that is known, and of which; such as `Tue 10 Nov 23:00 failed`."""
    hint: str = ""
    """What that lets do next: a run that failed has a log, one that never ran has a schedule."""
    last_good: Instant | None = None
    """Of when its newest usable copy is."""
    sizes: tuple[int, ...] = ()
    """Bytes of the last runs that say so, the newest last."""


class Compliance(Struct, frozen=True):
    """The page; only the part that `tab` names is filled."""

    now: Instant
    tab: str
    bars: tuple[Bar, ...] = ()
    updates: tuple[UpdateRow, ...] = ()
    backups: tuple[JobRow, ...] = ()
    waivers: tuple[WaiverRow, ...] = ()


PAGES: tuple[Page, ...] = (
    Page(
        "compliance",
        "4",
        "Compliance",
        "updates, backups and leave beside their policy",
        Compliance,
        (CLIENT, Argument("tab", "which part", required=False, choices=TABS)),
        tabs=TABS,
    ),
)
