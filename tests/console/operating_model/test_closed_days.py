"""Holidays by place: known ones close the same days for ever, unknown ones are told with their line."""

from __future__ import annotations

from datetime import date

import pytest

from checks.catalogue import BY_NAME
from console.operating_model.closed_days import YEARS, days, days_of
from console.operating_model.load import load
from console.operating_model.problems import ModelErrors
from console.pages.model import Document

PROVIDER = Document("provider.yaml", "schema: 1\nprovider: {name: Hilltop IT}\n")
HEAD = "schema: 1\nclient: {id: m, name: M, tz: UTC}\n"


def closed_by(written: str) -> frozenset[date]:
    text = (
        f'{HEAD}calendars: {{office: {{mon-fri: ["08:00-17:00"], holidays: set}}}}\nholiday_sets: {{set: {written}}}\n'
    )
    return load([PROVIDER, Document("m.yaml", text)], BY_NAME).clients["m"].calendars["office"].holidays


def problem_of(written: str) -> str:
    with pytest.raises(ModelErrors) as caught:
        closed_by(written)
    (one,) = caught.value.problems
    return f"{one.line}:{one.column} {one.where}: {one.text}"


def test_a_set_names_places_beside_days() -> None:
    closed = closed_by("[us-TN, 2026-12-24, 2026-05-04]")

    assert {date(2026, 11, 26), date(2026, 12, 24), date(2026, 5, 4), date(2026, 4, 3)} <= closed
    assert date(2026, 4, 3) not in closed_by("us")  # Good Friday closes Tennessee, not the country
    assert date(2026, 1, 6) in closed_by("de-by")
    assert closed_by("[2026-12-25]") == {date(2026, 12, 25)}


def test_years_are_pinned() -> None:
    assert {day.year for day in days_of("us")} == set(YEARS)
    assert days(["us"]) == days_of("us")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[xx]", "4:22 holiday_sets.set.0: no holidays are known of 'xx'"),
        ("[us-T]", "us has no part 'T'"),
        ("[de-BX]", "de has no part 'BX'; de has AUGSBURG, BB"),
        ("[next friday]", "'next friday' is neither a day nor a place"),
        ("[2026-13-45]", "'2026-13-45' is neither a day nor a place"),
        ("[[us]]", "is neither a day nor a place"),
    ],
)
def test_what_is_not_known_is_told_with_its_place(written: str, said: str) -> None:
    assert said in problem_of(written)
