"""Things that tests need often, with defaults that make sense."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from checks.finding import Impact
from console.incidents.events import Event, Incident, Kind, Opening
from console.incidents.states import fold
from console.operating_model.entities import (
    ALWAYS,
    Calendar,
    Client,
    Criticality,
    Host,
    Needs,
    Person,
    Service,
    Severity,
    Site,
    Sla,
    Target,
)

NEW_YORK = ZoneInfo("America/New_York")
OFFICE = Calendar("office", (((480, 1080),),) * 5 + ((),) * 2, frozenset({date(2026, 11, 26)}))
STANDARD = Sla(
    "standard",
    {
        Severity.S1: Target(900, 4 * 3600, "always"),
        Severity.S2: Target(1800, 8 * 3600, "office"),
        Severity.S3: Target(4 * 3600, 24 * 3600, "office"),
        Severity.S4: Target(8 * 3600, 40 * 3600, "office"),
    },
)


def at(text: str, zone: ZoneInfo = NEW_YORK) -> int:
    """UTC seconds of a local time of November 2026, such as `Mon 09:00` of week 46, or of an ISO date and time."""
    days = {"Mon": 9, "Tue": 10, "Wed": 11, "Thu": 12, "Fri": 13, "Sat": 14, "Sun": 15}
    if text[:3] in days:
        hour, minute = text[4:].split(":")[:2]
        return int(datetime(2026, 11, days[text[:3]], int(hour), int(minute), tzinfo=zone).timestamp())
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp())


def utc(text: str) -> int:
    """UTC seconds of an ISO date and time in UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def a_service(id_: str = "work", *members: str, at_least: int = 0, **more: object) -> Service:
    """A service that needs `members` (one host, `box`, by default)."""
    fields = {"owner": "ana", "criticality": Criticality.A, "hours": "always", "sla": "standard", **more}
    return Service(id_, id_.title(), needs=Needs(members or ("box",), at_least), **fields)  # type: ignore[arg-type]


def a_client(*services: Service, hosts: tuple[Host, ...] = (), zone: ZoneInfo = NEW_YORK) -> Client:
    """A client with these services, or one."""
    mine = services or (a_service(),)
    known = {host.id: host for host in (hosts or (Host("box", "main"),))}
    return Client(
        "mill",
        "The Mill",
        zone,
        calendars={"always": ALWAYS, "office": OFFICE},
        people={"ana": Person("ana", "Ana", "msp")},
        sites={"main": Site("main", "Mill", zone)},
        hosts=known,
        services={service.id: service for service in mine},
        slas={"standard": STANDARD},
    )


def an_incident(detected_at: int, *events: Event, severity: Severity = Severity.S2, **more: object) -> Incident:
    """An incident with these events."""
    fields = {
        "incident": 1,
        "client": "mill",
        "service": "work",
        "host": "box",
        "check": "disk",
        "subject": "/",
        "title": "box: disk /: 97 % full",
        "impact": Impact.DEGRADED,
        **more,
    }
    return fold(Opening(severity=severity, detected_at=detected_at, **fields), events)  # type: ignore[arg-type]


def event(when: int, kind: Kind, by: str = "", text: str = "", subject: str = "/") -> Event:
    """Something that happened."""
    return Event(when, by, kind, text, subject)
