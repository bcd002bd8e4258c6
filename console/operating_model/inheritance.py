"""The provider's baseline as a library: each part with its version, and what each client made of it (05, 06, 60a)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import BaseModel

from console.operating_model.entities import Client
from console.operating_model.kinds import differences, hints
from console.operating_model.schema.client import BaselineDoc


@dataclass(frozen=True, slots=True)
class Use:
    """What one client made of one part: it inherits it, or says otherwise under the same name."""

    client: str
    is_override: bool
    differing: tuple[tuple[str, str, str], ...] = ()
    """Only the keys that differ: (key, in the baseline, at the client)."""


@dataclass(frozen=True, slots=True)
class Inherited:
    """One part of the baseline."""

    section: str
    name: str
    version: str
    """Of its content: the same words have the same version everywhere."""
    uses: tuple[Use, ...]


def library(baseline: BaselineDoc, clients: Iterable[Client]) -> tuple[Inherited, ...]:
    """Every part of the baseline, in the order of the file."""
    there = tuple(clients)
    return tuple(
        Inherited(section, name, version(part), tuple(_use(client, section, name, part) for client in there))
        for section in BaselineDoc.model_fields
        for name, part in getattr(baseline, section).items()
    )


def version(part: object) -> str:
    """Twelve hex digits of the SHA-256 of what a part says; the order of its keys does not count."""
    plain = part.model_dump(mode="json", by_alias=True) if isinstance(part, BaseModel) else part
    said = json.dumps(plain, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _use(client: Client, section: str, name: str, part: object) -> Use:
    own = getattr(client.own, section, {}).get(name)
    if own is None:
        return Use(client.id, is_override=False)
    hint = hints(BaselineDoc)[section]
    return Use(client.id, is_override=True, differing=tuple(differences(hint, {"": part}, {"": own})))
