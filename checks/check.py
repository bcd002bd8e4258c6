"""A check: the question it asks, how its readings are judged, and the words for the answer.

Looking is the agent's (one probe a check); judging and wording are here, pure, and done by the console with the
client's own standards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from checks.finding import Finding, Impact, Status
from checks.reading import CheckName, Gap, Instant, Reading, Why
from checks.standard import Bad, Standard


class Unit(StrEnum):
    """The base unit of a check's raw value."""

    RATIO = "ratio"
    """0.0 to 1.0, or beyond where more than all can be asked for."""
    COUNT = "count"
    SECONDS = "seconds"
    BYTES = "bytes"
    CELSIUS = "celsius"
    SINCE = "since"
    """An instant in UTC seconds; what is judged is its age, so the verdict changes by itself at a known second."""


class Family(StrEnum):
    """The three things an agent looks at."""

    HEALTH = "health"
    BACKUP = "backup"
    PATCH = "patch"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status and the instant from which it would be worse with nothing new arriving (None: it keeps)."""

    status: Status
    holds_until: Instant | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a sentence is made of: the reading, how it stands, by which standard, seen from which instant."""

    reading: Reading
    status: Status
    standard: Standard
    now: Instant

    @property
    def value(self) -> float:
        """The raw value; 0 where the reading says that there is none."""
        return self.reading.value or 0.0

    @property
    def age(self) -> float:
        """Seconds since the instant that the reading names; never negative."""
        return max(0.0, self.now - self.value)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is looked at. `name` is also the file's, the probe's and the configuration's."""

    name: CheckName
    family: Family
    title: str
    """Two or three words for a column."""
    question: str
    unit: Unit
    standard: Standard
    sentence: Callable[[Seen], str]
    advice: str
    impact: Impact = Impact.DEGRADED
    none_means: Status = Status.OK
    """How it stands when the agent looked and there was nothing (no backup at all: BREACH; no update waits: OK)."""
    console_looks: bool = False
    """True where the console itself is the witness (silence), so no probe exists."""
    charted: bool = field(default=False)
    """Whether its numbers are worth drawing over time."""
    ran: str = ""
    """Against what it was run for real; `not run by us` where it was not, and what stands in for it."""
    needs: str = "nothing: any user may look"
    """What an agent must be allowed for it."""
    is_of_proof: bool = False
    """Whether it tells when backups were proven (a restore, an integrity check): its instants are of no copy."""
    is_on_same_disk: bool = False
    """Whether it tells of snapshots that are lost together with their data: they are no copies either."""

    @property
    def tells_copies(self) -> bool:
        """Whether its value is the instant of the newest backup copy."""
        is_no_copy = self.is_of_proof or self.is_on_same_disk
        return self.family is Family.BACKUP and self.unit is Unit.SINCE and not is_no_copy

    @property
    def is_rolled_up(self) -> bool:
        """Whether its numbers outlive whole check-ins: what is drawn, and when each copy was made (K8, K9)."""
        return self.charted or self.tells_copies

    @property
    def turns_with_time(self) -> bool:
        """Whether a verdict can run out while nothing new is heard: that of an age alone."""
        return self.unit is Unit.SINCE

    def judge(self, reading: Reading, standard: Standard, now: Instant) -> Verdict:
        """Status of `reading` by `standard` as seen at `now`, and until when it holds."""
        if reading.value is None:
            return Verdict(self.none_means)
        if not self.turns_with_time:
            return Verdict(standard.status_of(reading.value))
        return Verdict(standard.status_of(max(0.0, now - reading.value)), _turns(reading.value, standard, now))

    def judge_gap(self, gap: Gap) -> Verdict:
        """What could not be seen: nothing due where the machine has no such thing, otherwise unknown."""
        return Verdict(Status.NOT_DUE if gap.why is Why.NOT_HERE else Status.UNKNOWN)

    def finding(self, reading: Reading, standard: Standard, now: Instant) -> Finding:
        """The reading judged and put into words, as seen at `now`."""
        verdict = self.judge(reading, standard, now)
        return Finding(
            check=self.name,
            subject=reading.subject,
            status=verdict.status,
            sentence=self.sentence(Seen(reading, verdict.status, standard, now)),
            taken_at=reading.taken_at,
            evidence_until=evidence_until(reading.taken_at, reading.next_look),
            holds_until=verdict.holds_until,
            value=reading.value,
            items=reading.items,
        )

    def finding_of_gap(self, gap: Gap) -> Finding:
        """What could not be seen, with the reason that was given."""
        return Finding(
            check=self.name,
            subject=gap.subject,
            status=self.judge_gap(gap).status,
            sentence=gap.reason,
            taken_at=gap.taken_at,
            evidence_until=evidence_until(gap.taken_at, gap.next_look),
        )


GRACE_FACTOR = 2


def evidence_until(taken_at: Instant, next_look: Instant) -> Instant:
    """When evidence stops proving anything: one missed look is bridged, two are not (DESIGN, lifetimes)."""
    return taken_at + GRACE_FACTOR * max(1, next_look - taken_at)


def _turns(since: float, standard: Standard, now: Instant) -> Instant | None:
    """The next instant at which an age reaches a limit, if one is still ahead."""
    if standard.bad is not Bad.ABOVE:
        return None
    limits = [limit for limit in (standard.warn, standard.crit) if limit is not None]
    ahead = [round(since + limit) for limit in limits if since + limit > now]
    return min(ahead, default=None)
