"""What came after the freeze of a week is told in a later one: which figures, was and is, and by which records."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from builders import at
from closed_week import frozen

from checks.reading import CheckName, Reading
from console.desk.refusal import DeskRefusal


async def test_much_late_truth_is_told_shortly_and_each_figure_hears_of_what_feeds_it(golden: Any) -> None:
    await frozen(golden)
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
    opens = "watchbill explain K1 --client brackwater --week 2026-W46 --about files"
    assert (was.value, was.source) == ("99.79 %", opens)
    assert (late.name, late.value, len(late.evidence)) == ("late outage", "files", 41)
    assert late.evidence[0] == "Mon 09 Nov 08:00, recorded Tue 17 Nov 10:00 by root"


async def test_much_late_truth_about_everything_is_one_short_section_and_the_client_reads_nothing_of_ours(
    golden: Any,
) -> None:
    await frozen(golden)
    golden.time[0] = at("2026-11-17T10:00:00")
    told: list[dict[str, Any]] = []
    for place in range(100):
        at_ = f"2026-11-{9 + place % 5:02d}T{8 + place % 9:02d}:{place % 60:02d}"
        service = ("erp", "files", "identity", "connectivity", "workplace")[place % 5]
        severity = ("critical", "high", "moderate", "low")[place % 4]
        told += [
            {"kind": "outage", "service": service, "start": f"{at_}:01-05:00", "end": f"{at_}:31-05:00",
             "evidence": "person", "confirmed_by": "marco", "cause": "own"},
            {"kind": "patch-item", "host": "dc01", "id": f"KB{place}", "severity": severity, "state": "missing",
             "first_seen": "2026-10-01T10:00:00-04:00"},
            {"kind": "work-log", "person": ("marco", "priya")[place % 2], "start": f"{at_}:00-05:00", "minutes": 5,
             "text": "late"},
        ]  # fmt: skip
    lines = "\n".join(json.dumps({"client": "brackwater", **one}) for one in told)
    assert (await golden.do("import-records", text=lines)).new == 300

    which = {"client": "brackwater", "week": "2026-W47"}
    page = await golden.page("week", **which)
    assert {"load", "availability", "patch compliance"} <= {one.was.name for one in page.restated}
    section = page.text.partition("RESTATED")[2].partition("Questions")[0]
    assert section.count("\n") <= 15, section
    assert re.search(r"\d+ figures more of 2026-W46, for \d+ other reasons", " ".join(section.split()))
    for form in ("text", "md", "html", "json", "csv"):
        body = (await golden.page("week-print", **which, reader="client", format=form)).body.decode()
        assert not re.search("load of|work-log|alignment", body), form
    owner = json.loads((await golden.page("week-print", **which, reader="owner", format="json")).body)
    assert "load" in {one["now"]["name"] for (week,) in [owner] for one in week["restated"]}


async def test_a_restated_figure_hears_only_of_the_time_and_the_severity_that_it_is_about(golden: Any) -> None:
    await frozen(golden)
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
    await frozen(golden)
    golden.time[0] = at("2026-11-17T10:00:00")
    await golden.do("reopen", incident=104, text="down again")
    assert (await golden.page("week", client="brackwater", week="2026-W47")).restated == ()
    golden.time[0] = at("2026-11-17T14:00:00")
    golden.look()  # the broken promise is a mark, and adds whom to tell
    for step in ("tell-client", "tell-delivery-manager", "tell-accountable"):
        await golden.do("step", incident=104, step=step)
    await golden.do("resolve", incident=104, text="the battery is new", cause="own")
    page = await golden.page("week", client="brackwater", week="2026-W47")
    (one,) = page.restated
    assert (one.was.name, one.was.shows, one.now.shows) == ("attainment, resolve", "85.71 %", "71.42 %")
    assert one.why == "incident I-104 reopened Tue 17 Nov 10:00, and broke its promise then"
    # the later week has a verdict of its own, as one kept after a reopening has (I-109 counts in W46 again)
    assert any("I-104" in line for line in page.help.late)
    golden.time[0] = at("2026-11-24T10:00:00")
    after = await golden.page("week", client="brackwater", week="2026-W48")
    assert not any("I-104" in line for line in after.help.late), "a breach is in one week of its own alone"


async def test_check_ins_that_come_late_are_told_with_the_instant_from_which_on_they_speak(golden: Any) -> None:
    golden.time[0] = at("2026-11-13T07:50:00")
    await golden.enrol("ws-cad1", client="brackwater")
    await golden.hear("ws-cad1", 1, _disk(golden.time[0]), pace=1200)
    await frozen(golden)
    golden.time[0] = at("2026-11-17T10:00:00")
    assert (await golden.page("week", client="brackwater", week="2026-W47")).restated == ()

    for place in range(20):  # as it was, every twenty minutes of Friday: no finding changes, only what is known
        taken = at("2026-11-13T08:00:00") + 1200 * place
        seen = _disk(taken)
        await golden.hear("ws-cad1", 2 + place, seen, pace=1200, waited=golden.time[0] - taken)
    page = await golden.page("week", client="brackwater", week="2026-W47")
    why = {one.was.kpi: one.why for one in page.restated}
    assert why["K4"] == "check-ins of ws-cad1 from Fri 13 Nov 08:30 on, that arrived after the freeze"


async def test_what_is_over_is_opened_again_for_as_many_days_as_the_office_is_open(golden: Any) -> None:
    golden.time[0] = at("2026-11-17T17:00:00")
    await golden.do("reopen", incident=101, text="down again, five office days after Tue 10")
    golden.time[0] = at("2026-11-19T00:00:01")  # 103 ended on Wed 11
    with pytest.raises(DeskRefusal, match="103 has been over for more than 5 d on which the office is open"):
        await golden.do("reopen", incident=103, text="down again")


def _disk(taken: int) -> Reading:
    return Reading(CheckName("disk"), "/", 0.4, taken, taken + 1200)
