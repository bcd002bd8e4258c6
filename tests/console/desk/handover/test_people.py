"""People over the real desk: pages of the five of the example, and everybody at once."""

from __future__ import annotations

from typing import Any

import pytest

from console.desk.refusal import DeskRefusal
from console.operating_model.examples import example

SUNDAY = 1_794_776_400  # Sun 15 Nov 2026, 16:00 in New York


async def test_row_14_each_of_the_five_reads_their_own_page_on_one_screen(brackwater: Any) -> None:
    for person in ("dana", "marco", "priya", "helen", "tom"):
        page = await brackwater.page("who", person=person)
        lines = page.text.splitlines()
        assert 8 <= len(lines) <= 24, person
        assert max(map(len, lines)) <= 80, person
        assert page.contact in page.text
    assert "on call         09 Nov–15 Nov (now) · 23 Nov–29 Nov" in (await brackwater.page("who", person="marco")).text
    assert "■ 01 Nov c-erp late" in (await brackwater.page("who", person="tom")).text


async def test_a_name_that_may_be_several_or_nobody_is_refused_with_what_could_be_meant(brackwater: Any) -> None:
    assert (await brackwater.page("who", person="reyes")).person == "marco"
    with pytest.raises(DeskRefusal, match="may be several") as several:
        await brackwater.page("who", person="an")
    assert several.value.what_to_do == "name one: dana (Dana Whitlock), helen (Helen Brandt)"
    with pytest.raises(DeskRefusal, match="there is no person 'marko'") as nobody:
        await brackwater.page("who", person="marko")
    assert nobody.value.what_to_do == "did you mean marco?"


async def test_everybody_is_counted_and_a_date_tells_what_nobody_holds(brackwater: Any) -> None:
    rows = {row.person: row for row in (await brackwater.page("people")).rows}
    assert list(rows) == ["dana", "marco", "priya", "helen", "tom"]
    marco = rows["marco"]
    assert (marco.owns, marco.does, marco.deputises, marco.alone, marco.on_call) == (3, 7, 2, ("brackwater/erp",), True)
    assert (await brackwater.page("people")).orphans == ()
    with pytest.raises(DeskRefusal, match="is not a date"):
        await brackwater.page("people", date="soon")


async def test_incidents_that_somebody_owns_now_stand_on_their_page(story: Any) -> None:
    from console.access.identity import Visitor

    ana = Visitor(1001, "ana", "Ana Ruiz", is_daemon=True)
    await story.daemon.desk.do("own", {"incident": 1}, ana)
    assert [one.id for one in (await story.page("people")).orphans if one.thing == "incident"] == ["#2"]
    page = await story.page("who", person="ana")
    first = page.blocks[0]
    assert first.title == "incidents now"
    assert [(one.page, one.arguments) for one in first.items] == [("incident", (("incident", "1"),))]
    assert next(row.incidents for row in (await story.page("people")).rows if row.person == "ana") == 1


async def test_hours_that_no_shift_covers_hang_on_nobody(bare: Any) -> None:
    texts = {one.name: one.text for one in example("brackwater")}
    provider = "".join(line for line in texts["provider.yaml"].splitlines(keepends=True) if "on_call" not in line)
    documents = [{"name": name, "text": text} for name, text in {**texts, "provider.yaml": provider}.items()]
    await bare.do("publish", documents=documents, reason="nobody is on call")
    lost = (await bare.page("people")).orphans
    assert ("hours", "connectivity") in {(one.thing, one.id) for one in lost}
