"""What the kernel says of its own clock: adjtimex(2), asked and not changed."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

_TIME_ERROR = 5


class _Timex(ctypes.Structure):
    """`struct timex` up to the field that is read, and room for the rest."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("rest", ctypes.c_char * 480),
    )


@dataclass(frozen=True, slots=True)
class Clock:
    """The kernel's word."""

    is_synchronised: bool
    most_error: float
    """Seconds by which it may be off, at most."""


def clock() -> Clock | None:
    """How the clock stands; None where the kernel does not say. Linux alone."""
    told = _Timex()
    state = ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.byref(told))
    return None if state < 0 else Clock(state != _TIME_ERROR, told.maxerror / 1e6)
