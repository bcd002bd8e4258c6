"""What falls due on one person: milestones, actions, outcomes, waivers, notice dates, reviews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from console.operating_model.people.reach import row_of
from console.operating_model.people.staff import Staff
from console.operating_model.plan.states import waiver_state
from console.operating_model.rights import holders
from console.operating_model.schema.records import ActionRecord, WaiverRecord


class Due(NamedTuple):
    """One thing that falls due."""

    id: str
    text: str
    when: date


def due(staff: Staff, person: str) -> Iterator[Due]:
    """Everything that falls due on a person, in no order."""
    yield from _plan(staff, person)
    yield from _leave(staff, person)
    yield from _reviews(staff, person)
    for id_, contract in staff.doc.contracts.items():
        supplier = staff.doc.suppliers[contract.supplier]
        if supplier.owner == person:
            notice = contract.to - timedelta(days=contract.notice_days)
            yield Due(id_, f"last day to cancel with {supplier.name}; it ends {contract.to}", notice)


def _plan(staff: Staff, person: str) -> Iterator[Due]:
    for one in staff.doc.milestones:
        if one.owner == person and one.done is None:
            yield Due(one.id, one.text, one.due)
    for action in staff.of(ActionRecord):
        if action.owner == person and action.done is None:
            yield Due(action.id, action.text, action.due)
    for outcome in staff.doc.outcomes:
        if outcome.owner == person and outcome.due:
            yield Due(outcome.id, f"outcome: {outcome.text}", outcome.due)


def _leave(staff: Staff, person: str) -> Iterator[Due]:
    for waiver in staff.of(WaiverRecord):
        is_theirs = person in (waiver.asked_by, waiver.approved_by)
        if is_theirs and not waiver_state(waiver, staff.today).is_over:
            did = "asked for" if waiver.asked_by == person else "approved"
            yield Due(waiver.id, f"a waiver of {waiver.policy} ends, {did} by {staff.called(person)}", waiver.ends)


def _reviews(staff: Staff, person: str) -> Iterator[Due]:
    for id_, policy in staff.doc.policies.items():
        if policy.review and person in holders(staff.doc, policy.owner)[:1]:
            yield Due(id_, f"review of the policy {id_}", policy.review)
    for id_, process in staff.doc.processes.items():
        row = row_of(staff, id_)
        if process.review and row is not None and person == row.A:
            yield Due(id_, f"review of {process.name}", process.review)
