"""What an assessment takes from frozen weeks."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
from builders import at
from golden_week import golden
from msgspec import structs

from console.desk.assessment.frozen import frozen_past
from console.pages.week import Week
from console.reports.weekly.compose import weekly
from console.store.weeks import FrozenWeek, freeze

NOW = at("2026-11-17T09:00")


async def keep(still: Any, week: Week, frozen_at: int) -> None:
    row = FrozenWeek("brackwater", week.week, frozen_at, "dana", "", "", "", "1", msgspec.json.encode(week))
    await asyncio.wrap_future(still.daemon.ledger.writer.do(lambda connection: freeze(connection, row, ())))


async def test_frozen_weeks_tell_what_was_counted_and_what_was_missed(published: Any) -> None:
    office = published.daemon.desk._office
    client = office.ledger.model.clients["brackwater"]
    assert frozen_past(office, client, NOW) is None

    week = weekly(golden())
    fine = tuple(structs.replace(one, light="ok") for one in week.services)
    named = (("2026-W42", week.services), ("2026-W44", fine), ("2026-W45", week.services), ("2026-W46", week.services))
    ends = {"2026-W42": "2026-10-19", "2026-W44": "2026-11-02", "2026-W45": "2026-11-09", "2026-W46": "2026-11-16"}
    for name, services in named:
        late = "10:01" if name == "2026-W45" else "09:30"
        await keep(published, structs.replace(week, week=name, services=services), at(f"{ends[name]}T{late}"))
    past = frozen_past(office, client, NOW)

    assert past is not None
    assert past.on_time == ("2026-W44", "2026-W46")
    assert past.missed_twice == {"erp"}
    assert past.missed_kpis >= {"availability", "sla_resolve", "backup_success", "patch_high"}
    assert "sla_own" not in past.missed_kpis
    assert {past.kpi_weeks[one] for one in ("availability", "checkin", "sla_own")} == {3}
    assert (past.budget_weeks["erp"], past.budget_weeks["backup"]) == (3, 0)

    before = frozen_past(office, client, at("2026-11-16T09:00"))
    assert before is not None
    assert (before.kpi_weeks["availability"], before.missed_twice) == (0, frozenset())  # W46 was not frozen yet
