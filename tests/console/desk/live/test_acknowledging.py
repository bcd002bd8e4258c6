"""Acknowledging at the desk: with a reason, of what is bad; cleared by itself."""

from __future__ import annotations

from typing import Any

import pytest

from checks.reading import CheckName, Reading
from console.desk.refusal import DeskRefusal
from console.tui.present import present


async def test_a_reason_stands_in_triage_until_the_evidence_is_good(story: Any) -> None:
    (number,) = [one.number for one in story.daemon.ledger.cases.open.values() if one.opening.host == "box"]
    with pytest.raises(DeskRefusal, match="reason"):
        await story.do("ack", incident=number)
    done = await story.do("ack", incident=number, reason="the new disk comes on Thursday")
    assert "until its evidence is good again" in done.text

    async def next_step() -> str:
        page = await story.page("triage")
        return next(row.next_step for row in page.rows if row.incident == number)

    assert await next_step() == "waits, says root: the new disk comes on Thursday"
    page = await story.page("incident", incident=number)
    assert page.row.acknowledged == "root: the new disk comes on Thursday"
    shown = present("incident", page, story.time[0])
    assert "it waits, says root: the new disk comes on Thursday" in [cell.text for cell in shown.above]
    now = story.time[0] = story.time[0] + 60
    await story.hear("box", 22, Reading(CheckName("disk"), "/", 0.3, now, now + 60))
    assert await next_step() == "good again; ends by itself soon"
    with pytest.raises(DeskRefusal, match="is not bad any more"):
        await story.do("ack", incident=number, reason="again")
