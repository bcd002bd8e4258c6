"""The five checks of sourcing."""

from __future__ import annotations

from datetime import timedelta

from console.operating_model.assess.criterion import Criterion, Result, Seen, sorted_out
from console.operating_model.gaps.sourcing import COUNTED
from console.operating_model.schema.records import DecisionRecord

_WHAT = "sourcing"


def _supplied(seen: Seen) -> Result:
    doc = seen.facts.doc
    covered = {one for contract in doc.contracts.values() for one in contract.covers}
    return sorted_out((id_, id_ in covered) for id_ in doc.externals)


def _complete(seen: Seen) -> Result:
    return sorted_out(
        (id_, one.respond is not None and one.resolve is not None and "calendar" in one.model_fields_set)
        for id_, one in seen.facts.doc.contracts.items()
    )


def _referenced(seen: Seen) -> Result:
    theirs = [one for one in seen.practice.lately() if one.cause == "supplier"]
    return sorted_out(
        (one.id, bool(one.supplier_ref) and one.owned_at is not None and one.resolved_at is not None) for one in theirs
    )


def _underpinned(seen: Seen) -> Result:
    """Services that a contract underpins; those whose promise stands above it have not passed."""
    doc = seen.facts.doc
    covered = {one for contract in doc.contracts.values() for one in contract.covers}
    above = {one.service for one in seen.facts.shortfalls if one.kind in COUNTED}
    return sorted_out((id_, id_ not in above) for id_, one in doc.services.items() if covered & set(one.members))


def _reviewed(seen: Seen) -> Result:
    """A contract was reviewed where a decision about it (`covers: {contract: …}`) came before its notice date."""
    decided = [(one.covers.get("contract"), one.at) for one in seen.facts.of(DecisionRecord)]
    return sorted_out(
        (id_, any(about == id_ and one.from_ <= at <= one.to - timedelta(one.notice_days) for about, at in decided))
        for id_, one in seen.facts.doc.contracts.items()
    )


CRITERIA = (
    Criterion(
        _WHAT,
        1,
        "each external has a supplier and a contract",
        "what nobody owes you, nobody repairs for you",
        "ISO/IEC 20000-1, 8.3.3",
        "cover {item} first",
        _supplied,
    ),
    Criterion(
        _WHAT,
        2,
        "contracts are complete: respond, resolve, hours, dates",
        "a contract without times cannot stand under a promise with times",
        "ISO/IEC 20000-1, 8.3.3",
        "write respond, resolve and calendar into {item}",
        _complete,
    ),
    Criterion(
        _WHAT,
        3,
        "incidents that a supplier caused carry the supplier's ticket and its times",
        "without them nobody can show what the supplier did or did not do in time",
        "SIAM",
        "add the supplier's ticket and times to {item}",
        _referenced,
    ),
    Criterion(
        _WHAT,
        4,
        "no promise stands above what underpins it",
        "a promise above its contract breaks even when everybody does what they owe",
        "ISO/IEC 20000-1, 8.3.3",
        "bring the promise of {item} and its contract together",
        _underpinned,
    ),
    Criterion(
        _WHAT,
        5,
        "each contract is reviewed before its notice date",
        "a date that passes unseen renews a contract that nobody wanted",
        "SIAM",
        "decide about {item} before its notice date, and record it",
        _reviewed,
    ),
)
