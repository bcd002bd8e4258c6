"""The assessment as the desk shows it: gaps, checks, signs, promises, changes; and what can be done about a gap."""

from __future__ import annotations

from msgspec import Struct

from checks.reading import Instant
from console.pages.house import Done
from console.pages.verb import CLIENT, Argument, Page, Role, Verb

TABS = ("gaps", "checks", "signs", "promises", "compare")


class Overall(Struct, frozen=True):
    """One client, in one line."""

    client: str
    level: int
    """The lowest level of a component, 0 to 5."""
    mean: str
    """The mean score beside it, rounded down to 0.1."""
    strengths: int
    """How many of the 30 checks are passed."""
    only_on_paper: tuple[str, ...]
    """Components that are written down and not followed."""


class ComponentRow(Struct, frozen=True):
    """One of the six components."""

    client: str
    component: str
    score: str
    """0.0 to 5.0, rounded down."""
    level: int | None
    """0 to 5; None where nothing of it applies."""
    steps: tuple[str, ...]
    """For each of the five levels: `passed`, `partly`, `failed`, `not measured` or `not applicable`."""
    first: str
    """What to do first."""
    is_paper_only: bool


class CheckRow(Struct, frozen=True):
    """One of the 30 checks, answered."""

    client: str
    component: str
    level: int
    name: str
    """`named`, `written down`, `followed`, `measured` or `improving`."""
    text: str
    why: str
    source: str
    result: str
    """`2/3`, `not applicable` or `not measured`."""
    is_passed: bool
    passed: tuple[str, ...]
    failed: tuple[str, ...]
    advice: str


class SignRow(Struct, frozen=True):
    """One sign that an operating model is needed."""

    client: str
    row: str
    question: str
    state: str
    """`on`, `off` or `not measured`."""
    facts: tuple[str, ...]


class PromiseRow(Struct, frozen=True):
    """A promise that is stricter than what underpins it."""

    client: str
    key: str
    service: str
    kind: str
    contract: str
    severity: str
    evidence: str
    expected: str
    """Availability that all needs promise together, or ""."""


class OpenGap(Struct, frozen=True):
    """Something that is missing: accepted, but shown."""

    client: str
    key: str
    number: str
    title: str
    component: str
    about: str
    evidence: str
    owner: str
    owner_name: str
    fix: str
    why: str
    source: str
    treatments: tuple[str, ...]
    answer: str
    """The decision that accepts it or the action that works on it, or ""."""


class ChangeRow(Struct, frozen=True):
    """What is different from the earlier assessment."""

    client: str
    what: str
    """`opened`, `closed`, `score` or `level`."""
    about: str
    text: str


class Assessment(Struct, frozen=True):
    """The clients that were asked for, assessed. Parts that the tab does not show are empty."""

    now: Instant
    tab: str
    overall: tuple[Overall, ...]
    components: tuple[ComponentRow, ...]
    gaps: tuple[OpenGap, ...]
    checks: tuple[CheckRow, ...]
    needed: tuple[tuple[str, str], ...]
    """(client, the plain answer to “do I need this?”)."""
    signs: tuple[SignRow, ...]
    promises: tuple[PromiseRow, ...]
    against: tuple[tuple[str, str], ...]
    """(client, what it is compared with)."""
    changes: tuple[ChangeRow, ...]


class TreatmentRow(Struct, frozen=True):
    """One thing that can be done."""

    kind: str
    """`lower`, `raise`, `add`, `accept`, `change` or `act`."""
    sentence: str
    changes: tuple[tuple[str, str], ...]
    """(dotted path, new value as YAML)."""
    record: str
    """`action`, `decision`, or "" where the model is changed."""
    text: str
    owner: str
    owner_name: str
    expected: str


class Treatments(Struct, frozen=True):
    """A gap, and what can be done about it."""

    now: Instant
    client: str
    gap: str
    evidence: str
    rows: tuple[TreatmentRow, ...]


_GAP = Argument("gap", "which gap", picked=True)
_WHOSE = Argument("client", "which client", required=False, picked=True)

PAGES: tuple[Page, ...] = (
    Page(
        "assess",
        "7",
        "Assess",
        "what the model lacks, how far it is lived, and what changed",
        Assessment,
        (CLIENT, Argument("against", "a revision or a date to compare with", required=False)),
        TABS,
    ),
    Page("treatments", "", "Treatments", "what can be done about a gap", Treatments, (CLIENT, _GAP)),
)

VERBS: tuple[Verb, ...] = (
    Verb(
        "treat",
        "t",
        "draft it",
        "make a draft of the model change that treats a gap; its reason names the gap",
        Role.TECHNICIAN,
        Done,
        (
            _WHOSE,
            _GAP,
            Argument("treatment", "which treatment (lower, change …)", picked=True),
            Argument("reason", "why, beside the gap itself", required=False),
        ),
        ("treatments",),
    ),
    Verb(
        "accept-gap",
        "a",
        "accept",
        "write down that the client accepts a gap, until a day; it stays listed",
        Role.TECHNICIAN,
        Done,
        (
            _WHOSE,
            _GAP,
            Argument("by", "who of the client decides it"),
            Argument("expires", "until which day (2027-01-31)"),
            Argument("reason", "why"),
        ),
        ("treatments", "assess/gaps", "assess/promises"),
        asks_once=True,
    ),
    Verb(
        "act-on-gap",
        "w",
        "work on it",
        "write down who does what about a gap, by when",
        Role.TECHNICIAN,
        Done,
        (
            _WHOSE,
            _GAP,
            Argument("treatment", "which treatment (raise, add, act …)", required=False, picked=True),
            Argument("owner", "who does it", required=False),
            Argument("due", "by which day (2026-12-31)"),
        ),
        ("treatments", "assess/gaps", "assess/promises"),
    ),
)
