"""Every number of the page opens down to its evidence: inputs with their source, records, and its own command again."""

from __future__ import annotations

import shlex
from functools import cache

import pytest
from golden_week import golden

from console.pages.figures import Figure
from console.pages.week import Week
from console.reports.explained import NOTHING, explained
from console.reports.weekly.compose import weekly
from console.service_levels.formulas import FORMULAS

EMPTY = {
    "K24 user-hours lost identity week", "K24 user-hours lost backup week", "K24 user-hours lost workplace week",
    "K14 where time went client week", "K14 where time went supplier week", "K11 restore proof identity end",
    "K18 load dana week", "K19 life end unknown end", "K20 supplier attainment ledgerwood week",
    "K22 waivers expired and going on end",
}  # fmt: skip
"""The numbers of which the golden week's records hold nothing: no time lost, nothing logged, never tested."""


@cache
def week() -> Week:
    return weekly(golden())


def called(figure: Figure) -> str:
    return " ".join(filter(None, (figure.kpi, figure.name, figure.about, figure.span)))


@pytest.mark.parametrize("figure", week().figures, ids=called)
def test_a_number_has_inputs_that_say_where_they_come_from_and_records_or_the_word_that_there_are_none(
    figure: Figure,
) -> None:
    assert figure.inputs
    assert all(one.name and one.value and one.source for one in figure.inputs)
    (traced,) = [one for one in explained(week(), figure.kpi, figure.about) if one.figure == figure]
    assert traced.formula
    assert traced.source
    is_empty = not any(one.evidence for one in figure.inputs)
    assert (called(figure) in EMPTY, traced.nothing == NOTHING) == (is_empty, is_empty)


def test_the_command_that_stands_beside_a_number_leads_to_the_same_number() -> None:
    for figure in week().figures:
        (traced,) = [one for one in explained(week(), figure.kpi, figure.about) if one.figure == figure]
        _, verb, kpi, *options = shlex.split(traced.command)
        asked = dict(zip(options[::2], options[1::2], strict=True))
        assert (verb, asked["--client"], asked["--week"]) == ("explain", "brackwater", "2026-W46")
        again = explained(week(), kpi, asked.get("--about", ""))
        assert figure in [one.figure for one in again]


def test_all_of_k1_to_k25_are_among_them_but_noise_that_no_machine_raised() -> None:
    assert {*FORMULAS} - {figure.kpi for figure in week().figures} == {"K17"}


def test_alignment_has_its_own_formula_and_not_that_of_an_outcome_s_progress() -> None:
    formulas = {one.figure.name: one.formula for one in explained(week(), "K25")}
    assert formulas["alignment"] == "minutes on services that serve an outcome ÷ minutes worked"
    assert formulas["outcome progress"].startswith("(current − baseline)")
