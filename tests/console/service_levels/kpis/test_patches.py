"""Updates: W21 and W22 of operating-model.md, 3.4, and their edges."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from console.service_levels.kpis.patches import Missing, compliance, overdue_days, standing
from console.service_levels.kpis.share import Share

SUNDAY = date(2026, 11, 15)
LIMITS = {"critical": 7, "high": 14, "moderate": 30, "low": 90}
HOSTS = dict.fromkeys(("hv01", "dc01", "dc02", "fs01", "erp01", "bkp01", "fw01", "ws-cad1", "ws-front1"), True)
HOSTS["fw02"] = False
ERP = Missing("erp01", "postgresql", "critical", date(2026, 11, 3), waived_by="w-1", waived_until=date(2026, 11, 20))
MISSING = (
    ERP,
    Missing("fs01", "KB5061010", "critical", date(2026, 11, 10)),
    Missing("dc01", "KB5059112", "high", date(2026, 10, 28), waits_for_restart=True),
    Missing("ws-front1", "edge-131", "moderate", date(2026, 10, 30)),
)
TARGET = Fraction(95, 100)


def shown(severity: str, missing: tuple[Missing, ...] = MISSING) -> tuple[str, str, str]:
    policy, exposure = compliance(standing(HOSTS, missing, LIMITS, SUNDAY), severity)
    return policy.shows, exposure.shows, policy.verdict(TARGET)


def test_w21_each_severity_and_never_met_while_a_host_is_not_seen() -> None:
    assert shown("critical") == ("100.00 %", "88.88 %", "unproven")  # not met
    assert shown("high") == ("88.88 %", "88.88 %", "missed")  # dc01 is not patched before its restart
    assert shown("moderate") == ("100.00 %", "100.00 %", "unproven")
    assert shown("low") == ("100.00 %", "100.00 %", "unproven")
    policy, _ = compliance(standing(HOSTS, MISSING, LIMITS, SUNDAY), "critical")
    assert (policy.low, policy.high) == (Fraction(9, 10), 1)


def test_w21_without_its_waiver_the_policy_is_missed_too() -> None:
    bare = (Missing("erp01", "postgresql", "critical", date(2026, 11, 3)), *MISSING[1:])
    assert shown("critical", bare) == ("88.88 %", "88.88 %", "missed")


def test_w22_nine_overdue_days_of_which_five_are_waived() -> None:
    assert overdue_days(HOSTS, MISSING, LIMITS, SUNDAY) == (9, 5)  # not 4
    assert overdue_days({**HOSTS, "dc01": False}, MISSING, LIMITS, SUNDAY) == (5, 5)


@pytest.mark.parametrize(("age", "state"), [(3, "within"), (4, "soon"), (7, "soon"), (8, "late")])
def test_a_day_at_the_limit_is_still_good(age: int, state: str) -> None:
    one = Missing("box", "p", "critical", SUNDAY - timedelta(days=age))
    (stood,) = standing({"box": True}, [one], {"critical": 7}, SUNDAY)
    assert stood.state == state


def test_one_late_update_without_leave_makes_the_host_late() -> None:
    also = Missing("erp01", "other", "critical", date(2026, 11, 1))
    (stood,) = standing({"erp01": True}, [ERP, also], {"critical": 7}, SUNDAY)
    assert (stood.state, stood.oldest) == ("late", also)


def test_an_update_told_twice_counts_once_and_one_of_the_future_is_new() -> None:
    assert overdue_days(HOSTS, [*MISSING, *MISSING], LIMITS, SUNDAY) == (9, 5)
    future = Missing("fs01", "next", "critical", date(2026, 12, 24))
    assert future.age(SUNDAY) == 0


def test_no_host_seen_is_no_data_and_no_host_at_all_is_nothing_due() -> None:
    blind, _ = compliance(standing(dict.fromkeys(HOSTS, False), MISSING, LIMITS, SUNDAY), "critical")
    assert (blind, blind.shows, blind.verdict(TARGET)) == (Share(0, 0, 10), "no data", "unproven")
    none, _ = compliance(standing({}, (), LIMITS, SUNDAY), "critical")
    assert none.shows == "nothing due"
