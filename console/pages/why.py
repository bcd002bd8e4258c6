"""Why an incident stands where it stands in triage: its rank, every criterion, and what would move it."""

from __future__ import annotations

from msgspec import Struct

from checks.reading import Instant
from console.pages.house import Done
from console.pages.verb import INCIDENT, Page, Role, Verb


class Criterion(Struct, frozen=True):
    """One thing that the rule looks at, in the order in which it decides."""

    name: str
    title: str
    value: str
    source: str
    """`always`, or the model whose rule names it."""
    ahead_of: tuple[int, ...]
    """Incidents of the same client that stand behind it because of this."""
    behind: tuple[int, ...]
    """Those that stand before it because of this."""


class Why(Struct, frozen=True):
    """The page."""

    now: Instant
    incident: int
    client: str
    what: str
    rank: int
    """1 is the first."""
    of: int
    sentence: str
    order: tuple[str, ...]
    """The rule of its client, from the model in force; empty where it has none."""
    criteria: tuple[Criterion, ...]
    moves: tuple[str, ...]
    """What would move it."""


PAGES: tuple[Page, ...] = (
    Page("why", "", "Why first", "why an incident stands where it stands in triage", Why, (INCIDENT,)),
)

VERBS: tuple[Verb, ...] = (
    Verb(
        "why",
        "y",
        "why first",
        "show why this stands where it stands: every criterion with its value, and what would move it",
        Role.VIEWER,
        Done,
        (INCIDENT,),
        ("triage", "incidents", "incident"),
    ),
)
