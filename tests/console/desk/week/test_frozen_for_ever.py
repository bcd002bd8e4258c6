"""A frozen week is the same bytes for ever, for each reader and in each form, whatever is told or frozen later."""

from __future__ import annotations

import json
from typing import Any

from builders import at
from closed_week import answered, later, refused

from console.operating_model.examples import example
from console.pages.weeks import READERS
from console.reports.forms import FORMS


async def test_weeks_are_frozen_in_their_order_and_what_is_left_out_has_a_reason_in_the_log(golden: Any) -> None:
    golden.time[0] = at("2026-11-23T09:00:00")
    await answered(golden, "2026-W46")
    await golden.do("week-freeze", client="brackwater", week="2026-W46", by="dana")
    golden.time[0] = at("2026-11-30T09:00:00")
    which = {"client": "brackwater", "week": "2026-W48", "by": "dana"}
    told = await refused(golden, "week-freeze", **which)
    assert told == "2026-W47 of brackwater is over and not frozen; 2026-W46 is the last that is"
    told = await refused(golden, "week-freeze", **{**which, "week": "2026-W45"})
    assert told == "2026-W46 of brackwater is frozen, and was compared with the weeks before it"
    await answered(golden, "2026-W48")
    await golden.do("week-freeze", **which, skipping="closed for Thanksgiving")
    (line,) = [
        one for one in (await golden.page("plan", client="brackwater", tab="log")).log if one.what == "skip-weeks"
    ]
    assert (line.about, line.why) == ("2026-W48", "closed for Thanksgiving")


async def pages(golden: Any, week: str) -> list[Any]:
    """A frozen week in every form, for each reader, as a value, and how each of its numbers was made."""
    asked = {"client": "brackwater", "week": week}
    value = await golden.page("week", **asked)
    owners = [await golden.page("week-owner", **asked, format=form) for form in FORMS]
    printed = [await golden.page("week-print", **asked, reader=who, format=form) for who in READERS for form in FORMS]
    kpis = dict.fromkeys(one.kpi for one in value.figures)
    made = [(await golden.page("week-explain", **asked, kpi=kpi)).rows for kpi in kpis]
    assert all(one.is_frozen for one in (*owners, *printed))
    assert [one.body for one in owners] == [one.body for one in printed[len(FORMS) :]], "one page, two ways to it"
    return [value, *owners, *printed, *made]


def changed_model() -> list[dict[str, str]]:
    """The example where everybody has another name, the client too, in another zone and with another promise."""
    told = [{"name": one.name, "text": one.text} for one in example("brackwater")]
    for place, old, new in (
        (0, "Dana Whitlock", "Dana Other"), (0, "Marco Reyes", "Marco Other"), (0, "Holston Field IT", "Other IT"),
        (-1, "name: Brackwater Cabinetry", "name: Other Name"), (-1, "America/New_York", "America/Los_Angeles"),
        (-1, "Helen Brandt", "Henrietta Brandt"), (-1, "availability: 99.5", "availability: 90"),
    ):  # fmt: skip
        assert old in told[place]["text"], old
        told[place]["text"] = told[place]["text"].replace(old, new)
    return [{**one, "text": f"base: 1\n{one['text']}"} for one in told]


async def test_a_frozen_week_is_the_same_bytes_whatever_is_frozen_told_restated_or_published_later(golden: Any) -> None:
    golden.time[0] = at("2026-11-23T09:00:00")
    await answered(golden, "2026-W46")
    await golden.do("week-freeze", client="brackwater", week="2026-W46", by="dana")
    golden.time[0] = at("2026-11-30T09:00:00")
    await answered(golden, "2026-W48")
    which = {"client": "brackwater", "by": "dana"}
    await golden.do("week-freeze", **which, week="2026-W48", skipping="Thanksgiving")
    before = [*await pages(golden, "2026-W46"), *await pages(golden, "2026-W48")]

    async def same() -> bool:
        return [*await pages(golden, "2026-W46"), *await pages(golden, "2026-W48")] == before

    await answered(golden, "2026-W47")
    await golden.do("week-freeze", **which, week="2026-W47", skipping="found the time within the second")
    assert await same(), "an earlier week that is frozen later, however soon"
    assert len(json.loads((await golden.page("week-owner", week="2026-W48", format="json")).body)) == 1

    golden.time[0] = at("2026-12-01T09:00:00")
    for one in later():
        if one["kind"] == "incident-event":
            continue  # its marks are past that already; verbs follow below
        assert (await golden.do("import-records", text=json.dumps({"client": "brackwater", **one}))).new == 1
    late = {"kind": "outage", "client": "brackwater", "service": "erp", "evidence": "person", "cause": "own"}
    for day in ("2026-11-12", "2026-11-24"):
        of_day = {**late, "start": f"{day}T10:00:00-05:00", "end": f"{day}T10:20:00-05:00"}
        assert (await golden.do("import-records", text=json.dumps(of_day))).new == 1
    assert await same(), "late records"

    restated = (await golden.page("week", client="brackwater", week="2026-W49")).restated
    assert {one.week for one in restated} >= {"2026-W46", "2026-W48"}
    await golden.do("note", incident=105, text="late news")
    golden.time[0] = at("2026-12-07T09:00:00")
    await answered(golden, "2026-W49")
    await golden.do("week-freeze", **which, week="2026-W49")
    assert await same(), "a restatement that is frozen itself"

    await golden.do("publish", documents=changed_model(), reason="another house", by="dana")
    assert (await golden.page("week", client="brackwater")).zone == "America/Los_Angeles"
    assert await same(), "another model"
    golden.time[0] = at("2026-12-14T09:00:00")
    again = (await golden.page("week", client="brackwater")).restated
    assert [(one.week, one.was.name, one.was.about, one.was.shows, one.now.shows, one.why) for one in again] == []
    await answered(golden, "2026-W50")
    await golden.do("week-freeze", **which)
    assert await same(), "the first week of the other zone"
