"""Every page of the operating model as it was agreed, over Brackwater on a Wednesday morning; and nothing overflows."""

from __future__ import annotations

from typing import Any

import pytest
from pilots import pictures_agree, sees, shown, until

from console.access.identity import Visitor
from console.desk.demo import EXAMPLE, FILES, PUBLISHED_AT
from console.desk.office import Asked
from console.desk.records.importing import take
from console.operating_model.examples import example, written_records
from console.operating_model.records import lines
from console.operating_model.until import until as told_until
from console.pages import assessing, blueprint, compliance, components, plan
from console.pages.model import Document
from console.pages.verbs import PAGES as REGISTERED
from console.pages.verbs import VERBS
from console.tui import editing
from console.tui.app import ConsoleApp
from console.tui.screens.page import PageScreen
from console.tui.view import Target

WEDNESDAY = 1_794_402_000  # Wed 11 Nov 2026, 13:00 UTC
ROOT = Visitor(0, "root", "root", is_daemon=True)
GAP = "G5:connectivity:availability"
CLIENT = ("client", EXAMPLE)
PARTS = {
    "components": components.PARTS,
    "assess": assessing.TABS,
    "plan": plan.TABS,
    "compliance": compliance.TABS,
    "blueprint": blueprint.LAYERS,
}
PAGES: tuple[tuple[str, Target], ...] = (
    *((f"{page}-{tab}", Target(page, (CLIENT, ("tab", tab)))) for page, tabs in PARTS.items() for tab in tabs),
    ("blueprint-erp", Target("blueprint", (CLIENT, ("tab", "raci"), ("service", "erp")))),
    ("raci", Target("raci", (CLIENT,))),
    ("people", Target("people")),
    ("who", Target("who", (("person", "marco"),))),
    ("service", Target("service", (CLIENT, ("service", "erp")))),
    ("concern", Target("concern", (CLIENT, ("host", "fs01")))),
    ("why", Target("why", (("incident", "102"),))),
    ("treatments", Target("treatments", (CLIENT, ("gap", GAP)))),
    ("drafts", Target("drafts")),
    ("revisions", Target("revisions", (("model", EXAMPLE),))),
)


@pytest.fixture
async def brackwater(bare: Any) -> Any:
    """The example as the demonstration tells it, and one draft."""
    bare.time[0] = PUBLISHED_AT
    documents = [{"name": one.name, "text": one.text} for one in example(EXAMPLE)]
    await bare.do("publish", documents=documents, reason="the example")
    bare.time[0] = WEDNESDAY
    told = [line for file in FILES for line in lines(Document(file, written_records(EXAMPLE, file).text))[0]]
    asked = Asked(ROOT, {}, WEDNESDAY)
    await take(bare.daemon.desk._office, asked, EXAMPLE, list(told_until(told, WEDNESDAY, None)))
    await bare.do("treat", client=EXAMPLE, gap=GAP, treatment="lower")
    return bare


async def test_every_page_of_the_model_reads_as_it_was_agreed_at_both_sizes(brackwater: Any) -> None:
    (row,) = (await brackwater.page("drafts")).rows
    pages = (*PAGES, ("draft", Target("draft", (("draft", row.sha256),))))
    await pictures_agree(lambda: ConsoleApp(brackwater.client, lambda: float(brackwater.time[0])), pages)


def test_no_key_means_two_things_on_one_page() -> None:
    pages = {page.name: page for page in REGISTERED}
    opens = [page.key for page in REGISTERED if page.key]
    assert len(set(opens)) == len(opens)
    for page in REGISTERED:
        for tab in page.tabs or ("",):
            places = {page.name, f"{page.name}/{tab}"}
            keys = [verb.key for verb in VERBS if verb.key and places & set(verb.screens)]
            keys += [editing.KEY] if page.name == editing.PAGE else []
            assert len(set(keys)) == len(keys), places
            assert not set(keys) & {*opens, "c", "s", "j", "k", "q", "G"}, places
        assert all(pages[name].key for name in page.leads)


async def test_with_two_clients_a_page_asks_which_and_the_selected_row_answers(still: Any) -> None:
    other = "schema: 1\nclient: {id: shop, name: The Shop, tz: UTC}\nsites: {main: {name: Shop}}\n"
    hosts = "hosts: {till: {site: main}}\n"
    services = "services: {tills: {name: Tills, owner: tom, criticality: C, needs: {all: [till]}}}\n"
    await still.do("publish", documents=[{"name": "s", "text": other + hosts + services}], reason="a second one")
    app = ConsoleApp(still.client, lambda: float(still.time[0]))

    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("B")
        await sees(pilot, "which client?")
        assert "press c and name one: mill, shop" in shown(pilot)
        await pilot.press("6")
        await sees(pilot, "Tills")
        await pilot.press("/", *"tills", "enter")
        await sees(pilot, "only “tills”")
        await pilot.press("B")
        await sees(pilot, "shop › blueprint")
        await pilot.press("escape")
        await sees(pilot, "Model ›")
        await until(pilot, lambda _: "mill" in app.known.clients)
        await pilot.press("c", *"mill", "enter", "W")
        await sees(pilot, "mill › who does what")


async def test_screens_that_are_passed_on_the_way_to_another_ask_nothing(brackwater: Any) -> None:
    app = ConsoleApp(brackwater.client, lambda: float(brackwater.time[0]))
    async with app.run_test(size=(80, 24)) as pilot:
        gone = PageScreen(Target("treatments", (CLIENT, ("gap", GAP))), app._clock)
        app.push_screen(gone)
        while gone.view is None:
            await pilot.pause(0.02)
        app.push_screen(PageScreen(Target("drafts"), app._clock))
        await pilot.pause(0.1)
        (row,) = (await brackwater.page("drafts")).rows
        await brackwater.do("publish-draft", draft=row.sha256, by="dana")
        await pilot.press("7")
        await pilot.pause(0.5)
        assert not app._notifications
