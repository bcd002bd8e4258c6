"""What a revision did, from the weeks that were frozen before it and after it."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
from builders import at
from golden_week import golden
from msgspec import structs

from console.desk.modelling.effect import effect_of
from console.pages.figures import Figure
from console.pages.week import Week
from console.reports.weekly.compose import weekly
from console.store.documents import Revision
from console.store.weeks import FrozenWeek, freeze


def _saved(one: Figure) -> Figure:
    """Backups that went well, all of them: over both weeks 112 of 114."""
    return (
        structs.replace(one, value=(57, 57)) if (one.kpi, one.name, one.about) == ("K8", "backup success", "") else one
    )


async def test_row_09_a_revision_tells_what_the_numbers_did_in_28_days(published: Any) -> None:
    office = published.daemon.desk._office
    week = weekly(golden())
    better = tuple(
        structs.replace(one, shows="99.97 %") if (one.kpi, one.span, one.about) == ("K1", "28d", "erp") else one
        for one in week.figures
    )

    async def keep(name: str, value: Week) -> None:
        body = msgspec.json.encode(structs.replace(value, week=name))
        row = FrozenWeek("brackwater", name, at("2026-12-28T09:00"), "dana", "", "", "", "1", body)
        await asyncio.wrap_future(office.ledger.writer.do(lambda connection: freeze(connection, row, ())))

    revision = Revision("brackwater", 2, 1, at("2026-11-18T10:00"), "dana", "less is promised", "")
    assert effect_of(office, revision) == "not measured yet"
    await keep("2026-W46", week)
    assert effect_of(office, revision) == "not measured yet"
    await keep("2026-W51", structs.replace(week, figures=better))
    assert effect_of(office, revision) == "ERP 99.48 % → 99.97 %"
    await keep("2026-W50", structs.replace(week, figures=tuple(map(_saved, better))))
    assert effect_of(office, revision) == "ERP 99.48 % → 99.97 %; backup success 96.49 % → 98.24 %"
    same = structs.replace(revision, at=at("2026-11-18T10:00"), number=3)
    assert effect_of(office, structs.replace(same, model="provider")) == "not measured yet"
