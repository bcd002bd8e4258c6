"""Which services stand on a part of the model: a host, an external, a service, or what a supplier delivers. Pure."""

from __future__ import annotations

from console.operating_model.entities import Client
from console.operating_model.gaps.gap import Facts
from console.operating_model.mapping import carried


def standing_on(client: Client, part: str) -> tuple[str, ...]:
    """The services that reach a part, those that use it softly included."""
    return client.in_order({*carried(client, part), *client.using.get(part, ())})


def delivered_by(facts: Facts, supplier: str) -> tuple[str, ...]:
    """The services that stand on what the contracts of a supplier cover."""
    mine = [contract for contract in facts.doc.contracts.values() if contract.supplier == supplier]
    reached = {service for one in mine for part in one.covers for service in standing_on(facts.client, part)}
    return facts.client.in_order(reached)


def answering(facts: Facts, part: str) -> str:
    """Who answers for the first service that stands on a part; "" where none does."""
    return next((facts.accountable(one) for one in standing_on(facts.client, part)), "")
