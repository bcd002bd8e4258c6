"""The sections of a week's page (operating-model.md, 5.2 and 5.3): lines as a client and an owner read them."""

from __future__ import annotations

from msgspec import Struct

from checks.reading import Instant
from console.pages.figures import Exact, Figure


class Contract(Struct, frozen=True):
    """One service in contract terms: causes that the SLA excludes are taken out of both sides (3.1)."""

    availability: str
    month: str
    budget_left: str
    light: str
    words: str
    """Beside the light, such as `unproven, 30 min unseen`."""


class HelpLine(Struct, frozen=True):
    """One promise of help: `own` or `resolve`."""

    promise: str
    met: int
    due: int
    share: str
    want: str
    light: str


class Help(Struct, frozen=True):
    """How help was given."""

    lines: tuple[HelpLine, ...]
    late: tuple[str, ...] = ()
    open: int = 0
    waiting: int = 0
    """How many of the open ones wait for the client."""
    typical: str = ""
    on_site: int = 0


class JobLine(Struct, frozen=True):
    """One backup job over the nights (or days) of the week."""

    job: str
    name: str
    good: int
    due: int
    """Runs that were due, and of which somebody knows."""
    nights: str
    """A sign a local day: `▪` good, `!` warning, `×` failed, `–` missed, `?` unknown, ` ` nothing due."""
    worst_age: str = ""
    restore: str = ""
    light: str = ""


class UpdateLine(Struct, frozen=True):
    """Hosts by how they stand with updates of some severities that stand alike."""

    severities: tuple[str, ...]
    good: int
    waived: int
    late: int
    due_soon: int
    unseen: int
    words: str
    light: str


class Risk(Struct, frozen=True):
    """One risk in a sentence, the weightiest first."""

    text: str
    about: str = ""


class ActionLine(Struct, frozen=True):
    """What will be done, by whom, until when."""

    action: str
    what: str
    who: str
    due: str
    """As a reader sees it, local."""
    needs_ok: bool = False
    about: str = ""


class Decide(Struct, frozen=True):
    """What the client is asked to decide."""

    decision: str
    what: str
    by: str = ""


class Comment(Struct, frozen=True):
    """What somebody has to say about a row of the week."""

    about: str
    """`K1/erp`, `K8`, `host/ws-cad1` …"""
    text: str
    by_name: str


class Maturity(Struct, frozen=True):
    """How far one component of the operating model is lived at the end of the week (2.5)."""

    component: str
    level: int | None
    """0 to 5: every level up to it is passed; None where nothing of it applies."""
    score: Exact
    """0 to 5, exact."""
    shows: str
    change: str = ""
    """How the score moved since the frozen week before, such as `+0.4`; "" where it did not, or is not known."""


class Staff(Struct, frozen=True):
    """What one of our technicians had and did in the week, as far as this client's records say (K18)."""

    person: str
    name: str
    minutes: int
    """Technical minutes of a whole week."""
    days: tuple[str, ...]
    """The days of the week on which they have a shift."""
    away: tuple[str, ...]
    """Those of them on which an approved absence has them elsewhere."""
    logged: int
    """Minutes logged at this client."""
    ahead: tuple[str, ...] = ()
    """The days of the next week on which they have a shift, and are not away."""
    planned: int | None = None
    """Minutes left of the estimates of their open actions that are due by the end of the next week; None where none of
    those is estimated."""
    unestimated: int = 0
    """How many of those actions have no estimate."""


class OwnerSection(Struct, frozen=True):
    """One section of 5.3, such as `B` Breaches; its lines, or why there are none."""

    letter: str
    title: str
    lines: tuple[str, ...]


class Restated(Struct, frozen=True):
    """One figure of an earlier week that changed after it was frozen."""

    week: str
    was: Figure
    now: Figure
    why: str


class Freeze(Struct, frozen=True):
    """What a frozen week was made from."""

    at: Instant
    by: str
    by_name: str
    inputs_sha256: str
    """Of every record and of the model revision that it was made from."""
    revision: str
    formula: str
