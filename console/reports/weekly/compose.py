"""Puts the sections of a week together.

`FORMULA` names the version of the formulas (operating-model.md, 3.1 to 3.3); a number is comparable only within one.
"""

from __future__ import annotations

from console.pages.week import Week
from console.reports.weekly.agents import backup_lines, patch_lines, silences
from console.reports.weekly.backups import job_weeks
from console.reports.weekly.every import every_figure
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.headline import week_headline
from console.reports.weekly.help import help_section, incident_lines
from console.reports.weekly.job_lines import job_lines
from console.reports.weekly.outlook import action_lines, contact_line, decide_lines
from console.reports.weekly.owner import owner_sections
from console.reports.weekly.owner_ahead import gap_keys, maturity
from console.reports.weekly.risks import risk_lines
from console.reports.weekly.services import services
from console.reports.weekly.updates import update_lines, updates
from console.reports.weekly.work import staff

FORMULA = "1"


def weekly(facts: WeekFacts) -> Week:
    """The week."""
    client = facts.client
    kept, incidents = services(facts), incident_lines(facts)
    figures, weeks = every_figure(facts, kept), job_weeks(facts)
    return Week(
        client=client.id,
        client_name=client.name,
        week=facts.week.name,
        zone=str(client.zone),
        start=facts.start,
        end=facts.end,
        now=facts.now,
        so_far=facts.now < facts.end,
        headline=week_headline(facts, kept.lines, weeks),
        services=kept.lines,
        incidents=incidents,
        patches=tuple(patch_lines(facts)),
        backups=tuple(backup_lines(facts)),
        silences=tuple(silences(facts)),
        revision=facts.revision,
        formula=FORMULA,
        evidence=kept.evidence,
        figures=figures,
        help=help_section(facts),
        jobs=job_lines(facts, weeks),
        updates=update_lines(facts, updates(facts)),
        risks=risk_lines(facts),
        actions=action_lines(facts),
        decide=decide_lines(facts),
        contact=contact_line(facts),
        owner=owner_sections(facts, kept.lines, figures, kept.causes),
        staff=staff(facts),
        maturity=maturity(facts),
        gaps=gap_keys(facts),
    )
