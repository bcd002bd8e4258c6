"""The drawing and the revisions on the page Model: where they lead, and what can be signed there."""

from __future__ import annotations

from typing import Any

from console.tui.present import present
from console.tui.view import Target


async def test_a_draft_leads_to_its_page_and_what_is_in_force_can_be_signed(still: Any) -> None:
    change = [{"path": "services.shop.slo.availability", "value": "99.1"}]
    await still.do("set-model", client="mill", changes=change, reason="less \x1b[31mis more")
    page = await still.page("components", tab="revisions")
    view = present("components", page, page.now)
    draft, *published = view.rows
    assert draft.opens == Target("draft", (("draft", page.drafts[0].sha256),))
    assert dict(draft.about) == {"draft": page.drafts[0].sha256, "client": "mill"}
    assert "\x1b" not in draft.cells[-1].text
    heads = {row.cells[0].text: row for row in published}
    assert heads["mill"].opens == Target("revisions", (("model", "mill"),))
    assert dict(heads["mill"].about) == {"client": "mill", "draft": ""}
    assert heads["provider"].about == (), "the provider's file is signed by nobody"
    assert view.answer == "2 published, 1 proposed"


async def test_enter_on_the_drawing_opens_it_with_its_layers(still: Any) -> None:
    page = await still.page("components", tab="blueprint", width="80")
    view = present("components", page, page.now)
    assert view.title == "Model › mill"
    assert all(row.opens is not None and row.opens.page == "blueprint" for row in view.rows)


async def test_a_house_without_a_model_says_what_would_be_there(bare: Any) -> None:
    for tab in ("blueprint", "revisions"):
        page = await bare.page("components", tab=tab)
        view = present("components", page, page.now)
        assert view.rows == ()
        assert any("watchbill model" in line for line in view.empty)
