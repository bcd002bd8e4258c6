"""One service at one second, by the words of operating-model.md, 3.1 and 3.6, and then every second counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from oracle.wall import Hours, Spans, Wall, pieces, within

UP, DOWN, UNKNOWN = "up", "down", "unknown"


@dataclass(frozen=True)
class Told:
    """Of one host, external or service: samples' proof, confirmed outages with causes, and outages in doubt."""

    proven: Spans = ()
    outages: Sequence[tuple[str, int, int]] = ()
    doubted: Spans = ()


@dataclass(frozen=True)
class World:
    """Who needs whom."""

    carriers: Mapping[str, str]
    """Hosts, each with what it runs on or ""."""
    probes: Mapping[str, str]
    """Externals, each with the host that looks at it."""
    needs: Mapping[str, tuple[int, tuple[str, ...]]]
    """Services: so many of these."""
    uses: Mapping[str, tuple[str, ...]]
    told: Mapping[str, Told]


class Second:
    """Everything at one second."""

    def __init__(self, world: World, second: int) -> None:
        self.world, self.second = world, second
        self.known: dict[str, str] = {}

    def _told(self, name: str) -> Told:
        return self.world.told.get(name, Told())

    def own_causes(self, name: str) -> set[str]:
        return {cause for cause, start, end in self._told(name).outages if start <= self.second < end}

    def state(self, name: str) -> str:
        if name not in self.known:
            self.known[name] = self._state(name)
        return self.known[name]

    def _state(self, name: str) -> str:
        if self.own_causes(name) or self._falls_with_others(name):
            return DOWN
        if within(self._told(name).doubted, self.second):
            return UNKNOWN
        if name in self.world.needs:
            return self.of_needs(name)
        sees = self.world.probes.get(name, name)
        return UP if within(self._told(sees).proven, self.second) else UNKNOWN

    def _falls_with_others(self, name: str) -> bool:
        if name in self.world.needs:
            return self.of_needs(name) == DOWN
        carrier = self.world.carriers.get(name, "")
        return bool(carrier) and self.state(carrier) == DOWN

    def of_needs(self, name: str) -> str:
        enough, members = self.world.needs[name]
        states = [self.state(one) for one in members]
        available, unknown = states.count(UP), states.count(UNKNOWN)
        if available >= enough:
            return UP
        return DOWN if available + unknown < enough else UNKNOWN

    def is_thin(self, name: str) -> bool:
        """Redundancy lost."""
        members = self.world.needs[name][1]
        return self.state(name) == UP and any(self.state(one) != UP for one in members)

    def is_degraded(self, name: str) -> bool:
        """Worse than it should be; groups with a spare member are not asked here."""
        if self.state(name) != UP:
            return False
        used = any(self.state(one) == DOWN for one in self.world.uses.get(name, ()))
        return used or any(self.is_degraded(one) for one in self.world.needs[name][1] if one in self.world.needs)

    def causes(self, name: str) -> set[str]:
        """Everything that took it down, on the branches that did."""
        found = self.own_causes(name)
        if name in self.world.needs:
            if self.of_needs(name) == DOWN:
                down = [one for one in self.world.needs[name][1] if self.state(one) == DOWN]
                found = found.union(*(self.causes(one) for one in down))
        elif self._falls_with_others(name):
            found = found | self.causes(self.world.carriers[name])
        return found


@dataclass(frozen=True)
class Due:
    """What is due of a service: its hours, since when it is watched, planned work, excluded causes, targets."""

    hours: Hours
    since: int
    cut: int
    planned: Spans = ()
    excluded: frozenset[str] = frozenset()
    targets: Sequence[tuple[int, Fraction]] = ()
    """From when on which; the first holds before it too."""

    def target(self, instant: int) -> Fraction:
        return next((one for start, one in reversed(self.targets) if start <= instant), self.targets[0][1])


@dataclass
class Counted:
    """Seconds."""

    whole: int = 0
    eligible: int = 0
    known: int = 0
    down: int = 0
    excluded: int = 0
    degraded: int = 0
    thin: int = 0
    allowed: Fraction = field(default_factory=Fraction)
    allowed_contract: Fraction = field(default_factory=Fraction)

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        """As if every unknown second had been bad, and good."""
        return (Fraction(self.known - self.down, self.eligible), Fraction(self.eligible - self.down, self.eligible))

    def verdict(self, target: Fraction) -> str:
        if not self.eligible:
            return ""
        low, high = self.bounds
        return "met" if low >= target else "missed" if high < target else "unproven"


def edges(world: World) -> Iterator[Spans]:
    """Wherever anything that was told begins or ends."""
    for one in world.told.values():
        yield one.proven
        yield [(start, end) for _, start, end in one.outages]
        yield one.doubted


def counted(world: World, service: str, due: Due, wall: Wall, period: tuple[int, int]) -> Counted:
    """A service over a period, one second of every piece asked and the piece's seconds counted."""
    start, end = max(period[0], due.since), period[1]
    opened = wall.opened(due.hours, *period)
    changes = [(at, at) for at, _ in due.targets] + [(due.cut, due.cut)]
    sum_ = Counted()
    for first, last in pieces(start, end, opened, due.planned, changes, *edges(world)):
        if within(opened, first) and not within(due.planned, first):
            _count(sum_, Second(world, first), (service, due), last - first)
    return sum_


def _count(sum_: Counted, now: Second, asked: tuple[str, Due], seconds: int) -> None:
    service, due = asked
    allowed = (1 - due.target(now.second)) * seconds if due.targets else Fraction()
    sum_.whole += seconds
    sum_.allowed += allowed
    state = now.state(service)
    is_out = state == DOWN and now.causes(service) <= due.excluded
    if now.second >= due.cut:
        sum_.allowed_contract += allowed
        return
    sum_.allowed_contract += 0 if is_out else allowed
    sum_.eligible += seconds
    sum_.known += seconds * (state != UNKNOWN)
    sum_.down += seconds * (state == DOWN)
    sum_.excluded += seconds * is_out
    sum_.degraded += seconds * now.is_degraded(service)
    sum_.thin += seconds * now.is_thin(service)
