"""Which systemd units have failed."""

from __future__ import annotations

import json

from agent.looking import Look, Looked, Probe
from agent.programs import ProgramError, run
from checks.reading import CheckName, Item, Reading, Why

_MOST = 50


def look(at: Look) -> Looked:
    """How many units are in the state `failed`, and which."""
    if not (at.root / "run/systemd/system").is_dir():
        yield at.gap("failed_services", Why.NOT_HERE, "this machine does not run systemd")
        return
    try:
        ran = run(["systemctl", "list-units", "--failed", "--all", "--output=json", "--no-pager"], seconds=8)
        units = [str(unit["unit"]) for unit in json.loads(ran.out or "[]")]
    except (ProgramError, ValueError, KeyError, TypeError) as error:
        yield at.gap("failed_services", Why.FAILED, f"systemctl gave no list: {error}")
        return
    items = tuple(Item(unit) for unit in sorted(units)[:_MOST])
    yield Reading(CheckName("failed_services"), "", float(len(units)), at.now, at.next_look, items)


PROBE = Probe(CheckName("failed_services"), look)
