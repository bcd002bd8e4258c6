"""Gaps of whole sections: a part of the operating model that says nothing is shown, not hidden (row 15)."""

from __future__ import annotations

from collections.abc import Iterator

from console.operating_model.gaps.gap import Facts, Gap


def found(facts: Facts) -> Iterator[Gap]:
    """Every section that is empty: the six components, the outcomes and the plan."""
    doc = facts.doc
    sections = {
        "processes": (doc.processes, "write down what starts work and how it is done: processes, runbooks"),
        "governance": ((*doc.policies, *doc.decision_rights), "write policies and decision_rights"),
        "sourcing": ((*doc.suppliers, *doc.contracts, *doc.capabilities), "name who else delivers, or capabilities"),
        "services": (doc.services, "name what the client uses"),
        "measurement": (doc.kpis, "register the numbers that count: kpis"),
        "organization": ((*doc.roles, *doc.raci), "write roles and raci"),
        "outcomes": (doc.outcomes, "ask what the business wants, and which number proves it"),
        "plan": (doc.milestones, "write the next steps with owner and date: milestones"),
    }
    for name, (entries, fix) in sections.items():
        if not entries:
            component = name if name != "outcomes" else "measurement"
            yield Gap("EMPTY", component, name, "this part of the model says nothing yet", "", fix)
