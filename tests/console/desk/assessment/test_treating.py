"""From a gap to the revision that closes it (J7): by keys over the real daemon, and what is refused on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from console.desk.refusal import DeskRefusal
from console.operating_model.examples import example, written_records
from console.tui.app import ConsoleApp
from console.tui.screens.page import PageScreen

WEDNESDAY = 1_794_402_000  # Wed 11 Nov 2026, 13:00 UTC
GAP = "G5:connectivity:availability"


@pytest.fixture
async def brackwater(bare: Any) -> Any:
    bare.time[0] = WEDNESDAY
    documents = [{"name": one.name, "text": one.text} for one in example("brackwater")]
    await bare.do("publish", documents=documents, reason="an example")
    await bare.do("import-records", text=written_records("brackwater").text)
    return bare


def shown(app: ConsoleApp) -> str:
    lines = ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]
    return "\n".join(line.rstrip() for line in lines)


async def until(pilot: Pilot[None], what: Callable[[], bool]) -> None:
    for _ in range(300):
        await pilot.pause(0.02)
        if what():
            return
    raise AssertionError(f"never came:\n{shown(pilot.app)}")  # type: ignore[arg-type]


async def revision(house: Any) -> int:
    return next(head.revision for head in (await house.page("model")).heads if head.model == "brackwater")


async def keys_of_gaps(house: Any) -> set[str]:
    return {one.key for one in (await house.page("assess", client="brackwater")).gaps}


async def test_row_22_a_gap_is_treated_drafted_signed_and_published_by_keys_and_then_it_is_gone(
    brackwater: Any,
) -> None:
    assert GAP in await keys_of_gaps(brackwater)
    app = ConsoleApp(brackwater.client, lambda: float(brackwater.time[0]), "assess")
    async with app.run_test(size=(140, 40)) as pilot:

        async def answer(*said: str) -> None:
            for one in said:
                await pilot.press(*one.replace(" ", "_"), "enter")
                await pilot.pause(0.05)

        await until(pilot, lambda: "99.90 % is promised" in shown(app))
        await pilot.press("/", *"99.90", "enter", "enter")
        await until(pilot, lambda: "4 ways to treat it" in shown(app))
        await pilot.press("t")
        await answer("")
        await until(pilot, lambda: "Drafts ›" in shown(app) and "closes" in shown(app))
        text = shown(app)
        assert "closes    G5 connectivity: 99.90 % is promised, and line-main promises 99.50 %" in text
        assert "services.connectivity.slo.availability: 99.9 → 99.5" in text
        assert "open, over revision 1" in text
        assert f"{GAP}: promise 99.5 % for connectivity" in text
        await pilot.press("S")
        await answer("object", "tom", "not before January")
        await until(pilot, lambda: "not_before_January" in shown(app))
        await pilot.press("p")
        await answer("dana", "", "y")
        await until(pilot, lambda: any("tom objects to it" in one.message for one in app._notifications))
        assert await revision(brackwater) == 1
        brackwater.time[0] += 60
        await pilot.press("S")
        await answer("approve", "tom", "")
        await until(pilot, lambda: "approve" in shown(app))
        await pilot.press("p")
        await answer("dana", "", "y")
        await until(pilot, lambda: isinstance(app.screen, PageScreen) and app.screen.target.page == "revisions")
        await until(pilot, lambda: "tom approve" in shown(app))
    assert await revision(brackwater) == 2
    assert GAP not in await keys_of_gaps(brackwater)
    compared = await brackwater.page("assess", client="brackwater", tab="compare")
    assert ("closed", GAP) in {(one.what, one.about) for one in compared.changes}


async def test_a_later_edit_voids_what_was_said_to_the_text_before(brackwater: Any) -> None:
    change = {"client": "brackwater", "gap": GAP, "treatment": "lower"}
    draft = dict((await brackwater.do("treat", **change)).arguments)["draft"]
    for person in ("tom", "helen"):
        await brackwater.do("sign", client="brackwater", draft=draft, vote="approve", person=person)
    assert len((await brackwater.page("draft", draft=draft)).row.signatures) == 2
    slower = [{"path": "services.erp.slo.availability", "value": "99.1"}]
    later = await brackwater.do("set-model", client="brackwater", changes=slower, reason="lower, too")
    other = await brackwater.page("draft", draft=dict(later.arguments)["draft"])
    assert (other.row.signatures, set(other.unsigned)) == ((), {"tom", "helen"})
    await brackwater.do("publish-draft", draft=draft, by="dana")
    assert not {key for key in await keys_of_gaps(brackwater) if key.startswith("G16")}
    await brackwater.do("set-model", client="brackwater", changes=slower, reason="now", publish="yes", by="dana")
    assert {"G16:tom", "G16:helen"} <= await keys_of_gaps(brackwater)


async def test_nothing_is_published_without_a_reason_and_no_record_is_drafted(brackwater: Any) -> None:
    text = example("brackwater")[1].text.replace("availability: 99.9,", "availability: 99.5,")
    for reason in ("", "  "):
        with pytest.raises(DeskRefusal, match="reason"):
            await brackwater.do("publish", documents=[{"name": "b", "text": text, "base": 1}], reason=reason)
    with pytest.raises(DeskRefusal, match="raise writes no model") as refused:
        await brackwater.do("treat", client="brackwater", gap=GAP, treatment="raise")
    assert refused.value.what_to_do == "a draft is made of: lower"
    with pytest.raises(DeskRefusal, match="is no way to treat"):
        await brackwater.do("treat", client="brackwater", gap=GAP, treatment="hope")
    with pytest.raises(DeskRefusal, match="there is no gap"):
        await brackwater.do("treat", client="brackwater", gap="G99:x", treatment="lower")


async def test_every_change_that_a_treatment_names_makes_a_draft_that_closes_its_gap(brackwater: Any) -> None:
    closed = []
    for key in sorted(await keys_of_gaps(brackwater)):
        for way in (await brackwater.page("treatments", client="brackwater", gap=key)).rows:
            if way.changes:
                done = await brackwater.do("treat", client="brackwater", gap=key, treatment=way.kind)
                page = await brackwater.page("draft", draft=dict(done.arguments)["draft"])
                assert page.row.reason == f"{key}: {way.sentence}"
                number, about, *_ = key.split(":")
                assert any(one.startswith(f"{number} {about}") for one in page.impact.gaps_closed), key
                closed.append(key)
    assert {GAP, "G4:erp"} <= set(closed)
