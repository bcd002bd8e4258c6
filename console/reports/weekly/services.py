"""Section 1 of the page: what was promised of each service, and what was kept."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checks.reading import Instant
from console.operating_model.entities import ALWAYS, Client, Service
from console.pages.week import Availability
from console.reports.weekly.facts import WeekFacts
from console.service_levels.availability import Figures, figures
from console.service_levels.hours import covered
from console.service_levels.timeline import Stood, services_stood


def service_lines(facts: WeekFacts) -> tuple[Availability, ...]:
    """A line for every service of the client."""
    stood = services_stood(facts.client, facts.hosts)
    period = facts.start, facts.cut
    return tuple(_availability(facts, one, stood[one.id], period) for one in facts.client.services.values())


def _availability(facts: WeekFacts, service: Service, stood: Stood, period: tuple[Instant, Instant]) -> Availability:
    begins = min(
        (facts.since[host] for host in _hosts(facts.client, service) if host in facts.since), default=period[1]
    )
    calendar = facts.client.calendars.get(service.hours, ALWAYS)
    hours = covered(calendar, facts.client.zone, max(period[0], begins), period[1])
    seconds = figures(stood, hours)
    target = None if service.availability is None else Fraction(service.availability).limit_denominator(1_000_000)
    person = facts.client.people.get(service.owner)
    return Availability(
        service=service.id,
        name=service.name,
        owner=person.name if person else service.owner,
        eligible=seconds.eligible,
        known=seconds.known,
        down=seconds.down,
        unknown=seconds.unknown,
        availability=seconds.words(seconds.availability),
        coverage=seconds.words(seconds.coverage),
        target="" if target is None else f"{float(target) * 100:g} %",
        verdict=seconds.verdict(target),
        low=_bound(seconds, seconds.low),
        high=_bound(seconds, seconds.high),
    )


def _bound(seconds: Figures, value: Fraction | None) -> str:
    return seconds.words(value) if seconds.eligible else ""


def _hosts(client: Client, service: Service) -> Iterator[str]:
    """Every host below a service, and those that look at what has no agent."""
    for member in service.needs.members:
        if member in client.hosts:
            yield member
        elif member in client.externals:
            yield from filter(None, [client.externals[member].probing_host])
        else:
            yield from _hosts(client, client.services[member])
