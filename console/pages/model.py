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
    base: int | None = None
    """The revision that it was edited from, where the text itself does not say."""


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
    together: tuple[Published, ...] = ()
    """All that was published in one go, in the order of the files; it is the last of them."""


class Pulled(Struct, frozen=True):
    """A model in force, ready to be edited: its base is in it."""

    model: str
    revision: int
    sha256: str
    text: str
    parts: tuple[Document, ...]
    """The files that it was published from: one, or several whose text is together above."""


class Exported(Struct, frozen=True):
    """A model with everything that it inherits."""

    model: str
    revision: int
    sha256: str
    text: str
    """JSON: durations in seconds, shares as fractions of 1, days as ISO dates."""


class Diff(Struct, frozen=True):
    """What two texts say differently."""

    lines: tuple[str, ...]
    """A unified diff of the texts."""
    changes: tuple[str, ...]
    """What it means: `services.erp.slo.availability: 99.5 → 99.9`."""


class Verified(Struct, frozen=True):
    """Whether every revision is what was published."""

    now: Instant
    revisions: int
    problems: tuple[str, ...]


class Signature(Struct, frozen=True):
    """What somebody said to one text."""

    person: str
    vote: str
    """`approve`, `remark` or `object`."""
    at: Instant
    note: str


class RevisionRow(Struct, frozen=True):
    """One revision of a model, with how it came to be and what it did."""

    model: str
    revision: int
    parent: int | None
    at: Instant
    author: str
    reason: str
    sha256: str
    proposed_at: Instant
    """When its first draft was proposed; when it was published, where there was none."""
    days: int
    """Whole days from there to its publishing (row 41)."""
    signatures: tuple[Signature, ...]
    effect: str
    """What the numbers did 28 days before and after it; "not measured yet" while no week is frozen."""


class Revisions(Struct, frozen=True):
    """The revisions of one model, the newest first."""

    now: Instant
    model: str
    rows: tuple[RevisionRow, ...]


class Models(Struct, frozen=True):
    """What is published now."""

    now: Instant
    heads: tuple[Published, ...]


PAGES: tuple[Page, ...] = (
    Page("model", "", "Published", "the published operating models", Models),
    Page(
        "revisions",
        "",
        "Revisions",
        "who changed a model when and why, and who said what to it",
        Revisions,
        (Argument("model", "provider, or a client"),),
    ),
    Page("verify", "", "Verify", "whether every revision is what was published", Verified),
)

MODEL = Argument("model", "provider, or a client")
REVISION = Argument("revision", "which revision (by default the one in force)", required=False)
REASON = Argument("reason", "why")
BY = Argument("by", "who decides it, where that is not you", required=False)
OVERRULE = Argument("overrule", "why an objection does not hold, where there is one", required=False)

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
        (Argument("documents", "YAML files"), REASON, BY, OVERRULE),
        asks_once=True,
    ),
    Verb(
        "show-model",
        "",
        "show",
        "one published model as it was written",
        Role.VIEWER,
        Published,
        (MODEL, REVISION),
    ),
    Verb(
        "pull-model",
        "",
        "pull",
        "the model in force with its base in it, ready to be edited",
        Role.VIEWER,
        Pulled,
        (MODEL,),
    ),
    Verb(
        "export-model",
        "",
        "export",
        "one model as JSON, with everything in it that it inherits",
        Role.VIEWER,
        Exported,
        (MODEL, REVISION),
        is_export=True,
    ),
    Verb(
        "diff-model",
        "",
        "diff",
        "what model files, or two revisions, say differently",
        Role.VIEWER,
        Diff,
        (
            Argument("documents", "YAML files, compared with what is in force", required=False),
            Argument("model", "provider, or a client, whose revisions are compared", required=False),
            Argument("old", "the older revision", required=False),
            Argument("new", "the newer revision", required=False),
        ),
    ),
)
