"""How full each file system is, as an ordinary user sees it."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources.mounts import mounts
from checks.reading import CheckName, Why


def look(at: Look) -> Looked:
    """The used share of each file system: what root keeps in reserve is not room."""
    for mount in mounts():
        room = mount.room
        if room is None:
            yield at.gap("disk", Why.TIMED_OUT, "does not answer; is its server gone?", mount.path)
            continue
        used = room.f_blocks - room.f_bfree
        yield at.reading("disk", mount.path, used / max(1, used + room.f_bavail))


PROBE = Probe(CheckName("disk"), look)
