"""The golden week as it is closed: what it waits for is answered, it is frozen, and a month goes on after it."""

from __future__ import annotations

from typing import Any

import pytest
from builders import at

from console.desk.refusal import DeskRefusal

MONDAY = at("2026-11-16T09:20:00")


async def refused(golden: Any, verb: str, **arguments: Any) -> str:
    with pytest.raises(DeskRefusal) as refusal:
        await golden.do(verb, **arguments)
    return str(refusal.value)


async def answered(golden: Any, week: str) -> None:
    """Everything that a week waits for is said."""
    which = {"client": "brackwater", "week": week, "by": "dana"}
    for one in (await golden.page("week-close", client="brackwater", week=week)).rows:
        if one.kind == "comment":
            await golden.do("comment", **which, about=one.about, text="known")
        elif one.kind == "silent":
            await golden.do("explain-silence", **which, host=one.about[5:], text="no agent yet")
        elif one.kind == "outage":
            await golden.do("reject-outage", client="brackwater", outage=one.about, text="a switch", by="dana")
        else:
            await golden.do(
                "action-add", client="brackwater", text="x", owner="priya", due="14d", **{"from": one.about}
            )


async def frozen(golden: Any) -> None:
    """The golden week, answered and frozen."""
    golden.time[0] = MONDAY
    await answered(golden, "2026-W46")
    await golden.do("week-freeze", client="brackwater", week="2026-W46", by="dana")


def later() -> list[dict[str, Any]]:
    """Records of the month after the week, each about something that the week's page tells of."""
    when = "2026-11-2{}T10:00:00-05:00"
    patch = {"kind": "patch-item", "host": "fs01", "id": "KB5061010", "severity": "critical"}
    seen = {"available_at": "2026-11-10T10:00:00-05:00", "first_seen": "2026-11-10T10:05:00-05:00"}
    run = {"kind": "backup-run", "job": "files-night", "due": "2026-11-20T23:00:00-05:00"}
    ran = {"started": "2026-11-20T23:00:00-05:00", "ended": "2026-11-20T23:40:00-05:00", "result": "ok"}
    return [
        {**patch, **seen, "state": "installed", "at": when.format(0)},
        {"kind": "patch-item", "host": "dc01", "id": "KB5059112", "severity": "high", "state": "installed",
         "first_seen": "2026-10-28T10:05:00-04:00", "at": when.format(0)},
        {"kind": "patch-item", "host": "hv01", "id": "new", "severity": "critical", "state": "missing",
         "first_seen": when.format(1)},
        {"kind": "patch-scan", "host": "fw02", "at": when.format(2)},
        {**run, **ran, "restore_point_at": "2026-11-20T23:00:00-05:00"},
        {"kind": "restore-test", "service": "identity", "at": "2026-11-24", "by": "priya", "result": "ok",
         "what": "a domain controller", "duration": "2h"},
        {"kind": "waiver", "id": "w-9", "policy": "patching", "scope": {"host": "dc01"}, "asked_by": "priya",
         "approved_by": "helen", "at": "2026-11-20", "expires": "2026-12-10", "reason": "x", "compensating": "y"},
        {"kind": "action", "id": "a-90", "text": "later", "owner": "priya", "due": "2026-12-20", "at": "2026-11-23",
         "service": "identity"},
        {"kind": "work-log", "person": "marco", "start": when.format(3), "minutes": 90, "text": "later"},
        {"kind": "outage", "service": "erp", "start": when.format(4), "end": "2026-11-24T12:00:00-05:00",
         "evidence": "person", "confirmed_by": "marco", "cause": "own"},
        {"kind": "absence", "host": "ws-cad1", "first": "2026-11-20", "last": "2026-11-27", "why": "away",
         "approved_by": "helen"},
        {"kind": "decision", "id": "d-9", "at": "2026-11-25", "by": "helen", "what": "a second line"},
        {"kind": "maintenance", "id": "m-90", "services": ["erp"], "hosts": ["erp01"], "start": when.format(6),
         "end": "2026-11-26T11:00:00-05:00", "why": "later", "announced": when.format(3), "approved_by": "helen"},
        {"kind": "incident-event", "number": 107, "at": "2026-12-17T09:00:00-05:00", "by": "marco",
         "event": "own"},
        {"kind": "incident-event", "number": 107, "at": "2026-12-17T09:10:00-05:00", "by": "marco",
         "event": "resolve", "text": "after every mark of its promises"},
    ]  # fmt: skip
