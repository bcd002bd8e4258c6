"""When each file system will be full, if it goes on as in the last two weeks."""

from __future__ import annotations

from collections.abc import Sequence

from agent.looking import DEAR_EVERY, Look, Looked, Probe
from agent.sources.mounts import mounts
from agent.sources.trend import Point, trend
from checks.reading import CheckName, Item, Reading

_DAY = 86_400
_KEPT = 14 * _DAY
_FEWEST = 8
"""Points that a forecast needs: two days of them."""
_APART = DEAR_EVERY - 600
"""Seconds between two points, less a pass or two."""
_FARTHEST = 180 * _DAY
"""Two weeks tell nothing about what lies farther ahead."""
_REMEMBERED = "time_to_full"


def look(at: Look) -> Looked:
    """Seconds until no room is left for an ordinary user; None where it does not fill up, or nobody can say yet."""
    kept = at.memory.recall(_REMEMBERED)
    points: dict[str, list[Point]] = {}
    for mount in mounts():
        if mount.is_read_only or mount.room is None:
            continue  # told by other checks
        used = (mount.room.f_blocks - mount.room.f_bfree) * mount.room.f_frsize
        free = mount.room.f_bavail * mount.room.f_frsize
        seen = _before(kept, mount.path, at.now)
        if not seen or at.now - seen[-1][0] >= _APART:
            seen.append((float(at.now), float(used)))
        points[mount.path] = seen
        yield forecast(at, mount.path, seen, used + free)
    at.memory.keep(_REMEMBERED, points)


def _before(kept: object, path: str, now: float) -> list[Point]:
    """The points of the last two weeks that are remembered, oldest first; none where the memory is damaged."""
    rows = kept.get(path) if isinstance(kept, dict) else None
    try:
        found = {float(one[0]): float(one[1]) for one in rows} if isinstance(rows, list) else {}
    except (TypeError, ValueError, IndexError):
        return []
    return sorted(one for one in found.items() if now - _KEPT < one[0] < now)


def forecast(at: Look, subject: str, points: Sequence[Point], room: float) -> Reading:
    """The reading of one file system of `room` bytes, from what was used at each instant."""
    if len(points) < _FEWEST:
        return _told(at, subject, None, Item("too few looks"))
    line = trend(points)
    free = max(0.0, room - line.level)
    if line.least <= 0 or free / line.slope > _FARTHEST:
        return _told(at, subject, None)
    latest = min(free / line.least, _FARTHEST)
    bounds = (Item("soonest", str(round(free / line.most))), Item("latest", str(round(latest))))
    return _told(at, subject, free / line.slope, *bounds)


def _told(at: Look, subject: str, value: float | None, *items: Item) -> Reading:
    return Reading(CheckName("time_to_full"), subject, value, at.now, at.next_look, items)


def _pace(_: Look) -> str:
    """Nothing but time makes another look worth its while."""
    return ""


PROBE = Probe(CheckName("time_to_full"), look, _pace)
