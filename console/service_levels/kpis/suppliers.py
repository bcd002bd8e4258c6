"""K20: whether suppliers responded and resolved inside their contracts, on their own calendars."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from console.operating_model.entities import Calendar
from console.service_levels.clocks import elapsed
from console.service_levels.kpis.share import Share


@dataclass(frozen=True, slots=True)
class Ticket:
    """One trouble that a supplier was called for. UTC seconds; limits in seconds of the contract's calendar."""

    incident: int
    supplier: str
    reference: str
    """The supplier's own number; "" where nobody wrote it down: then nothing can be measured."""
    called_at: int
    done_at: int | None
    limit: int
    calendar: Calendar


def attainment(tickets: Iterable[Ticket], zone: ZoneInfo, now: int) -> tuple[Share, tuple[Ticket, ...]]:
    """K20: tickets inside the contract ÷ tickets that are due, and those that cannot be measured.

    A ticket is due once it is done, or once its time is over.
    """
    met = due = 0
    blind: list[Ticket] = []
    for one in tickets:
        if not one.reference:
            blind.append(one)
            continue
        used = elapsed(one.calendar, zone, one.called_at, now if one.done_at is None else one.done_at)
        if one.done_at is not None or used > one.limit:
            due += 1
            met += one.done_at is not None and used <= one.limit
    return Share(met, due), tuple(blind)
