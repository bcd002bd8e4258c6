"""How many programs the kernel ended for want of memory, in the last day."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from checks.reading import CheckName, Instant, Why

_DAY = 86_400
_REMEMBERED = "oom_kills"


def look(at: Look) -> Looked:
    """What the kernel's counter grew by, look by look, added over a day; what was before the first look is not ours."""
    count = _count(at)
    if count is None:
        yield at.gap("oom_kills", Why.NOT_HERE, "this kernel does not count them")
        return
    kept = at.memory.recall(_REMEMBERED)
    before, grown = _before(kept, at.now) if isinstance(kept, dict) else (count, [])
    more = count - before if count >= before else count  # it counts from 0 again after a boot
    grown = [*grown, [at.now, more]] if more else grown
    at.memory.keep(_REMEMBERED, {"count": count, "grown": grown})
    yield at.reading("oom_kills", "", float(sum(number for _, number in grown)))


def _count(at: Look) -> int | None:
    try:
        lines = (at.root / "proc/vmstat").read_text().splitlines()
    except OSError:
        return None
    found = next((line.split()[1] for line in lines if line.startswith("oom_kill ")), "")
    return int(found) if found.isdigit() else None


def _before(kept: dict[str, object], now: Instant) -> tuple[int, list[list[int]]]:
    count, grown = kept.get("count"), kept.get("grown")
    found = [one for one in grown if isinstance(one, list) and len(one) == 2] if isinstance(grown, list) else []
    return (count if isinstance(count, int) else 0), [one for one in found if one[0] > now - _DAY]


PROBE = Probe(CheckName("oom_kills"), look)
