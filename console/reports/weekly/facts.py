"""Everything that a week is made of, gathered before and only read here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from checks.check import Family
from checks.finding import Finding
from checks.reading import Instant
from console.incidents.events import Incident
from console.incidents.noise import NoiseCount
from console.operating_model.entities import Client
from console.operating_model.gaps.gap import Facts
from console.operating_model.schema.records import RecordDoc
from console.pages.week import Week
from console.pages.week_sections import Maturity
from console.service_levels.intervals import Intervals
from console.service_levels.timeline import HostRecord
from console.service_levels.weeks import IsoWeek


@dataclass(frozen=True, slots=True)
class Judged:
    """One finding as it stood at the end of the period, with the family of its check."""

    family: Family
    finding: Finding
    tells_copies: bool = False
    """Whether its value is the instant of the newest backup copy."""
    is_seen: bool = True
    """Whether the last look of the period is known: where only its status is, its numbers are nobody's to say."""


@dataclass(frozen=True, slots=True)
class Sighted:
    """When an agent could see the copies of one backup."""

    known: Intervals = ()
    """No other copy was there than those that were seen: from a look to the next ones that saw the same."""
    followed: Intervals = ()
    """The same, and from look to look where another copy was seen: what came and went between them, nobody has seen."""


@dataclass(frozen=True, slots=True, eq=False)
class WeekFacts:
    """Everything that a week is made of. Instants are UTC seconds; records are the ones that hold.

    One is equal to itself alone, so that what several sections need of it is made once.
    """

    client: Client
    """By the model that is in force at the cut-off."""
    revision: str
    week: IsoWeek
    now: Instant
    hosts: Mapping[str, HostRecord]
    """Over everything that the week's figures look back at (`IsoWeek.reach`), not over the week alone."""
    since: Mapping[str, Instant]
    """When each host was first heard: nothing is due before."""
    incidents: tuple[Incident, ...]
    findings: Mapping[str, tuple[Judged, ...]]
    papers: Mapping[str, tuple[RecordDoc, ...]] = field(default_factory=dict)
    """By kind, every record of the client that people or imports wrote and that holds at the cut-off."""
    promised: Mapping[str, tuple[tuple[Instant, Fraction | None], ...]] = field(default_factory=dict)
    """By service, its target over time: from when on, which; a new one starts on the Monday after its revision (K3)."""
    standing: Facts | None = None
    """What gaps, dates and risks are found from, on the local date of the cut-off; None where no document is."""
    copies: Mapping[str, Mapping[str, tuple[Instant, ...]]] = field(default_factory=dict)
    """By host, and by `check subject`, when the backup copies that its agent saw were made."""
    sighted: Mapping[str, Mapping[str, Sighted]] = field(default_factory=dict)
    """The same: when the agent could see them; those of a backup that is not named here, whenever it was heard."""
    noise: NoiseCount | None = None
    """What became of the findings that were raised in the week (K17); None where nobody counted."""
    until: Mapping[str, Instant] = field(default_factory=dict)
    """When each host was retired that was: it was expected until then (K4)."""
    maturity: tuple[Maturity, ...] = ()
    """The assessment of the client's model at the cut-off; empty where there is none."""
    after: Mapping[str, Intervals] = field(default_factory=dict)
    """By host, when its state was known after the cut-off, as long as a backup that was due before it may still run."""
    broken: frozenset[int] = frozenset()
    """Of a week that is looked at again: incidents that ended in it within their promise, and broke it since (4.3)."""
    earlier: tuple[Week, ...] = ()
    """The frozen weeks before this one, the latest last."""

    @property
    def start(self) -> Instant:
        """00:00 local of the day on which the client's weeks begin."""
        return self.week.bounds(self.client.zone)[0]

    @property
    def end(self) -> Instant:
        """The same a week later."""
        return self.week.bounds(self.client.zone)[1]

    @property
    def cut(self) -> Instant:
        """Where the record ends: the week's end, or now."""
        return min(self.end, self.now)
