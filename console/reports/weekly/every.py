"""Every number of a week, in the order of the KPIs' sections: what `explain`, trends and restatements read."""

from __future__ import annotations

from console.pages.figures import Figure
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.help import help_figures
from console.reports.weekly.protection import protection_figures
from console.reports.weekly.services import Section
from console.reports.weekly.upkeep import upkeep_figures
from console.reports.weekly.work import alignment_figure, load_figures, noise_figures, outcome_figures


def every_figure(facts: WeekFacts, services: Section) -> tuple[Figure, ...]:
    """K1 to K25."""
    found = (*services.figures, *help_figures(facts), *protection_figures(facts), *noise_figures(facts))
    found = (*found, *load_figures(facts), *upkeep_figures(facts, services.stood))
    return (*found, *outcome_figures(facts, found), *alignment_figure(facts))
