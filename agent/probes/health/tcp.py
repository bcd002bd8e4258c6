"""Whether the listed ports of other things take a connection, and after how long."""

from __future__ import annotations

import time

from agent.looking import ListedAddress, Look, Looked, Probe
from agent.sources import network
from checks.reading import CheckName


def look(at: Look) -> Looked:
    """Seconds until each took a connection; none where it does not. Nothing is sent."""
    return network.asked(at, "tcp", at.asked.tcp, _seconds)


def _seconds(one: ListedAddress, deadline: float) -> float:
    began = time.monotonic()
    network.connected(one.host, one.port, deadline).close()
    return time.monotonic() - began


PROBE = Probe(CheckName("tcp"), look, seconds=network.MOST_SECONDS + 5)
