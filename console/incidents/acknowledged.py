"""Acknowledged: somebody knows of it and says why it may wait; that ends by itself when the evidence is good. Pure.

Who acknowledges does not own it: its clocks run on, and nobody has to be told of it again meanwhile.
"""

from __future__ import annotations

from console.incidents.events import Event, Incident, Kind

_WORSE = (Kind.JOINED, Kind.RELAPSED)


def acknowledgement(incident: Incident) -> Event | None:
    """Who acknowledged it, when and why; None where nobody did since it was last good."""
    bad = {incident.opening.subject}
    found: Event | None = None
    for event in incident.events:
        if event.kind is Kind.ACKNOWLEDGED:
            found = event
        elif event.kind in _WORSE:
            bad.add(event.subject)
        elif event.kind is Kind.RECOVERED:
            bad.discard(event.subject)
            found = found if bad else None
        elif event.kind is Kind.REOPENED:
            found, bad = None, {*bad, incident.opening.subject}
    return found if incident.is_open and incident.recovered_at is None else None
