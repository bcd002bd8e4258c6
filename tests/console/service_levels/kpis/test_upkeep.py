"""Restore tests, life ends, patch nights, load and suppliers: K11, K18, K19, K20 and K23."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from builders import NEW_YORK, OFFICE, at

from console.operating_model.plan.goals import progress
from console.service_levels.kpis.load import Capacity, Logged, capacity_minutes, load, once, week_minutes
from console.service_levels.kpis.restores import Restore, proofs
from console.service_levels.kpis.share import Share, percent_half_up, percent_up, pooled
from console.service_levels.kpis.suppliers import Ticket, attainment
from console.service_levels.kpis.upkeep import Ended, Life, Window, ended, lives, success

DAY = 86_400
SUNDAY = date(2026, 11, 15)
START, END = at("Mon 00:00"), at("2026-11-16T00:00")


def test_a_restore_is_proven_for_as_long_as_the_policy_says_and_a_failed_test_proves_nothing() -> None:
    tests = [
        Restore("erp", date(2026, 10, 20), worked=True, seconds=6600),
        Restore("files", date(2026, 8, 14), worked=True),
        Restore("files", date(2026, 11, 1), worked=False, seconds=60),
        Restore("erp", date(2026, 12, 1), worked=True, seconds=1),
    ]
    every = dict.fromkeys(("erp", "files", "identity"), 90 * DAY)
    erp, files, identity = proofs(every, {"erp": 4 * 3600, "files": 8 * 3600}, tests, SUNDAY)
    assert (erp.is_proven, erp.is_rto_proven, erp.seconds) == (True, True, 6600)
    assert (files.is_proven, files.due, files.overdue(SUNDAY), files.is_rto_proven) == (
        False,
        date(2026, 11, 12),
        3,
        False,
    )
    assert (identity.is_proven, identity.last, identity.is_rto_proven) == (False, None, None)


def test_life_ends_are_past_soon_or_unknown() -> None:
    hosts = [
        Life("ws-cad1", date(2026, 10, 13)),
        Life("fs01", date(2027, 1, 12)),
        Life("bkp01", date(2028, 6, 30), warranty=date(2026, 12, 31)),
        Life("last", SUNDAY),
        Life("hv01", date(2028, 6, 30)),
        Life("box", None),
    ]
    found = lives(hosts, SUNDAY)
    assert (found.past, found.soon, found.unknown) == (("ws-cad1",), ("fs01", "bkp01", "last"), ("box",))


def test_a_window_that_overran_failed_and_one_whose_end_nobody_saw_is_unknown() -> None:
    known = ((START, END),)
    late = Window("m-41", at("Thu 19:00"), at("Thu 21:00"), ((at("Thu 19:05"), at("Thu 21:20")),), known)
    good = Window("m-1", at("Tue 22:00"), at("Tue 23:00"), ((at("Tue 22:10"), at("Tue 22:20")),), known)
    blind = Window("m-2", at("Wed 22:00"), at("Wed 23:00"), (), ())
    later = Window("m-3", END, END + 3600, (), known)
    found = ended([late, good, good, blind, later], START, END, END)
    assert found == (Ended("m-1", "good"), Ended("m-2", "unknown"), Ended("m-41", "overrun", 1200))
    assert success(found) == Share(1, 2, 1)


def test_load_is_pooled_and_who_is_absent_has_none() -> None:
    marco = Capacity("marco", capacity_minutes(week_minutes(40)), 2040)
    assert percent_half_up(load([marco]) or Fraction()) == "85.00 %"
    assert load([marco, Capacity("priya", capacity_minutes(week_minutes(32), 4, 4), 0)]) == Fraction(2040, 2400)
    assert load([Capacity("priya", 0, 0)]) is None
    entry = Logged("marco", START, 60)
    assert once([entry, entry, Logged("marco", END, 10)], START, END) == (entry,)


def test_a_supplier_is_measured_on_its_own_calendar_and_only_with_a_number() -> None:
    called = at("Fri 16:30")
    day = Ticket(1, "s", "RF-1", called, at("2026-11-16T09:00"), 8 * 3600, OFFICE)
    late = Ticket(2, "s", "RF-2", at("Mon 08:00"), at("Tue 08:01"), 10 * 3600, OFFICE)
    open_ = Ticket(3, "s", "RF-3", at("Fri 17:00"), None, 8 * 3600, OFFICE)
    blind = Ticket(4, "s", "", called, called + 60, 8 * 3600, OFFICE)
    assert attainment([day, late, open_, blind], NEW_YORK, END) == (Share(1, 2), (blind,))


def test_w30_shares_of_which_less_is_better_are_rounded_up() -> None:
    assert percent_up(Fraction(18, 36)) == "50.00 %"  # not 38.89 %, which leaves out what was void
    assert percent_up(Fraction(1, 3)) == "33.34 %"


def test_w36_neither_outcome_is_reached() -> None:
    erp = progress(Fraction("98.6"), Fraction("99.5"), Fraction(1_251_780, 1_258_200) * 100)
    files = progress(Fraction(400), Fraction(90), Fraction(93))
    assert [int(one * 10_000) for one in (erp, files)] == [9886, 9903]  # not 100 %
    assert max(erp, files) < 1


def test_pooled_is_sum_over_sum() -> None:
    assert pooled([Share(1, 2), Share(9, 9, 1)]) == Share(10, 11, 1)
