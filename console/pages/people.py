"""People: everybody with what hangs on them, one person's page, and the hand-out that is put on the wall."""

from __future__ import annotations

from msgspec import Struct

from checks.reading import Instant
from console.pages.sheet import Block
from console.pages.verb import CLIENT, Argument, Page


class PersonRow(Struct, frozen=True):
    """One person, counted."""

    person: str
    name: str
    org: str
    title: str
    clients: tuple[str, ...]
    owns: int
    """Services."""
    answers: int
    does: int
    deputises: int
    alone: tuple[str, ...]
    """`client/service` that nobody else can do (bus factor 1)."""
    on_call: bool
    incidents: int
    """Open ones that they own."""
    next_date: str
    """The nearest date that falls on them, or ""."""
    is_here: bool


class OrphanRow(Struct, frozen=True):
    """Something whose person is not here."""

    client: str
    thing: str
    id: str
    part: str
    person: str
    text: str


class People(Struct, frozen=True):
    """Everybody, and what hangs on nobody."""

    now: Instant
    rows: tuple[PersonRow, ...]
    orphans: tuple[OrphanRow, ...]


class Who(Struct, frozen=True):
    """One person's page."""

    now: Instant
    person: str
    name: str
    org: str
    title: str
    contact: str
    clients: tuple[str, ...]
    blocks: tuple[Block, ...]
    text: str = ""
    """The same as plain text, 80 columns wide."""


class Handout(Struct, frozen=True):
    """A page to put on the wall, signed with revision and date."""

    now: Instant
    title: str
    form: str
    text: str


PAGES: tuple[Page, ...] = (
    Page(
        "people",
        "P",
        "People",
        "everybody with what hangs on them, and what hangs on nobody",
        People,
        (CLIENT, Argument("date", "on which date, such as 2027-01-31", required=False)),
    ),
    Page(
        "who",
        "",
        "Person",
        "what one person owns, answers for, does, decides, and when",
        Who,
        (CLIENT, Argument("person", "who: id, login or name")),
    ),
    Page(
        "handout",
        "",
        "Hand-out",
        "a page for one person, one team or one client to put on the wall",
        Handout,
        (
            CLIENT,
            Argument("person", "for which person", required=False),
            Argument("team", "for which team", required=False),
            Argument("form", "text, markdown or html", required=False, choices=("text", "markdown", "html")),
        ),
        is_export=True,
    ),
)
