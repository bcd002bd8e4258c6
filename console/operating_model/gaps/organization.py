"""Gaps of the organization: G4, G15, G16."""

from __future__ import annotations

from collections.abc import Iterator

from console.operating_model.gaps.gap import Facts, Gap

_WHAT = "organization"


def found(facts: Facts) -> Iterator[Gap]:
    """Every gap of this kind."""
    for id_ in facts.doc.services:
        row = facts.raci.get(id_)
        able = {*row.R, row.deputy} - {""} - facts.gone if row else set()
        if len(able) < 2:
            text = f"only {', '.join(sorted(able))} can do it" if able else "no RACI row says who does it"
            yield Gap("G4", _WHAT, id_, text, facts.accountable(id_), "name a second person in R, or a deputy")
    for need in facts.doc.needs:
        if not need.met_by:
            yield Gap("G15", _WHAT, need.id, f"nothing meets “{need.text}”", need.from_, "say what meets it: met_by")
    yield from _signatures(facts)


def _signatures(facts: Facts) -> Iterator[Gap]:
    """G16, I13: everybody who must sign has said something to the revision in force."""
    for stakeholder in facts.doc.stakeholders:
        vote = facts.votes.get(stakeholder.person)
        if stakeholder.must_sign and (vote is None or vote.vote == "object"):
            voted = "objects to" if vote else "has not signed"
            text = f"{stakeholder.person} {voted} revision {facts.revision}"
            yield Gap("G16", _WHAT, stakeholder.person, text, stakeholder.person, "talk, then record a sign-off")
