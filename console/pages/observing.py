"""A model drafted from what agents report: observed, not agreed."""

from __future__ import annotations

from msgspec import Struct

from checks.reading import Instant
from console.pages.verb import CLIENT, Page


class Draft(Struct, frozen=True):
    """One client as its agents show it, as YAML that a person completes and publishes."""

    now: Instant
    client: str
    hosts: int
    """How many hosts are in it."""
    text: str


PAGES: tuple[Page, ...] = (
    Page("observed", "", "Observed", "a model from what is seen: observed, not agreed", Draft, (CLIENT,)),
)
