"""The share of the last five minutes in which every program that could run waited for memory (Linux PSI)."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from checks.reading import CheckName, Why


def look(at: Look) -> Looked:
    """`full avg300` of the kernel's own count, 0 to 1."""
    try:
        lines = (at.root / "proc/pressure/memory").read_text().splitlines()
    except OSError as error:
        yield at.gap("memory_pressure", Why.NOT_HERE, f"this kernel does not count it: {error.strerror}")
        return
    words = next((line.split()[1:] for line in lines if line.startswith("full ")), [])
    full = dict(word.partition("=")[::2] for word in words)
    try:
        yield at.reading("memory_pressure", "", float(full["avg300"]) / 100)
    except (KeyError, ValueError):
        yield at.gap("memory_pressure", Why.FAILED, "/proc/pressure/memory is not what it should be")


PROBE = Probe(CheckName("memory_pressure"), look)
