"""How a service stood over time: its `needs` tree evaluated over what is known of its hosts (operating-model.md, 3.1).

A host is up where evidence proves that it was there and nobody confirmed an outage; where evidence is missing it is
unknown, never down by silence alone; a confirmed outage wins over evidence that arrives meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from console.operating_model.entities import Client
from console.service_levels.intervals import Interval, Intervals, difference, normal, union


@dataclass(frozen=True, slots=True)
class Stood:
    """When something was up, and when it was down; unknown at every other second."""

    up: Intervals = ()
    down: Intervals = ()

    @property
    def known(self) -> Intervals:
        """When its state is known."""
        return union(self.up, self.down)


@dataclass(frozen=True, slots=True)
class HostRecord:
    """What the record says about one host."""

    known: Intervals = ()
    """When evidence proves something."""
    outages: Intervals = ()
    """When a person, or a record, confirmed that it was down."""
    doubted: Intervals = ()
    """When somebody thinks that it was down, and nobody confirmed it: unknown, whatever the evidence says."""


def services_stood(client: Client, hosts: Mapping[str, HostRecord]) -> dict[str, Stood]:
    """How every service of a client stood. The model has no circles (I4), so each is evaluated once.

    `hosts` may also name externals and services: an outage is told of what was down (3.6).
    """
    stood: dict[str, Stood] = {}
    for host in client.hosts:
        _host(client, host, hosts, stood)
    for external in client.externals.values():
        record = hosts.get(external.id, HostRecord())
        known = hosts.get(external.probing_host, HostRecord()).known
        stood[external.id] = _told(Stood(known), record)
    for service in client.services:
        _service(client, service, hosts, stood)
    return {service: stood[service] for service in client.services}


def _host(client: Client, host: str, records: Mapping[str, HostRecord], stood: dict[str, Stood]) -> Stood:
    """A host; a guest is down while what it runs on is down (3.6)."""
    if host not in stood:
        record = records.get(host, HostRecord())
        below = client.hosts[host].runs_on
        down = _host(client, below, records, stood).down if below else ()
        stood[host] = _told(Stood(record.known, down), record)
    return stood[host]


def _service(client: Client, service: str, records: Mapping[str, HostRecord], stood: dict[str, Stood]) -> Stood:
    if service not in stood:
        needs = client.services[service].needs
        members = [stood[one] if one in stood else _service(client, one, records, stood) for one in needs.members]
        stood[service] = _told(at_least(needs.enough, members), records.get(service, HostRecord()))
    return stood[service]


def _told(stood: Stood, record: HostRecord) -> Stood:
    """With what was said of it: a confirmed outage wins over evidence, and one in doubt leaves nothing known."""
    down = union(stood.down, record.outages)
    return Stood(difference(stood.up, union(down, record.doubted)), down)


def at_least(enough: int, members: Sequence[Stood]) -> Stood:
    """Up while at least `enough` members are; down while too few could be even if every unknown one were up."""
    edges: dict[int, list[int]] = {}
    for member in members:
        for place, intervals in ((0, member.up), (1, member.down)):
            for start, end in intervals:
                edges.setdefault(start, [0, 0])[place] += 1
                edges.setdefault(end, [0, 0])[place] -= 1
    up: list[Interval] = []
    down: list[Interval] = []
    ups = downs = 0
    instants = sorted(edges)
    for start, end in pairwise(instants):
        ups += edges[start][0]
        downs += edges[start][1]
        if ups >= enough:
            up.append((start, end))
        elif len(members) - downs < enough:
            down.append((start, end))
    return Stood(normal(up), normal(down))
