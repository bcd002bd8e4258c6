"""A letter: one thing told to one person by one way; and what may come of carrying it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from checks.reading import Instant

DAY = 86_400


class Way(StrEnum):
    """How a letter leaves the house."""

    MAIL = "mail"
    CHAT = "chat"
    HOOK = "hook"


class Attachment(Struct, frozen=True):
    """A file that goes with a letter."""

    name: str
    kind: str
    """Its media type, such as `application/pdf`."""
    body: bytes


class Letter(Struct, frozen=True, omit_defaults=True):
    """What is told. Its texts may hold what a machine said: whoever carries it makes them safe."""

    about: str
    """`opening`, `mark`, `offer`, `escalation`, `over`, `digest`, `week`, `fold`, `test` or `audit`."""
    subject: str
    lines: tuple[str, ...]
    client: str = ""
    person: str = ""
    """Whom it is for; "" where an account is shared, or nobody was found to tell."""
    way: Way = Way.MAIL
    account: str = ""
    """Of a chat: the channel or person whose account it is. Of a hook: its name."""
    severity: str = ""
    incident: int = 0
    after: str = ""
    """The key of the letter without which this one says nothing: no recovery without its alarm."""
    lives: int = DAY
    """Seconds after which it is too late to tell."""
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    facts: Mapping[str, str] = {}
    """Of a hook: what its program reads."""


class Posting(Struct, frozen=True):
    """A letter with what it must be told only once for, and from when on it may leave."""

    key: str
    due_at: Instant
    letter: Letter


class Fate(StrEnum):
    """What came of carrying a letter."""

    SENT = "sent"
    LATER = "later"
    """It was not taken now; trying again may help."""
    REFUSED = "refused"
    """Trying again does not help."""
    WAITS = "waits"
    """There is no account to carry it with."""


class Outcome(Struct, frozen=True):
    """A fate, and why."""

    fate: Fate
    why: str = ""


class Accounts(Struct, frozen=True):
    """Which accounts there are: all that whoever writes letters may know of them."""

    has_mail: bool = False
    chats: frozenset[str] = frozenset()
    """Channels and people that have a chat account."""
    hooks: Mapping[str, frozenset[str]] = {}
    """Programs by name, each with what it is told `about`."""
    trouble: str = ""
    """Why the accounts cannot be used, or ""."""
