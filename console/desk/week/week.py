"""The page about a week: as it was frozen, or a preview of what the record says now."""

from __future__ import annotations

from dataclasses import replace

from msgspec import structs

from checks.reading import Instant
from console.desk.aside import aside
from console.desk.office import Asked, Office, Pages, client_of
from console.desk.week.frozen import earlier_weeks, frozen_week, present
from console.desk.week.gather import facts_of
from console.desk.week.lived import maturity_of
from console.desk.week.restating import restated_figures
from console.operating_model.entities import Client
from console.operating_model.schema.records import CommentRecord
from console.pages.week import Week
from console.pages.week_sections import Comment
from console.reports.text import text
from console.reports.weekly.compose import weekly
from console.reports.weekly.facts import WeekFacts
from console.service_levels.weeks import IsoWeek


def week(office: Office, asked: Asked) -> Week:
    """One client's week; the present one where none is named. Raises DeskRefusal."""
    client = client_of(office, asked)
    wanted = present(asked, client)
    frozen = frozen_week(office, client, wanted)
    return frozen or drawn_up(office, client, wanted, asked.now)


def week_facts(office: Office, client: Client, wanted: IsoWeek, now: Instant) -> WeekFacts:
    """Everything that a week is made of, with the frozen weeks before it, and how far the model is lived."""
    facts = facts_of(office, client, wanted, now)
    lived = maturity_of(office, facts.client, facts.standing, facts.cut)
    return replace(facts, earlier=earlier_weeks(office, client, wanted), maturity=lived)


def drawn_up(office: Office, client: Client, wanted: IsoWeek, now: Instant) -> Week:
    """A week that is not frozen, as the record has it now. Raises DeskRefusal."""
    return preview(office, week_facts(office, client, wanted, now))


def preview(office: Office, facts: WeekFacts) -> Week:
    """The week as the record has it now."""
    value = structs.replace(
        weekly(facts),
        comments=comments(office, facts),
        restated=restated_figures(office, facts.client, facts.week, facts.now),
    )
    return structs.replace(value, text=text(value))


def comments(office: Office, facts: WeekFacts) -> tuple[Comment, ...]:
    """What people said about rows of the week."""
    model = office.ledger.model
    found: list[Comment] = []
    for one in facts.papers.get("comment", ()):
        if isinstance(one, CommentRecord) and one.week == facts.week.name:
            person = model.person(facts.client.id, one.by)
            found.append(Comment(one.about, one.text, person.name if person else one.by))
    return tuple(found)


PAGES: Pages = dict.fromkeys(("week", "week-charts", "week-figures"), aside(week))
