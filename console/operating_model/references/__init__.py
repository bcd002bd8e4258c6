"""What a document's own shape cannot say: references that lead nowhere, circles, two answers where there may be one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from checks.check import Check
from checks.reading import CheckName
from console.operating_model.document import Parsed, Path
from console.operating_model.problems import MOST_TOLD, Problem
from console.operating_model.references import baseline, governance, organization, services, sourcing, standards
from console.operating_model.references.known import Known
from console.operating_model.schema.client import BaselineDoc, ClientDoc, ProviderDoc


@dataclass(frozen=True, slots=True)
class Draft:
    """A client's document before it is a model."""

    tree: Parsed
    own: ClientDoc
    """As it is written."""
    doc: ClientDoc
    """With the provider's baseline."""
    provider: ProviderDoc | None
    provider_tree: Parsed | None
    """Where the baseline stands; None where that is not at hand."""
    today: date | None
    """The client's local date; None for what is in force already, which no birthday makes wrong."""


def provider_problems(tree: Parsed, doc: ProviderDoc, checks: Mapping[CheckName, Check]) -> list[Problem]:
    """What is wrong between the parts of a provider document."""
    return [tree.problem(path, text) for path, text in islice(baseline.told(doc, checks), MOST_TOLD)]


def client_problems(draft: Draft, checks: Mapping[CheckName, Check]) -> list[Problem]:
    """What is wrong between the parts of a client's document, and in what it uses of the provider's baseline."""
    known = Known.of(draft.doc, draft.provider)
    people = {**(draft.provider.people if draft.provider else {}), **draft.doc.people}
    told = chain(
        services.told(draft.doc, known),
        standards.told(draft.doc, checks),
        organization.told(draft.doc, known),
        organization.gone(draft.doc, people, draft.today),
        sourcing.told(draft.doc, known),
        governance.told(draft.doc, known),
    )
    used = baseline.used(draft.doc)
    placed = (_placed(draft, path, text, used) for path, text in told)
    return list(islice((one for one in placed if one is not None), MOST_TOLD))


def _placed(draft: Draft, path: Path, text: str, used: frozenset[Path]) -> Problem | None:
    """A problem where it stands: in the client's file, or in the baseline, and then only where the client uses it."""
    if not (path[0] in BaselineDoc.model_fields and path[1:2] and path[1] not in getattr(draft.own, str(path[0]))):
        return draft.tree.problem(path, text)
    if path[:2] not in used:
        return None
    said = f"{text} ({draft.own.client.id} uses it)"
    if draft.provider_tree is None:
        return Problem("provider.yaml", 1, 1, ".".join(str(step) for step in ("baseline", *path)), said)
    return draft.provider_tree.problem(("baseline", *path), said)
