"""Which share of each interface's packets had errors since the previous look."""

from __future__ import annotations

import psutil

from agent.looking import Look, Looked, Probe
from checks.reading import CheckName

_REMEMBERED = "network_errors"


def look(at: Look) -> Looked:
    """Errors for each packet since the previous look; interfaces that are down or the loopback are left out."""
    before = at.memory.recall(_REMEMBERED)
    known = before if isinstance(before, dict) else {}
    counters = psutil.net_io_counters(pernic=True)
    now = {
        name: [one.errin + one.errout, one.packets_recv + one.packets_sent]
        for name, one in counters.items()
        if name != "lo" and name in psutil.net_if_stats() and psutil.net_if_stats()[name].isup
    }
    at.memory.keep(_REMEMBERED, now)
    for name, counted in sorted(now.items()):
        errors, packets = _since(known.get(name), counted)
        yield at.reading("network_errors", name, errors / packets if packets > 0 else 0.0)


def _since(before: object, now: list[int]) -> tuple[int, int]:
    """What was added since then; everything since boot where the counters began anew."""
    if isinstance(before, list) and len(before) == 2 and before[0] <= now[0] and before[1] <= now[1]:
        return now[0] - before[0], now[1] - before[1]
    return now[0], now[1]


PROBE = Probe(CheckName("network_errors"), look)
