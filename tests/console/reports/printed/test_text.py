"""The client's page as text equals the page of operating-model.md, 5.2, line by line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from builders import at
from golden_week import golden, without
from msgspec import structs
from rendered import REVISION, busy, frozen_week, hostile

from console.pages.figures import Figure
from console.pages.week import BackupLine, PatchLine, Silence, Week
from console.pages.week_sections import Restated
from console.reports.printed.appendix import length_of
from console.reports.printed.client_page import client_page
from console.reports.printed.plain import plain_text
from console.reports.text import WIDTH, text
from console.reports.weekly.compose import weekly
from console.service_levels.weeks import IsoWeek

PAPER = Path(__file__).parents[3] / "golden" / "reports" / "brackwater-W46.txt"


def test_the_golden_week_prints_the_page_of_the_paper() -> None:
    assert text(frozen_week()).splitlines() == PAPER.read_text().splitlines()


def test_the_page_is_short_and_narrow() -> None:
    for week in (frozen_week(), hostile(), busy()):
        lines = text(week).splitlines()
        assert max(map(len, lines)) <= WIDTH
    assert len(text(frozen_week()).splitlines()) <= 60


def test_a_preview_says_that_it_is_one() -> None:
    friday = weekly(golden(at("Fri 15:00")))
    closed = structs.replace(frozen_week(), frozen=None)

    assert "PREVIEW, so far: the week as it stood Fri 13 Nov 15:00; figures may still move." in text(friday)
    assert "PREVIEW made Mon 16 Nov 09:30: the week is over and not yet frozen." in text(closed)


def test_grey_says_why_it_is_grey() -> None:
    week = frozen_week()
    nothing = structs.replace(week.services[1], availability="nothing due", month="nothing due", light="")
    unpromised = structs.replace(week.services[0], target="", verdict="", light="", contract=None)
    page = text(structs.replace(week, services=(nothing, unpromised)))

    assert "  Sign-in (identity)         –         –   99.90 %  all                 ○ NOTHING DUE" in page
    assert "○ NO PROMISE" in page
    assert "100.00 %" not in page.split("2 HELP")[0]


def test_no_data_is_never_a_number() -> None:
    blind = structs.replace(frozen_week().services[0], availability="no data", month="no data", light="watch",
                            verdict="unproven", low="0.00 %", high="100.00 %")  # fmt: skip
    page = text(structs.replace(frozen_week(), services=(blind,)))

    assert "no data   no data" in page
    assert "between 0.00 % and 100.00 %, by what nobody saw" in page


def test_a_client_whose_people_wrote_nothing_still_gets_a_page() -> None:
    week = frozen_week()
    box = PatchLine("box", "watch", 12, 1, 9, None, "1 security update waits")
    night = BackupLine("box", "restic_snapshots", "night", "ok", at("Sun 23:00"), "newest snapshot 10 h old")
    silent = Silence("box", at("Mon 12:00"), at("Mon 13:00"))
    page = text(structs.replace(week, jobs=(), updates=(), figures=(), actions=(), decide=(), help=None,
                                patches=(box,), backups=(night,), silences=(silent,)))  # fmt: skip

    assert "3 PROTECTION updates box  ▲ watch  12 waiting  1 of security  the oldest 9 d" in page
    assert "not known box  from Mon 09 Nov 12:00  for 1 h" in page
    assert "5 WE WILL" not in page


@pytest.mark.parametrize("spoken", ["agents alone", "people too"])
def test_of_many_silences_every_form_says_how_many_it_leaves_out(spoken: str) -> None:
    week = frozen_week()
    silent = tuple(Silence(f"pc{number:02d}", at("Mon 12:00"), at("Mon 13:00")) for number in range(15))
    told = {"jobs": (), "updates": (), "figures": ()} if spoken == "agents alone" else {}
    page = plain_text(client_page(structs.replace(week, silences=silent, **told)))

    assert ("pc11" in page, "pc12" in page) == (True, False)
    assert "and 3 more" in page


def test_what_changed_of_a_frozen_week_stands_on_the_next_page() -> None:
    was, now = (Figure("K1", "availability", shows, "erp") for shows in ("97.91 %", "97.80 %"))
    page = text(structs.replace(frozen_week(), restated=(Restated("2026-W45", was, now, "a late outage"),)))

    assert "RESTATED     2026-W45: availability of erp was 97.91 %, is 97.80 %. Why: a late outage" in page


@pytest.mark.parametrize(
    ("name", "length"), [("2026-W44", "608 400"), ("2026-W13", "601 200"), ("2026-W46", "604 800")]
)
def test_the_appendix_knows_how_long_a_week_is(name: str, length: str) -> None:
    zone = "Europe/Berlin" if name == "2026-W13" else "America/New_York"
    start, end = IsoWeek.parse(name).bounds(ZoneInfo(zone))
    told = length_of(structs.replace(frozen_week(), week=name, zone=zone, start=start, end=end))

    assert told.startswith(f"The week is {length} s long")
    assert ("because the clocks change" in told) == (name != "2026-W46")


def test_the_appendix_tells_seconds_revision_formulas_and_hash() -> None:
    page = plain_text(client_page(frozen_week()))

    assert "309 600" in page
    assert REVISION in page
    assert "ab" * 32 in page
    assert "Formulas: version 1." in page


def test_without_backups_and_updates_the_page_says_so() -> None:
    empty: Week = weekly(replace(without(golden(), "backup-run", "patch-item", "patch-scan"), findings={}))
    page = text(structs.replace(empty, jobs=(), updates=(), figures=(), silences=()))

    assert "3 PROTECTION nothing is recorded of backups or updates" in page
