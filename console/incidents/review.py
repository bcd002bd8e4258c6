"""The major review: at 150 % of the time to solve, whoever owns the house looks at what went wrong (4.4). Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from console.incidents.events import Event, Incident, Kind
from console.incidents.marks import RESOLVE
from console.operating_model.entities import Client, Model

DAYS = 7
"""Local days within which the review is held."""
_PERCENT = 150


def major_review(model: Model, incident: Incident, event: Event) -> dict[str, str] | None:
    """The fields of the `action` that a mark of 150 % opens; None for any other event, or where nobody could do it."""
    client = model.clients.get(incident.opening.client)
    if client is None or (event.kind, event.subject, event.percent) != (Kind.MARK, RESOLVE, _PERCENT):
        return None
    owner = _reviewer(model, client, incident)
    day = datetime.fromtimestamp(event.at, client.zone).date()
    if not owner:
        return None
    return {
        "kind": "action",
        "client": client.id,
        "id": f"review-{incident.number}",
        "text": f"Major review of #{incident.number}: {incident.opening.title}",
        "owner": owner,
        "due": (day + timedelta(days=DAYS)).isoformat(),
        "at": day.isoformat(),
        "from": f"#{incident.number}",
        **({"service": incident.opening.service} if incident.opening.service else {}),
    }


def _reviewer(model: Model, client: Client, incident: Incident) -> str:
    """Who owns the house; else who answers for the service, else who owns it."""
    house = next((one.person for one in model.provider.access if one.role == "owner"), "")
    rows = client.doc.raci if client.doc else []
    answers = next((row.A for row in rows if row.for_ == incident.opening.service), "")
    service = client.services.get(incident.opening.service)
    return house or answers or (service.owner if service else "")
