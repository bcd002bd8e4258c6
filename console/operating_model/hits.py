"""What a fault does to the services above it: through `needs`, `runs_on`, `uses` (operating-model.md, 2.2, 3.1). Pure.

A service is hit as hard as the worst of the best members that it needs: all of them, or k of m. Where a member is worse
than that, the others carry it and what is lost is redundancy: at risk. What is only used turns one step milder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from checks.finding import Impact
from console.operating_model.entities import Client, Service

_RANKS = {Impact.AT_RISK: 1, Impact.DEGRADED: 2, Impact.DOWN: 3}
_IMPACTS = {rank: impact for impact, rank in _RANKS.items()}
_MILDER = {0: 0, 1: 1, 2: 1, 3: 2}
_DOWN = _RANKS[Impact.DOWN]
_MOST_NAMED = 4


class How(StrEnum):
    """By which kind of line a service is hit."""

    NEEDS = "needs"
    REDUNDANCY = "redundancy"
    """Enough of its other members still carry it."""
    USES = "uses"
    ITSELF = "itself"
    """Nobody knows why: somebody says so of the service."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One service that a fault reaches, and what the fault does to it."""

    service: Service
    impact: Impact
    how: How
    path: tuple[str, ...]
    """From what is struck to the service, the shortest that explains the impact; ids."""
    gone: int = 0
    """How many members are down, where redundancy is lost."""
    left: int = 0
    """How many members still carry it, where redundancy is lost."""
    others: tuple[str, ...] = ()
    """The first few of them."""
    members: str = "hosts"
    """What its members are called."""

    @property
    def is_thinner(self) -> bool:
        """Whether it runs on, on fewer members than it should."""
        return self.how is How.REDUNDANCY and self.gone > 0

    def sentence(self) -> str:
        """`1 of 2 Sign-in hosts down`, or what else happens to it."""
        if self.is_thinner:
            return f"{self.gone} of {len(self.service.needs.members)} {self.service.name} {self.members} down"
        return f"{self.service.name} {self.impact.value}"


def hits(client: Client, struck: str, impact: Impact, beside: Mapping[str, Impact] | None = None) -> tuple[Hit, ...]:
    """Every service that `struck` (a host, an external or a service) reaches, the hardest hit and most critical first.

    `beside` is what else is struck now: where two of two are down, nothing carries the service any more.
    """
    return Lines(client).hits(struck, impact, beside or {})


def _hardest(hit: Hit) -> tuple[int, str, int, str]:
    return -_RANKS[hit.impact], hit.service.criticality.value, len(hit.path), hit.service.id


