"""What is left of each built-in battery: Linux power supplies, kernel files that everybody may read."""

from __future__ import annotations

from pathlib import Path

from agent.looking import Look, Looked, Probe
from agent.sources.kernel import folders, number, words
from checks.reading import CheckName, Gap, Why

_MOST = 2.0
"""A battery that holds more than twice of what it was made for does not count right."""


def look(at: Look) -> Looked:
    """What each holds when it is full, as a share of what it was made for; none of mice and the like."""
    batteries = [one for one in folders(at.root / "sys/class/power_supply", "type") if _is_built_in(one)]
    if not batteries:
        yield at.gap("battery", Why.NOT_HERE, "this machine has no battery")
    for one in batteries:
        share = _share(one)
        if share is None:
            yield Gap(CheckName("battery"), one.name, Why.FAILED, "it does not tell", at.now, at.next_look)
        else:
            yield at.reading("battery", one.name, share)


def _is_built_in(supply: Path) -> bool:
    try:
        is_battery = words(supply / "type") == "Battery"
        return is_battery and not ((supply / "scope").exists() and words(supply / "scope") == "Device")
    except OSError:
        return False


def _share(supply: Path) -> float | None:
    """Drivers count in energy (µWh) or in charge (µAh): Documentation/ABI/testing/sysfs-class-power."""
    for kind in ("energy", "charge"):
        try:
            share = number(supply / f"{kind}_full") / number(supply / f"{kind}_full_design")
        except (OSError, ValueError, ZeroDivisionError, OverflowError):
            continue
        if 0 <= share <= _MOST:
            return share
    return None


PROBE = Probe(CheckName("battery"), look)
