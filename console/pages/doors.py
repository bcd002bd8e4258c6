"""The doors for agents, their key, and the change to the next one: announced first, and made once every agent knows."""

from __future__ import annotations

from msgspec import Struct

from checks.reading import Instant
from console.pages.house import Done
from console.pages.verb import Argument, Page, Role, Verb


class Unaware(Struct, frozen=True):
    """An agent that has not said yet that it knows the next key."""

    agent: str
    client: str
    host: str
    last_seen: Instant | None


class Doors(Struct, frozen=True):
    """The page."""

    now: Instant
    address: str
    """`host:port` to which agents are invited."""
    account: str
    """The account of OpenSSH's door; "" where the embedded one is all there is."""
    host_key: str
    """`SHA256:…` of every door."""
    next_host_key: str
    """What comes after it; "" where none is announced."""
    announced_at: Instant | None
    unaware: tuple[Unaware, ...]
    """Who would have to join again, were the key changed now."""


PAGES: tuple[Page, ...] = (
    Page("doors", "", "Doors", "where agents come in, by which key, and who knows the next one", Doors),
)
VERBS: tuple[Verb, ...] = (
    Verb(
        "announce-key",
        "",
        "announce key",
        "make the next host key of the doors, and announce it to every agent that comes",
        Role.OWNER,
        Done,
    ),
    Verb(
        "switch-key",
        "",
        "switch key",
        "show the announced host key from now on",
        Role.OWNER,
        Done,
        (Argument("force", "even where agents do not know it (yes)", required=False, aside=True),),
        asks_once=True,
    ),
)
