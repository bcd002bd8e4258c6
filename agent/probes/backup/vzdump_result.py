"""How the last backup run of a Proxmox VE node went, and of each guest its own last one."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import logs, vzdump
from checks.reading import CheckName, Item, Reading


def look(at: Look) -> Looked:
    """0 where the last run that is over ended well, 1 with warnings, 2 where it or a guest's own last one failed.

    A second job that went well does not hide a guest of the first: what counts is the log of each guest.
    """
    try:
        last = vzdump.last_task(at.root)
        if last is None:
            return
        guests = vzdump.failed_guests(at.root, at.now)
    except logs.NotTold as error:
        yield logs.gap(at, "vzdump_result", error)
        return
    failed = [Item("failed", f"{guest}: {why[:200]}", when) for when, guest, why in guests]
    run = Item("last run" if last.is_well else "failed", _words(last), last.ended)
    value = 2.0 if failed or not last.is_well else 0.0 if last.how == "OK" else 1.0
    yield Reading(CheckName("vzdump_result"), "", value, at.now, at.next_look, (*failed, run))


def _words(last: vzdump.Task) -> str:
    if not last.is_well:
        return f"its last run failed: {last.how[:200]}"
    return "its last run ended well" if last.how == "OK" else f"its last run ended with {last.how.lower()}"


PROBE = Probe(CheckName("vzdump_result"), look)
