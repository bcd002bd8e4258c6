"""Whether the kernel's clock is synchronised."""

from __future__ import annotations

import platform

from agent.looking import Look, Looked, Probe
from checks.reading import CheckName, Why

_SIZE_OF_TIMEX = 512
_TIME_ERROR = 5


def look(at: Look) -> Looked:
    """0 where the kernel says that its clock is synchronised, 1 where not: adjtimex(2), asked and not changed."""
    if platform.system() != "Linux":
        yield at.gap("clock", Why.NOT_HERE, "not looked at on this system yet")
        return
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    state = libc.adjtimex(ctypes.create_string_buffer(_SIZE_OF_TIMEX))
    if state < 0:
        yield at.gap("clock", Why.DENIED, "the kernel does not say whether its clock is synchronised")
        return
    yield at.reading("clock", "", float(state == _TIME_ERROR))


PROBE = Probe(CheckName("clock"), look)
