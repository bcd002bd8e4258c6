"""Long pages are made beside the loop: others are answered meanwhile, and what changes meanwhile does not move them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from console.desk.aside import as_it_stands
from console.desk.refusal import DeskRefusal


@pytest.mark.parametrize(
    ("page", "more"),
    [("week", {}), ("weeks", {}), ("week-close", {}), ("week-explain", {"kpi": "K1"}), ("week-print", {"format": "md"}),
     ("week-owner", {"format": "md"}), ("compliance", {"tab": "backups"}), ("plan", {"tab": "dates"})],
)  # fmt: skip
async def test_others_are_answered_while_a_long_page_is_made(story: Any, page: str, more: dict[str, str]) -> None:
    documents = story.daemon.desk._office.published.record
    with documents._one_at_a_time:  # as long as this thread is in here, another one cannot read the model's history
        made = asyncio.create_task(story.page(page, client="mill", **more))
        for _ in range(3):
            assert (await story.page("triage")).rows
        assert not made.done()
    assert await made


async def test_what_is_refused_beside_the_loop_is_refused_to_whoever_asked(story: Any) -> None:
    with pytest.raises(DeskRefusal, match="no KPI 'K99'"):
        await story.page("trends", client="mill", kpi="K99")


async def test_a_page_is_made_of_the_house_as_it_stood_when_it_was_asked_for(story: Any) -> None:
    office = story.daemon.desk._office
    still = as_it_stands(office)
    before = dict(still.ledger.agents), dict(still.ledger.states), dict(still.ledger.cases.open)
    await story.enrol("new")
    (incident, *_) = office.ledger.cases.open
    await story.do("own", incident=incident)
    assert (still.ledger.agents, still.ledger.states, still.ledger.cases.open) == before
    assert office.ledger.agents != before[0]
    assert office.ledger.cases.open != before[2]
