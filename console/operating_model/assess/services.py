"""The five checks of services."""

from __future__ import annotations

from fractions import Fraction

from console.operating_model.assess.criterion import Criterion, Result, Seen, counted, sorted_out
from console.operating_model.schema.records import DecisionRecord

_WHAT = "services"
_COVERED = Fraction(95, 100)


def _reached(seen: Seen) -> Result:
    lost = {gap.about for gap in seen.gaps if gap.number == "G1"}
    return sorted_out((id_, id_ not in lost) for id_ in seen.facts.doc.hosts)


def _written(seen: Seen) -> Result:
    doc = seen.facts.doc
    answered = {row.for_ for row in doc.raci}
    return sorted_out(
        (id_, one.slo is not None and bool(one.outcome and one.owner and one.hours) and id_ in answered)
        for id_, one in doc.services.items()
    )


def _covered(seen: Seen) -> Result:
    shares = {id_: seen.practice.coverage.get(id_) for id_ in seen.facts.doc.services}
    found = sorted_out((id_, share is not None and share >= _COVERED) for id_, share in shares.items())
    is_measured = any(share is not None for share in shares.values())
    return Result(found.passed, found.failed, is_measured)


def _budgeted(seen: Seen) -> Result:
    promised = [id_ for id_, one in seen.facts.doc.services.items() if one.slo is not None]
    return counted(promised, seen.practice.budget_weeks, 4)


def _agreed_again(seen: Seen) -> Result:
    """After two missed weeks somebody decided about the service's promise (`covers: {service: …}`)."""
    doc, missed = seen.facts.doc, seen.practice.missed_twice
    if missed is None:
        return Result(failed=tuple(id_ for id_, one in doc.services.items() if one.slo is not None), is_measured=False)
    decided = {one.covers.get("service") for one in seen.facts.of(DecisionRecord)}
    return sorted_out((id_, id_ in decided) for id_ in sorted(missed & doc.services.keys()))


CRITERIA = (
    Criterion(
        _WHAT,
        1,
        "each host reaches a service",
        "a machine that serves nothing is cost without a reason, or a service that nobody wrote down",
        "Backstage (system model)",
        "say what {item} is for",
        _reached,
    ),
    Criterion(
        _WHAT,
        2,
        "each service has owner, hours, SLO, outcome and a RACI row",
        "what is not said is expected anyway, and differently by everybody",
        "FitSM-1",
        "complete {item}: owner, hours, slo, outcome, raci",
        _written,
    ),
    Criterion(
        _WHAT,
        3,
        "the state of each service is known for 95 % of its hours",
        "an availability that was measured half of the time proves nothing",
        "Google SRE workbook",
        "let agents see what {item} stands on",
        _covered,
    ),
    Criterion(
        _WHAT,
        4,
        "the error budget of each promised service is computed four weeks running",
        "a budget shows in time that a promise is running out",
        "Google SRE workbook",
        "freeze the weekly reports: {item} has no four weeks of error budget",
        _budgeted,
    ),
    Criterion(
        _WHAT,
        5,
        "an SLO that was missed twice running was agreed again",
        "a promise that is always broken is no promise",
        "Google SRE workbook",
        "talk about the promise of {item}, and record what was decided",
        _agreed_again,
    ),
)
