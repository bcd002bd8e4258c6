"""Money: exact until it is shown, each contract and each host counted once."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from console.operating_model.gaps.gap import Facts
from console.operating_model.plan.spend import Spend, cents, spend


def by_service(facts: Facts) -> dict[str, Spend]:
    return {one.service: one for one in spend(facts)}


def test_row_26a_a_contract_is_rolled_up_to_its_service_and_its_users(facts: Facts) -> None:
    line = by_service(facts)["connectivity"]
    assert cents(line.paid) == 31_000
    assert cents(line.paid / line.users) == 1_292  # 310 ÷ 24 = 12.9166…
    assert cents(by_service(facts)["erp"].paid) == 54_000
    assert by_service(facts)["files"].paid == 0


def test_row_03_what_we_sell_is_counted_by_host_and_site(facts: Facts) -> None:
    sold = {one.service: cents(one.sold) for one in spend(facts)}
    assert sold == {
        "connectivity": 19_000, "identity": 19_000, "erp": 9_500, "files": 9_500, "backup": 14_000, "workplace": 7_600,
    }  # fmt: skip
    assert [part.what for part in by_service(facts)["backup"].ours] == ["backup-vault, 1 site"]


def test_a_contract_under_two_services_is_shared_and_one_under_none_is_told(changed: Any) -> None:
    shared = by_service(changed(("uses: [m365, identity]", "uses: [m365, identity, line-main]")))
    assert (shared["connectivity"].paid, shared["workplace"].paid) == (155, 155)
    assert shared["workplace"].per_user == Fraction(155 + 76, 24)
    idle = by_service(changed(("all: [fw01, line-main]", "all: [fw01]")))
    assert (idle[""].paid, idle[""].per_user) == (310, None)
    assert by_service(changed(("price: 95}", "price: 0}")))["erp"].ours == ()


def test_half_a_cent_is_rounded_up() -> None:
    assert [cents(Fraction(one)) for one in ("0.005", "0.0049", "12.915", "1.1")] == [1, 0, 1292, 110]
