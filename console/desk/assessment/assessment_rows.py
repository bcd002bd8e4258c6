"""Assessments, gaps, signs and promises as rows of the pages that show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checks.wording import percent
from console.desk.office import Office
from console.operating_model.assess.assessment import Assessment, Component, differences, rounded
from console.operating_model.assess.criterion import LEVELS, Answer, Result
from console.operating_model.gaps.gap import Facts, Gap
from console.operating_model.gaps.reasons import REASONS, Reason
from console.operating_model.schema.records import ActionRecord, DecisionRecord
from console.operating_model.signs.sign import Sign
from console.operating_model.treatments import treatments
from console.operating_model.treatments.treatment import Treatment
from console.pages.assessing import (
    ChangeRow,
    CheckRow,
    ComponentRow,
    OpenGap,
    Overall,
    PromiseRow,
    SignRow,
    TreatmentRow,
)


def judged(now: Assessment) -> tuple[Overall, tuple[ComponentRow, ...], tuple[CheckRow, ...]]:
    """The whole, the six components and the 30 checks of one client."""
    paper = tuple(one.name for one in now.weaknesses)
    overall = Overall(now.client, now.level, rounded(now.mean), len(now.strengths), paper)
    components = tuple(_component(now.client, one) for one in now.components)
    return overall, components, tuple(_check(now.client, one) for one in now.answers)


def _component(client: str, one: Component) -> ComponentRow:
    return ComponentRow(
        client=client,
        component=one.name,
        score=rounded(one.score),
        level=one.level,
        steps=tuple(_step(answer.result) for answer in one.answers),
        first=one.advice,
        is_paper_only=one.is_paper_only,
    )


def _step(result: Result) -> str:
    if not result.total:
        return "not applicable"
    if not result.is_measured:
        return "not measured"
    if result.is_passed:
        return "passed"
    return "partly" if result.passed else "failed"


def _check(client: str, one: Answer) -> CheckRow:
    return CheckRow(
        client=client,
        component=one.criterion.component,
        level=one.criterion.level,
        name=LEVELS[one.criterion.level - 1],
        text=one.criterion.text,
        why=one.criterion.why,
        source=one.criterion.source,
        result=one.result.words,
        is_passed=one.result.is_passed,
        passed=one.result.passed,
        failed=one.result.failed,
        advice=one.advice,
    )


def gap_row(office: Office, facts: Facts, gap: Gap, answers: Mapping[str, str]) -> OpenGap:
    """A gap with everything that its detail says."""
    reason = REASONS.get(gap.number, Reason(gap.number, ""))
    return OpenGap(
        client=facts.client.id,
        key=gap.key,
        number=gap.number,
        title=reason.title,
        component=gap.component,
        about=gap.about,
        evidence=gap.evidence,
        owner=gap.owner,
        owner_name=office.ledger.model.called(facts.client.id, gap.owner),
        fix=gap.fix,
        why=reason.why,
        source=reason.source,
        treatments=tuple(one.sentence for one in treatments(facts, gap.key, (gap,))),
        answer=answers.get(gap.key, ""),
    )


def answers_of(office: Office, facts: Facts) -> dict[str, str]:
    """By gap, what was decided or begun about it; it stays listed until the numbers change."""
    model, client = office.ledger.model, facts.client.id
    told: dict[str, list[str]] = {}
    for one in facts.of(DecisionRecord):
        if one.expires is not None and one.expires > facts.today:
            text = f"accepted by {model.called(client, one.by)} until {one.expires} ({one.id})"
            told.setdefault(one.covers.get("gap", ""), []).append(text)
    for action in facts.of(ActionRecord):
        if action.done is None:
            text = f"{model.called(client, action.owner)} works on it until {action.due} ({action.id})"
            told.setdefault(action.from_, []).append(text)
    return {key: "; ".join(said) for key, said in told.items()}


def promise_rows(facts: Facts) -> tuple[PromiseRow, ...]:
    """Every promise that stands above what underpins it."""
    return tuple(
        PromiseRow(
            client=facts.client.id,
            key=one.key,
            service=one.service,
            kind=one.kind,
            contract=one.contract,
            severity=one.severity,
            evidence=one.evidence,
            expected=f"≤ {percent(one.together)}" if one.together else "",
        )
        for one in facts.shortfalls
    )


def sign_rows(client: str, found: Sequence[Sign]) -> tuple[SignRow, ...]:
    """Signs with their facts."""
    return tuple(SignRow(client, one.row, one.question, one.state.value, one.facts) for one in found)


def changes(before: Assessment, now: Assessment) -> list[ChangeRow]:
    """What is different."""
    return [ChangeRow(now.client, one.what, one.about, one.text) for one in differences(before, now)]


def treatment_row(office: Office, facts: Facts, one: Treatment) -> TreatmentRow:
    """A treatment, with the change in words."""
    return TreatmentRow(
        kind=one.kind,
        sentence=one.sentence,
        changes=tuple((change.path, change.value) for change in one.changes),
        record=one.record,
        text=one.text,
        owner=one.owner,
        owner_name=office.ledger.model.called(facts.client.id, one.owner),
        expected=one.expected,
    )
