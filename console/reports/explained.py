"""How a number was made: its formula, its inputs, and the arithmetic of its verdict. Pure."""

from __future__ import annotations

from fractions import Fraction

from msgspec import structs

from checks.wording import percent
from console.pages.figures import Exact, Figure
from console.pages.week import Week
from console.pages.week_sections import Restated
from console.pages.weeks import Traced
from console.reports.weekly.service_inputs import MEAN_TARGET
from console.reports.weekly.service_words import finely
from console.service_levels.formulas import formula_of

NOTHING = "no record speaks of it: nothing of it happened, or nobody wrote it down"


def explained(week: Week, kpi: str, about: str = "") -> tuple[Traced, ...]:
    """Every number of that KPI in a week, or those about one thing; then those of frozen weeks that it restates."""
    mine = (one for one in week.figures if one.kpi == kpi and about in ("", one.about))
    again = (one for one in week.restated if one.now.kpi == kpi and about in ("", one.now.about))
    return (*(_one(week, one) for one in mine), *(_restated(week, one) for one in again))


def _restated(week: Week, restated: Restated) -> Traced:
    """A number of an earlier week as it is since: what it was, and every late record that can have changed it."""
    found = _one(week, restated.now)
    return structs.replace(found, title=f"{found.title}, restated of {restated.week}")


def _one(week: Week, figure: Figure) -> Traced:
    formula = formula_of(figure.kpi, figure.name)
    about = f" --about {_quoted(figure.about)}" if figure.about else ""
    return Traced(
        figure=figure,
        title=f"{formula.kpi} {formula.name}",
        formula=formula.formula,
        edges=formula.edges,
        source=formula.source,
        better=formula.better,
        verdict_from=_verdict(figure),
        command=f"watchbill explain {figure.kpi} --client {week.client} --week {week.week}{about}",
        nothing="" if any(one.evidence for one in figure.inputs) else NOTHING,
    )


def _quoted(about: str) -> str:
    return about if about.replace("-", "").isalnum() else f'"{about}"'


def _verdict(figure: Figure) -> str:
    """Why it is met, missed or unproven; finer than it is printed where two decimals do not hold the target."""
    if not figure.verdict or not figure.target:
        return ""
    mean = next((one.value for one in figure.inputs if one.name == MEAN_TARGET), "")
    target, is_fine = mean or figure.target, bool(mean)
    if figure.verdict == "unproven":
        low, high = _shown(figure, figure.low, is_fine), _shown(figure, figure.high, is_fine)
        return f"between {low} and {high}, depending on what nobody saw; {target} lies between: unproven"
    shows = _shown(figure, figure.value, is_fine) if is_fine else figure.shows
    if figure.verdict == "met":
        worst = _beside(figure, figure.low, f", and at worst {_shown(figure, figure.low, is_fine)}")
        return f"{shows} reaches {target}{worst}: met"
    best = _beside(figure, figure.high, f", and at best {_shown(figure, figure.high, is_fine)}")
    return f"{shows} falls short of {target}{best}: missed"


def _beside(figure: Figure, bound: Exact | None, words: str) -> str:
    return words if bound not in (None, figure.value) else ""


def _shown(figure: Figure, exact: Exact | None, is_fine: bool) -> str:
    if exact is None:
        return "no data"
    value = Fraction(*exact)
    if is_fine:
        return finely(value)
    return percent(value) if figure.unit == "%" else f"{value.numerator}/{value.denominator}"
