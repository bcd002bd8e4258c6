"""How long the maker still looks after this operating system."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path

from agent.looking import Look, Looked, Probe
from agent.machine import os_release
from checks.reading import CheckName, Item, Reading, Why

_DATA = files("agent.probes.patch") / "end_of_life.toml"


def look(at: Look) -> Looked:
    """Seconds until the end of security support; negative once it is past."""
    release = os_release(at.root)
    ends = _end(at.root, release)
    name = release.get("PRETTY_NAME", "this system")
    if ends is None:
        yield at.gap("end_of_life", Why.FAILED, f"nobody told us when {name} stops getting security updates")
        return
    day, source = ends
    left = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() - at.now
    items = (Item(name, f"until {day.isoformat()} ({source})"),)
    yield Reading(CheckName("end_of_life"), "", left, at.now, at.next_look, items)


def _end(root: Path, release: dict[str, str]) -> tuple[date, str] | None:
    """The day, and who says so: the system itself, then the distribution's own table, then ours."""
    if "SUPPORT_END" in release:
        return date.fromisoformat(release["SUPPORT_END"]), "os-release"
    system, version = release.get("ID", ""), release.get("VERSION_ID", "")
    told = _distro_info(root / f"usr/share/distro-info/{system}.csv", version)
    if told:
        return told, "distro-info-data"
    import tomllib

    known = tomllib.loads(_DATA.read_text()).get(system, {}).get(version)
    return (known["end"], known["source"]) if known else None


def _distro_info(path: Path, version: str) -> date | None:
    """The last day of free support (long-term support where there is one) of a release."""
    if not path.exists():
        return None
    import csv

    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            if (row.get("version") or "").split(" ")[0] == version:
                day = row.get("eol-lts") or row.get("eol-server") or row.get("eol")
                return date.fromisoformat(day) if day else None
    return None


PROBE = Probe(CheckName("end_of_life"), look)
