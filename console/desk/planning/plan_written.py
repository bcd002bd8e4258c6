"""Rows of the plan that people wrote: outcomes, steps, decisions, leave, windows, stakeholders, and the log."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from checks.finding import Status
from console.desk.planning.place import Place, pairs, said
from console.operating_model.plan.goals import goals
from console.operating_model.plan.states import (
    decision_state,
    excuse_of,
    maintenance_state,
    step_state,
    waiver_state,
)
from console.operating_model.plan.windows import hit
from console.operating_model.rights import holders
from console.operating_model.schema.plan import ActionDoc, MilestoneDoc
from console.operating_model.schema.records import (
    ActionRecord,
    DecisionRecord,
    LogRecord,
    MaintenanceRecord,
    WaiverRecord,
)
from console.pages.plan import (
    DecisionRow,
    LogRow,
    MaintenanceRow,
    OutcomeRow,
    StakeholderRow,
    StepRow,
    WaiverRow,
)
from console.service_levels.windows import this_time


def outcomes(place: Place) -> Iterator[OutcomeRow]:
    """What the business wants (55)."""
    kpis = place.facts.doc.kpis
    for goal in goals(place.facts, place.kept):
        doc = goal.doc
        yield OutcomeRow(
            client=place.client.id,
            id=doc.id,
            text=doc.text,
            owner=doc.owner,
            owner_name=place.name(doc.owner),
            kpi=doc.kpi,
            unit=kpis[doc.kpi].unit if doc.kpi in kpis else "",
            service=doc.service,
            baseline=doc.baseline,
            target=doc.target,
            current="" if goal.current is None else f"{floor(goal.current * 100) / 100:g}",
            due=said(doc.due),
            state=goal.word,
            status=goal.status,
        )


def milestones(place: Place) -> Iterator[StepRow]:
    """The road of the model itself, what is overdue and next first (08)."""
    for one in sorted(place.facts.doc.milestones, key=lambda one: (one.done is not None, one.due, one.id)):
        rollout = {"for": one.audience, "by": one.channel, "training": one.training, "if it fails": one.fallback}
        yield _step(place, one, tuple(f"{name} {value}" for name, value in rollout.items() if value))


def actions(place: Place) -> Iterator[StepRow]:
    """What somebody will do (37, 52)."""
    for one in sorted(place.facts.of(ActionRecord), key=lambda one: (one.done is not None, one.due, one.id)):
        yield _step(place, one, ())


def _step(place: Place, one: ActionDoc | MilestoneDoc, rollout: tuple[str, ...]) -> StepRow:
    standing = step_state(one.due, one.done, place.today)
    action = one if isinstance(one, ActionDoc) else None
    moves = [f"was due {move.was}: {move.reason} ({move.by}, {move.at})" for move in action.moves] if action else []
    return StepRow(
        client=place.client.id,
        id=one.id,
        text=one.text,
        owner=one.owner,
        owner_name=place.name(one.owner),
        due=said(one.due),
        done=said(one.done),
        state=standing.word,
        status=standing.status,
        is_over=standing.is_over,
        outcome=one.outcome,
        service=action.service if action else "",
        source=action.from_ if action else "",
        result=action.result if action else "",
        moves=tuple(moves),
        rollout=rollout,
        estimate=action.estimate if action else None,
    )


def decisions(place: Place) -> Iterator[DecisionRow]:
    """What was decided, the newest first."""
    for one in sorted(place.facts.of(DecisionRecord), key=lambda one: (one.at, one.id), reverse=True):
        standing = decision_state(one, place.today)
        yield DecisionRow(
            client=place.client.id,
            id=one.id,
            on=said(one.at),
            by=one.by,
            by_name=place.name(one.by),
            what=one.what,
            why=one.why,
            right=one.right,
            accepts=one.accepts,
            covers=pairs(one.covers.items()),
            expires=said(one.expires),
            state=standing.word,
            status=standing.status,
            cites=tuple(
                f"{cite.kpi} {cite.about} {cite.period}: {cite.value} (sha256 {cite.sha256[:12]})".replace("  ", " ")
                for cite in one.cites
            ),
        )


def waivers(place: Place) -> Iterator[WaiverRow]:
    """Leave: what is asked or in force first (K22)."""
    found = [(waiver_state(one, place.today, place.undone), one) for one in place.facts.of(WaiverRecord)]
    for standing, one in sorted(found, key=lambda pair: (pair[0].is_over, pair[1].ends, pair[1].id)):
        policy = place.facts.doc.policies.get(one.policy)
        may = holders(place.facts.doc, policy.waive) if policy else ()
        yield WaiverRow(
            client=place.client.id,
            id=one.id,
            policy=one.policy,
            scope=pairs(one.scope.items()),
            asked_by=place.name(one.asked_by),
            asked_on=said(one.at),
            decided_by=place.name(one.approved_by or one.refused_by),
            may=", ".join(place.name(who) for who in may if who != one.asked_by),
            expires=said(one.ends),
            state=standing.word,
            status=standing.status,
            is_over=standing.is_over,
            reason=one.reason,
            compensating=one.compensating,
            action=one.action,
            note=one.note,
        )


def windows(place: Place) -> Iterator[MaintenanceRow]:
    """Planned work, what is to come first."""
    now = int(place.now.timestamp())
    mine = [this_time(place.client, one, now) for one in place.facts.of(MaintenanceRecord)]
    found = [(maintenance_state(one, place.now), one) for one in mine]
    for standing, one in sorted(found, key=lambda pair: (pair[0].is_over, pair[1].start, pair[1].id)):
        yield MaintenanceRow(
            client=place.client.id,
            id=one.id,
            services=tuple(one.services),
            hosts=tuple(one.hosts),
            start_at=int(one.start.timestamp()),
            end_at=int(one.end.timestamp()),
            why=one.why,
            state=standing.word,
            status=standing.status,
            is_over=standing.is_over,
            is_planned=one.is_planned,
            excuse=excuse_of(one),
            planned_by=place.name(one.planned_by),
            approved_by=place.name(one.approved_by),
            announced_at=int(one.announced.timestamp()) if one.announced else None,
            rollback=one.rollback,
            result=one.result,
            hits=hit(place.client, one.hosts),
            repeats=one.repeats,
        )


def stakeholders(place: Place) -> Iterator[StakeholderRow]:
    """Whose agreement counts, how they voted on the revision in force, and what each needs (56)."""
    facts = place.facts
    for one in facts.doc.stakeholders:
        vote = facts.votes.get(one.person)
        said_ = f"{vote.vote}: {vote.note}".removesuffix(": ") if vote else "has not said anything"
        waits = one.must_sign and (vote is None or vote.vote == "object")
        text = f"interest {one.interest}, influence {one.influence}" + (", must sign" if one.must_sign else "")
        answer = f"revision {facts.revision}: {said_}"
        status = Status.WATCH if waits else Status.OK
        who = (one.person, place.name(one.person))
        yield StakeholderRow(place.client.id, "person", one.person, *who, text, answer, status)
    for need in facts.doc.needs:
        answer = f"met by {need.met_by}" if need.met_by else "nothing meets it yet"
        status = Status.OK if need.met_by else Status.WATCH
        who = (need.from_, place.name(need.from_))
        yield StakeholderRow(place.client.id, "need", need.id, *who, need.text, answer, status)


def log(place: Place) -> Iterator[LogRow]:
    """Every decision, granted or refused, the newest first (22a)."""
    mine = [one for one in place.facts.records if isinstance(one, LogRecord)]
    for one in sorted(mine, key=lambda one: one.at, reverse=True):
        yield LogRow(
            client=place.client.id,
            id=one.id,
            decided_at=int(one.at.timestamp()),
            by=one.by,
            by_name=place.name(one.by),
            what=one.what,
            about=one.about,
            outcome=one.outcome,
            why=one.why,
        )
