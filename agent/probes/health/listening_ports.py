"""Which ports listen, against the baseline that this machine's administrator listed; without one nothing is looked at.

Of this network namespace: what listens inside a container shows here where a port of it was published.
"""

from __future__ import annotations

import ipaddress
import socket
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import psutil

from agent.looking import ListedPort, Look, Looked, Probe
from checks.reading import CheckName, Item, Reading, Why

_CHECK = "listening_ports"
AS_EXPECTED, NOT_ACCEPTED, SILENT = 0.0, 1.0, 2.0
MOST_ITEMS = 50
_EPHEMERAL = (32_768, 60_999)
"""Linux's own default, where the kernel does not say; IANA's begins at 49152."""

Found = Mapping[ListedPort, list[Item]]


def look(at: Look) -> Looked:
    """Each port of the baseline: 0 listens, 2 does not. All others together: 0 there are none, 1 there are some."""
    expected = at.asked.ports
    if expected is None:
        return
    try:
        found = _listening(at.root)
    except psutil.AccessDenied:
        yield at.gap(_CHECK, Why.DENIED, "the agent's user may not see who listens")
        return
    for port in expected:
        items = found.get(port) or (found.get(ListedPort(port.number, port.protocol)) if port.is_local else None) or []
        value = AS_EXPECTED if items else SILENT
        yield Reading(CheckName(_CHECK), str(port), value, at.now, at.next_look, tuple(items[:1]))
    others = [item for port, items in found.items() if not port.is_local and port not in expected for item in items[:1]]
    value = NOT_ACCEPTED if others else AS_EXPECTED
    yield Reading(CheckName(_CHECK), "", value, at.now, at.next_look, tuple(others[:MOST_ITEMS]))


def _listening(root: Path) -> Found:
    """Who listens on what, in the order of the numbers. A UDP port that the kernel gave out is a client's own."""
    first, last = _given_out(root)
    found: defaultdict[ListedPort, list[Item]] = defaultdict(list)
    for one in psutil.net_connections("inet"):
        is_tcp = one.type == socket.SOCK_STREAM
        if not one.laddr or (one.status != psutil.CONN_LISTEN if is_tcp else one.raddr):
            continue
        if not is_tcp and first <= one.laddr.port <= last:
            continue
        port = ListedPort(one.laddr.port, "tcp" if is_tcp else "udp", _is_loopback(one.laddr.ip))
        found[port].append(Item(str(port), _name(one.pid)))
    for items in found.values():
        items.sort(key=lambda item: not item.detail)
    return dict(sorted(found.items(), key=lambda pair: (pair[0].number, pair[0].protocol)))


def _given_out(root: Path) -> tuple[int, int]:
    try:
        first, last = (root / "proc/sys/net/ipv4/ip_local_port_range").read_text().split()
        return int(first), int(last)
    except (OSError, ValueError):
        return _EPHEMERAL


def _is_loopback(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return (mapped or found).is_loopback


def _name(pid: int | None) -> str:
    """The program's name; "" where the agent's user may not see whose socket it is."""
    try:
        return "" if pid is None else psutil.Process(pid).name()
    except psutil.Error:
        return ""


PROBE = Probe(CheckName(_CHECK), look)
