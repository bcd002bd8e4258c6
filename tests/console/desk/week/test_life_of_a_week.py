"""A week from its preview to its restatement, in a real store: the golden week of operating-model.md, 3.2."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from builders import at
from closed_week import MONDAY, refused
from days import MARCO

from console.operating_model.examples import example, written_records
from console.pages.week import Week

ROWS = {"K1/erp", "K15/resolve", "K6/high", "K8"}


async def saturdays(bare: Any) -> Any:
    """The same client where weeks begin on Saturdays."""
    documents = [
        {"name": one.name, "text": one.text.replace("industry:", "week_starts: saturday, industry:", 1)}
        for one in example("brackwater")
    ]
    await bare.do("publish", documents=documents, reason="an example")
    for file in ("records.jsonl", "week-46.jsonl"):
        await bare.do("import-records", text=written_records("brackwater", file).text, source=file)
    return bare


async def test_a_week_is_previewed_answered_frozen_and_restated(golden: Any) -> None:
    which = {"client": "brackwater", "week": "2026-W46"}
    present = await golden.page("week", client="brackwater")
    assert (present.week, present.so_far) == ("2026-W47", True)

    # it never freezes the future
    ahead = {"client": "brackwater", "week": "2026-W47", "by": "dana"}
    assert "is not over before Mon 23 Nov 2026 00:00" in await refused(golden, "week-freeze", **ahead)

    # nor do the client's people freeze it, or somebody who may not lead
    for who, why in (("helen", "is one of the client's own"), ("marco", "has the role technician for brackwater")):
        assert why in await refused(golden, "week-freeze", client="brackwater", week="2026-W46", by=who)

    # every reason at once
    golden.time[0] = MONDAY
    closing = await golden.page("week-close", client="brackwater")
    assert closing.week == "2026-W46"
    assert all("--client brackwater" in one.answer for one in closing.rows)
    assert all("--week 2026-W46 --about" in one.answer for one in closing.rows if one.kind == "comment")
    assert {one.about for one in closing.rows if one.kind == "comment"} == ROWS
    assert [one.about for one in closing.rows if one.kind == "outage"] == ["dc02@2026-11-11T05:00"]
    assert closing.text == "2026-W46 of brackwater cannot be frozen yet: 5 answers are missing"
    assert "w-1 ends 2026-11-20, in 5 days" in closing.notes[0]
    told = await refused(golden, "week-freeze", **which, by="dana")
    assert all(one.text in told for one in closing.rows)
    assert (await golden.page("weeks", client="brackwater")).rows[1].state == "to be closed"

    # answers
    assert "no inferred outage" in await refused(
        golden, "reject-outage", client="brackwater", outage="x", text="no", by="dana"
    )
    await golden.do("reject-outage", client="brackwater", outage="dc02@2026-11-11T05:00", text="a switch", by="marco")
    assert "is no row of 2026-W46" in await refused(golden, "comment", **which, about="x", text="no", by="dana")
    kept = golden.daemon.desk._office.history.records("brackwater", "outage")
    assert [(one.about, one.rejected_by, one.said) for one in kept if one.said] == [("dc02", "marco", "a switch")]
    for about in ROWS:
        await golden.do("comment", **which, about=about, text=f"seen: {about}", by="dana")
    closing = await golden.page("week-close", client="brackwater")
    freeze = "watchbill week freeze --client brackwater --week 2026-W46"
    assert (closing.rows, closing.text) == ((), f"2026-W46 of brackwater can be frozen: {freeze}")

    # two at once: one wins
    before: Week = await golden.page("week", **which)
    done = await asyncio.gather(
        golden.do("week-freeze", **which, by="dana"),
        golden.do("week-freeze", **which, by="priya"),
        return_exceptions=True,
    )
    assert [type(one).__name__ for one in done] == ["Done", "DeskRefusal"]
    frozen: Week = await golden.page("week", **which)
    assert frozen.frozen is not None
    assert (frozen.frozen.by_name, frozen.frozen.at) == ("Dana Whitlock", MONDAY)
    assert frozen.figures == before.figures
    assert {one.about for one in frozen.comments} == ROWS
    pages = {
        (reader, form): await golden.page("week-print", **which, reader=reader, format=form)
        for reader in ("client", "owner") for form in ("text", "json")
    }  # fmt: skip
    assert all(one.is_frozen for one in pages.values())
    assert "says for ever" in await refused(golden, "comment", **which, about="K8", text="late", by="dana")

    # life goes on: that changes nothing of it
    golden.time[0] = at("2026-11-17T10:00:00")
    await golden.daemon.desk.do("own", {"incident": 107}, MARCO)
    await golden.do("action-done", client="brackwater", action="a-3", result="restarted")
    assert (await golden.page("week", client="brackwater", week="2026-W47")).restated == ()

    # late truth: the line was down ten minutes longer
    late = json.dumps({
        "kind": "outage", "client": "brackwater", "external": "line-main", "start": "2026-11-11T13:30:00-05:00",
        "end": "2026-11-11T13:40:00-05:00", "evidence": "probe", "confirmed_by": "marco", "cause": "supplier",
    })  # fmt: skip
    assert (await golden.do("import-records", text=late)).new == 1
    told_in = await golden.page("week", client="brackwater", week="2026-W47")
    changed = {(one.was.kpi, one.was.name, one.was.about, one.was.span): one for one in told_in.restated}
    line = changed["K1", "availability", "connectivity", "week"]
    assert (line.week, line.was.shows, line.now.shows) == ("2026-W46", "99.70 %", "99.60 %")
    assert line.why == "outage line-main Wed 11 Nov 13:30, recorded Tue 17 Nov 10:00 by root"
    assert {key[2] for key in changed} <= {"connectivity", ""}
    assert await golden.page("week", **which) == frozen
    for (reader, form), page in pages.items():
        assert await golden.page("week-print", **which, reader=reader, format=form) == page

    # every week since the last frozen one waits, and says something in one line
    golden.time[0] = at("2026-11-30T09:00:00")
    listed = (await golden.page("weeks")).rows
    assert [(one.week, one.state) for one in listed] == [
        ("2026-W49", "so far"), ("2026-W48", "to be closed"), ("2026-W47", "to be closed"), ("2026-W46", "frozen"),
    ]  # fmt: skip
    assert all(one.headline for one in listed)

    # told once: the week that tells it is frozen, and the next one does not repeat it
    golden.time[0] = at("2026-11-23T09:00:00")
    for one in (await golden.page("week-close", client="brackwater")).rows:
        if one.kind == "comment":
            await golden.do("comment", client="brackwater", about=one.about, text="known", by="dana")
        elif one.kind == "silent":
            await golden.do("explain-silence", client="brackwater", host=one.about[5:], text="no agent yet", by="dana")
        else:
            assert one.kind == "missed twice"
            await golden.do(
                "action-add", client="brackwater", text="mend it", owner="priya", due="14d", **{"from": one.about}
            )
    assert (await golden.page("week-close", client="brackwater")).rows == ()
    await golden.do("week-freeze", client="brackwater", by="dana")
    assert (await golden.page("week", client="brackwater", week="2026-W47")).restated == told_in.restated
    assert (await golden.page("week", client="brackwater", week="2026-W48")).restated == ()

    # trends, from frozen weeks alone; and how a number was made
    trends = await golden.page("trends", client="brackwater", kpi="k1", about="connectivity")
    assert trends.weeks == ("2026-W46", "2026-W47")
    row = next(one for one in trends.rows if (one.name, one.span) == ("availability", "week"))
    assert row.points[0].shows == "99.70 %"
    explained = await golden.page("week-explain", **which, kpi="K1", about="erp")
    first = explained.rows[0]
    assert (first.figure.shows, explained.is_frozen) == ("97.91 %", True)
    assert first.command == "watchbill explain K1 --client brackwater --week 2026-W46 --about erp"
    assert any("09:10" in line for one in first.figure.inputs for line in one.evidence)
    assert "99.50 %" in first.verdict_from


async def test_a_client_whose_weeks_begin_on_saturdays_is_told_of_saturday_to_friday(bare: Any) -> None:
    bare.time[0] = at("Fri 15:00")
    golden = await saturdays(bare)
    which = {"client": "brackwater", "week": "2026-W46"}
    seen: Week = await golden.page("week", client="brackwater")
    assert (seen.week, seen.start, seen.end) == ("2026-W46", at("2026-11-07T00:00"), at("2026-11-14T00:00"))
    assert seen.so_far
    assert "IT service week 2026-W46 (Sat 7 - Fri 13 Nov)" in seen.text
    assert "is not over before Sat 14 Nov 2026 00:00" in await refused(golden, "week-freeze", **which, by="dana")

    golden.time[0] = MONDAY
    assert [(one.week, one.state) for one in (await golden.page("weeks")).rows] == [
        ("2026-W47", "so far"), ("2026-W46", "to be closed"),
    ]  # fmt: skip
    assert (await golden.page("week", client="brackwater")).start == at("Sat 00:00")
    for one in (await golden.page("week-close", client="brackwater")).rows:
        assert one.kind == "comment"
        await golden.do("comment", **which, about=one.about, text="seen", by="dana")
    await golden.do("week-freeze", client="brackwater", by="dana")
    frozen: Week = await golden.page("week", **which)
    assert (frozen.frozen is not None, frozen.end) == (True, at("Sat 00:00"))
    assert (await golden.page("trends", client="brackwater", kpi="K1")).weeks == ("2026-W46",)
    assert (await golden.page("week", client="brackwater", week="2026-W47")).restated == ()

    # from Mondays on would leave Saturday and Sunday in no week at all
    documents = [{"name": one.name, "text": one.text} for one in example("brackwater")]
    documents[-1]["text"] = f"base: 1\n{documents[-1]['text']}"
    told = await refused(golden, "publish", documents=documents, reason="Mondays after all", by="dana")
    assert told == "weeks of brackwater are frozen up to 2026-W46, so they go on to begin on the same day"
    assert (await golden.page("week", client="brackwater")).start == at("Sat 00:00")
    documents[-1]["text"] = documents[-1]["text"].replace("industry:", "week_starts: saturday, industry:", 1)
    documents[-1]["text"] = documents[-1]["text"].replace("availability: 99.5", "availability: 99.4", 1)
    await golden.do("publish", documents=documents, reason="the rest may change", by="dana")
    assert await golden.page("week", **which) == frozen


async def test_other_pages_are_answered_while_one_is_typeset(golden: Any) -> None:
    which = {"client": "brackwater", "week": "2026-W46", "format": "pdf"}
    printing = asyncio.create_task(golden.page("week-print", **which))
    await asyncio.sleep(0)
    assert (await golden.page("weeks")).rows
    assert not printing.done()
    assert (await printing).body.startswith(b"%PDF")
