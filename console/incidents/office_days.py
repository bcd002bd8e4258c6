"""Days on which the client's office is open: how long what is over can be opened again, and when it is closed. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from checks.reading import Instant
from console.operating_model.entities import ALWAYS, Client
from console.operating_model.schema.services import SlaDoc
from console.service_levels.hours import covered, instant

_OFFICE = "office"
_DAY = 86_400


def after_office_days(client: Client | None, since: Instant, days: int) -> Instant | None:
    """The local midnight after so many whole days on which the office was open; None where it hardly ever is.

    Without a calendar `office` every day is one.
    """
    if client is None:
        return since + days * _DAY
    calendar = client.calendars.get(_OFFICE, ALWAYS)
    day, left = datetime.fromtimestamp(since, client.zone).date(), days
    for _ in range(60 + 7 * days):
        day += timedelta(days=1)
        opens, closes = instant(day, 0, client.zone), instant(day, 1440, client.zone)
        left -= bool(covered(calendar, client.zone, opens, closes))
        if left == 0:
            return closes
    return None


def opens_again_until(client: Client, sla: SlaDoc, ended_at: Instant) -> Instant | None:
    """Until when the same trouble is the same incident (4.2, `reopen_window`): whole days are days of the office.

    None where no day ends it; shorter windows are hours of the wall clock.
    """
    days, rest = divmod(sla.reopen_window, _DAY)
    return after_office_days(client, ended_at, days) if days and not rest else ended_at + sla.reopen_window
