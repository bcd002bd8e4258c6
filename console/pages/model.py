"""The operating model as the desk shows it: what is published, what is wrong with a draft."""

from __future__ import annotations

from msgspec import Struct

from checks.reading import Instant
from console.pages.verb import Argument, Page, Role, Verb


class Problem(Struct, frozen=True):
    """One thing that keeps a model from being published."""

    file: str
    line: int
    column: int
    where: str
    """The path inside the document: `services.erp.owner`."""
    text: str
    """What is wrong, and what to do."""


class Checked(Struct, frozen=True):
    """All problems at once; none means that it can be published."""

    problems: tuple[Problem, ...]
    summary: str


class Document(Struct, frozen=True):
    """One YAML file, as written."""

    name: str
    text: str


class Published(Struct, frozen=True):
    """A revision: number, parent, hash."""

    model: str
    """`provider`, or the client's id."""
    revision: int
    parent: int | None
    at: Instant
    author: str
    reason: str
    sha256: str
    text: str = ""


class Models(Struct, frozen=True):
    """What is published now."""

    now: Instant
    heads: tuple[Published, ...]


PAGES: tuple[Page, ...] = (Page("model", "", "Published", "the published operating model", Models),)

VERBS: tuple[Verb, ...] = (
    Verb(
        "check-model",
        "",
        "check",
        "tell everything that is wrong with model files",
        Role.VIEWER,
        Checked,
        (Argument("documents", "YAML files"),),
    ),
    Verb(
        "publish",
        "",
        "publish",
        "make model files the ones in force",
        Role.LEAD,
        Published,
        (
            Argument("documents", "YAML files"),
            Argument("reason", "why"),
            Argument("by", "who decides it", required=False),
        ),
        asks_once=True,
    ),
    Verb(
        "show-model",
        "",
        "show",
        "one published model as it was written",
        Role.VIEWER,
        Published,
        (Argument("model", "provider, or a client"),),
    ),
)
