"""How a number of a week was made: read from the frozen value, or from the preview."""

from __future__ import annotations

from console.desk.aside import aside, in_a_thread
from console.desk.office import Asked, Office, Pages, Verbs
from console.desk.refusal import DeskRefusal, Kind
from console.desk.week.week import week
from console.operating_model.references.known import unknown
from console.pages.house import Done
from console.pages.weeks import Explanation
from console.reports.explained import explained
from console.service_levels.formulas import FORMULAS


def explain(office: Office, asked: Asked) -> Explanation:
    """Formula, inputs, evidence and verdict. Raises DeskRefusal."""
    value = week(office, asked)
    kpi = asked.text("kpi").upper()
    if kpi not in FORMULAS:
        raise DeskRefusal(unknown("KPI", kpi, FORMULAS), f"known are: {', '.join(FORMULAS)}", Kind.NOT_FOUND)
    rows = explained(value, kpi, asked.text("about"))
    if not rows:
        about = dict.fromkeys(one.about for one in value.figures if one.kpi == kpi)
        listed = ", ".join(one or "the whole client" for one in about) or "nothing in this week"
        raise DeskRefusal(
            f"{value.week} has no {kpi} about {asked.text('about')!r}", f"it is about: {listed}", Kind.NOT_FOUND
        )
    return Explanation(
        now=asked.now,
        client=value.client,
        week=value.week,
        zone=value.zone,
        revision=value.revision,
        formula_version=value.formula,
        is_frozen=value.frozen is not None,
        rows=rows,
    )


async def show(office: Office, asked: Asked) -> Done:
    """Open the page about a number."""
    page = await in_a_thread(explain, office, asked)
    named = tuple((name, asked.text(name)) for name in ("client", "week", "kpi", "about") if asked.text(name))
    return Done(page.rows[0].title, "week-explain", named)


PAGES: Pages = {"week-explain": aside(explain)}
VERBS: Verbs = {"explain": show}
