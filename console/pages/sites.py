"""A place of a client's, as somebody who goes there needs it."""

from __future__ import annotations

from msgspec import Struct

from checks.reading import Instant
from console.pages.verb import CLIENT, Argument, Page


class SiteHost(Struct, frozen=True):
    """A host as a visitor meets it."""

    host: str
    role: str
    os: str
    runs_on: str
    services: tuple[str, ...]
    dates: tuple[str, ...]


class Site(Struct, frozen=True):
    """A place of a client's, as a visitor needs it; nothing in it is live."""

    now: Instant
    client: str
    client_name: str
    site: str
    name: str
    address: str
    access: str
    notes: str
    contacts: tuple[str, ...]
    """Name, telephone and mail of each."""
    suppliers: tuple[str, ...]
    """Of lines and applications there: whom to call, with which account."""
    hosts: tuple[SiteHost, ...]
    dates: tuple[str, ...]
    """Open days that concern the place, the next one first."""


PAGES: tuple[Page, ...] = (
    Page(
        "site",
        "",
        "Site",
        "a place: the way in, contacts, hosts, what is due there",
        Site,
        (CLIENT, Argument("site", "which site", picked=True)),
    ),
)
