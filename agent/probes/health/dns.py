"""Whether the listed names resolve, by what this machine's own resolver says (its hosts file and cache included)."""

from __future__ import annotations

import time

from agent.looking import ListedName, Look, Looked, Probe
from agent.sources import network
from checks.reading import CheckName


def look(at: Look) -> Looked:
    """Seconds until each name resolved; none where it does not, or not to the addresses that were listed."""
    return network.asked(at, "dns", at.asked.dns, _seconds)


def _seconds(one: ListedName, deadline: float) -> float:
    began = time.monotonic()
    try:
        found = {place.address[0] for place in network.places(one.lookup, 0, deadline)}
    except network.NotSeen as error:  # no name server that answers is what is asked for here
        raise network.Silent(str(error)) from error
    if one.addresses and found != set(one.addresses):
        raise network.Silent(f"leads to {_some(found)}, not to {_some(one.addresses)}")
    return time.monotonic() - began


def _some(addresses: frozenset[str] | set[str]) -> str:
    told = sorted(addresses)
    return ", ".join(told[:4]) + (f" and {len(told) - 4} more" if len(told) > 4 else "")


PROBE = Probe(CheckName("dns"), look, seconds=network.MOST_SECONDS + 5)
