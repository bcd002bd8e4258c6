"""Words and ways that several views share."""

from __future__ import annotations

from datetime import datetime

from checks.finding import Status
from checks.reading import Instant
from console.pages.hosts import FindingRow
from console.pages.incidents import IncidentRow
from console.pages.triage import TriageRow
from console.tui.view import Target


def moment(instant: Instant) -> str:
    """Local weekday and time of the reader's terminal."""
    return datetime.fromtimestamp(instant).astimezone().strftime("%a %d %b %H:%M")


def finding_about(row: FindingRow | TriageRow | IncidentRow) -> tuple[tuple[str, str], ...]:
    """Which finding a row is about, for verbs; of what a person reported without a host, which service."""
    return ("client", row.client), ("host", row.host or row.service), ("check", row.check), ("subject", row.subject)


def incident_about(row: TriageRow | IncidentRow) -> tuple[tuple[str, str], ...]:
    """Which incident a row is about; where no evidence speaks against its end, nobody is asked what does."""
    is_free = row.status is Status.OK or not row.check
    return ("incident", str(row.incident)), *finding_about(row), *((("despite", ""),) if is_free else ())


def host_target(client: str, name: str) -> Target:
    """The page of one host."""
    return Target("host", (("client", client), ("host", name)))
