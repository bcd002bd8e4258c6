"""A week from its preview to its restatement, in a real store: the golden week of operating-model.md, 3.2."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from builders import at
from days import golden_week

from console.desk.refusal import DeskRefusal
from console.operating_model.examples import example, written_records
from console.pages.week import Week
from console.pages.weeks import READERS
from console.reports.forms import FORMS

MONDAY = at("2026-11-16T09:20:00")
ROWS = {"K1/erp", "K15/resolve", "K6/high", "K8"}
DOUBT = (
    '{"kind": "outage", "client": "brackwater", "host": "dc02", "start": "2026-11-11T05:00:00-05:00", '
    '"end": "2026-11-11T05:10:00-05:00", "evidence": "inferred"}'
)


@pytest.fixture
async def golden(bare: Any) -> Any:
    await golden_week(bare, at("2026-11-16T00:50:00"))
    assert (await bare.do("import-records", text=DOUBT)).new == 1
    return bare


async def test_much_late_truth_is_told_shortly_and_each_figure_hears_of_what_feeds_it(golden: Any) -> None:
    which = {"client": "brackwater", "week": "2026-W46"}
    golden.time[0] = MONDAY
    await golden.do("reject-outage", client="brackwater", outage="dc02@2026-11-11T05:00", text="a switch", by="marco")
    for row in ROWS:
        await golden.do("comment", **which, about=row, text="known", by="dana")
    await golden.do("week-freeze", **which, by="dana")
    golden.time[0] = at("2026-11-17T10:00:00")

    outage = {"kind": "outage", "client": "brackwater", "service": "files", "evidence": "person", "cause": "own"}
    told = [
        {**outage, "start": f"2026-11-{day:02d}T{hour:02d}:{minute:02d}:00-05:00",
         "end": f"2026-11-{day:02d}T{hour:02d}:{minute:02d}:10-05:00"}
        for day in range(9, 14) for hour in range(8, 18) for minute in range(0, 50, 5)
    ]  # fmt: skip
    scan = {"kind": "patch-scan", "client": "brackwater", "host": "fw02", "at": "2026-11-15T06:00:00-05:00"}
    lines = "\n".join(json.dumps(one) for one in (*told, scan))
    assert (await golden.do("import-records", text=lines)).new == 501

    page = await golden.page("week", client="brackwater", week="2026-W47")
    why = {one.was.kpi: one.why for one in page.restated}
    assert why["K1"] == "500 × outage files, the first Mon 09 Nov 08:00, recorded Tue 17 Nov 10:00 by root"
    assert why["K6"] == "patch-scan fw02 Sun 15 Nov 06:00, recorded Tue 17 Nov 10:00 by root"
    assert not {"K8", "K9", "K11", "K15"} & why.keys()
    assert all((one.was.shows, one.was.verdict) != (one.now.shows, one.now.verdict) for one in page.restated)
    section = page.text.partition("RESTATED")[2].partition("Questions")[0]
    assert section.count("\n") <= 12
    assert "availability of files was 99.16 %, is" in section
    assert "patch compliance of critical was 100.00 % (unproven), is 100.00 % (met)" in " ".join(section.split())

    # each opens: what it was, and the records behind it, with the instant and who recorded it
    opened = await golden.page("week-explain", client="brackwater", week="2026-W47", kpi="k1", about="files")
    (again,) = [one.figure for one in opened.rows if "restated of 2026-W46" in one.title and one.figure.span == "28d"
                and one.figure.name == "availability"]  # fmt: skip
    was, late = again.inputs
    frozen = "watchbill explain K1 --client brackwater --week 2026-W46 --about files"
    assert (was.value, was.source) == ("99.79 %", frozen)
    assert (late.name, late.value, len(late.evidence)) == ("late outage", "files", 41)
    assert late.evidence[0] == "Mon 09 Nov 08:00, recorded Tue 17 Nov 10:00 by root"


async def test_a_restated_figure_hears_only_of_the_time_and_the_severity_that_it_is_about(golden: Any) -> None:
    await _freeze(golden, MONDAY)
    golden.time[0] = at("2026-11-17T10:00:00")
    outage = {"kind": "outage", "client": "brackwater", "service": "erp", "evidence": "person", "cause": "own"}
    item = {"kind": "patch-item", "client": "brackwater", "host": "dc01", "state": "installed"}
    told = (
        {**outage, "start": "2026-11-05T10:00:00-05:00", "end": "2026-11-05T10:30:00-05:00"},
        {**outage, "start": "2026-11-12T10:00:00-05:00", "end": "2026-11-12T10:01:00-05:00"},
        {**item, "id": "KB5059112", "severity": "high", "first_seen": "2026-10-28T10:05:00-04:00",
         "at": "2026-11-15T10:00:00-05:00"},
        {**item, "id": "other", "severity": "low", "first_seen": "2026-11-10T10:05:00-04:00",
         "at": "2026-11-15T10:00:00-05:00"},
    )  # fmt: skip
    assert (await golden.do("import-records", text="\n".join(map(json.dumps, told)))).new == 4
    page = await golden.page("week", client="brackwater", week="2026-W47")
    why = {(one.was.name, one.was.about, one.was.span): one.why for one in page.restated}
    assert "Thu 12 Nov 10:00" in why["availability", "erp", "week"]
    assert "05 Nov" not in why["availability", "erp", "week"]
    assert "2 × outage erp, the first Thu 05 Nov 10:00" in why["availability", "erp", "28d"]
    assert why["patch compliance", "high", "end"].startswith("patch-item dc01 KB5059112")
    assert "other" not in why["patch compliance", "high", "end"]


async def test_an_incident_that_was_reopened_and_broke_its_promise_restates_the_week_in_which_it_was_met(
    golden: Any,
) -> None:
    await _freeze(golden, MONDAY)
    golden.time[0] = at("2026-11-17T10:00:00")
    await golden.do("reopen", incident=104, text="down again")
    assert (await golden.page("week", client="brackwater", week="2026-W47")).restated == ()
    golden.time[0] = at("2026-11-17T14:00:00")
    await golden.do("step", incident=104, step="tell-client")
    await golden.do("resolve", incident=104, text="the battery is new", cause="own")
    (one,) = (await golden.page("week", client="brackwater", week="2026-W47")).restated
    assert (one.was.name, one.was.shows, one.now.shows) == ("attainment, resolve", "85.71 %", "71.42 %")
    assert one.why == "incident I-104 reopened Tue 17 Nov 10:00, and broke its promise then"


async def _freeze(golden: Any, now: int) -> None:
    """The golden week, answered and frozen."""
    golden.time[0] = now
    await _answered(golden, "2026-W46")
    await golden.do("week-freeze", client="brackwater", week="2026-W46", by="dana")


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


async def refused(golden: Any, verb: str, **arguments: Any) -> str:
    with pytest.raises(DeskRefusal) as refusal:
        await golden.do(verb, **arguments)
    return str(refusal.value)


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
    await golden.do("own", incident=107)
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


async def test_weeks_are_frozen_in_their_order_and_what_is_left_out_has_a_reason_in_the_log(golden: Any) -> None:
    golden.time[0] = at("2026-11-23T09:00:00")
    await _answered(golden, "2026-W46")
    await golden.do("week-freeze", client="brackwater", week="2026-W46", by="dana")
    golden.time[0] = at("2026-11-30T09:00:00")
    which = {"client": "brackwater", "week": "2026-W48", "by": "dana"}
    told = await refused(golden, "week-freeze", **which)
    assert told == "2026-W47 of brackwater is over and not frozen; 2026-W46 is the last that is"
    told = await refused(golden, "week-freeze", **{**which, "week": "2026-W45"})
    assert told == "2026-W46 of brackwater is frozen, and was compared with the weeks before it"
    await _answered(golden, "2026-W48")
    await golden.do("week-freeze", **which, skipping="closed for Thanksgiving")
    (line,) = [
        one for one in (await golden.page("plan", client="brackwater", tab="log")).log if one.what == "skip-weeks"
    ]
    assert (line.about, line.why) == ("2026-W48", "closed for Thanksgiving")

    async def pages() -> list[Any]:
        asked = {"client": "brackwater", "week": "2026-W48"}
        owners = [await golden.page("week-owner", **asked, format=form) for form in FORMS]
        printed = [
            await golden.page("week-print", **asked, reader=who, format=form) for who in READERS for form in FORMS
        ]
        return [await golden.page("week", **asked), *owners, *printed]

    before = await pages()
    assert all(one.is_frozen for one in before[1:])
    golden.time[0] = at("2026-12-01T09:00:00")
    await _answered(golden, "2026-W47")
    await golden.do("week-freeze", **{**which, "week": "2026-W47"}, skipping="found the time")
    documents = [{"name": one.name, "text": one.text} for one in example("brackwater")]
    documents[-1]["text"] = "base: 1\n" + documents[-1]["text"].replace("availability: 99.5", "availability: 90", 1)
    await golden.do("publish", documents=documents, reason="a lower promise", by="dana")
    assert await pages() == before, "a frozen week knows nothing of what came after it"


async def _answered(golden: Any, week: str) -> None:
    """Everything that a week waits for is said."""
    which = {"client": "brackwater", "week": week, "by": "dana"}
    for one in (await golden.page("week-close", client="brackwater", week=week)).rows:
        if one.kind == "comment":
            await golden.do("comment", **which, about=one.about, text="known")
        elif one.kind == "silent":
            await golden.do("explain-silence", **which, host=one.about[5:], text="no agent yet")
        elif one.kind == "outage":
            await golden.do("reject-outage", client="brackwater", outage=one.about, text="a switch", by="dana")
        else:
            await golden.do(
                "action-add", client="brackwater", text="x", owner="priya", due="14d", **{"from": one.about}
            )


async def test_other_pages_are_answered_while_one_is_typeset(golden: Any) -> None:
    which = {"client": "brackwater", "week": "2026-W46", "format": "pdf"}
    printing = asyncio.create_task(golden.page("week-print", **which))
    await asyncio.sleep(0)
    assert (await golden.page("weeks")).rows
    assert not printing.done()
    assert (await printing).body.startswith(b"%PDF")
