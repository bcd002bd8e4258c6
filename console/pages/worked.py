"""The worked examples of the paper beside what the product makes of the same data."""

from __future__ import annotations

from msgspec import Struct

from checks.reading import Instant
from console.pages.verb import Page


class WorkedRow(Struct, frozen=True):
    """One worked example."""

    id: str
    """`W1` … `W38` of operating-model.md, 3.4, or `TL1` … of 4.5."""
    given: str
    paper: str
    """What the paper says that it shows."""
    product: str
    """What the product says, or why it cannot."""
    agrees: bool


class Worked(Struct, frozen=True):
    """All of them; those of the golden week need the example's records in the store."""

    now: Instant
    rows: tuple[WorkedRow, ...]


PAGES: tuple[Page, ...] = (
    Page("worked", "", "Worked examples", "the example week's worked numbers beside the product's", Worked),
)
