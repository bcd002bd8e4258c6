"""Windows are read again when a record came, and not before."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

HOUR = 3600


def line(start: int, **more: Any) -> str:
    times = {"start": start, "end": start + HOUR, "announced": start - HOUR}
    said = {key: datetime.fromtimestamp(at, UTC).isoformat() for key, at in times.items()}
    fields = {"kind": "maintenance", "client": "mill", "id": "m-1", "hosts": ["box"], "why": "x", "approved_by": "ana"}
    return json.dumps({**fields, **said, **more})


async def test_a_window_is_known_as_soon_as_it_is_kept_and_forgotten_when_called_off(still: Any) -> None:
    ledger, now = still.daemon.ledger, still.time[0]
    client = ledger.model.clients["mill"]
    assert ledger.planned.over(client, "box", now) == ()

    await still.do("import-records", text=line(now - 60), source="r")
    (one,) = ledger.planned.over(client, "box", now)
    assert (one.start, one.end) == (now - 60, now - 60 + HOUR)
    assert ledger.planned.over(client, "nas", now) == ()

    await still.do("maintenance-close", client="mill", maintenance="m-1", result="done", by="ana")
    (one,) = ledger.planned.over(client, "box", now)
    assert one.ended == now
    await still.do("import-records", text=line(now + HOUR, id="m-2", cancelled="2026-11-24T00:00:00Z"), source="r")
    assert [one.id for one in ledger.planned.over(client, "box", now)] == ["m-1"]
