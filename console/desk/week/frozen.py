"""Which week is meant, and the weeks that are frozen: read as they were written."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from checks.reading import Instant
from console.desk.office import Asked, Office
from console.desk.refusal import DeskRefusal, Kind
from console.operating_model.entities import Client
from console.pages.week import Week
from console.service_levels.weeks import IsoWeek, NotAWeek, week_named, week_of
from console.store.weeks import FrozenWeek, Weeks

LOOKED_BACK = 8
"""Frozen weeks that a week is compared with, and that late truth is looked for in."""


def weeks_of(office: Office) -> Weeks:
    """The frozen weeks of the store."""
    return Weeks(office.ledger.database.reading)


def named(asked: Asked, client: Client, otherwise: IsoWeek) -> IsoWeek:
    """The week that is asked for. Raises DeskRefusal."""
    try:
        return week_named(client, asked.text("week")) if asked.text("week") else otherwise
    except NotAWeek as error:
        raise DeskRefusal(str(error), "name it with --week") from error


def present(asked: Asked, client: Client) -> IsoWeek:
    """The week that is asked for, or the one that is going on. Raises DeskRefusal."""
    now = week_of(client, asked.now)
    wanted = named(asked, client, now)
    if wanted.bounds(client.zone)[0] > asked.now:
        raise DeskRefusal(f"{wanted.name} has not begun", f"the week that goes on is {now.name}", Kind.NOT_FOUND)
    return wanted


def last_over(asked: Asked, client: Client) -> IsoWeek:
    """The week that is asked for, or the last one that is over. Raises DeskRefusal."""
    return named(asked, client, before(week_of(client, asked.now), client, asked.now))


def before(week: IsoWeek, client: Client, now: Instant) -> IsoWeek:
    """The week that ended when this one began."""
    return week_of(client, min(now, week.bounds(client.zone)[0]) - 1)


def frozen_week(office: Office, client: Client, week: IsoWeek) -> Week | None:
    """The value of a frozen week; None where it is not."""
    found = weeks_of(office).frozen(client.id, week.name)
    return None if found is None else value_of(found)


def the_frozen(office: Office, client: Client, week: IsoWeek) -> FrozenWeek:
    """A week that must be frozen. Raises DeskRefusal."""
    found = weeks_of(office).frozen(client.id, week.name)
    if found is None:
        raise DeskRefusal(
            f"{week.name} of {client.id} is not frozen",
            f"watchbill week close --client {client.id} --week {week.name} says what it waits for",
            Kind.CONFLICT,
        )
    return found


def earlier_weeks(office: Office, client: Client, week: IsoWeek, most: int = LOOKED_BACK) -> tuple[Week, ...]:
    """The frozen weeks before one, the latest last; of one that is frozen itself, those that were so by then."""
    return tuple(value_of(one) for one in weeks_of(office).known_to(client.id, most, week.name))


def value_of(frozen: FrozenWeek) -> Week:
    """The value that was frozen."""
    return _decoded(frozen.body)


@lru_cache(maxsize=64)
def _decoded(body: bytes) -> Week:
    return msgspec.json.decode(body, type=Week)
