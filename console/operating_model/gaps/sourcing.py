"""Gaps of sourcing: G5, G6, G7, and capabilities without a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from console.operating_model.gaps.gap import SOON, Facts, Gap

_WHAT = "sourcing"
COUNTED = ("availability", "resolve")
"""Kinds of shortfall that are gaps by themselves; the others stand beside them."""


def found(facts: Facts) -> Iterator[Gap]:
    """Every gap of this kind."""
    for one in facts.shortfalls:
        if one.kind in COUNTED:
            fix = "lower the promise, raise the contract, add redundancy, or accept it by a decision that ends"
            yield Gap("G5", _WHAT, one.service, one.evidence, facts.accountable(one.service), fix, one.part)
    yield from _externals(facts)
    yield from _unseen(facts)
    for capability in facts.doc.capabilities:
        if not capability.why:
            text = f"nothing says why “{capability.what}” is sourced from {capability.sourcing}"
            yield Gap("CAP", _WHAT, capability.id, text, "", "write the reason down: why")
    for id_, contract in facts.doc.contracts.items():
        notice = contract.to - timedelta(days=contract.notice_days)
        supplier = facts.doc.suppliers[contract.supplier]
        if notice <= facts.today + SOON:
            when = "passed" if notice < facts.today else f"is in {(notice - facts.today).days} days"
            text = f"the notice date {notice} {when}; it ends {contract.to}"
            yield Gap("G7", _WHAT, id_, text, supplier.owner, f"decide with {supplier.name}: renew, change or leave")


def _externals(facts: Facts) -> Iterator[Gap]:
    """G6: an external that no contract covers today."""
    for id_ in facts.doc.externals:
        mine = {name: one for name, one in facts.doc.contracts.items() if id_ in one.covers}
        if any(one.from_ <= facts.today <= one.to for one in mine.values()):
            continue
        ended = ", ".join(name for name, one in mine.items() if one.to < facts.today)
        text = f"no contract covers it any more: {ended} ended" if ended else "no contract covers it"
        yield Gap("G6", _WHAT, id_, text, "", "add the contract, or say in it that none is possible")


def _unseen(facts: Facts) -> Iterator[Gap]:
    """PROBE: an external that a host should look at, and that host checks in without it."""
    reporting = {host for host, _, _ in facts.seen}
    for id_, external in facts.doc.externals.items():
        host = external.probing_host
        if host not in reporting:
            continue  # a host that is silent, or that never joined, is told as such
        how = external.probe.rpartition(" from ")[0].strip()
        check, _, target = how.partition(" ")
        if not {(host, check, id_), (host, check, target.strip())} & facts.seen:
            fix = f'list it on {host}, in agent.toml: [[{check}]] name = "{id_}"'
            yield Gap("PROBE", _WHAT, id_, f"{host} checks in, and does not report `{how}`", "", fix)
