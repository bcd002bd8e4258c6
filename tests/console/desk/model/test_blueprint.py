"""The blueprint over the real desk: the example drawn in each layer, and who does what."""

from __future__ import annotations

from typing import Any

import pytest

from console.desk.refusal import DeskRefusal

MILL = """schema: 1
client: {id: mill, name: The Mill, tz: UTC}
outcomes: [{id: o-1, text: Orders come in day and night, owner: ana, kpi: availability, service: shop, baseline: 98,
            target: 99.5, due: 2027-03-31}]
sites: {main: {name: Mill}}
hosts: {box: {site: main}, nas: {site: main}, web: {site: main}, new: {site: main}}
kpis: {availability: {unit: percent, better: higher, source: findings}}
services:
  shop: {name: Web shop, owner: ana, criticality: A, outcome: x, needs: {all: [web, box]}, slo: {availability: 99.5}}
  files: {name: Files, owner: tom, criticality: B, needs: {all: [nas]}}
"""
SUNDAY = 1_794_776_400  # Sun 15 Nov 2026, 16:00 in New York


def text(page: Any) -> str:
    return "\n".join("".join(piece.text for piece in line.pieces) for line in page.lines)


async def test_row_12_the_blueprint_has_everything_and_fits_120_columns(published: Any) -> None:
    page = await published.page("blueprint", width="120")
    drawn = text(page)
    assert not page.is_outline
    assert max(len(line) for line in drawn.splitlines()) <= 120
    for name in ("Dana Whitlock", "Incident handling", "Sign-in", "ws-front1", "m365", "Ridgeline Fiber"):
        assert name in drawn
    outlined = await published.page("blueprint", width="78")
    assert outlined.is_outline
    assert "<svg" in (await published.page("blueprint", format="svg")).svg
    with pytest.raises(DeskRefusal, match="no layer 'colour'"):
        await published.page("blueprint", tab="colour")


async def test_row_13a_the_people_of_a_service_light_up_with_their_letters(published: Any) -> None:
    page = await published.page("blueprint", tab="raci", service="files")
    assert page.answer == "Files: Priya Nair R/D · Marco Reyes R · Dana Whitlock A · Helen Brandt I"
    assert {line.about for line in page.lines} >= {"files", "erp", "p-patch"}
    with pytest.raises(DeskRefusal, match="no service or process 'file'"):
        await published.page("blueprint", tab="raci", service="file")


async def test_row_57_one_page_says_who_does_what(published: Any) -> None:
    page = await published.page("raci")
    assert len(page.rows) == 10
    letters = {row.about: row.letters for row in page.rows}
    assert letters["files"] == {"priya": "RD", "marco": "R", "dana": "A", "helen": "I"}
    assert letters["erp"]["ledgerwood"] == "C"


async def test_row_13b_an_outage_lights_the_way_up_to_the_service_and_its_outcome(story: Any) -> None:
    documents = [{"name": "c", "text": MILL.replace("outcome: x", "outcome: o-1"), "base": 1}]
    await story.do("publish", documents=documents, reason="an outcome")
    page = await story.page("blueprint", client="mill", tab="now")
    drawn = text(page)
    assert "■ box" in drawn
    assert "━" in drawn
    assert page.tone == "breach"
    (sentence,) = page.sentences
    assert sentence.startswith("■ box: disk /")
    assert "→ Web shop" in sentence
    assert sentence.endswith("outcome: Orders come in day and night")
    assert "no agent" in drawn


async def test_running_maintenance_is_marked(story: Any) -> None:
    window = (
        '{"kind": "maintenance", "client": "mill", "id": "w-1", "hosts": ["nas"], "why": "a disk", '
        '"start": "2026-11-24T08:30:00+00:00", "end": "2026-11-24T10:30:00+00:00"}'
    )
    done = await story.do("import-records", text=window)
    assert done.problems == ()
    page = await story.page("blueprint", client="mill", tab="now", format="svg")
    assert "maintenance until 10:30" in page.svg
    story.time[0] += 2 * 3600
    assert "maintenance until" not in (await story.page("blueprint", client="mill", tab="now", format="svg")).svg


async def test_row_13c_a_box_carries_its_light_and_number_or_says_not_measured(story: Any) -> None:
    page = await story.page("blueprint", client="mill", tab="kpi", format="svg")
    assert "○" in text(page)
    assert "not measured" in page.svg
    assert "2026-W48" in page.answer
    assert "%" in text(page)
