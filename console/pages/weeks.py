"""The life of a week: its close and freeze, the weeks that are frozen, trends, and how a number was made."""

from __future__ import annotations

from msgspec import Struct

from checks.reading import Instant
from console.pages.figures import Exact, Figure
from console.pages.house import Done
from console.pages.verb import CLIENT, Argument, Page, Role, Verb


class Doubt(Struct, frozen=True):
    """One thing that keeps a week from being frozen (operating-model.md, 5.1)."""

    kind: str
    """`outage`, `missed twice`, `comment` or `silent`."""
    about: str
    """What it is about, as its answer names it: `K1/erp`, `host/ws-cad1`, `incident/107`, `erp01@2026-11-10T09:10`."""
    text: str
    answer: str
    """The command that answers it."""
    opens: str = ""
    """The page that shows what it is about, `host`, `service`, `components`, `incident` or `week-explain`."""
    where: tuple[tuple[str, str], ...] = ()
    """The arguments of that page, beside the client and the week."""


class Closing(Struct, frozen=True):
    """What a week still waits for before it can be frozen."""

    now: Instant
    client: str
    week: str
    rows: tuple[Doubt, ...]
    text: str
    """`2026-W46 can be frozen`, or how many answers are missing, or that it was frozen already."""
    is_frozen: bool = False
    notes: tuple[str, ...] = ()
    """What deserves a look and refuses nothing, such as a waiver that ends soon."""


class WeekRow(Struct, frozen=True):
    """One week in the list of weeks."""

    client: str
    week: str
    state: str
    """`frozen`, `to be closed` or `so far`."""
    headline: str
    frozen_at: Instant | None = None
    frozen_by: str = ""
    revision: str = ""
    formula: str = ""
    sha256: str = ""
    inputs_sha256: str = ""


class WeeksPage(Struct, frozen=True):
    """The weeks of clients, the latest first."""

    now: Instant
    rows: tuple[WeekRow, ...]


class Printed(Struct, frozen=True):
    """A week in one form, for one reader. Of a frozen week the same bytes for ever."""

    client: str
    """"" for a page over all clients."""
    week: str
    reader: str
    form: str
    is_frozen: bool
    """Of a page over several clients: whether each of their weeks is."""
    sha256: str
    """Of the bytes."""
    body: bytes
    """In JSON, base64."""


class TrendPoint(Struct, frozen=True):
    """A KPI in one frozen week."""

    week: str
    shows: str
    value: Exact | None
    verdict: str
    target: str
    formula: str
    arrow: str
    """`better`, `worse`, `up`, `down`, `=`, or "" where there is nothing before it."""


class TrendRow(Struct, frozen=True):
    """One number over the frozen weeks, the latest last."""

    client: str
    kpi: str
    name: str
    about: str
    span: str
    unit: str
    points: tuple[TrendPoint, ...]
    spark: str
    """The last eight weeks, a sign each, from the least to the greatest."""
    latest: str
    arrow: str


class Trends(Struct, frozen=True):
    """Numbers over frozen weeks alone; nothing is computed again."""

    now: Instant
    weeks: tuple[str, ...]
    rows: tuple[TrendRow, ...]


class Traced(Struct, frozen=True):
    """One number with its formula."""

    figure: Figure
    title: str
    formula: str
    edges: str
    source: str
    better: str
    verdict_from: str
    """The arithmetic of the verdict, in a sentence."""
    command: str
    """The very command that reproduces it."""
    nothing: str = ""
    """Why no evidence stands here; "" where some does."""


class Explanation(Struct, frozen=True):
    """How numbers of a week were made."""

    now: Instant
    client: str
    week: str
    zone: str
    revision: str
    formula_version: str
    is_frozen: bool
    rows: tuple[Traced, ...]


_WHICH = Argument("client", "which client")
_WEEK = Argument("week", "which week, such as 2026-W46", required=False)
_OF_WEEK = Argument("week", "which week, such as 2026-W46; the last one that is over by default", required=False)
_BY = Argument("by", "who says it; empty: you", required=False)
READERS = ("client", "owner")

