"""Approved absence: what is not expected of a machine (K4), what a person does not have (K18); alignment (row 36)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders import at
from golden_week import golden
from pydantic import ValidationError

from console.operating_model.schema.facts import WorkLogRecord
from console.operating_model.schema.records import AbsenceRecord, RecordDoc
from console.reports.weekly.away import away, days_away, shift_days
from console.reports.weekly.every import every_figure
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.services import services
from console.reports.weekly.work import alignment_figure, load_figures


def absence(about: str, first: str, last: str, approved_by: str = "dana") -> AbsenceRecord:
    kind = "host" if "-" in about else "person"
    fields = {"kind": "absence", "client": "brackwater", kind: about, "first": first, "last": last, "why": "leave"}
    return AbsenceRecord.model_validate({**fields, "approved_by": approved_by})


def with_papers(kind: str, records: tuple[RecordDoc, ...]) -> WeekFacts:
    return replace(golden(), papers={**golden().papers, kind: records})


def with_absence(*records: AbsenceRecord) -> WeekFacts:
    return with_papers("absence", records)


def shown(facts: WeekFacts) -> dict[tuple[str, str], str]:
    return {(one.kpi, one.about): one.shows for one in every_figure(facts, services(facts)) if one.kpi in ("K4", "K18")}


def test_a_machine_that_is_away_is_not_expected_and_k4_counts_the_rest() -> None:
    """W29: of 5 198 400 s expected 41 400 are unknown, 36 000 of them on Friday at ws-cad1."""
    facts = with_absence(absence("ws-cad1", "2026-11-13", "2026-11-13"))
    assert away(facts) == {"ws-cad1": ((at("Fri 00:00"), at("Sat 00:00")),)}
    assert shown(golden())["K4", ""] == "99.20 %"
    expected, unknown = 5_198_400 - 36_000, 41_400 - 36_000
    assert shown(facts)["K4", ""] == f"{(expected - unknown) * 10_000 // expected / 100:.2f} %"
    assert shown(with_absence(absence("ws-cad1", "2026-11-13", "2026-11-13", "")))["K4", ""] == "99.20 %", (
        "nobody allowed it"
    )


def test_a_person_s_shift_days_away_are_no_capacity_and_a_week_away_is_absent() -> None:
    standing = golden().standing
    assert standing is not None
    marco = standing.people["marco"]
    two = with_absence(absence("marco", "2026-11-12", "2026-11-15"))  # Thursday and Friday; the weekend is none of his
    days = shift_days(two, marco)
    assert [day.isoformat() for day in days_away(two, "marco", days)] == ["2026-11-12", "2026-11-13"]
    (load,) = [one for one in load_figures(two) if one.about == "marco"]
    assert load.value == (430, 40 * 60 * 3 // 5)
    whole = with_absence(absence("marco", "2026-11-01", "2026-11-30"))
    loads = {one.about: one.shows for one in load_figures(whole)}
    assert loads["marco"] == "absent"
    assert {one.about: one.shows for one in load_figures(golden())}["marco"] == "17.92 %"


def test_alignment_is_the_share_of_minutes_on_services_that_serve_an_outcome() -> None:
    (one,) = alignment_figure(golden())
    assert (one.shows, one.value) == ("100.00 %", (570, 570)), "every service serves one; 9.5 h"
    assert {each.name for each in one.inputs} == {"minutes worked", "on services with an outcome"}
    fields = {"kind": "work-log", "client": "brackwater", "person": "marco", "text": "tidied", "minutes": 30}
    other = WorkLogRecord.model_validate({**fields, "start": "2026-11-13T16:00:00-05:00"})
    (less,) = alignment_figure(with_papers("work-log", (*golden().papers["work-log"], other)))
    assert (less.shows, less.value) == ("95.00 %", (570, 600))
    assert list(alignment_figure(with_papers("work-log", ()))) == []


@pytest.mark.parametrize(
    ("change", "why"),
    [({"host": "fs01"}, "one of them alone"), ({"person": ""}, "a person or a host"),
     ({"last": "2026-11-01"}, "later one"), ({"last": date(2028, 1, 1)}, "at most 366 days")],
)  # fmt: skip
def test_an_absence_is_of_one_person_or_host_and_has_an_end(change: dict[str, object], why: str) -> None:
    good = absence("marco", "2026-11-12", "2026-11-13").model_dump()
    with pytest.raises(ValidationError, match=why):
        AbsenceRecord.model_validate({**good, **change})
