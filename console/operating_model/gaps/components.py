"""Gaps of a model that is silent: a component of which it says nothing is shown, not hidden (row 15)."""

from __future__ import annotations

from collections.abc import Iterator

from console.operating_model.gaps.gap import Facts, Gap

COMPONENTS = {
    "services": ("services",),
    "organization": ("people", "teams", "roles", "raci", "channels"),
    "sourcing": ("suppliers", "contracts", "capabilities"),
    "processes": ("processes", "runbooks"),
    "governance": ("policies", "decision_rights", "priorities"),
    "measurement": ("kpis",),
    "outcomes": ("outcomes",),
    "plan": ("milestones", "stakeholders", "needs"),
}
"""The six components of an operating model, what they are for, and the plan; each with its sections."""


def found(facts: Facts) -> Iterator[Gap]:
    """Every component of which neither the client's file nor the baseline says anything."""
    for component, sections in COMPONENTS.items():
        if not any(getattr(facts.doc, section) for section in sections):
            fix = f"write {' or '.join(sections[:2])}: watchbill model explain {sections[0]}"
            yield Gap("NIL", component, component, f"the model says nothing of {component}", "", fix)
