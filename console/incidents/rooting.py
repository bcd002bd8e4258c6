"""Root cause over symptoms: whose silence is explained by the silence of what it runs on (4.2). Pure.

A guest that is gone is a symptom where the host that it runs on, however far below, was gone before it or within two
minutes after. It becomes a child of the lowest one that is; it stands for itself again once that incident is over, or
its evidence has been good for long enough, and the guest is still bad.

Where every host of a site that speaks is silent, and there are three at least, the site is dark: one incident has them
all, that of its firewall or router, else of the first host that runs on no other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from checks.reading import Instant
from console.incidents.events import Event, Incident, Kind
from console.operating_model.entities import Client

WITHIN = 120
"""Seconds by which a root may be found after its symptom."""
DARK = 3
"""Hosts that a site has at least, to be silent as a whole."""
_EDGE = ("firewall", "router", "gateway")
SILENCE = "checkin"


def merged(
    client: Client, cases: Iterable[Incident], speaking: Collection[str] = ()
) -> Iterator[tuple[Incident, Event]]:
    """The symptoms among a client's open incidents that no root has yet, each with the event that gives it one.

    `speaking` are the hosts that have an agent.
    """
    gone: dict[str, Incident] = {}
    mine = [one for one in cases if is_gone(one)]
    for one in sorted(mine, key=lambda one: (one.opening.check != SILENCE, one.number)):
        gone.setdefault(one.opening.host, one)
    dark = _dark(client, mine, speaking)
    for one in mine:
        below = _root(client, one, gone)
        edge = dark.get(_site(client, one)) or below
        root = edge if edge is not one else None
        if root is not None and one.parent != root.number:
            at = max(bad_since(one), bad_since(root), one.freed_at or 0)
            is_below = root is below
            why = f"{one.opening.host} runs on {root.opening.host}" if is_below else _all_of(client, one)
            yield one, Event(at, "", Kind.CHILD, f"merged under #{root.number}: {why}", parent=root.number)


def _dark(client: Client, cases: Iterable[Incident], speaking: Collection[str]) -> dict[str, Incident]:
    """The sites that are silent as a whole, each with the incident that has all others of it."""
    silent: dict[str, list[Incident]] = {}
    for one in cases:
        if one.opening.check == SILENCE and one.opening.host in client.hosts:
            silent.setdefault(_site(client, one), []).append(one)
    found: dict[str, Incident] = {}
    for site, mine in silent.items():
        there = (client.hosts[one] for one in speaking if one in client.hosts)
        expected = {one.id for one in there if one.site == site and one.presence == "always"}
        hosts = {one.opening.host for one in mine}
        if len(hosts) >= DARK and len(expected) >= DARK and expected <= hosts:
            found[site] = min(mine, key=lambda one: _edge_first(client, one))
    return found


def _edge_first(client: Client, one: Incident) -> tuple[bool, bool, Instant, int]:
    host = client.hosts[one.opening.host]
    return host.role not in _EDGE, bool(host.runs_on), bad_since(one), one.number


def _site(client: Client, one: Incident) -> str:
    host = client.hosts.get(one.opening.host)
    return host.site if host else ""


def _all_of(client: Client, one: Incident) -> str:
    site = client.sites.get(_site(client, one))
    return f"all of {site.name if site else _site(client, one)} is silent"


def freed(cases: Mapping[int, Incident], settle: Callable[[Incident], int], now: Instant) -> Iterator[Incident]:
    """The children that stand for themselves again at `now`; `settle` is for how long a root must have been good."""
    for one in cases.values():
        root = cases.get(one.parent)
        if one.parent and one.is_open and is_left(one) and (root is None or is_over(root, settle(root), now)):
            yield one


def is_gone(one: Incident) -> bool:
    """Whether its host is silent, or was down as somebody confirmed, and has not come back."""
    return one.is_open and one.recovered_at is None and (one.opening.check == SILENCE or one.outage_from is not None)


def is_left(one: Incident) -> bool:
    """Whether a child still needs somebody once its root is over: it is bad, or somebody had taken it."""
    return one.recovered_at is None or bool(one.owner)


def is_over(root: Incident, settle: int, now: Instant) -> bool:
    """Whether a root explains nothing any more: ended, or good for long enough."""
    return not root.is_open or (root.recovered_at is not None and root.recovered_at + settle <= now)


def bad_since(one: Incident) -> Instant:
    """Since when it is bad without a break."""
    relapses = [event.at for event in one.events if event.kind is Kind.RELAPSED]
    return relapses[-1] if relapses else one.opening.detected_at


def _root(client: Client, one: Incident, gone: Mapping[str, Incident]) -> Incident | None:
    """The lowest that is gone of what a host runs on, in time to explain it; None where nothing does."""
    found = None
    host = client.hosts.get(one.opening.host)
    seen: set[str] = set()
    while host is not None and host.runs_on not in seen:
        seen.add(host.runs_on)
        below = gone.get(host.runs_on)
        if below is not None and bad_since(below) <= bad_since(found or one) + WITHIN:
            found = below
        host = client.hosts.get(host.runs_on)
    return found
