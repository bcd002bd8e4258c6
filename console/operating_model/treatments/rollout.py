"""The steps that carry a model change to the people, and look at what it did: they are drafted with it (J7). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from console.operating_model.gaps.gap import Facts
from console.operating_model.plan.when import next_id
from console.operating_model.treatments.treatment import Treatment

TOLD_WITHIN = timedelta(days=14)
"""By when everybody whom it concerns has heard of it."""
JUDGED_AFTER = timedelta(days=42)
"""By when its effect can be read: it counts from the next Monday, 28 days are measured, and the last week closes."""


def rollout(facts: Facts, key: str, treatment: Treatment) -> Iterator[dict[str, object]]:
    """Two milestones, as a document writes them; none where nobody answers for what is changed."""
    _, about, *_ = key.split(":")
    owner = treatment.owner or facts.accountable(about)
    if owner not in facts.people:
        return
    service = facts.doc.services.get(about)
    outcome = {"outcome": service.outcome} if service is not None and service.outcome else {}
    told = f"Tell everybody whom it concerns: {treatment.sentence}"
    judged = f"Read what it did, 28 days before and after: {treatment.sentence}"
    taken = {one.id for one in facts.doc.milestones}
    for text, after, more in ((told, TOLD_WITHIN, {"audience": "client"}), (judged, JUDGED_AFTER, {})):
        id_ = next_id("ms", taken)
        taken.add(id_)
        yield {"id": id_, "text": text, "owner": owner, "due": facts.today + after, **more, **outcome}
