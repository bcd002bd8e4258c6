"""Whether the services run that this machine's administrator listed."""

from __future__ import annotations

from collections.abc import Iterator

import psutil

from agent.looking import ListedService, Look, Looked, Probe
from agent.programs import ProgramError, ProgramTimedOut, run
from checks.reading import CheckName, Gap, Item, Reading, Why

_CHECK = "services_running"
SECONDS = 8.0
_RUNNING = {"active", "reloading"}


def look(at: Look) -> Looked:
    """Units and Windows services: 1 for one that runs, 0 for one that does not. Processes: how many there are."""
    units = [one for one in at.asked.services if one.unit]
    processes = [one for one in at.asked.services if one.process]
    if units:
        yield from (_services if hasattr(psutil, "win_service_get") else _units)(at, units)
    if processes:
        names = [process.info["name"] for process in psutil.process_iter(["name"])]
        yield from (at.reading(_CHECK, one.name, float(names.count(one.process))) for one in processes)


def _units(at: Look, listed: list[ListedService]) -> Iterator[Reading | Gap]:
    """All units with one call of systemctl, which answers a block each, in the order in which they were asked."""
    if not (at.root / "run/systemd/system").is_dir():
        reason = "this machine does not run systemd; name a process instead of a unit"
        yield from (at.gap(_CHECK, Why.FAILED, reason, one.name) for one in listed)
        return
    asked = ["systemctl", "show", "--property=LoadState,ActiveState,SubState", "--", *(one.unit for one in listed)]
    try:
        blocks = run(asked, seconds=SECONDS).out.strip().split("\n\n")
    except ProgramTimedOut as error:
        yield from (at.gap(_CHECK, Why.TIMED_OUT, str(error), one.name) for one in listed)
        return
    except ProgramError as error:
        yield from (at.gap(_CHECK, Why.FAILED, str(error), one.name) for one in listed)
        return
    told = [dict(line.partition("=")[::2] for line in block.splitlines()) for block in blocks]
    if len(told) != len(listed):
        told = [{} for _ in listed]
    yield from (_unit(at, one, said) for one, said in zip(listed, told, strict=True))


def _services(at: Look, listed: list[ListedService]) -> Iterator[Reading | Gap]:
    """Of Windows, by the name that its service control manager knows."""
    for one in listed:
        try:
            status = psutil.win_service_get(one.unit).status()  # type: ignore[attr-defined]  # psutil has it on Windows
        except psutil.NoSuchProcess:
            yield at.gap(_CHECK, Why.FAILED, f"{one.unit} is not installed here", one.name)
            continue
        except psutil.AccessDenied:
            yield at.gap(_CHECK, Why.DENIED, f"the agent's user may not ask about {one.unit}", one.name)
            continue
        items = (Item(one.unit, str(status)[:100]),)
        yield Reading(CheckName(_CHECK), one.name, float(status == "running"), at.now, at.next_look, items)


def _unit(at: Look, one: ListedService, said: dict[str, str]) -> Reading | Gap:
    load, active = said.get("LoadState", ""), said.get("ActiveState", "")
    if load == "not-found":
        return at.gap(_CHECK, Why.FAILED, f"{one.unit} is not installed here", one.name)
    if not load or not active:
        return at.gap(_CHECK, Why.FAILED, f"systemctl does not say how {one.unit} stands", one.name)
    items = (Item(one.unit, f"{active} ({said.get('SubState', '')})"[:100]),)
    return Reading(CheckName(_CHECK), one.name, float(active in _RUNNING), at.now, at.next_look, items)


PROBE = Probe(CheckName("services_running"), look, seconds=20.0)