PAGES: tuple[Page, ...] = (
    Page("weeks", "L", "Weeks", "which weeks are frozen, and which wait to be closed", WeeksPage, (CLIENT,)),
    Page("week-close", "", "Week close", "what a week waits for before it can be frozen", Closing, (CLIENT, _OF_WEEK)),
    Page(
        "week-print",
        "",
        "Week, printed",
        "a week in one form; of a frozen week always the same bytes",
        Printed,
        (CLIENT, _WEEK, Argument("reader", "for whom", False, choices=READERS), Argument("format", "which form")),
        is_export=True,
    ),
    Page(
        "week-owner",
        "",
        "Owner's week",
        "one week of every client that you may see, for whoever owns the house, in one form",
        Printed,
        (CLIENT, _OF_WEEK, Argument("format", "which form")),
        is_export=True,
    ),
    Page(
        "trends",
        "T",
        "Trends",
        "numbers over the frozen weeks",
        Trends,
        (
            CLIENT,
            Argument("kpi", "which KPI, such as K1", required=False),
            Argument("about", "which service, job or severity", required=False),
            Argument("weeks", "how many weeks", required=False),
        ),
    ),
    Page(
        "week-explain",
        "",
        "How a number was made",
        "formula, inputs, evidence and verdict of a number of a week",
        Explanation,
        (CLIENT, Argument("kpi", "which KPI, such as K1"), _WEEK, Argument("about", "about what", required=False)),
    ),
)
_SKIPPING = Argument("skipping", "why the weeks before it stay open", required=False, aside=True)

VERBS: tuple[Verb, ...] = (
    Verb(
        "week-freeze", "F", "freeze", "freeze a week that is over, for ever; refused with every reason there is",
        Role.LEAD, Done, (CLIENT, _OF_WEEK, _BY, _SKIPPING), ("week", "week-close"), asks_once=True,
    ),
    Verb(
        "week-send", "x", "send", "send a frozen week: its pages on disk, and word of it in the outbox, each once",
        Role.LEAD, Done, (CLIENT, _OF_WEEK), ("week", "week-close"), asks_once=True,
    ),
    Verb(
        "comment", "n", "comment", "say something about a row of a week, for whoever reads its page",
        Role.TECHNICIAN, Done,
        (CLIENT, _OF_WEEK, Argument("about", "about which row, such as K1/erp"), Argument("text", "what"), _BY),
        ("week", "week-close"),
    ),
    Verb(
        "explain", "i", "how made", "show how this number was made: formula, inputs, evidence, and the command for it",
        Role.VIEWER, Done,
        (Argument("client", "which client", picked=True), Argument("kpi", "which KPI", picked=True),
         Argument("week", "which week", required=False, picked=True),
         Argument("about", "about what", required=False, picked=True)),
        ("week-figures", "services", "compliance/updates", "compliance/backups"),
    ),
    Verb(
        "confirm-outage", "O", "was an outage", "say that what was inferred was an outage: it counts as down",
        Role.TECHNICIAN, Done,
        (CLIENT, Argument("outage", "which, as the week's close names it", picked=True),
         Argument("text", "who saw it"), _BY),
        ("week-close",),
    ),
    Verb(
        "reject-outage", "X", "was none", "say that what was inferred was no outage: its time stays unknown",
        Role.TECHNICIAN, Done,
        (CLIENT, Argument("outage", "which, as the week's close names it", picked=True),
         Argument("text", "why it was none"), _BY),
        ("week-close",),
    ),
    Verb(
        "explain-silence", "e", "explain silence", "say why a machine was not heard for more than a day",
        Role.TECHNICIAN, Done,
        (CLIENT, _OF_WEEK, Argument("host", "which host", picked=True), Argument("text", "why"), _BY),
        ("week-close",),
    ),
)  # fmt: skip
