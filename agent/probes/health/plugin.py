"""Runs the monitoring plugins that this machine's administrator listed, each within its own time."""

from __future__ import annotations

import time

from agent.looking import ListedPlugin, Look, Looked, Probe
from agent.programs import ProgramError, ProgramMissing, ProgramTimedOut, run
from checks.plugin import UNKNOWN, Said, said
from checks.reading import CheckName, Gap, Item, Reading, Why

MOST_SECONDS = 60.0
"""All plugins of one pass together; those that are not reached leave a gap."""
MOST_BYTES = 1 << 20


def look(at: Look) -> Looked:
    """Each plugin's exit code, with its first line and its values."""
    deadline = time.monotonic() + MOST_SECONDS - 2
    for plugin in at.asked.plugins:
        left = min(plugin.seconds, deadline - time.monotonic())
        if left <= 0:
            yield at.gap("plugin", Why.TIMED_OUT, "the plugins before it took all the time of this pass", plugin.name)
            continue
        yield _ran(at, plugin, left)


def _ran(at: Look, plugin: ListedPlugin, seconds: float) -> Reading | Gap:
    try:
        ran = run(plugin.command, seconds=seconds, most_bytes=MOST_BYTES)
    except ProgramMissing as error:
        return at.gap("plugin", Why.FAILED, str(error), plugin.name)
    except ProgramTimedOut as error:
        return at.gap("plugin", Why.TIMED_OUT, str(error), plugin.name)
    except (ProgramError, OSError) as error:
        return at.gap("plugin", Why.FAILED, str(error), plugin.name)
    told = said(ran.out)
    if 0 <= ran.status < UNKNOWN:
        return Reading(CheckName("plugin"), plugin.name, float(ran.status), at.now, at.next_look, tuple(_items(told)))
    words = told.text or " ".join(ran.err.split())[:200] or "it said nothing"
    why = "it does not know" if ran.status == UNKNOWN else f"exit code {ran.status}, which is no plugin's"
    return at.gap("plugin", Why.FAILED, f"{why}: {words}", plugin.name)


def _items(told: Said) -> list[Item]:
    """The first line, then each value with its limits."""
    values = [Item(one.label, f"{one.words} ({one.limits})" if one.limits else one.words) for one in told.values]
    return [Item(told.text, told.long[0] if told.long else ""), *values]


PROBE = Probe(CheckName("plugin"), look, seconds=MOST_SECONDS)
