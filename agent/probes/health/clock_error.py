"""By how much the clock may be off, by the kernel's own count, which chrony, ntpd and systemd-timesyncd keep."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from agent.looking import Look, Looked, Probe
from checks.reading import CheckName, Gap, Reading, Why

if TYPE_CHECKING:
    from agent.sources.timex import Clock


def look(at: Look) -> Looked:
    """The greatest error in seconds, while the clock is synchronised; that it is not is another check's."""
    if platform.system() != "Linux":
        yield at.gap("clock_error", Why.NOT_HERE, "not looked at on this system yet")
        return
    from agent.sources.timex import clock

    yield told(at, clock())


def told(at: Look, kernel: Clock | None) -> Reading | Gap:
    """What the kernel's word comes to."""
    if kernel is None:
        return at.gap("clock_error", Why.DENIED, "the kernel does not say how its clock stands")
    if not kernel.is_synchronised:
        return at.gap("clock_error", Why.NOT_HERE, "nobody keeps this clock, so nobody knows its error")
    if kernel.most_error < 0:
        return at.gap("clock_error", Why.FAILED, "the kernel tells an error that cannot be")
    return at.reading("clock_error", "", kernel.most_error)


PROBE = Probe(CheckName("clock_error"), look)
