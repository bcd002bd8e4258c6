"""Notes and times that a laptop brings home count once, however often and by how many they are brought."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from console.desk.live import carried
from console.desk.refusal import DeskRefusal

ID = "0123456789abcdef0123456789abcdef"
OTHER = "f" * 32
WRITTEN = "2026-11-24T08:10:00Z"


async def said(story: Any, number: int) -> list[str]:
    return [one.text for one in (await story.page("incident", incident=number)).timeline]


async def test_the_same_note_counts_once_and_says_when_it_was_written(story: Any) -> None:
    number = (await story.page("incidents")).rows[0].incident
    for _ in range(3):
        await story.do("note", incident=number, text="swapped the fan", id=ID, written=WRITTEN)
    assert [one for one in await said(story, number) if "fan" in one] == [
        "swapped the fan (written 2026-11-24 08:10 UTC)"
    ]
    again = await story.do("note", incident=number, text="swapped the fan", id=OTHER)
    assert again.text == "noted"
    assert carried.add_once


async def test_brought_twice_at_the_same_time_it_counts_once_also_where_the_incident_is_over(story: Any) -> None:
    number = (await story.page("incidents")).rows[0].incident
    await story.do("own", incident=number)
    await story.do("resolve", incident=number, cause="a fan", despite="it is off now")
    await asyncio.gather(*(story.do("log-time", incident=number, minutes=30, travel=10, id=ID) for _ in range(5)))
    page = await story.page("incident", incident=number)
    assert sum(one.kind == "logged" for one in page.timeline) == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"id": "7"}, "32 hexadecimal"),
        ({"id": ID, "written": "yesterday"}, "an instant"),
        ({"id": ID, "written": "2026-11-24T08:10:00"}, "its zone"),
        ({"id": ID, "client": "other"}, "no client"),
    ],
)
async def test_what_cannot_be_is_refused_and_nothing_is_kept(story: Any, more: dict[str, str], words: str) -> None:
    number = (await story.page("incidents")).rows[0].incident
    before = await said(story, number)
    with pytest.raises(DeskRefusal, match=words):
        await story.do("note", incident=number, text="x", **more)
    assert await said(story, number) == before
