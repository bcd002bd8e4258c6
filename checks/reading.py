"""What an agent saw: raw values in base units, UTC, no rounding and no opinion.

A `Reading` is one value of one check about one subject; a `Gap` is an honest "I could not see this"; a `CheckIn`
is everything one pass over the probes brought home.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

from msgspec import Struct

CheckName = NewType("CheckName", str)
"""The one name of a check: its file, probe, test, configuration key and report row."""

Instant = int
"""Whole seconds since 1970-01-01 00:00:00 UTC."""


class Item(Struct, frozen=True, omit_defaults=True):
    """One thing that a reading's value is made of: a waiting update, a failed unit, a snapshot."""

    name: str
    detail: str = ""
    since: Instant | None = None
    """When this began to be so (an update became available), where that is known."""
    severity: str = ""
    """`critical`, `high`, `moderate` or `low`, where the maker of an update says so."""


class Reading(Struct, frozen=True, omit_defaults=True):
    """One raw value. `value` is in the check's base unit; None means "looked, and there is none"."""

    check: CheckName
    subject: str
    """What was looked at, inside the host: a mount point, an interface, a repository; "" for the host as a whole."""
    value: float | None
    taken_at: Instant
    next_look: Instant
    """When the agent means to look again; evidence is trusted for twice this distance."""
    items: tuple[Item, ...] = ()


class Why(StrEnum):
    """Why there is a gap where a reading should be."""

    NOT_HERE = "not here"
    """This machine has no such thing (no swap, no systemd): nothing is due."""
    DENIED = "denied"
    """The agent's user may not look."""
    FAILED = "failed"
    TIMED_OUT = "timed out"


class Gap(Struct, frozen=True, omit_defaults=True):
    """What could not be seen, and why."""

    check: CheckName
    subject: str
    why: Why
    reason: str
    """One sentence for a person: what was tried, what came back."""
    taken_at: Instant
    next_look: Instant


class Machine(Struct, frozen=True, omit_defaults=True):
    """Which machine speaks. Evidence, never identity: identity is the key that signed the connection."""

    hostname: str
    os: str
    """Such as `debian-12`: the release's id and version."""
    os_name: str = ""
    kernel: str = ""
    architecture: str = ""


class Dropped(Struct, frozen=True):
    """A gap record: check-ins that a full spool had to let go, named so that the loss is visible."""

    first_seq: int
    last_seq: int
    count: int
    reason: str


class CheckIn(Struct, frozen=True, omit_defaults=True):
    """One pass over the probes, numbered by the spool that keeps it."""

    epoch: str
    """Names the spool that numbers these check-ins: 32 hexadecimal digits, new with every new spool."""
    seq: int
    """1, 2, 3 … without holes inside an epoch."""
    taken_at: Instant
    """By the agent's own clock; the console corrects it with `boot_id` and `uptime`."""
    boot_id: str
    uptime: float
    """Seconds since boot, suspended time included, when this was taken."""
    pace: int
    """Seconds between two passes, as the agent is configured."""
    agent: str
    """The agent's version."""
    machine: Machine
    readings: tuple[Reading, ...] = ()
    gaps: tuple[Gap, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    durations: dict[str, float] = {}
    """Seconds each probe took: the watcher reports on itself."""
