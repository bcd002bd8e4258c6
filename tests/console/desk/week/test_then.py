"""A week that is over keeps the model and the promises of its time (K3, W38, J7); through the store."""

from __future__ import annotations

from typing import Any

import pytest
from builders import at

from console.desk.live.budgets import budget_left, budget_words, kept_now
from console.operating_model.examples import example, written_records

OLD = "needs: {all: [fw01, line-main]}, uses: [fw02], slo: {availability: 99.9, window: 28d}}"
NEW = OLD.replace("99.9", "99.5")


async def publish(still: Any, **more: str) -> None:
    documents = [{"name": one.name, "text": one.text} for one in example("brackwater")]
    if more:
        documents = [{"name": "brackwater.yaml", "text": documents[1]["text"].replace(OLD, NEW), "base": 1}]
    await still.do("publish", documents=documents, reason="the line promises less", **more)


@pytest.fixture
async def golden(bare: Any) -> Any:
    bare.time[0] = at("2026-11-01T09:00")
    await publish(bare)
    bare.time[0] = at("2026-11-16T09:00")
    for file in ("records.jsonl", "week-46.jsonl"):
        await bare.do("import-records", text=written_records("brackwater", file).text, source=file)
    bare.time[0] = at("2026-11-20T10:00")
    await publish(bare, by="dana")
    bare.time[0] = at("2026-11-30T09:00")
    return bare


async def test_w38_earlier_weeks_keep_the_old_target_and_a_new_one_starts_on_the_next_monday(golden: Any) -> None:
    async def line(week: str) -> Any:
        page = await golden.page("week", client="brackwater", week=week)
        return page.revision, next(one for one in page.services if one.service == "connectivity")

    revision, before = await line("2026-W46")
    assert (revision, before.target, before.budget_left) == ("brackwater revision 1", "99.90 %", "5 min 22 s (13 %)")
    revision, meanwhile = await line("2026-W47")
    assert (revision, meanwhile.target, meanwhile.budget) == ("brackwater revision 2", "99.90 %", 2_422)
    _, after = await line("2026-W48")
    assert after.target == "99.50 %"
    assert after.budget == (3 * 604_800) // 1000 + 3_024

    office = golden.daemon.desk._office
    client = office.ledger.model.clients["brackwater"]
    now = at("2026-11-16T09:00")
    kept = kept_now(office, client, now)
    assert kept is kept_now(office, client, now)
    assert budget_words(office, client, "connectivity", now) == "5 min 22 s (13 %)"
    assert budget_left(office, client, "backup", now) is None
    assert budget_words(office, client, "nothing", now) == ""
