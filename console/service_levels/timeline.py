"""How a service stood over time: its `needs` tree evaluated over what is known of its hosts (operating-model.md, 3.1).

A host is up where evidence proves that it was there and nobody confirmed an outage; where evidence is missing it is
unknown, never down by silence alone; a confirmed outage wins over evidence that arrives meanwhile. What a service only
`uses` degrades it while it is down. Causes follow the branches that take a service down, and no others (3.6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from console.operating_model.entities import Client
from console.service_levels.intervals import Interval, Intervals, difference, intersection, normal, union

UNKNOWN_CAUSE = "unknown"
Causes = Mapping[str, Intervals]
"""By cause, when it kept something down; causes may overlap."""


@dataclass(frozen=True, slots=True)
class Stood:
    """When something was up, and when it was down; unknown at every other second."""

    up: Intervals = ()
    down: Intervals = ()
    degraded: Intervals = ()
    """The part of `up` in which it was up and worse than it should be."""
    thin: Intervals = ()
    """The part of `up` in which its redundancy was lost: enough members, and not all."""
    causes: Causes = field(default_factory=dict)
    """Of `down`; every second of it has one."""

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
    causes: Causes = field(default_factory=dict)
    """Of the outages; where none is named the cause is unknown."""

    @property
    def by_cause(self) -> Causes:
        """The outages by cause, each second with one at least."""
        rest = difference(self.outages, union(*self.causes.values()))
        return {**self.causes, UNKNOWN_CAUSE: union(rest, self.causes.get(UNKNOWN_CAUSE, ()))} if rest else self.causes


def services_stood(client: Client, hosts: Mapping[str, HostRecord]) -> dict[str, Stood]:
    """How every service of a client stood. The model has no circles (I4), so each is evaluated once.

    `hosts` may also name externals and services: an outage is told of what was down (3.6).
    """
    stood = all_stood(client, hosts)
    return {service: stood[service] for service in client.services}


def all_stood(client: Client, hosts: Mapping[str, HostRecord]) -> dict[str, Stood]:
    """As `services_stood`, of its hosts and externals too."""
    stood: dict[str, Stood] = {}
    for host in client.hosts:
        _host(client, host, hosts, stood)
    for external in client.externals.values():
        record = hosts.get(external.id, HostRecord())
        known = hosts.get(external.probing_host, HostRecord()).known
        stood[external.id] = _told(Stood(known), record)
    for service in client.services:
        _service(client, service, hosts, stood)
    worse: dict[str, Intervals] = {}
    used = _used(client)
    for service in client.services:
        _degraded(client, service, (stood, used), worse)
    return {id_: replace(one, degraded=worse[id_]) if worse.get(id_) else one for id_, one in stood.items()}


def _host(client: Client, host: str, records: Mapping[str, HostRecord], stood: dict[str, Stood]) -> Stood:
    """A host; a guest is down while what it runs on is down (3.6)."""
    if host not in stood:
        record = records.get(host, HostRecord())
        below = client.hosts[host].runs_on
        carrier = _host(client, below, records, stood) if below else Stood()
        stood[host] = _told(Stood(record.known, carrier.down, causes=carrier.causes), record)
    return stood[host]


def _service(client: Client, service: str, records: Mapping[str, HostRecord], stood: dict[str, Stood]) -> Stood:
    if service not in stood:
        needs = client.services[service].needs
        members = [stood[one] if one in stood else _service(client, one, records, stood) for one in needs.members]
        stood[service] = _told(at_least(needs.enough, members), records.get(service, HostRecord()))
    return stood[service]


def _told(stood: Stood, record: HostRecord) -> Stood:
    """With what was said of it: a confirmed outage wins over evidence, and one in doubt leaves nothing known."""
    if not (record.outages or record.doubted or stood.down):
        return stood
    down = union(stood.down, record.outages)
    gone = union(down, record.doubted)
    causes = merged((stood.causes, record.by_cause)) if record.outages else stood.causes
    return Stood(difference(stood.up, gone), down, thin=difference(stood.thin, gone), causes=causes)


def merged(causes: Iterable[Causes]) -> Causes:
    """Every second of every cause, whoever it struck."""
    found: dict[str, list[Intervals]] = {}
    for one in causes:
        for cause, spans in one.items():
            found.setdefault(cause, []).append(spans)
    return {cause: union(*spans) for cause, spans in found.items()}


def _used(client: Client) -> dict[str, list[str]]:
    """By service, what it only uses."""
    found: dict[str, list[str]] = {}
    for member, services in client.using.items():
        for service in services:
            found.setdefault(service, []).append(member)
    return found


def _degraded(
    client: Client, service: str, known: tuple[dict[str, Stood], dict[str, list[str]]], worse: dict[str, Intervals]
) -> Intervals:
    """When it was up and worse: something that it uses was down, or too few of its needs were as they should be."""
    if service not in worse:
        stood, used = known
        needs = client.services[service].needs
        ill = {one: _degraded(client, one, known, worse) for one in needs.members if one in client.services}
        lost: list[Intervals] = [stood[one].down for one in used.get(service, ()) if one in stood]
        if any(ill.values()):
            well = [replace(stood[one], up=difference(stood[one].up, ill.get(one, ()))) for one in needs.members]
            lost.append(difference(stood[service].up, at_least(needs.enough, well).up))
        worse[service] = intersection(union(*lost), stood[service].up) if lost else ()
    return worse[service]


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
    thin: list[Interval] = []
    ups = downs = 0
    for start, end in pairwise(sorted(edges)):
        ups += edges[start][0]
        downs += edges[start][1]
        if ups >= enough:
            up.append((start, end))
            if ups < len(members):
                thin.append((start, end))
        elif len(members) - downs < enough:
            down.append((start, end))
    return _because(Stood(normal(up), normal(down), thin=normal(thin)), members)


def _because(stood: Stood, members: Sequence[Stood]) -> Stood:
    """With the causes that kept its members down while it was down itself: other branches do not matter (3.6)."""
    if not stood.down:
        return stood
    causes = {cause: intersection(spans, stood.down) for cause, spans in merged(one.causes for one in members).items()}
    return replace(stood, causes={cause: spans for cause, spans in causes.items() if spans})
