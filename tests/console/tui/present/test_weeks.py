"""The views of a week: every number opens, the charts are drawn in text, and what it waits for says how to answer."""

from __future__ import annotations

import pytest
from msgspec import structs
from rendered import frozen_week, hostile

from console.pages.figures import Figure
from console.pages.week_sections import Restated
from console.pages.weeks import Closing, Doubt, Explanation, Trends, WeekRow, WeeksPage
from console.reports.explained import explained
from console.reports.trends import trend_rows
from console.tui.present import present
from console.tui.view import Target

WEEK = frozen_week()


def texts(name: str, page: object) -> list[str]:
    return [" ".join(cell.text for cell in row.cells) for row in present(name, page, WEEK.now).rows]


def test_every_number_stands_in_a_row_and_opens_to_how_it_was_made() -> None:
    view = present("week-figures", WEEK, WEEK.now)
    assert len(view.rows) == len(WEEK.figures) == len({row.key for row in view.rows})
    (erp,) = [row for row in view.rows if row.key == "K1/availability/erp/week"]
    assert erp.opens == Target(
        "week-explain", (("client", "brackwater"), ("week", "2026-W46"), ("kpi", "K1"), ("about", "erp"))
    )
    assert (erp.cells[0].text, erp.cells[5].text) == ("■ missed", "97.91 %")


def test_a_number_of_an_earlier_week_that_is_otherwise_since_stands_below_them_and_opens() -> None:
    was = next(one for one in WEEK.figures if one.kpi == "K1")
    page = structs.replace(WEEK, restated=(Restated("2026-W45", was, structs.replace(was, shows="1 %"), "late"),))
    row = present("week-figures", page, WEEK.now).rows[-1]
    assert (row.cells[0].text, row.cells[5].text, row.detail[-1]) == ("△ W45", "1 %", "late")
    assert dict(row.opens.arguments if row.opens else ())["about"] == was.about
    assert explained(page, "K1", was.about)[-1].title.endswith("availability, restated of 2026-W45")


def test_the_charts_show_when_it_hurt_how_far_from_the_promise_and_what_is_left() -> None:
    lines = texts("week-charts", WEEK)
    place = next(place for place, line in enumerate(lines) if line.startswith("ERP"))
    assert lines[place].endswith("■ missed")
    assert lines[place + 2].rstrip() == "  Tue       ███■████████████"
    assert "┃" in lines[place + 8]
    assert lines[place + 8].endswith("99.48 % of 99.50 %")
    assert "none, 2 min over" in lines[place + 9]
    assert any("at this pace the promise breaks" in line for line in lines)


def test_how_a_number_was_made_ends_with_the_command_for_it() -> None:
    rows = explained(WEEK, "K1", "erp")
    page = Explanation(WEEK.now, "brackwater", "2026-W46", WEEK.zone, WEEK.revision, "1", is_frozen=True, rows=rows)
    said = texts("week-explain", page)
    assert "input E, eligible seconds = 309600  (calendar shop, 316800 − 7200)" in said
    assert any(line.startswith("again watchbill explain K1") for line in said)


def test_what_a_week_waits_for_and_the_weeks_there_are() -> None:
    doubt = Doubt("comment", "K1/erp", "availability erp is red", "watchbill week comment --about K1/erp --text …")
    closing = present("week-close", Closing(WEEK.now, "brackwater", "2026-W46", (doubt,), "1 is missing"), WEEK.now)
    assert dict(closing.rows[0].about) == {"client": "brackwater", "week": "2026-W46", "about": "K1/erp"}
    opened = ("kpi", "K1"), ("about", "erp")
    doubts = (
        Doubt("comment", "K1/erp", "red", "watchbill …", "week-explain", opened),
        Doubt("outage", "dc02@2026-11-11T05:00", "inferred", "watchbill …", "host", (("host", "dc02"),)),
        Doubt("outage", "incident/7", "silent", "watchbill …", "incident", (("incident", "7"),)),
        Doubt("silent", "host/ws-cad1", "not heard", "watchbill …", "host", (("host", "ws-cad1"),)),
        Doubt("missed twice", "K8", "missed", "watchbill …", "week-explain", (("kpi", "K8"),)),
    )
    closing = present("week-close", Closing(WEEK.now, "brackwater", "2026-W46", doubts, "5 are missing"), WEEK.now)
    mine, week = ("client", "brackwater"), ("week", "2026-W46")
    assert [row.opens for row in closing.rows] == [
        Target("week-explain", (mine, week, *opened)),
        Target("host", (mine, ("host", "dc02"))),
        Target("incident", (("incident", "7"),)),
        Target("host", (mine, ("host", "ws-cad1"))),
        Target("week-explain", (mine, week, ("kpi", "K8"))),
    ]
    assert [dict(row.about[2:]) for row in closing.rows] == [
        {"about": "K1/erp"}, {"outage": "dc02@2026-11-11T05:00"}, {"outage": "incident/7"}, {"host": "ws-cad1"},
        {"from": "K8", "about": "K8"},
    ]  # fmt: skip
    row = WeekRow("brackwater", "2026-W46", "to be closed", "ERP stopped")
    weeks = present("weeks", WeeksPage(WEEK.now, (row,)), WEEK.now)
    assert weeks.rows[0].opens == Target("week-close", (("client", "brackwater"), ("week", "2026-W46")))
    assert present("trends", Trends(WEEK.now, (), ()), WEEK.now).answer == "none is frozen yet"


def test_a_number_over_the_weeks_opens_to_how_the_latest_was_made() -> None:
    page = Trends(WEEK.now, ("2026-W46",), trend_rows([WEEK], "K8", ""))
    (row, *_) = present("trends", page, WEEK.now).rows
    assert row.opens == Target("week-explain", (("client", "brackwater"), ("week", "2026-W46"), ("kpi", "K8")))
    assert row.detail[0].startswith("backup success, week")


@pytest.mark.parametrize(
    ("kpi", "name", "unit", "more_is"),
    [
        ("K1", "availability", "%", "better"),
        ("K1", "redundancy lost", "s", "worse"),
        ("K3", "burn rate", "", "worse"),
        ("K9", "worst age of the newest copy", "s", "worse"),
        ("K11", "restore proof", "%", "better"),
        ("K11", "restore proof", "days", "worse"),
        ("K24", "user-hours lost", "user-hours", "worse"),
        ("K24", "user-hours delivered", "user-hours", "better"),
    ],
)
def test_an_arrow_follows_the_figure_and_not_its_kpi(kpi: str, name: str, unit: str, more_is: str) -> None:
    figures = [Figure(kpi, name, "x", "erp", "week", unit, value=(value, 100)) for value in (1, 90)]
    names = ("2026-W45", "2026-W46")
    weeks = [structs.replace(WEEK, week=week, figures=(one,)) for week, one in zip(names, figures, strict=True)]
    assert trend_rows(weeks)[0].arrow == more_is


def test_no_line_of_how_a_number_was_made_is_wider_than_a_narrow_screen() -> None:
    rows = explained(WEEK, "K1", "erp")
    page = Explanation(WEEK.now, "brackwater", "2026-W46", WEEK.zone, WEEK.revision, "1", is_frozen=True, rows=rows)
    lines = [row.cells[1].text for row in present("week-explain", page, WEEK.now).rows]
    assert max(map(len, lines)) <= 62
    assert "confirmed by helen, incident 104" in " ".join(line.strip() for line in lines)


def test_hostile_names_are_letters() -> None:
    for name in ("week-figures", "week-charts"):
        assert "\x1b" not in "".join(texts(name, hostile()))
