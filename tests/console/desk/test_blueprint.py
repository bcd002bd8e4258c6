"""The blueprint over the real desk: the example drawn in each layer, and who does what."""

from __future__ import annotations

from typing import Any

import pytest

from console.desk.refusal import DeskRefusal
from console.operating_model.examples import example

SUNDAY = 1_794_776_400  # Sun 15 Nov 2026, 16:00 in New York


@pytest.fixture
async def brackwater(bare: Any) -> Any:
    bare.time[0] = SUNDAY
    documents = [{"name": one.name, "text": one.text} for one in example("brackwater")]
    await bare.do("publish", documents=documents, reason="an example")
    return bare


def text(page: Any) -> str:
    return "\n".join("".join(piece.text for piece in line.pieces) for line in page.lines)


async def test_row_12_the_blueprint_has_everything_and_fits_120_columns(brackwater: Any) -> None:
    page = await brackwater.page("blueprint", width="120")
    drawn = text(page)
    assert not page.is_outline
    assert max(len(line) for line in drawn.splitlines()) <= 120
    for name in ("Dana Whitlock", "Incident handling", "Sign-in", "ws-front1", "m365", "Ridgeline Fiber"):
        assert name in drawn
    outlined = await brackwater.page("blueprint", width="78")
    assert outlined.is_outline
    assert "<svg" in (await brackwater.page("blueprint", format="svg")).svg
    with pytest.raises(DeskRefusal, match="no layer 'colour'"):
        await brackwater.page("blueprint", tab="colour")


async def test_row_13a_the_people_of_a_service_light_up_with_their_letters(brackwater: Any) -> None:
    page = await brackwater.page("blueprint", tab="raci", service="files")
    assert page.answer == "Files: Priya Nair R/D · Marco Reyes R · Dana Whitlock A · Helen Brandt I"
    assert {line.about for line in page.lines} >= {"files", "erp", "p-patch"}
    with pytest.raises(DeskRefusal, match="no service or process 'file'"):
        await brackwater.page("blueprint", tab="raci", service="file")
