"""What a fault does to the services above it: through `needs`, `runs_on`, `uses` (operating-model.md, 2.2, 3.1). Pure.

A service is hit as hard as the worst of the best members that it needs: all of them, or k of m. Where a member is worse
than that, the others carry it and what is lost is redundancy: at risk. What is only used turns one step milder.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from checks.finding import Impact
from console.operating_model.entities import Client, Service

_RANKS = {Impact.AT_RISK: 1, Impact.DEGRADED: 2, Impact.DOWN: 3}
_IMPACTS = {rank: impact for impact, rank in _RANKS.items()}
_MILDER = {0: 0, 1: 1, 2: 1, 3: 2}
_DOWN = _RANKS[Impact.DOWN]


class How(StrEnum):
    """By which kind of line a service is hit."""

    NEEDS = "needs"
    REDUNDANCY = "redundancy"
    """Enough of its other members still carry it."""
    USES = "uses"


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
    others: tuple[str, ...] = ()
    """The members that still carry it, where redundancy is lost."""
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
    """Every service that `struck` (a host or an external) reaches, the hardest hit and most critical first.

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
        self._under: dict[str, frozenset[str]] = {}
        for host in client.hosts.values():
            self._above.setdefault(host.runs_on, []).append(host.id)
        for service in client.services.values():
            for below in dict.fromkeys((*service.needs.members, *self._uses.get(service.id, ()))):
                self._above.setdefault(below, []).append(service.id)

    def hits(self, struck: str, impact: Impact, beside: Mapping[str, Impact]) -> tuple[Hit, ...]:
        """As `hits`, for who asks often."""
        mine = {struck: _RANKS[impact]}
        alone = self._spread(mine)
        relevant = self._beside_it(alone) if beside else frozenset()
        others = {id_: _RANKS[one] for id_, one in beside.items() if id_ in relevant and id_ != struck}
        without, whole = (self._spread(others), self._spread(others | mine)) if others else ({}, alone)
        found = [
            self._hit(id_, whole if whole[id_] > without.get(id_, 0) else alone, struck)
            for id_ in alone
            if id_ in self.client.services
        ]
        return tuple(sorted(found, key=_hardest))

    def _spread(self, struck: Mapping[str, int]) -> dict[str, int]:
        """How hard everything is hit that `struck` reaches; ranks only grow, so it ends."""
        found = dict(struck)
        wave = set(struck)
        while wave:
            touched = {above for one in wave for above in self._above.get(one, ())}
            ranks = {one: self._rank(one, found) for one in touched}
            wave = {one for one, rank in ranks.items() if rank > found.get(one, 0)}
            found.update((one, ranks[one]) for one in wave)
        return found

    def _beside_it(self, reached: Iterable[str]) -> set[str]:
        """All below services among `reached` that not every member is needed of: only there does it matter what else
        is struck, as everywhere else the worst of two faults is what either does alone."""
        return {below for one in reached if self._is_redundant(one) for below in self._all_below(one)}

    def _all_below(self, service: str) -> frozenset[str]:
        if service not in self._under:
            found, ahead = {service}, [service]
            while ahead:
                below = set(self._below(ahead.pop())) - found
                found |= below
                ahead += below
            self._under[service] = frozenset(found)
        return self._under[service]

    def _is_redundant(self, node: str) -> bool:
        service = self.client.services.get(node)
        return service is not None and service.needs.enough < len(service.needs.members)

    def _below(self, node: str) -> tuple[str, ...]:
        service, host = self.client.services.get(node), self.client.hosts.get(node)
        if service is not None:
            return (*service.needs.members, *self._uses.get(node, ()))
        return (host.runs_on,) if host and host.runs_on else ()

    def _hit(self, service: str, found: Mapping[str, int], struck: str) -> Hit:
        """What happens to a service, and the shortest way by which it does."""
        path = self._path(service, found, struck)
        below, rank, members = path[-2], found[service], self.client.services[service].needs.members
        made = self.client.services[service], _IMPACTS[rank]
        if below not in self._members[service]:
            return Hit(*made, How.USES, path)
        if found[below] <= rank:
            return Hit(*made, How.NEEDS, path)
        gone = sum(found.get(one, 0) == _DOWN for one in members)
        left = tuple(one for one in members if found.get(one, 0) < found[below])
        word = "hosts" if all(one in self.client.hosts for one in members) else "members"
        return Hit(*made, How.REDUNDANCY, path, gone, left, word)

    def _rank(self, node: str, found: Mapping[str, int]) -> int:
        host = self.client.hosts.get(node)
        if host is not None:
            return max(found.get(node, 0), found.get(host.runs_on, 0))
        needs = self.client.services[node].needs
        ranks = sorted(found[one] for one in self._members[node] & found.keys())
        best = needs.enough - (len(needs.members) - len(ranks))
        hard = max(ranks[best - 1] if best > 0 else 0, 1 if ranks else 0)
        return max([hard, *(_MILDER[found.get(one, 0)] for one in self._uses.get(node, ()))])

    def _path(self, service: str, found: Mapping[str, int], struck: str) -> tuple[str, ...]:
        """Breadth first along lines that hit at least as hard as what they lead to is hit."""
        came: dict[str, str] = {struck: ""}
        ahead = [struck]
        for node in ahead:
            for above in self._above.get(node, ()):
                if above not in came and self._explains(node, above, found):
                    came[above] = node
                    ahead.append(above)
        path = [service]
        while came[path[-1]]:
            path.append(came[path[-1]])
        return tuple(reversed(path))

    def _explains(self, node: str, above: str, found: Mapping[str, int]) -> bool:
        service = self.client.services.get(above)
        is_hard = service is None or node in self._members[above]
        return (found[node] if is_hard else _MILDER[found[node]]) >= found[above]


def _uses(client: Client) -> dict[str, tuple[str, ...]]:
    services = client.doc.services if client.doc else {}
    return {id_: tuple(service.uses) for id_, service in services.items()}
