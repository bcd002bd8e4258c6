"""Drafts of models: what somebody proposes, what it would change, and who says what to it."""

from __future__ import annotations

from msgspec import Struct

from checks.finding import Status
from checks.reading import Instant
from console.pages.house import Done
from console.pages.model import BY, OVERRULE, REASON, Diff, Signature
from console.pages.verb import CLIENT, Argument, Page, Role, Verb


class DraftRow(Struct, frozen=True):
    """One draft."""

    model: str
    sha256: str
    """The hash that it gets as a revision, and that sign-offs name."""
    base: int | None
    at: Instant
    author: str
    reason: str
    state: str
    """`open`, `behind` (something else was published since), `published` or `withdrawn`."""
    signatures: tuple[Signature, ...]


class Drafts(Struct, frozen=True):
    """The page."""

    now: Instant
    rows: tuple[DraftRow, ...]


class Judged(Struct, frozen=True):
    """A finding that would stand otherwise."""

    client: str
    host: str
    check: str
    subject: str
    before: Status
    after: Status
    sentence: str
    """As it would read."""


class Moved(Struct, frozen=True):
    """A host whose services, or whose people, would be others."""

    client: str
    host: str
    before: str
    after: str


class Promised(Struct, frozen=True):
    """A promise that would stand otherwise from next Monday on, if nothing more is lost."""

    client: str
    service: str
    name: str
    since: str
    """The local day, such as `Mon 16 Nov`."""
    before: str
    """What would be left of its budget, and its light: `5 min 22 s (13 %) ▲ WATCH`."""
    after: str


class Impact(Struct, frozen=True):
    """What a text would change if it were in force now."""

    gaps_closed: tuple[str, ...]
    gaps_opened: tuple[str, ...]
    judged: tuple[Judged, ...]
    moved: tuple[Moved, ...]
    promised: tuple[Promised, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether nothing that can be told would change."""
        return not (self.gaps_closed or self.gaps_opened or self.judged or self.moved or self.promised)


class DraftPage(Struct, frozen=True):
    """One draft with everything that whoever decides about it should know."""

    now: Instant
    row: DraftRow
    diff: Diff
    impact: Impact
    unsigned: tuple[str, ...]
    """Who must sign and has not said yes."""


DRAFT = Argument("draft", "which draft: the first characters of its hash", picked=True)
_SCREENS = ("drafts", "draft", "components/revisions")

PAGES: tuple[Page, ...] = (
    Page("drafts", "D", "Drafts", "changes to the model that somebody proposes", Drafts, (CLIENT,)),
    Page("draft", "", "Draft", "one draft: what it changes, and who says what to it", DraftPage, (DRAFT,)),
)

VERBS: tuple[Verb, ...] = (
    Verb(
        "propose",
        "",
        "propose",
        "keep a model file as a draft that others can look at and sign",
        Role.TECHNICIAN,
        Done,
        (Argument("documents", "a YAML file"), REASON),
    ),
    Verb(
        "publish-draft",
        "p",
        "publish",
        "put a draft in force as it was proposed and signed",
        Role.LEAD,
        Done,
        (DRAFT, Argument("reason", "why (by default the draft's own)", required=False, aside=True), BY, OVERRULE),
        _SCREENS,
        asks_once=True,
    ),
    Verb(
        "sign",
        "S",
        "sign",
        "say yes, yes with a remark, or no to a draft, or to what is in force",
        Role.TECHNICIAN,
        Done,
        (
            Argument("client", "which client's model", picked=True),
            Argument("draft", "which draft (by default what is in force)", required=False, picked=True),
            Argument("vote", "which vote", choices=("approve", "remark", "object")),
            Argument("person", "who says it, where that is not you", required=False),
            Argument("note", "what they say", required=False),
        ),
        _SCREENS,
    ),
    Verb(
        "withdraw",
        "w",
        "withdraw",
        "take a draft back; it stays readable",
        Role.TECHNICIAN,
        Done,
        (DRAFT,),
        _SCREENS,
        asks_once=True,
    ),
    Verb(
        "impact",
        "",
        "impact",
        "what model files would change if they were in force now",
        Role.VIEWER,
        Impact,
        (Argument("documents", "YAML files"),),
    ),
)
