"""The page about a week: gathers the facts from the record, and lets `reports` make the value."""

from __future__ import annotations

from msgspec import structs

from console.desk.office import Asked, Office, Pages, client_of
from console.desk.refusal import DeskRefusal
from console.desk.week.gather import facts_of
from console.pages.week import Week
from console.reports.text import text
from console.reports.weekly.compose import weekly
from console.service_levels.weeks import IsoWeek, NotAWeek


def week(office: Office, asked: Asked) -> Week:
    """One client's week; the present one where none is named. Raises DeskRefusal."""
    client = client_of(office, asked)
    try:
        wanted = IsoWeek.parse(asked.text("week")) if asked.text("week") else IsoWeek.of(asked.now, client.zone)
    except NotAWeek as error:
        raise DeskRefusal(str(error), "name it with --week") from error
    value = weekly(facts_of(office, client, wanted, asked.now))
    return structs.replace(value, text=text(value))


PAGES: Pages = {"week": week}
