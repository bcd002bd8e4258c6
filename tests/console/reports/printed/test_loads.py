"""K18 over all clients: a day off counts wherever it is written, and once; nobody disappears."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import msgspec
import pytest
from golden_week import golden
from msgspec import structs

from console.operating_model.schema.facts import WorkLogRecord
from console.operating_model.schema.records import AbsenceRecord, ActionRecord
from console.pages.week import Week
from console.pages.week_sections import Maturity
from console.reports.printed.loads import Load, loads, loads_told
from console.reports.printed.owner_page import owner_page
from console.reports.printed.page import html
from console.reports.printed.plain import plain_text
from console.reports.weekly.compose import weekly

Days = tuple[tuple[str, str], ...]


def week(client: str, days: Days = ()) -> Week:
    """The golden week as another client's, with Marco away on `[first, last]` as its records say."""
    fields = {"kind": "absence", "client": "brackwater", "person": "marco", "why": "leave", "approved_by": "dana"}
    records = tuple(
        AbsenceRecord.model_validate({**fields, "first": f"2026-11-{first}", "last": f"2026-11-{last}"})
        for first, last in days
    )
    facts = golden()
    made = weekly(replace(facts, papers={**facts.papers, "absence": records}))
    return structs.replace(made, client=client, client_name=client)


def marco(*weeks: Week) -> Load:
    return next(one for one in loads(weeks) if one.name == "Marco")


def test_two_clients_share_one_capacity() -> None:
    assert marco(week("one"), week("two")).shows == "35.83 %", "860 of 2400"


@pytest.mark.parametrize(("at_one", "at_two"), [
    ((("10", "11"),), ()),
    ((), (("10", "11"),)),
    ((("10", "11"),), (("10", "11"),)),
    ((("10", "10"),), (("11", "11"),)),
    ((("10", "10"), ("10", "11")), (("11", "11"), ("14", "15"))),
])  # fmt: skip
def test_two_days_off_count_once_wherever_they_are_written(at_one: Days, at_two: Days) -> None:
    found = marco(week("one", at_one), week("two", at_two))
    assert (found.logged, found.capacity, found.shows) == (860, 1440, "59.72 %")


@pytest.mark.parametrize(("at_one", "at_two"), [
    ((("09", "15"),), ()), ((("09", "13"),), (("01", "30"),)), ((("09", "11"),), (("12", "13"),)),
])  # fmt: skip
def test_a_week_off_is_absent_and_what_was_logged_all_the_same_is_told(at_one: Days, at_two: Days) -> None:
    weeks = [week("one", at_one), week("two", at_two)]
    assert marco(*weeks).shows == "absent, 14 h 20 min logged"
    assert "Dana 0.00 % · Marco absent, 14 h 20 min logged · Priya 14.58 % (all clients)" in plain_text(
        owner_page(weeks)
    )


def test_who_is_away_and_logged_nothing_stands_there_as_absent() -> None:
    idle = [structs.replace(one, staff=tuple(structs.replace(each, logged=0) for each in one.staff))
            for one in (week("one", (("09", "15"),)), week("two"))]  # fmt: skip
    assert marco(*idle).shows == "absent"


def test_a_client_whose_weeks_begin_on_another_day_adds_its_minutes_and_its_days_off() -> None:
    other = week("two", (("10", "11"),))
    shifted = tuple(structs.replace(one, days=("2026-11-07", *one.days[:4])) for one in other.staff)
    assert marco(week("one"), structs.replace(other, staff=shifted)).shows == "59.72 %"


def test_a_client_at_which_nobody_logs_does_not_hide_days_off_that_are_written_there() -> None:
    quiet = structs.replace(week("two", (("10", "11"),)), figures=())
    quiet = structs.replace(quiet, staff=tuple(structs.replace(one, logged=0) for one in quiet.staff))
    assert marco(week("one"), quiet).shows == "29.86 %", "430 of 1440"
    assert loads([quiet]) == ()


def test_a_week_that_was_frozen_before_says_so_and_adds_what_it_has() -> None:
    body = msgspec.json.decode(msgspec.json.encode(week("two")))
    del body["staff"]
    old = msgspec.json.decode(msgspec.json.encode(body), type=Week)
    assert marco(week("one", (("10", "11"),)), old).shows == "59.72 %"
    assert loads_told([week("one"), old]).endswith("(all clients; two frozen before days off were kept)")
    assert {one.name: one.shows for one in loads([old])}["marco"] == "17.92 %"


def test_the_upper_end_of_the_band_has_a_sign() -> None:
    assert [Load("a", logged, 100).sign for logged in (59, 84, 85, 101)] == ["", "", " ▲", " ▲"]