class Lines:
    """A client's lines, read upwards: from what is stood on to what stands on it."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._above: dict[str, list[str]] = {}
        self._uses = _uses(client)
        self._members = {one.id: frozenset(one.needs.members) for one in client.services.values()}
        self._beside: Mapping[str, Impact] = {}
        self._found: dict[str, int] = {}
        for host in client.hosts.values():
            self._above.setdefault(host.runs_on, []).append(host.id)
        for service in client.services.values():
            for below in dict.fromkeys((*service.needs.members, *self._uses.get(service.id, ()))):
                self._above.setdefault(below, []).append(service.id)

    def hits(self, struck: str, impact: Impact, beside: Mapping[str, Impact]) -> tuple[Hit, ...]:
        """As `hits`, for who asks often; what `beside` does is kept while the same mapping is given."""
        mine = {struck: _RANKS[impact]}
        alone, rest = self._spread(mine, {}), self._rest(beside)
        whole = rest if rest.get(struck, 0) >= mine[struck] else self._spread(mine, dict(rest))
        ways_alone, ways = self._ways(mine, alone), self._ways(mine, whole)
        found = [
            self._hit(_path(ways, id_), whole) if id_ in ways else self._hit(_path(ways_alone, id_), alone)
            for id_ in alone
            if id_ in self.client.services
        ]
        return tuple(sorted(found, key=_hardest))

    def _rest(self, beside: Mapping[str, Impact]) -> dict[str, int]:
        """How hard `beside` hits everything. Where only more is struck than the last time, only that is followed."""
        if beside is not self._beside:
            ranks = {id_: _RANKS[one] for id_, one in beside.items()}
            is_more = all(ranks.get(id_, 0) >= _RANKS[one] for id_, one in self._beside.items())
            before = self._found if is_more else {}
            new = {id_: rank for id_, rank in ranks.items() if rank > before.get(id_, 0)}
            self._beside, self._found = beside, self._spread(new, before)
        return self._found

    def _spread(self, struck: Mapping[str, int], found: dict[str, int]) -> dict[str, int]:
        """How hard everything is hit that `struck` reaches, on top of `found`; ranks only grow, so it ends."""
        wave = {one for one, rank in struck.items() if rank > found.get(one, 0)}
        found.update((one, struck[one]) for one in wave)
        while wave:
            touched = {above for one in wave for above in self._above.get(one, ())}
            ranks = {one: self._rank(one, found) for one in touched}
            wave = {one for one, rank in ranks.items() if rank > found.get(one, 0)}
            found.update((one, ranks[one]) for one in wave)
        return found

    def _hit(self, path: tuple[str, ...], found: Mapping[str, int]) -> Hit:
        """What happens to a service at the end of the shortest way by which it does."""
        id_ = path[-1]
        service, rank = self.client.services[id_], found[id_]
        if len(path) == 1:
            return Hit(service, _IMPACTS[rank], How.ITSELF, path)
        below = path[-2]
        if below not in self._members[id_]:
            return Hit(service, _IMPACTS[rank], How.USES, path)
        if found[below] <= rank:
            return Hit(service, _IMPACTS[rank], How.NEEDS, path)
        struck = self._struck(id_, found)
        worse = {one for one, its in struck.items() if its >= found[below]}
        members = service.needs.members
        return Hit(
            service,
            _IMPACTS[rank],
            How.REDUNDANCY,
            path,
            gone=sum(its == _DOWN for its in struck.values()),
            left=len(members) - len(worse),
            others=tuple(islice((one for one in members if one not in worse), _MOST_NAMED)),
            members="hosts" if self.client.hosts.keys() >= self._members[id_] else "members",
        )

    def _struck(self, service: str, found: Mapping[str, int]) -> dict[str, int]:
        """The members of a service that are hit, and how hard; whichever of the two is fewer is walked."""
        members = self._members[service]
        if len(found) < len(members):
            return {one: rank for one, rank in found.items() if one in members}
        return {one: found[one] for one in members if one in found}

    def _rank(self, node: str, found: Mapping[str, int]) -> int:
        host = self.client.hosts.get(node)
        if host is not None:
            return max(found.get(node, 0), found.get(host.runs_on, 0))
        needs = self.client.services[node].needs
        ranks = sorted(self._struck(node, found).values())
        best = needs.enough - (len(needs.members) - len(ranks))
        hard = max(ranks[best - 1] if best > 0 else 0, 1 if ranks else 0)
        return max([hard, *(_MILDER[found.get(one, 0)] for one in self._uses.get(node, ()))])

    def _ways(self, mine: Mapping[str, int], found: Mapping[str, int]) -> dict[str, str]:
        """Breadth first along lines that hit at least as hard as what they lead to is hit: from where each was come."""
        came: dict[str, str] = dict.fromkeys(mine, "")
        ahead = list(mine)
        for node in ahead:
            for above in self._above.get(node, ()):
                if above not in came and self._explains((node, mine.get(node, found[node])), above, found):
                    came[above] = node
                    ahead.append(above)
        return came

    def _explains(self, below: tuple[str, int], above: str, found: Mapping[str, int]) -> bool:
        """Whether what is below, hit this hard, is enough for how hard it is hit above."""
        node, rank = below
        is_hard = above not in self._members or node in self._members[above]
        return (rank if is_hard else _MILDER[rank]) >= found[above]


def _path(came: Mapping[str, str], service: str) -> tuple[str, ...]:
    path = [service]
    while came[path[-1]]:
        path.append(came[path[-1]])
    return tuple(reversed(path))


def _uses(client: Client) -> dict[str, tuple[str, ...]]:
    services = client.doc.services if client.doc else {}
    return {id_: tuple(service.uses) for id_, service in services.items()}
