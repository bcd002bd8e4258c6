"""Sourcing: suppliers have an owner, contracts a supplier and something that they cover, capabilities their parties."""

from __future__ import annotations

from console.operating_model.references.known import Known, Told, each, one, unknown
from console.operating_model.schema.client import ClientDoc


def told(doc: ClientDoc, known: Known) -> Told:
    """What is wrong."""
    for id_, supplier in doc.suppliers.items():
        yield from one(("suppliers", id_, "owner"), "person", supplier.owner, known.people)
    for id_, contract in doc.contracts.items():
        at = ("contracts", id_)
        if contract.supplier not in doc.suppliers:
            yield (*at, "supplier"), unknown("supplier", contract.supplier, doc.suppliers)
        yield from each((*at, "covers"), "external or service", contract.covers, {*doc.externals, *doc.services})
        yield from one((*at, "calendar"), "calendar", contract.calendar, known.calendars)
    parties = {*known.people, *known.teams, *doc.suppliers}
    for place, capability in enumerate(doc.capabilities):
        yield from each(("capabilities", place, "parties"), "person, team or supplier", capability.parties, parties)
