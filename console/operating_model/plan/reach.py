"""Which services stand on a part of the model: a host, an external, a service, or what a supplier delivers. Pure."""

from __future__ import annotations

from console.operating_model.entities import Client
from console.operating_model.gaps.gap import Facts
from console.operating_model.mapping import carried


def standing_on(client: Client, part: str) -> tuple[str, ...]:
    """The services that reach a part, those that use it softly included."""
    doc = client.doc
    used = {id_ for id_, one in doc.services.items() if part in one.uses} if doc else set()
    reached = {*carried(client, part), *used}
    return tuple(one for one in client.services if one in reached)


def delivered_by(facts: Facts, supplier: str) -> tuple[str, ...]:
    """The services that stand on what the contracts of a supplier cover."""
    mine = [contract for contract in facts.doc.contracts.values() if contract.supplier == supplier]
    reached = {service for one in mine for part in one.covers for service in standing_on(facts.client, part)}
    return tuple(one for one in facts.client.services if one in reached)


def answering(facts: Facts, part: str) -> str:
    """Who answers for the first service that stands on a part; "" where none does."""
    return next((facts.accountable(one) for one in standing_on(facts.client, part)), "")
