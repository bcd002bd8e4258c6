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


async def test_row_29_a_backup_that_is_sold_and_that_no_job_makes_stands_below_the_services(bare: Any) -> None:
    from console.operating_model.examples import example

    texts = {one.name: one.text for one in example("brackwater")}
    lines = texts["brackwater.yaml"].splitlines(keepends=True)
    kept = "".join(line for line in lines if "files-night:" not in line).replace(
        "protects: [erp, files]", "protects: [erp]"
    )
    documents = [{"name": name, "text": text} for name, text in {**texts, "brackwater.yaml": kept}.items()]
    await bare.do("publish", documents=documents, reason="no backup of the files")
    rows = (await bare.page("components")).rows
    misfits = {row.id: row.cells["says"] for row in rows if row.kind == "misfit" and "backup, and" in row.cells["says"]}
    assert misfits["files"] == "managed-server includes backup, and no job protects it"
    files = next(row for row in rows if (row.kind, row.id) == ("service", "files"))
    assert any(line.startswith("to close   G21: managed-server includes backup") for line in files.detail)


async def test_several_clients_stand_in_one_table_and_a_person_of_the_house_on_one_page(still: Any) -> None:
    other = (
        "schema: 1\nclient: {id: forge, name: The Forge, tz: UTC}\nsites: {main: {name: Forge}}\n"
        "hosts: {hub: {site: main}}\nservices:\n"
        "  shop: {owner: ana, criticality: C, users: 3, needs: {all: [hub]}}\n"
    )
    await still.do("publish", documents=[{"name": "f", "text": other}], reason="another client")
    page = await still.page("components")
    assert (page.clients, {row.client for row in page.rows}) == (("forge", "mill"), {"forge", "mill"})
    assert page.answer.startswith("forge: ")
    assert (await still.page("components", client="forge")).clients == ("forge",)
    owned = next(block for block in (await still.page("who", person="ana")).blocks if block.title == "owns")
    assert [item.short for item in owned.items] == ["shop at forge", "Web shop at mill"]
    with pytest.raises(DeskRefusal, match="names 2") as refused:
        await still.page("service", service="shop")
    assert refused.value.what_to_do == "name one with --client: forge, mill"
    assert (await still.page("service", service="shop", client="forge")).name == "shop"
