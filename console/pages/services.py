"""Services: what the client buys, how it stands, who answers, what was promised."""

from __future__ import annotations

from msgspec import Struct

from checks.finding import Status
from checks.reading import Instant
from console.pages.verb import CLIENT, Page


class ServiceRow(Struct, frozen=True):
    """One service of one client, as it stands."""

    client: str
    service: str
    name: str
    owner: str
    """The person's id in the model."""
    owner_name: str
    criticality: str
    state: str
    """`up`, `degraded`, `down` or `unknown` (operating-model.md, 3.1)."""
    status: Status
    since: Instant | None
    hours: str
    covered_now: bool
    """Whether its service hours include this instant."""
    needs: tuple[str, ...]
    sla: str
    """The promise in words: `own 15 min · solve 4 h`."""
    target: float | None
    """Promised availability as a fraction, if any."""
    open_incidents: int
    why: str
    """The sentence of the worst finding that touches it, or ""."""
    week: str = ""
    """Its availability this week so far, such as `97.91 %`; not older than a few minutes, as all that follows."""
    month: str = ""
    """The same over the 28 days that end with the week."""
    budget: str = ""
    """What is left of its error budget, such as `5 min 22 s (13 %)`; "" where nothing is promised."""
    light: str = ""
    """`ok`, `watch`, `missed`, or "" where nothing is promised or due (5.1)."""
    burning: str = ""
    """Which share of the budget goes too fast: `burns 8.40 times over 1 h of service, alarm above 7.00`; or ""."""
    forecast: str = ""
    """`at this pace the promise breaks Thu 14:00`, or ""."""


class Services(Struct, frozen=True):
    """The page."""

    now: Instant
    rows: tuple[ServiceRow, ...]


PAGES: tuple[Page, ...] = (
    Page("services", "2", "Services", "what the client buys, how it stands, who answers", Services, (CLIENT,)),
)
