"""Load, noise, outcomes and upkeep in the golden week: W30, W36, and what the owner's page takes from them."""

from __future__ import annotations

from dataclasses import replace

from golden_week import golden, without

from console.incidents.noise import NoiseCount
from console.reports.weekly.kept import stood_of
from console.reports.weekly.protection import protection_figures
from console.reports.weekly.services import service_figures
from console.reports.weekly.upkeep import upkeep_figures
from console.reports.weekly.work import load_figures, noise_figures, outcome_figures


def test_w30_half_of_36_findings_was_noise_and_a_third_was_work() -> None:
    counted = NoiseCount(raised=36, work=12, known=6, cleared=14, voided=4)
    noise, actionable = noise_figures(replace(golden(), noise=counted))
    assert (noise.shows, noise.target, noise.verdict) == ("50.00 %", "40 %", "missed")  # not 38.89 %
    assert actionable.shows == "33.33 %"
    assert list(noise_figures(golden())) == []  # nobody counted: no number is made up


def test_w36_the_outcomes_come_from_the_figures_of_the_week() -> None:
    figures = (*service_figures(golden()), *protection_figures(golden()))
    found = {one.about: one for one in outcome_figures(golden(), figures)}
    assert {id_: (one.shows, one.note) for id_, one in found.items()} == {
        "o-orders": ("98.86 %", "not reached"),
        "o-ransom": ("99.03 %", "not reached"),
    }
    assert [one.shows for one in outcome_figures(golden(), ())] == ["no data", "no data"]


def test_load_is_of_what_was_logged() -> None:
    found = {one.about: one for one in load_figures(golden())}
    assert (found["marco"].value, found["marco"].shows, found["marco"].target) == ((430, 2400), "17.92 %", "60–85 %")
    assert found[""].value == (570, 92 * 60)
    assert list(load_figures(without(golden(), "work-log"))) == []


def test_upkeep_in_numbers() -> None:
    found = {(one.name, one.about): one for one in upkeep_figures(golden(), stood_of(golden()))}
    assert found["life end", "past"].note == "ws-cad1"
    assert found["life end", "within 90 days"].note == "fs01, bkp01"
    assert (found["supplier attainment", "ridgeline"].value, found["supplier attainment", "ledgerwood"].shows) == (
        (1, 1),
        "nothing due",
    )
    assert [found["waivers", word].shows for word in ("in force", "ending within 14 days", "expired and going on")] == [
        "1",
        "1",
        "0",
    ]
    night = found["patch-night success", ""]
    assert (night.value, night.note) == ((0, 2), "m-40 overran by 30 min, m-41 overran by 20 min")
