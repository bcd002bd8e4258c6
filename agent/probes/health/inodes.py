"""How many of each file system's inodes are used."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources.mounts import mounts
from checks.reading import CheckName, Why


def look(at: Look) -> Looked:
    """The used share of inodes; file systems that make them as needed have none to run out of."""
    for mount in mounts():
        room = mount.room
        if room is None:
            yield at.gap("inodes", Why.TIMED_OUT, "does not answer; is its server gone?", mount.path)
        elif room.f_files:
            used = room.f_files - room.f_ffree
            yield at.reading("inodes", mount.path, used / max(1, used + room.f_favail))


PROBE = Probe(CheckName("inodes"), look)
