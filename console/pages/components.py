"""The six components of the operating model as tables, and one service as eight blocks."""

from __future__ import annotations

from msgspec import Struct

from checks.finding import Status
from checks.reading import Instant
from console.pages.blueprint import Blueprint
from console.pages.drafts import DraftRow
from console.pages.model import RevisionRow
from console.pages.sheet import Block
from console.pages.verb import CLIENT, Argument, Page

TABS = ("services", "organization", "processes", "governance", "sourcing", "measurement")
"""The six components."""
PARTS = (*TABS, "blueprint", "revisions")
"""Beside them the whole as a drawing, and how it came to be."""


class ComponentRow(Struct, frozen=True):
    """One thing that is written in a component, with what is live beside it."""

    client: str
    kind: str
    """`service`, `person`, `role`, `policy` …"""
    id: str
    """"" where a section is empty, and the row says what would be there."""
    name: str
    cells: dict[str, str]
    """By column: of services `state`, `owner`, `answers` …; of the others `who`, `says`, `now`."""
    tone: str
    detail: tuple[str, ...]
    page: str = ""
    arguments: tuple[tuple[str, str], ...] = ()


class Components(Struct, frozen=True):
    """One component of the clients that were asked for."""

    now: Instant
    tab: str
    clients: tuple[str, ...]
    answer: str
    tone: str
    rows: tuple[ComponentRow, ...]
    drawn: Blueprint | None = None
    """The tab `blueprint`: the first client's, in the layer of its structure."""
    drafts: tuple[DraftRow, ...] = ()
    """The tab `revisions`: what waits for a decision."""
    revisions: tuple[RevisionRow, ...] = ()
    """The tab `revisions`: what was published, the newest first."""


class ServicePage(Struct, frozen=True):
    """One service, in eight blocks."""

    now: Instant
    client: str
    client_name: str
    service: str
    name: str
    state: str
    status: Status
    why: str
    blocks: tuple[Block, ...]
    text: str = ""
    """The same as plain text, 80 columns wide."""


PAGES: tuple[Page, ...] = (
    Page(
        "components",
        "6",
        "Model",
        "the operating model: six components, what is written and what is live",
        Components,
        (
            CLIENT,
            Argument("tab", "which part", required=False, choices=PARTS),
            Argument("width", "how many cells there are for the drawing", required=False),
        ),
        tabs=PARTS,
        leads=("blueprint", "raci", "people", "drafts"),
    ),
    Page(
        "service",
        "",
        "Service",
        "one service: definition, hours, people, promise, parts, KPI, work, contracts",
        ServicePage,
        (CLIENT, Argument("service", "which service", picked=True)),
    ),
)
