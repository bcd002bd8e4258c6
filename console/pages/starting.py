"""A first model: the questions whose answers make one, and the presets that it begins with."""

from __future__ import annotations

from msgspec import Struct

from checks.reading import Instant
from console.pages.model import Document, Problem
from console.pages.verb import Argument, Page, Role, Verb

PRESETS = ("manufacturing", "dental", "legal")


class Question(Struct, frozen=True):
    """One thing that a first model must know; Enter takes the default."""

    name: str
    asks: str
    default: str
    is_ours: bool = False
    """Whether it is about the provider, and asked only where no `provider.yaml` is in force."""


QUESTIONS: tuple[Question, ...] = (
    Question("provider", "What is your company called?", "My IT company", is_ours=True),
    Question("me", "What is your name?", "", is_ours=True),
    Question("colleague", "Who stands in for you? (may be left empty)", "", is_ours=True),
    Question("client", "What is the client called?", "First client"),
    Question("preset", "What kind of client is it?", "manufacturing"),
    Question("zone", "In which time zone is it?", ""),
    Question("users", "How many people work there?", "10"),
    Question("contact", "Who decides there?", "Office manager"),
    Question("servers", "Its servers, the one with the main application first?", "srv01, srv02"),
    Question("workstations", "Its workplaces?", ", ".join(f"pc{number:02d}" for number in range(1, 9))),
    Question("internet", "Who delivers the internet line?", "Internet provider"),
    Question("vendor", "Who makes the main application?", "Software vendor"),
)
"""At most twelve (row 49). A default of "" is what this machine knows: the account's name, its time zone."""


class FirstModel(Struct, frozen=True):
    """A model made out of answers."""

    files: tuple[Document, ...]
    problems: tuple[Problem, ...]
    """What keeps it from being published, where an answer was not what it should be."""
    gaps: tuple[str, ...]
    """What it lacks, as the assessment will say."""


class PresetRow(Struct, frozen=True):
    """One preset."""

    name: str
    version: int
    title: str
    contents: str


class Presets(Struct, frozen=True):
    """The presets that ship with this version."""

    now: Instant
    rows: tuple[PresetRow, ...]


PAGES: tuple[Page, ...] = (Page("presets", "", "Presets", "what a first model can begin with", Presets),)

VERBS: tuple[Verb, ...] = (
    Verb(
        "init-model",
        "",
        "first model",
        "make a model out of a few answers; nothing is published",
        Role.VIEWER,
        FirstModel,
        tuple(
            Argument(one.name, one.asks, required=False, choices=PRESETS if one.name == "preset" else ())
            for one in QUESTIONS
        ),
    ),
)
