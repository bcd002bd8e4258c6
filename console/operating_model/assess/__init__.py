"""The assessment: 30 checks, six components, levels 0 to 5, from documents and practice (2.5). Pure."""

from __future__ import annotations

from console.operating_model.assess import governance, measurement, organization, processes, services, sourcing
from console.operating_model.assess.assessment import Assessment, Component
from console.operating_model.assess.criterion import Answer, Criterion, Seen
from console.operating_model.assess.practice import Practice
from console.operating_model.gaps import gaps
from console.operating_model.gaps.gap import Facts

CRITERIA: tuple[Criterion, ...] = (
    *processes.CRITERIA,
    *governance.CRITERIA,
    *sourcing.CRITERIA,
    *services.CRITERIA,
    *measurement.CRITERIA,
    *organization.CRITERIA,
)
"""Five levels of each of the six components."""


def assess(facts: Facts, practice: Practice) -> Assessment:
    """One client, assessed: from its documents and records, and from what was seen of the work."""
    found = gaps(facts)
    seen = Seen(facts, practice, found)
    answers = [Answer(criterion, criterion.look(seen)) for criterion in CRITERIA]
    names = dict.fromkeys(criterion.component for criterion in CRITERIA)
    components = (Component(name, tuple(one for one in answers if one.criterion.component == name)) for name in names)
    return Assessment(facts.client.id, facts.today, tuple(components), found)
