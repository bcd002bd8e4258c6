"""What a document's own shape cannot say: references that lead nowhere, circles, two answers where there may be one."""

from __future__ import annotations

from collections.abc import Mapping

from checks.check import Check
from checks.reading import CheckName
from console.operating_model.document import Parsed
from console.operating_model.entities import Provider
from console.operating_model.problems import Problem
from console.operating_model.references import governance, organization, services, sourcing, standards
from console.operating_model.references.known import Known, Told, unknown
from console.operating_model.schema.client import ClientDoc, ProviderDoc


def provider_problems(tree: Parsed, doc: ProviderDoc) -> list[Problem]:
    """What is wrong between the parts of a provider document."""
    return [tree.problem(path, text) for path, text in _of_provider(doc)]


def client_problems(
    tree: Parsed, doc: ClientDoc, checks: Mapping[CheckName, Check], provider: Provider | None
) -> list[Problem]:
    """What is wrong between the parts of a client's document, the provider's baseline included."""
    known = Known.of(doc, provider.doc if provider else None)
    told = [
        *services.told(doc, known),
        *standards.told(doc, checks),
        *organization.told(doc, known),
        *sourcing.told(doc, known),
        *governance.told(doc, known),
    ]
    return [tree.problem(path, text) for path, text in told]


def _of_provider(doc: ProviderDoc) -> Told:
    for place, access in enumerate(doc.access):
        if access.person not in doc.people:
            yield ("access", place, "person"), unknown("person", access.person, doc.people)
    yield from organization.teams(doc.teams, doc.people)
    yield from organization.on_call(doc.on_call, doc.people, {"always", *doc.baseline.calendars})
    yield from services.calendars(doc.baseline, ("baseline",))
