"""How one host stands: the newest evidence of every check, its recorded status, and since when.

One document a host. It is a fold of the record and is replaced with every check-in; sentences and countdowns are made
from it when somebody looks, so they are never stale.
"""

from __future__ import annotations

from msgspec import Struct, structs

from checks.check import GRACE_FACTOR, evidence_until
from checks.finding import Status
from checks.reading import CheckName, Gap, Instant, Machine, Reading
from console.incidents.flapping import Turns, crosses, flapping_since, flaps, turned
from console.incidents.holding import HeldBack

MOST_LOOKS = 100


class Held(Struct, frozen=True, omit_defaults=True):
    """The newest evidence about one subject of one check: a reading or a gap."""

    status: Status
    """As history has it: judged when it was taken, and again when its verdict ran out."""
    since: Instant
    told: Status = Status.NOT_DUE
    """The status that incidents were last told, so that a backlog raises no alarm."""
    reading: Reading | None = None
    gap: Gap | None = None
    looks: int = 1
    """Looks in a row that saw a breach, as far as a standard may ask for them."""
    turns: Turns = ()
    flapping_since: Instant | None = None
    told_flapping: bool = False
    back: HeldBack | None = None
    """Why incidents have not been told of it, where it is held back."""

    @property
    def seen(self) -> Reading | Gap:
        """The evidence itself."""
        evidence = self.reading or self.gap
        if evidence is None:
            raise ValueError("what is held has evidence")
        return evidence

    def with_seen(self, seen: Reading | Gap) -> Held:
        """The same standing, on newer evidence."""
        if isinstance(seen, Reading):
            return structs.replace(self, reading=seen, gap=None)
        return structs.replace(self, reading=None, gap=seen)

    def seen_again(self, seen: Reading | Gap) -> Held:
        """The same standing, seen once more."""
        looks = min(self.looks + 1, MOST_LOOKS) if self.status is Status.BREACH else 1
        return structs.replace(self.with_seen(seen), looks=looks)

    def moved(self, status: Status, at: Instant) -> Held:
        """Passed to another status."""
        moved = structs.replace(self, status=status, since=at, looks=1)
        if not crosses(self.status, status):
            return moved
        turns = turned(self.turns, at)
        return structs.replace(
            moved, turns=turns, flapping_since=flapping_since(turns, self.turns, self.flapping_since)
        )

    def flaps(self, now: Instant) -> bool:
        """Whether it turns too often to be told each time."""
        return flaps(self.turns, self.flapping_since, now)

    @property
    def check(self) -> CheckName:
        """Which check."""
        return self.seen.check

    @property
    def key(self) -> str:
        """Check and subject as one word of the host's own."""
        return key_of(self.seen.check, self.seen.subject)

    @property
    def evidence_until(self) -> Instant:
        """From here on its state is unknown."""
        return evidence_until(self.seen.taken_at, self.seen.next_look)


class AgentState(Struct, frozen=True, omit_defaults=True):
    """Everything that stands about one agent's host."""

    agent: str
    client: str
    site: str
    host: str
    epoch: str = ""
    ordinal: int = 0
    mark: int = 0
    """Every check-in of the epoch up to this number is in history."""
    first_taken: Instant | None = None
    taken_at: Instant | None = None
    received_at: Instant | None = None
    pace: int = 300
    clock_off: int = 0
    """Seconds by which the agent's clock runs ahead of the console's."""
    version: str = ""
    pins: tuple[str, ...] = ()
    """The host keys that the agent takes for the console's, as it said last."""
    machine: Machine | None = None
    held: dict[str, Held] = {}
    silent_since: Instant | None = None
    """Since when it is silent, once that has been declared."""
    quiet: HeldBack | None = None
    """Why incidents have not been told of its silence, where that is held back."""
    note: str = ""
    """What a technician should know of this agent: a suspected clone, refused check-ins."""

    def pins_another(self, key: str) -> bool:
        """Whether it takes other keys for the console's than this one; it must have said so."""
        return bool(self.pins) and key not in self.pins

    @property
    def evidence_until(self) -> Instant | None:
        """From here on the host's state is unknown; None where it never checked in."""
        return None if self.taken_at is None else self.taken_at + GRACE_FACTOR * max(1, self.pace)

    @property
    def newest(self) -> tuple[int, int]:
        """Where its history ends: (epoch ordinal, number)."""
        return self.ordinal, self.mark


class Change(Struct, frozen=True):
    """One finding passed from one status to another."""

    agent: str
    client: str
    host: str
    check: str
    subject: str
    was: Status
    status: Status
    at: Instant
    recorded_at: Instant
    value: float | None
    sentence: str
    cause: str
    """`reading`, `time` (the verdict ran out), `silence`, `gone` (no longer there) or `standard` (a new limit)."""


class Turn(Struct, frozen=True):
    """What counting needs of a change: ten thousand of them make a week."""

    client: str
    host: str
    check: str
    subject: str
    status: Status
    at: Instant


def key_of(check: str, subject: str) -> str:
    """Check and subject as one word."""
    return f"{check} {subject}" if subject else check
