"""Governance, processes and the plan: roles that decide, jobs that protect, runbooks and numbers that exist."""

from __future__ import annotations

from console.operating_model.document import Path
from console.operating_model.references.known import Known, Told, each, one
from console.operating_model.schema.client import ClientDoc
from console.operating_model.schema.governance import PolicyDoc


def told(doc: ClientDoc, known: Known) -> Told:
    """What is wrong."""
    deciders = {*doc.roles, *known.people}
    for id_, policy in doc.policies.items():
        yield from _policy(doc, policy, ("policies", id_), deciders)
    for place, right in enumerate(doc.decision_rights):
        yield from one(("decision_rights", place, "by"), "role or person", right.by, deciders)
        yield from each(("decision_rights", place, "informs"), "role or person", right.informs, deciders)
    for id_, process in doc.processes.items():
        yield from one(("processes", id_, "runbook"), "runbook", process.runbook, doc.runbooks)
        yield from one(("processes", id_, "kpi"), "KPI", process.kpi, doc.kpis)
    yield from _plan(doc, known)


def _policy(doc: ClientDoc, policy: PolicyDoc, at: Path, deciders: set[str]) -> Told:
    yield from one((*at, "owner"), "role or person", policy.owner, deciders)
    yield from one((*at, "waive"), "role or person", policy.waive, deciders)
    for id_, job in policy.jobs.items():
        yield from one((*at, "jobs", id_, "host"), "host", job.host, doc.hosts)
        yield from each((*at, "jobs", id_, "protects"), "service", job.protects, doc.services)
        if job.window > job.every:
            yield (*at, "jobs", id_, "window"), "window must not be longer than every: runs would overlap"


def _plan(doc: ClientDoc, known: Known) -> Told:
    for place, outcome in enumerate(doc.outcomes):
        yield from one(("outcomes", place, "owner"), "person", outcome.owner, known.people)
        yield from one(("outcomes", place, "kpi"), "KPI", outcome.kpi, doc.kpis)
        yield from one(("outcomes", place, "service"), "service", outcome.service, doc.services)
    channels = {channel.id for channel in doc.channels}
    for place, milestone in enumerate(doc.milestones):
        yield from one(("milestones", place, "owner"), "person", milestone.owner, known.people)
        yield from one(("milestones", place, "channel"), "channel", milestone.channel, channels)
        outcomes = {outcome.id for outcome in doc.outcomes}
        yield from one(("milestones", place, "outcome"), "outcome", milestone.outcome, outcomes)
    for name, ids in (
        ("outcomes", [item.id for item in doc.outcomes]),
        ("channels", [item.id for item in doc.channels]),
        ("capabilities", [item.id for item in doc.capabilities]),
        ("needs", [item.id for item in doc.needs]),
        ("milestones", [item.id for item in doc.milestones]),
    ):
        seen: set[str] = set()
        for place, id_ in enumerate(ids):
            if id_ in seen:
                yield (name, place, "id"), f"{id_} stands here twice; give one of them another id"
            seen.add(id_)
