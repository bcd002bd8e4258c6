"""How far a client's operating model was lived at the end of a week: the assessment of 2.5 (H of 5.3)."""

from __future__ import annotations

from checks.reading import Instant
from console.access.identity import daemon_itself
from console.desk.assessment.earlier import assessed_as
from console.desk.office import Asked, Office
from console.operating_model.assess.assessment import rounded
from console.operating_model.entities import Client
from console.operating_model.gaps.gap import Facts
from console.pages.week_sections import Maturity


def maturity_of(office: Office, client: Client, standing: Facts | None, cut: Instant) -> tuple[Maturity, ...]:
    """How far the client's model is lived at an instant: the assessment of 2.5 over what was seen by then."""
    if standing is None:
        return ()
    found = assessed_as(office, Asked(daemon_itself(), {"client": client.id}, cut), standing)
    return tuple(
        Maturity(one.name, one.level, (one.score.numerator, one.score.denominator), rounded(one.score))
        for one in found.components
    )