def test_next_week_is_told_by_what_the_last_four_were_and_by_who_is_away_then() -> None:
    now = week("one")
    assert marco(now).coming == Fraction(430, 2400), "as much as this week, of five days"
    less = [
        structs.replace(now, week=name, staff=tuple(structs.replace(one, logged=minutes) for one in now.staff))
        for name, minutes in (("2026-W43", 900), ("2026-W44", 600), ("2026-W45", 300))
    ]
    (found,) = [one for one in loads([now], {"one": less}) if one.name == "Marco"]
    assert found.coming == Fraction(515, 2400), "the median of 300, 430, 600 and 900"
    away = week("one", (("16", "17"),))
    assert marco(away).coming == Fraction(430, 1440)
    assert marco(away).shows == "17.92 %", "this week is as it was"
    assert marco(week("one", (("16", "22"),))).coming is None
    assert marco(week("one"), week("two", (("16", "17"),))).coming == Fraction(860, 1440), "wherever it is written"


def action(id_: str, due: str, estimate: str | None, owner: str = "marco", **more: str) -> ActionRecord:
    fields = {"kind": "action", "client": "brackwater", "id": id_, "text": id_, "owner": owner, "due": f"2026-11-{due}"}
    return ActionRecord.model_validate({**fields, **({"estimate": estimate} if estimate is not None else {}), **more})


def to_do(client: str, *actions: ActionRecord) -> Week:
    """The golden week with these actions and no other, and an hour that Marco logged to the first."""
    facts = golden()
    fields = {"kind": "work-log", "client": "brackwater", "person": "marco", "minutes": 60, "text": "began",
              "action": "a-1", "start": "2026-11-10T08:00:00Z"}  # fmt: skip
    logs = (*facts.papers["work-log"], WorkLogRecord.model_validate(fields))
    made = weekly(replace(facts, papers={**facts.papers, "action": actions, "work-log": logs}))
    return structs.replace(made, client=client, client_name=client)


def test_where_actions_have_estimates_next_week_is_what_is_left_of_them() -> None:
    """K18: open estimate ÷ next week's capacity; the golden week ends on Sunday 15 November."""
    now = to_do(
        "one",
        action("a-1", "20", "4h"),  # an hour of it is done
        action("a-2", "13", "90m"),  # overdue
        action("a-3", "23", "8h"),  # due after next week
        action("a-4", "18", "2h", done="2026-11-12"),
        action("a-5", "18", "2h", at="2026-11-17"),  # agreed on later
        action("a-6", "18", None),
        action("a-7", "18", "3h", owner="priya"),
    )
    assert (marco(now).coming, marco(now).unestimated) == (Fraction(180 + 90, 2400), 1)
    found = {one.name: one.coming for one in loads([now, to_do("two", action("b-1", "17", "5h"))])}
    assert (found["Marco"], found["Dana"]) == (Fraction(270 + 300, 2400), 0)
    (figure,) = [one for one in now.figures if (one.kpi, one.about) == ("K18", "marco")]
    (told,) = [one for one in figure.inputs if one.name == "minutes still to do"]
    assert (told.value, told.source.endswith("1 have none")) == ("270", True)
    assert told.evidence == (
        "a-2, due Fri 13 Nov: 1 h 30 min of 1 h 30 min left",
        "a-1, due Fri 20 Nov: 3 h of 4 h left",
    )
    page = html(owner_page([now]))
    assert "estimates of open actions that are due by its end" in page
    assert "1 action has none" in page


def test_work_that_took_longer_than_its_estimate_leaves_nothing_and_takes_nothing_from_other_work() -> None:
    now = to_do("one", action("a-1", "20", "30m"), action("a-2", "20", "1h"))
    assert marco(now).coming == Fraction(60, 2400)


@pytest.mark.parametrize("wrong", ["banana", "0h", "-1h", ""])
def test_an_estimate_is_a_length_of_time(wrong: str) -> None:
    with pytest.raises(ValueError, match="estimate"):
        action("a-1", "20", wrong)


def test_the_owner_sees_the_band_the_outline_of_next_week_and_the_radar_of_the_model() -> None:
    six = ("processes", "governance", "sourcing", "services", "measurement", "organization")
    then, lived = (tuple(Maturity(one, 1, (score, 1), f"{score}.0") for one in six) for score in (1, 3))
    now = structs.replace(week("one"), maturity=lived)
    first = structs.replace(now, week="2026-W40", maturity=then)
    page = html(owner_page([now], {"one": [first]}))
    assert "Dashed: next week, if as much is logged" in page
    assert page.count('class="fair"') == 3 + 1, "an outline a technician, and the radar of the first week"
    assert "scores, from 0 in the middle to 5; dashed: 2026-W40" in page
