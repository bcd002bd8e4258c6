"""The six components and a service's page over the real desk: what is live stands beside what is written."""

from __future__ import annotations

from typing import Any

import pytest

from console.desk.refusal import DeskRefusal
from console.pages.components import TABS


async def test_what_is_live_stands_beside_what_is_written(story: Any) -> None:
    page = await story.page("components")
    assert (page.tab, page.clients, page.tone) == ("services", ("mill",), "watch")
    shop = next(row for row in page.rows if row.id == "shop")
    assert shop.cells["incidents"] == "1"
    assert any("disk" in line for line in shop.detail if line.startswith("open "))
    assert (shop.page, shop.arguments) == ("service", (("client", "mill"), ("service", "shop")))
    for tab in TABS:
        assert (await story.page("components", tab=tab)).rows, tab
    with pytest.raises(DeskRefusal, match="there is no component 'spend'"):
        await story.page("components", tab="spend")


async def test_a_service_has_its_open_work_on_its_page(story: Any) -> None:
    page = await story.page("service", service="shop")
    work = next(block for block in page.blocks if block.title == "open work")
    assert work.items[0].text.startswith("#1 S2 box: disk")
    assert (work.items[0].page, work.items[0].arguments) == ("incident", (("incident", "1"),))
    assert max(map(len, page.text.splitlines())) <= 80
    with pytest.raises(DeskRefusal, match="names 0") as refused:
        await story.page("service", service="shpo")
    assert refused.value.what_to_do == "did you mean shop?"


async def test_nothing_is_published_and_the_page_says_so(bare: Any) -> None:
    page = await bare.page("components")
    assert (page.rows, page.answer) == ((), "nothing is published yet")


async def test_a_promise_is_measured_against_its_contract_once_a_document_and_date(bare: Any) -> None:
    from datetime import date

    from console.desk.underpinned import short
    from console.operating_model.examples import example

    documents = [{"name": one.name, "text": one.text} for one in example("brackwater")]
    await bare.do("publish", documents=documents, reason="an example")
    client = bare.daemon.ledger.model.clients["brackwater"]
    day = date(2026, 11, 15)
    assert short(client, client.doc, day) is short(client, client.doc, day)
    assert {one.kind for one in short(client, client.doc, day)} == {"availability", "resolve", "hours", "dates"}
