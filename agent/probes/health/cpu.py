"""How busy the processors were since the previous look."""

from __future__ import annotations

import time

import psutil

from agent.looking import Look, Looked, Probe
from checks.reading import CheckName

_FIRST_SECONDS = 0.2


def look(at: Look) -> Looked:
    """The busy share since the previous look; the first one ever measures a fifth of a second."""
    before = at.memory.recall("cpu")
    now = _times()
    if not _is_earlier(before, now):
        time.sleep(_FIRST_SECONDS)
        before, now = now, _times()
    at.memory.keep("cpu", now)
    busy, total = (now[place] - before[place] for place in (0, 1))  # type: ignore[index]  # checked just above
    yield at.reading("cpu", "", min(1.0, max(0.0, busy / total)) if total > 0 else 0.0)


def _times() -> list[float]:
    """Seconds busy and seconds in all, since boot, of all processors."""
    times = psutil.cpu_times()
    idle = times.idle + getattr(times, "iowait", 0.0)
    total = sum(times) - getattr(times, "guest", 0.0) - getattr(times, "guest_nice", 0.0)
    return [total - idle, total]


def _is_earlier(before: object, now: list[float]) -> bool:
    """Whether what was remembered is of this boot and some time ago."""
    return isinstance(before, list) and len(before) == 2 and before[1] + 0.5 < now[1] and before[0] <= now[0]


PROBE = Probe(CheckName("cpu"), look)
