"""Whether each Linux software RAID array is whole: /proc/mdstat, which everybody may read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.looking import Look, Looked, Probe
from checks.reading import CheckName, Gap, Item, Reading, Why

_MOST_BYTES = 1 << 20
_ARRAY = re.compile(r"^(md\S+) : (active|inactive)\b(.*)", re.MULTILINE)
_MEMBER = re.compile(r"(\S+)\[\d+\]((?:\([A-Z]\))*)")
_UP = re.compile(r"\[(\d+)/(\d+)\] \[[U_]+\]")
_WORK = re.compile(r"(recovery|resync|reshape|check|repair) *= *([\d.]+%|DELAYED|PENDING)|(resync)=(DELAYED|PENDING)")


def look(at: Look) -> Looked:
    """How many members each array lacks; of one that is not running, all that it has."""
    try:
        with (at.root / "proc/mdstat").open(encoding="utf-8", errors="replace") as file:
            text = file.read(_MOST_BYTES)
    except FileNotFoundError:
        yield at.gap("raid_arrays", Why.NOT_HERE, "this machine has no software RAID")
        return
    if not text.startswith("Personalities"):
        yield at.gap("raid_arrays", Why.FAILED, "/proc/mdstat is not what it should be")
        return
    found = [_seen(at, head, body) for head, body in _arrays(text)]
    yield from found or [at.gap("raid_arrays", Why.NOT_HERE, "this machine has no software RAID")]


def _arrays(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each array's first line, and the lines that belong to it."""
    starts = list(_ARRAY.finditer(text))
    for one, following in zip(starts, [*starts[1:], None], strict=False):
        yield one, text[one.end() : following.start() if following else len(text)]


def _seen(at: Look, head: re.Match[str], body: str) -> Reading | Gap:
    name, state, rest = head.groups()
    members = _MEMBER.findall(rest)
    faulty = sorted(member for member, marks in members if "(F)" in marks)
    up = _UP.search(body)
    if state == "inactive":
        missing = max(1, len(members))
    elif up is not None and int(up[1]) < int(up[2]):
        return at.gap("raid_arrays", Why.FAILED, "/proc/mdstat counts more members than there are", name)
    else:
        missing = int(up[1]) - int(up[2]) if up else len(faulty)
    said = [Item("does not run")] if state == "inactive" else []
    said += [Item(f"{member} failed") for member in faulty]
    if work := _WORK.search(body):
        said.append(Item(f"{work[1] or work[3]} {work[2] or work[4]}".lower()))
    return Reading(CheckName("raid_arrays"), name, float(missing), at.now, at.next_look, tuple(said[:20]))


PROBE = Probe(CheckName("raid_arrays"), look)
