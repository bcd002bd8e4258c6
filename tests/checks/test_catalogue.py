"""Every check of the catalogue: judged at its limits, and said in words for each status."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_files import agreed

from checks.catalogue import BY_NAME, CATALOGUE
from checks.check import Check, Unit
from checks.finding import Status, worst
from checks.reading import Gap, Item, Reading, Why
from checks.standard import Bad
from checks.wording import counted, duration, ratio, size

NOW = 1_800_000_000
GOLDEN = Path(__file__).parents[1] / "golden" / "sentences.txt"


def raw(check: Check, measured: float) -> float:
    """The raw value that measures so: an age is told as the instant that it began."""
    return NOW - measured if check.unit is Unit.SINCE else measured


def reading(check: Check, measured: float | None) -> Reading:
    items = (Item("first", "1 → 2 Debian-Security", NOW - 500_000), Item("second", "3.4 MB"))
    value = None if measured is None else raw(check, measured)
    return Reading(check.name, "", value, NOW, NOW + 300, items)


@pytest.mark.parametrize("check", CATALOGUE, ids=lambda check: check.name)
def test_a_value_at_its_limit_is_already_over_it(check: Check) -> None:
    step = 1 if check.unit is not Unit.RATIO else 1e-6
    better = -step if check.standard.bad is Bad.ABOVE else step
    for limit, status in ((check.standard.warn, Status.WATCH), (check.standard.crit, Status.BREACH)):
        if limit is not None:
            assert check.judge(reading(check, limit), check.standard, NOW).status is status
            assert check.judge(reading(check, limit + better), check.standard, NOW).status is not status


@pytest.mark.parametrize("check", [one for one in CATALOGUE if one.unit is Unit.SINCE], ids=lambda check: check.name)
def test_an_age_says_until_when_its_verdict_holds(check: Check) -> None:
    limits = [limit for limit in (check.standard.warn, check.standard.crit) if limit]
    fresh = check.judge(reading(check, 0), check.standard, NOW)

    assert fresh.holds_until == NOW + min(limits)
    assert check.judge(reading(check, max(limits)), check.standard, NOW).holds_until is None
    turned = check.judge(reading(check, 0), check.standard, NOW + int(min(limits)))
    assert turned.status is not fresh.status


@pytest.mark.parametrize("check", CATALOGUE, ids=lambda check: check.name)
def test_nothing_to_judge_has_its_own_meaning(check: Check) -> None:
    assert check.judge(reading(check, None), check.standard, NOW).status is check.none_means
    denied = Gap(check.name, "", Why.DENIED, "may not look", NOW, NOW + 300)
    not_here = Gap(check.name, "", Why.NOT_HERE, "has none", NOW, NOW + 300)
    assert check.finding_of_gap(denied).status is Status.UNKNOWN
    assert check.finding_of_gap(not_here).status is Status.NOT_DUE


def sentences() -> str:
    """What every check says when it is well, on watch and in breach."""
    told = []
    for check in CATALOGUE:
        standard = check.standard
        good = 0 if standard.bad is Bad.ABOVE else (standard.warn or 0) * 2
        for measured in (None, good, standard.warn, standard.crit):
            if measured is not None or check.none_means is not Status.OK or check.unit is Unit.SINCE:
                finding = check.finding(reading(check, measured), standard, NOW)
                told.append(f"{check.name:<17} {finding.status.sign} {finding.sentence}")
    return "\n".join(dict.fromkeys(told)) + "\n"


def test_every_sentence_reads_as_it_was_agreed() -> None:
    agreed(GOLDEN, sentences().encode())


def test_names_are_found_in_the_order_of_the_catalogue() -> None:
    assert list(BY_NAME) == [check.name for check in CATALOGUE]


def test_the_worst_of_statuses_is_what_needs_a_person_first() -> None:
    assert worst([]) is Status.NOT_DUE
    assert worst([Status.OK, Status.UNKNOWN, Status.WATCH]) is Status.UNKNOWN
    assert worst([Status.BREACH, Status.UNKNOWN]) is Status.BREACH


def test_numbers_are_said_without_flattering() -> None:
    assert [duration(one) for one in (0, 59, 61, 7_830, 8 * 86_400 + 4 * 3600)] == [
        "0 s", "59 s", "1 min", "2 h 10 min", "8 d 4 h",
    ]  # fmt: skip
    assert [ratio(one) for one in (0, 0.0001, 0.5, 0.9999, 1, 1.5)] == [
        "0 %",
        "0.1 %",
        "50 %",
        "99.9 %",
        "100 %",
        "150 %",
    ]
    assert [size(one) for one in (0, 999, 1000, 4_200_000_000)] == ["0 B", "999 B", "1.0 kB", "4.2 GB"]
    assert counted(0, "a", "b") == "no b"
    assert counted(1, "a", "b") == "1 a"
