"""Every day on which something ends, is due or must be decided: past ones first (26b, 5.3 J). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from checks.finding import Status
from console.operating_model.gaps.gap import LIFE_ENDS_SOON, SOON, WAIVER_ENDS_SOON, Facts
from console.operating_model.plan.reach import answering
from console.operating_model.plan.states import waiver_state
from console.operating_model.schema.records import (
    AbsenceRecord,
    ActionRecord,
    DecisionRecord,
    RestoreTestRecord,
    WaiverRecord,
)

_LEADS = {
    "waiver": WAIVER_ENDS_SOON,
    "action": WAIVER_ENDS_SOON,
    "milestone": WAIVER_ENDS_SOON,
    "restore test": WAIVER_ENDS_SOON,
    "absence": WAIVER_ENDS_SOON,
    "life": LIFE_ENDS_SOON,
}
"""How long before it is due a day is told as soon, by kind; every other kind two months (SOON)."""


@dataclass(frozen=True, slots=True)
class Dated:
    """One day, what happens then, and whose it is."""

    day: date | None
    """None where something was due at once, and never done."""
    kind: str
    """`notice`, `contract`, `waiver`, `decision`, `review`, `life`, `restore test`, `milestone`, `action`, `outcome`,
    `SLA`, `person` or `absence`."""
    about: str
    text: str
    owner: str
    """A person's id, or ""."""

    def status(self, today: date) -> Status:
        """Past, soon (within the lead time of its kind) or later; an absence that has begun is not late."""
        if self.day is None or (self.day < today and self.kind != "absence"):
            return Status.BREACH
        return Status.WATCH if self.day <= today + _LEADS.get(self.kind, SOON) else Status.NOT_DUE


def dates(facts: Facts) -> tuple[Dated, ...]:
    """Every day of one client, the past ones first."""
    rooms = (_contracts, _leave, _away, _reviews, _lives, _restores, _steps, _promises)
    found = [one for room in rooms for one in room(facts)]
    return tuple(sorted(found, key=lambda one: (one.day or date.min, one.kind, one.about)))


def _contracts(facts: Facts) -> Iterator[Dated]:
    for id_, contract in facts.doc.contracts.items():
        supplier = facts.doc.suppliers[contract.supplier]
        if contract.notice_days:
            notice = contract.to - timedelta(days=contract.notice_days)
            yield Dated(notice, "notice", id_, f"last day to cancel: {supplier.name}", supplier.owner)
        yield Dated(contract.to, "contract", id_, f"the contract with {supplier.name} ends", supplier.owner)


def _leave(facts: Facts) -> Iterator[Dated]:
    undone = {one.id for one in facts.of(ActionRecord) if one.done is None}
    for waiver in facts.of(WaiverRecord):
        standing = waiver_state(waiver, facts.today, undone)
        if not standing.is_over:
            said = "ends" if waiver.approved_by else "would end; it is not decided yet"
            yield Dated(waiver.ends, "waiver", waiver.id, f"the waiver of {waiver.policy} {said}", waiver.asked_by)
    for decision in facts.of(DecisionRecord):
        if decision.expires and decision.expires >= facts.today - SOON:
            yield Dated(decision.expires, "decision", decision.id, f"ends: {decision.what}", decision.by)


def _away(facts: Facts) -> Iterator[Dated]:
    """Absences that somebody allowed and that are not over."""
    for one in facts.of(AbsenceRecord):
        if one.approved_by and one.last >= facts.today:
            until = "" if one.last == one.first else f" until {one.last}"
            name = facts.people[one.person].name if one.person in facts.people else one.about
            yield Dated(one.first, "absence", one.about, f"{name} is away{until}: {one.why}", one.person)


def _reviews(facts: Facts) -> Iterator[Dated]:
    for id_, policy in facts.doc.policies.items():
        if policy.review:
            yield Dated(policy.review, "review", id_, "the policy is to be reviewed", facts.holder(policy.owner))
    for id_, process in facts.doc.processes.items():
        if process.review:
            yield Dated(process.review, "review", id_, f"{process.name} is to be reviewed", facts.accountable(id_))
    for one in facts.doc.capabilities:
        if one.review:
            yield Dated(one.review, "review", one.id, f"who does it is to be reviewed: {one.what}", "")


def _lives(facts: Facts) -> Iterator[Dated]:
    for id_, host in facts.doc.hosts.items():
        owner = answering(facts, id_)
        if host.os_end:
            yield Dated(host.os_end, "life", id_, f"support of {host.os} ends", owner)
        if host.warranty:
            yield Dated(host.warranty, "life", id_, "its warranty ends", owner)


def _restores(facts: Facts) -> Iterator[Dated]:
    """K11: when each protected service's next restore test is due; never tested is due at once."""
    good = [one for one in facts.of(RestoreTestRecord) if one.result == "ok" and one.at <= facts.today]
    every: dict[str, int] = {}
    for policy in facts.doc.policies.values():
        for service in {one for job in policy.jobs.values() for one in job.protects}:
            if policy.restore_test_every:
                every[service] = min(policy.restore_test_every, every.get(service, policy.restore_test_every))
    for service in sorted(every):
        last = max((one.at for one in good if one.service == service), default=None)
        due = None if last is None else last + timedelta(seconds=every[service])
        said = "its restore was never tested" if last is None else f"a restore test is due; the last was {last}"
        yield Dated(due, "restore test", service, said, facts.accountable(service))


def _steps(facts: Facts) -> Iterator[Dated]:
    for milestone in facts.doc.milestones:
        if milestone.done is None:
            yield Dated(milestone.due, "milestone", milestone.id, milestone.text, milestone.owner)
    for action in facts.of(ActionRecord):
        if action.done is None:
            yield Dated(action.due, "action", action.id, action.text, action.owner)
    for outcome in facts.doc.outcomes:
        if outcome.due:
            yield Dated(outcome.due, "outcome", outcome.id, outcome.text, outcome.owner)


def _promises(facts: Facts) -> Iterator[Dated]:
    for id_, sla in facts.doc.slas.items():
        if sla.to:
            yield Dated(sla.to, "SLA", id_, "the promise ends", "")
    for id_, one in facts.doc.people.items():
        if one.active_to:
            yield Dated(one.active_to, "person", id_, f"{one.name} leaves", id_)
