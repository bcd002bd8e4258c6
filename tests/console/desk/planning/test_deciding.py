"""Leave and decisions over the real desk: who may, who may not, and what stands in the log."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from console.access.identity import Visitor
from console.desk.refusal import DeskRefusal
from console.operating_model.examples import example

SUNDAY = 1_794_776_400  # Sun 15 Nov 2026, 16:00 in New York
ASKED = {
    "policy": "patching", "scope": "host=fs01,patch=kb1", "expires": "14d", "reason": "the vendor is not ready",
    "compensating": "no way in from outside",
}  # fmt: skip


async def kept(house: Any, kind: str) -> list[dict[str, Any]]:
    rows = (await house.page("records", client="brackwater")).rows
    return [json.loads(row.body) for row in rows if row.kind == kind]


async def test_row_23b_a_waiver_is_asked_approved_by_who_holds_the_right_and_logged(brackwater: Any) -> None:
    done = await brackwater.do("waiver-ask", **ASKED, by="marco")
    assert done.text == (
        "w-2 is asked for and excuses nothing yet; Helen Brandt (helen), Tom Osei (tom) may approve it"
    )
    for who, said in (("marco", "Marco Reyes asked for w-2, and may not decide it"), ("dana", r"Tom Osei \(tom\) may")):
        with pytest.raises(DeskRefusal, match=said):
            await brackwater.do("waiver-approve", waiver="w-2", by=who)
    done = await brackwater.do("waiver-approve", waiver="w-2", by="helen", reason="fine by me")
    assert done.text == "w-2 is in force until 2026-11-29, approved by Helen Brandt"
    with pytest.raises(DeskRefusal, match="w-2 was approved by Helen Brandt already"):
        await brackwater.do("waiver-refuse", waiver="w-2", by="tom", reason="no")
    logged = [(one["by"], one["outcome"]) for one in await kept(brackwater, "log") if one["about"] == "w-2"]
    assert logged == [("marco", "refused"), ("dana", "refused"), ("helen", "granted")]
    (made,) = [one for one in await kept(brackwater, "waiver") if one["id"] == "w-2"]
    assert (made["approved_by"], made["decided"], made["note"]) == ("helen", "2026-11-15", "fine by me")
    await brackwater.do("waiver-end", waiver="w-2", by="marco", reason="it is patched")
    with pytest.raises(DeskRefusal, match="w-2 is over already: closed"):
        await brackwater.do("waiver-end", waiver="w-2", by="marco", reason="again")


async def test_a_waiver_is_refused_with_its_reason_and_too_long_leave_is_not_asked_for(brackwater: Any) -> None:
    with pytest.raises(DeskRefusal, match="may be waived until 2026-12-15 at most"):
        await brackwater.do("waiver-ask", **{**ASKED, "expires": "60d"}, by="marco")
    with pytest.raises(DeskRefusal, match="there is no host 'fs1'; did you mean fs01"):
        await brackwater.do("waiver-ask", **{**ASKED, "scope": "host=fs1"}, by="marco")
    with pytest.raises(DeskRefusal, match="root is nobody in the model"):
        await brackwater.do("waiver-ask", **ASKED)
    await brackwater.do("waiver-ask", **ASKED, by="marco")
    done = await brackwater.do("waiver-refuse", waiver="w-2", by="tom", reason="the vendor has had a month")
    assert done.text == "w-2 is refused by Tom Osei"
    with pytest.raises(DeskRefusal, match="has no waiver 'w-9'"):
        await brackwater.do("waiver-approve", waiver="w-9", by="tom")


async def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(brackwater: Any) -> None:
    asks = [brackwater.do("waiver-ask", **{**ASKED, "reason": f"reason {one}"}, by="marco") for one in range(4)]
    await asyncio.gather(*asks)
    assert sorted(one["id"] for one in await kept(brackwater, "waiver")) == ["w-1", "w-2", "w-3", "w-4", "w-5"]
    answers = await asyncio.gather(
        brackwater.do("waiver-approve", waiver="w-3", by="helen"),
        brackwater.do("waiver-refuse", waiver="w-3", by="tom", reason="no"),
        return_exceptions=True,
    )
    assert [str(one) for one in answers if isinstance(one, DeskRefusal)] == ["w-3 was approved by Helen Brandt already"]


async def test_who_has_a_login_decides_for_nobody_but_those_without(brackwater: Any) -> None:
    marco = Visitor(1001, "marco", "Marco Reyes", is_daemon=False)
    desk = brackwater.daemon.desk
    await desk.do("waiver-ask", ASKED, marco)
    with pytest.raises(DeskRefusal, match="marco cannot decide for Priya Nair"):
        await desk.do("waiver-ask", {**ASKED, "by": "priya"}, marco)
    done = await desk.do("waiver-approve", {"waiver": "w-2", "by": "helen"}, marco)  # she is on the phone
    assert "approved by Helen Brandt" in done.text
    with pytest.raises(DeskRefusal, match="is nobody"):
        await desk.do("waiver-ask", ASKED, Visitor(1002, "stranger", "", is_daemon=False))


async def test_row_22a_a_decision_is_made_by_who_holds_the_right_and_a_refusal_is_logged_too(brackwater: Any) -> None:
    spend = {"what": "buy a second line", "why": "it fails", "right": "spend-over-500"}
    with pytest.raises(
        DeskRefusal, match=r"Dana Whitlock \(dana\) may not decide spend-over-500; Helen Brandt \(helen\) may"
    ):
        await brackwater.do("decision-add", **spend, by="dana")
    done = await brackwater.do("decision-add", **spend, by="helen")
    assert done.text == "d-4 is decided by Helen Brandt; have at hand: quote"
    with pytest.raises(DeskRefusal, match="did you mean spend-over-500"):
        await brackwater.do("decision-add", **{**spend, "right": "spend-over-50"}, by="helen")
    assert [(one["by"], one["outcome"]) for one in await kept(brackwater, "log")] == [
        ("dana", "refused"), ("helen", "granted"),
    ]  # fmt: skip
    risk = {"what": "no battery", "why": "cost", "accepts": "client-accepted-risk", "covers": "host=hv01"}
    with pytest.raises(DeskRefusal, match="needs `expires`"):
        await brackwater.do("decision-add", **risk, by="helen")
    with pytest.raises(DeskRefusal, match="marco is not of the client"):
        await brackwater.do("decision-add", **risk, expires="90d", by="marco")


async def test_row_31c_the_cited_value_never_changes_afterwards(brackwater: Any) -> None:
    cites = "availability/erp@2026-W46; noise=50.00@2026-W46"
    await brackwater.do("decision-add", what="a second line", why="numbers", cites=cites, by="helen")
    (made,) = [one for one in await kept(brackwater, "decision") if one["id"] == "d-4"]
    assert [(one["kpi"], one["value"]) for one in made["cites"]] == [
        ("availability", "nothing due"),
        ("noise", "50.00"),
    ]
    changed = {**made, "cites": [{**made["cites"][1], "value": "20.00"}]}
    done = await brackwater.do("import-records", text=json.dumps(changed))
    assert any("the hash does not fit what is cited" in problem for problem in done.problems)
    for bad, said in (
        ("moods=3@2026-W46", "no KPI 'moods'"),
        ("noise@2026-W46", "noise is not measured by itself"),
        ("availability/erq@2026-W46", "did you mean erp"),
        ("much", "cites nothing"),
        ("availability/erp@last", "2026-W"),
    ):
        with pytest.raises(DeskRefusal, match=said):
            await brackwater.do("decision-add", what="x", why="y", cites=bad, by="helen")


async def test_where_a_policy_names_nobody_its_leave_is_ended_by_who_asked_or_approved_alone(brackwater: Any) -> None:
    text = example("brackwater")[1].text
    text = text.replace("max_waiver: 30d, waive: change-authority, review", "max_waiver: 30d, review")
    nobody = {"name": "b", "text": text, "base": 1}
    await brackwater.do("publish", documents=[nobody], reason="x", by="dana", overrule="x")
    with pytest.raises(DeskRefusal, match="may not decide end-waiver; nobody may"):
        await brackwater.do("waiver-end", waiver="w-1", by="dana", reason="it is patched")
    await brackwater.do("waiver-end", waiver="w-1", by="helen", reason="it is patched")


async def test_two_gaps_that_are_accepted_at_once_are_two_decisions(brackwater: Any) -> None:
    gaps = [row.key for row in (await brackwater.page("assess", client="brackwater")).gaps if row.number == "G5"]
    wishes = [
        brackwater.do("accept-gap", client="brackwater", gap=gap, expires="30d", reason="for now", by=by)
        for gap in gaps[:2]
        for by in [_accepts(gap)]
    ]
    await asyncio.gather(*wishes)
    made = [one for one in await kept(brackwater, "decision") if one["covers"].get("gap")]
    assert {one["covers"]["gap"] for one in made} == set(gaps[:2])
    assert {one["expires"] for one in made} == {"2026-12-15"}


def _accepts(gap: str) -> str:
    return {"erp": "tom"}.get(gap.split(":")[1], "helen")
