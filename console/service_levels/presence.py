"""When a host should be heard: always, in office hours, or now and then (`presence`). Pure.

A workstation is switched off at night, and its user comes late or is ill: it is missed after half a working day of
office hours. What roams is missed after a week. How long a host may be silent can be said for each (`checkin`).
"""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import ZoneInfo

from checks.reading import Instant
from console.operating_model.entities import ALWAYS, Calendar, Client
from console.service_levels.clocks import due
from console.service_levels.hours import covered
from console.service_levels.intervals import contains

OFFICE = Calendar("office", (*[((480, 1080),)] * 5, (), ()))
"""Monday to Friday, 8 to 18 h: of a client that has no calendar `office`."""
MISSED_AFTER = {"office": 4 * 3600, "roaming": 7 * 86_400}
"""Seconds of its hours after which a host is missed, at least; others after two looks."""


def calendar_of(client: Client | None, host: str) -> Calendar:
    """The hours in which a host should be heard."""
    if client is None or presence_of(client, host) != "office":
        return ALWAYS
    return office_of(client)


def office_of(client: Client) -> Calendar:
    """The office hours of a client."""
    return client.calendars.get("office", OFFICE)


def presence_of(client: Client | None, host: str) -> str:
    """`always`, `office` or `roaming`; a host that stands in no model is expected always."""
    mine = client.hosts.get(host) if client else None
    return mine.presence if mine else "always"


def missed_at(client: Client | None, host: str, heard_at: Instant, allowed: int) -> Instant | None:
    """The instant after which a host that was heard at `heard_at` is silent; None where it never is.

    `allowed` seconds of its hours may pass; if they end with the hours, it is missed when they begin again.
    """
    calendar = calendar_of(client, host)
    if client is None or calendar.is_always:
        return heard_at + allowed
    after = _due(calendar, client.zone, heard_at, allowed + 1)
    return None if after is None else after - 1


@lru_cache(maxsize=4096)
def _due(calendar: Calendar, zone: ZoneInfo, start: Instant, seconds: int) -> Instant | None:
    """Asked again and again of the same machines all night."""
    return due(calendar, zone, start, seconds)


def is_away(client: Client, host: str, now: Instant) -> bool:
    """Whether nobody expects to hear a host now: outside of its hours."""
    return not contains(covered(calendar_of(client, host), client.zone, now, now + 1), now)
