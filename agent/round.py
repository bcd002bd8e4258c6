"""One pass over the probes: each alone, timed, and a Gap where it fails. A pass never crashes and never hangs."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import msgspec

from agent.looking import DEAR_EVERY, Look, Probe
from checks.reading import Gap, Reading, Why

MOST_OF_A_PROBE = 1000


@dataclass(slots=True)
class Gathered:
    """What one pass brought home."""

    readings: list[Reading] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    durations: dict[str, float] = field(default_factory=dict)


class Round:
    """Asks the probes. Remembers which of them still hang, so that no second one is started beside them."""

    def __init__(self, probes: Sequence[Probe]) -> None:
        self._probes = probes
        self._hanging: dict[str, threading.Thread] = {}

    def gather(self, look: Look) -> Gathered:
        """One pass. Dear probes whose subject has not changed are answered from memory."""
        gathered = Gathered()
        for probe in self._probes:
            if not (probe.is_dear and self._recall(probe, look, gathered)):
                self._ask(probe, look, gathered)
        return gathered

    def _recall(self, probe: Probe, look: Look, gathered: Gathered) -> bool:
        """The readings of a dear probe, if they are still good."""
        kept = look.memory.recall(f"dear {probe.check}")
        if not isinstance(kept, dict) or kept.get("print") != _fingerprint(probe, look):
            return False
        if not 0 <= look.now - int(kept.get("at", 0)) < DEAR_EVERY:
            return False
        gathered.readings.extend(msgspec.json.decode(str(kept["readings"]), type=list[Reading]))
        return True

    def _ask(self, probe: Probe, look: Look, gathered: Gathered) -> None:
        hanging = self._hanging.get(probe.check)
        if hanging is not None and hanging.is_alive():
            gathered.gaps.append(look.gap(probe.check, Why.TIMED_OUT, "still hangs since an earlier look"))
            return
        own = replace(look, next_look=look.now + DEAR_EVERY) if probe.is_dear else look
        seen: list[Reading | Gap] = []
        asking = threading.Thread(target=_looked, args=(probe, own, seen), name=f"probe {probe.check}", daemon=True)
        began = time.monotonic()
        asking.start()
        asking.join(probe.seconds)
        gathered.durations[probe.check] = round(time.monotonic() - began, 4)
        if asking.is_alive():
            self._hanging[probe.check] = asking
            seen = [look.gap(probe.check, Why.TIMED_OUT, f"did not answer within {probe.seconds:g} s")]
        self._take(probe, own, seen, gathered)

    def _take(self, probe: Probe, look: Look, seen: list[Reading | Gap], gathered: Gathered) -> None:
        if len(seen) > MOST_OF_A_PROBE:
            gathered.gaps.append(look.gap(probe.check, Why.FAILED, f"saw more than {MOST_OF_A_PROBE} things"))
            seen = seen[:MOST_OF_A_PROBE]
        readings = [one for one in seen if isinstance(one, Reading)]
        gaps = [one for one in seen if isinstance(one, Gap)]
        gathered.readings.extend(readings)
        gathered.gaps.extend(gaps)
        if probe.is_dear and all(gap.why is Why.NOT_HERE for gap in gaps) and (readings or not gaps):
            text = msgspec.json.encode(readings).decode()
            kept = {"print": _fingerprint(probe, look), "at": look.now, "readings": text}
            look.memory.keep(f"dear {probe.check}", kept)


def _looked(probe: Probe, look: Look, seen: list[Reading | Gap]) -> None:
    """Runs in a thread of its own. Whatever a probe does wrong is a gap, and no concern of its neighbours."""
    found: list[Reading | Gap] = []
    try:
        for one in probe.look(look):
            found.append(one)
            if len(found) > MOST_OF_A_PROBE:
                break
    except Exception as error:  # noqa: BLE001 - around a probe: its failure is data
        found = [look.gap(probe.check, Why.FAILED, f"{type(error).__name__}: {error}"[:300])]
    seen.extend(found)


def _fingerprint(probe: Probe, look: Look) -> str:
    try:
        return "" if probe.fingerprint is None else probe.fingerprint(look)
    except OSError as error:
        return f"unreadable: {error}"
