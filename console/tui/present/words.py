"""Words and ways that several views share."""

from __future__ import annotations

from datetime import datetime

from checks.reading import Instant
from console.tui.view import Target


def moment(instant: Instant) -> str:
    """Local weekday and time of the reader's terminal."""
    return datetime.fromtimestamp(instant).astimezone().strftime("%a %d %b %H:%M")


def host_target(client: str, name: str) -> Target:
    """The page of one host."""
    return Target("host", (("client", client), ("host", name)))
