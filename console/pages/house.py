"""The daemon itself: who it is, where its doors are, and who is asking."""

from __future__ import annotations

from msgspec import Struct

from checks.reading import Instant
from console.pages.verb import Argument, Page, Role, Verb


class House(Struct, frozen=True):
    """The page that tells a front end what it talks to."""

    now: Instant
    version: str
    home: str
    door: str
    """`host:port` on which agents are heard."""
    host_key: str
    """`SHA256:…`"""
    you: str
    """Your login, as the kernel vouches for it."""
    name: str
    role: str
    """The highest that you have, for the house or for one of its clients: `owner`, `lead`, `technician`, `viewer`."""
    generation: int
    """Grows by one whenever something changed."""
    trouble: str = ""
    """Why the daemon takes nothing in just now (a full disk), or ""."""
    locks_after: int = 0
    """Seconds without a key after which a console locks itself, and opens locked; 0: it does not."""


class Invitation(Struct, frozen=True):
    """A join token, shown once."""

    token: str
    client: str
    site: str
    expires_at: Instant
    command: str
    """What to run on the machine that joins."""


class Done(Struct, frozen=True):
    """What a verb did, in one sentence, and the page that shows what came of it."""

    text: str
    page: str = ""
    arguments: tuple[tuple[str, str], ...] = ()


PAGES: tuple[Page, ...] = (Page("house", "", "House", "the daemon: version, home, doors, and who you are", House),)

VERBS: tuple[Verb, ...] = (
    Verb(
        "invite",
        "",
        "invite",
        "print a join token for one new machine",
        Role.LEAD,
        Invitation,
        (
            Argument("client", "which client"),
            Argument("site", "which site"),
            Argument("host", "which host of the model it is", required=False),
        ),
    ),
    Verb(
        "approve",
        "",
        "approve",
        "let an agent deliver that has joined and waits for approval",
        Role.LEAD,
        Done,
        (Argument("agent", "which agent"),),
    ),
    Verb(
        "revoke",
        "",
        "revoke",
        "close the door to an agent, at once",
        Role.LEAD,
        Done,
        (Argument("agent", "which agent"), Argument("reason", "why")),
        asks_once=True,
    ),
)
