"""The blueprint: people × processes × services × hosts × suppliers, as lines and as a picture; and who does what."""

from __future__ import annotations

from msgspec import Struct

from checks.reading import Instant
from console.pages.verb import CLIENT, Argument, Page

LAYERS = ("structure", "raci", "now", "kpi")


class Piece(Struct, frozen=True):
    """A stretch of a line: its text, and the tone it is said in."""

    text: str
    tone: str


class DrawnLine(Struct, frozen=True):
    """One line of the drawing; `about` is the service or process that stands on it, or ""."""

    pieces: tuple[Piece, ...]
    about: str


class Blueprint(Struct, frozen=True):
    """One client's model, drawn."""

    now: Instant
    client: str
    client_name: str
    layer: str
    """`structure`, `raci`, `now` or `kpi`."""
    answer: str
    tone: str
    is_outline: bool
    """Whether the columns did not fit the width that was asked for."""
    lines: tuple[DrawnLine, ...]
    sentences: tuple[str, ...]
    legend: tuple[str, ...]
    svg: str = ""
    """The same as a picture that stands on its own, where that was asked for."""


class RaciRow(Struct, frozen=True):
    """Who does (R), answers for (A), stands in (D), is asked (C) and is told (I) of one service or process."""

    kind: str
    """`service` or `process`."""
    about: str
    name: str
    letters: dict[str, str]
    """Person or supplier → their letters."""


class Raci(Struct, frozen=True):
    """Who does what, on one page."""

    now: Instant
    client: str
    client_name: str
    people: dict[str, str]
    """Id → name, in the order of the columns."""
    rows: tuple[RaciRow, ...]


PAGES: tuple[Page, ...] = (
    Page(
        "blueprint",
        "B",
        "Blueprint",
        "people, processes, services, hosts and suppliers, and the lines between them",
        Blueprint,
        (
            CLIENT,
            Argument("service", "whose people light up", required=False),
            Argument("width", "how many cells there are for it", required=False),
            Argument("format", "text or svg", required=False, choices=("text", "svg")),
        ),
        tabs=LAYERS,
    ),
    Page("raci", "W", "Who does what", "people by services and processes, with their letters", Raci, (CLIENT,)),
)
