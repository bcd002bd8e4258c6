"""Gaps of sourcing: G5, G6, G7."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from console.operating_model.gaps.gap import SOON, Facts, Gap

_WHAT = "sourcing"
_COUNTED = ("availability", "resolve")


def found(facts: Facts) -> Iterator[Gap]:
    """Every gap of this kind."""
    for one in facts.shortfalls:
        if one.kind in _COUNTED:
            fix = "lower the promise, raise the contract, add redundancy, or accept it by a decision that ends"
            yield Gap("G5", _WHAT, one.service, one.evidence, facts.accountable(one.service), fix)
    covered = {one for contract in facts.doc.contracts.values() for one in contract.covers}
    for id_ in facts.doc.externals:
        if id_ not in covered:
            yield Gap(
                "G6", _WHAT, id_, "no contract covers it", "", "add the contract, or say in it that none is possible"
            )
    for id_, contract in facts.doc.contracts.items():
        notice = contract.to - timedelta(days=contract.notice_days)
        supplier = facts.doc.suppliers[contract.supplier]
        if notice <= facts.today + SOON:
            when = "passed" if notice < facts.today else f"is in {(notice - facts.today).days} days"
            text = f"the notice date {notice} {when}; it ends {contract.to}"
            yield Gap("G7", _WHAT, id_, text, supplier.owner, f"decide with {supplier.name}: renew, change or leave")
