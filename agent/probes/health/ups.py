"""What each listed UPS says: Network UPS Tools, asked with `upsc`."""

from __future__ import annotations

from agent.looking import ListedUps, Look, Looked, Probe
from agent.programs import ProgramError, ProgramMissing, ProgramTimedOut, run
from checks.reading import CheckName, Gap, Item, Reading, Why

SECONDS = 8.0
_MOST_BYTES = 256 << 10
_TROUBLES = {
    "OB": "on battery",
    "LB": "battery is low",
    "RB": "battery must be replaced",
    "OVER": "overloaded",
    "BYPASS": "bypassed: nothing protects",
    "OFF": "switched off",
    "FSD": "shutting down",
    "ALARM": "gives an alarm",
}
"""Words of `ups.status` that are no good news (NUT: Network UPS Tools developer guide, status data)."""
_GOOD = {"OL", "HB", "CHRG", "DISCHRG", "CAL", "TRIM", "BOOST", "TEST", "ECO"}


def look(at: Look) -> Looked:
    """How many troubles each reports at once; its charge and its time left are named."""
    for one in at.asked.ups:
        yield _seen(at, one)


def _seen(at: Look, one: ListedUps) -> Reading | Gap:
    try:
        ran = run(["upsc", one.ups], seconds=SECONDS, most_bytes=_MOST_BYTES)
    except ProgramTimedOut as error:
        return at.gap("ups", Why.TIMED_OUT, str(error), one.name)
    except ProgramMissing as error:
        return at.gap("ups", Why.FAILED, f"{error}; it is listed in agent.toml", one.name)
    except ProgramError as error:
        return at.gap("ups", Why.FAILED, str(error), one.name)
    said = {key: value.strip() for key, _, value in (line.partition(": ") for line in ran.out.splitlines())}
    words = said.get("ups.status", "").split()
    if ran.status or not words:
        told = " ".join(ran.err.split())[-200:] or "no ups.status"
        return at.gap("ups", Why.FAILED, f"upsc ended with {ran.status}: {told}", one.name)
    if strange := [word for word in words if word not in _GOOD and word not in _TROUBLES]:
        return at.gap("ups", Why.FAILED, f"its status is none that is known: {strange[0][:50]}", one.name)
    troubles = [_TROUBLES[word] for word in words if word in _TROUBLES]
    items = [*map(Item, troubles), *_left(said)]
    return Reading(CheckName("ups"), one.name, float(len(troubles)), at.now, at.next_look, tuple(items))


def _left(said: dict[str, str]) -> list[Item]:
    """Charge in percent and time in seconds, where the UPS tells them and they can be."""
    charge, runtime = said.get("battery.charge", ""), said.get("battery.runtime", "")
    found = [Item(f"charge {charge} %")] if charge.isdecimal() and int(charge[:4]) <= 100 else []
    return found + ([Item(f"lasts {int(runtime) // 60} min")] if runtime.isdecimal() and len(runtime) < 7 else [])


PROBE = Probe(CheckName("ups"), look, seconds=30.0)
