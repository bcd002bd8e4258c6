"""Letters that leave the house: what waits, what was sent, what was given up and why; and by which accounts."""

from __future__ import annotations

from msgspec import Struct

from checks.reading import Instant
from console.pages.house import Done
from console.pages.verb import CLIENT, Argument, Page, Role, Verb


class LetterRow(Struct, frozen=True):
    """One letter."""

    letter: int
    about: str
    """`opening`, `mark`, `offer`, `over`, `digest`, `week`, `fold` or `test`."""
    client: str
    to: str
    """The name of whom it is for; a chat's room or a program where it is for no person."""
    way: str
    """`mail`, `chat` or `hook`."""
    severity: str
    subject: str
    state: str
    """`waits`, `sent`, `folded` (told in another letter), or `given up`."""
    written_at: Instant
    due_at: Instant
    """When it may leave, or is tried again."""
    sent_at: Instant | None
    tries: int
    why: str
    """What came of the last try."""
    lines: tuple[str, ...] = ()


class Outbox(Struct, frozen=True):
    """The page, the newest letter first."""

    now: Instant
    rows: tuple[LetterRow, ...]
    waiting: int
    stuck: int
    """How many wait although they were tried, or nothing can carry them."""
    given_up: int
    """How many were given up in the last day; what was over before it was told is not counted."""
    trouble: str = ""
    """Why nothing can leave, or ""."""


class OutletRow(Struct, frozen=True):
    """One account."""

    outlet: str
    trouble: str
    """What is wrong with it, or ""."""


class Outlets(Struct, frozen=True):
    """Every account, tried out as far as that tells nobody anything."""

    now: Instant
    file: str
    rows: tuple[OutletRow, ...]
    trouble: str = ""
    """Why the file cannot be used, or ""."""


_LETTER = Argument("letter", "which letter", picked=True)

PAGES: tuple[Page, ...] = (
    Page("outbox", "M", "Outbox", "letters that wait, were sent, or were given up", Outbox, (CLIENT,)),
    Page(
        "outlets",
        "",
        "Outlets",
        "by which accounts letters leave, and what is wrong with them",
        Outlets,
        permission=Role.LEAD,
    ),
)
VERBS: tuple[Verb, ...] = (
    Verb(
        "outbox-retry",
        "g",
        "send again",
        "try a letter again at once, as if it had never been tried",
        Role.TECHNICIAN,
        Done,
        (_LETTER,),
        ("outbox",),
    ),
    Verb(
        "outbox-drop",
        "x",
        "drop",
        "let nobody be told by a letter that still waits",
        Role.LEAD,
        Done,
        (_LETTER, Argument("reason", "why")),
        ("outbox",),
        asks_once=True,
    ),
    Verb(
        "outlets-test",
        "",
        "send a test letter",
        "send one person a letter that says it is a test, and tell what came of it",
        Role.LEAD,
        Done,
        (Argument("to", "which person"), Argument("client", "of which client, where it is none of us", required=False)),
        asks_once=True,
    ),
)
