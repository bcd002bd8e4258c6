"""The audit log as it is read: who did what to what, and who was refused."""

from __future__ import annotations

from msgspec import Struct

from checks.reading import Instant
from console.pages.verb import CLIENT, Argument, Page, Role


class AuditRow(Struct, frozen=True):
    """One row of the log."""

    number: int
    at: Instant
    uid: int
    """Of the account, as the kernel vouched for it; -1 for what no account did: an agent, the daemon's clock."""
    login: str
    behind: str
    """The account with which they had logged in to the machine before they became this one; "" where it is the same."""
    action: str
    """A verb or a page; else `enrol`, `leave`, `roles`, `config`, `clock-step`, `store-repair`, `start`, `stop`,
    `restore`."""
    client: str
    """"" for what is the house's."""
    about: str
    outcome: str
    """`done` or `refused`."""
    why: str
    before: str
    """SHA-256 of what it was about as that stood before, and `after`."""
    after: str
    sha256: str
    """Of the row and the digest of the row before it."""


class Audit(Struct, frozen=True):
    """The newest rows, the newest first, of what the reader is a lead for."""

    now: Instant
    rows: tuple[AuditRow, ...]


PAGES: tuple[Page, ...] = (
    Page(
        "audit",
        "",
        "Audit",
        "who did what to what, and who was refused",
        Audit,
        (CLIENT, Argument("most", "how many rows", required=False)),
        permission=Role.LEAD,
    ),
)
