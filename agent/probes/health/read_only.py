"""Whether each file system can still be written to."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources.mounts import mounts
from checks.reading import CheckName

_REMEMBERED = "read_only"


def look(at: Look) -> Looked:
    """1 where a file system that once could be written to is mounted read-only.

    One that never was (a recovery partition, a mount that is meant so) is no fault and gives 0.
    """
    remembered = at.memory.recall(_REMEMBERED)
    once = set(remembered) if isinstance(remembered, list) else set()
    here = list(mounts())
    at.memory.keep(_REMEMBERED, sorted(once | {mount.path for mount in here if not mount.is_read_only}))
    for mount in here:
        turned = mount.is_read_only and (mount.path in once or mount.path == "/")
        yield at.reading("read_only", mount.path, float(turned))


PROBE = Probe(CheckName("read_only"), look)
