"""What people wrote into the plan, as rows: outcomes, steps, decisions, leave, windows, stakeholders, the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from checks.finding import Status
from checks.reading import Instant
from checks.wording import counted, duration
from console.pages.plan import (
    DecisionRow,
    LogRow,
    MaintenanceRow,
    OutcomeRow,
    StakeholderRow,
    StepRow,
    WaiverRow,
)
from console.tui.present.parts import CLIENT, SIGN, Part, mark, text, told, worst_of
from console.tui.present.words import moment
from console.tui.view import TONES, Cell, Column, Row, Target

_ROAD = 26


def _outcome(row: OutcomeRow, _: Instant) -> Row:
    numbers = f"{row.kpi} of {row.service}" if row.service else row.kpi
    from_to = (
        f"{'?' if row.baseline is None else f'{row.baseline:g}'} → {'?' if row.target is None else f'{row.target:g}'}"
    )
    return Row(
        f"{row.client} {row.id}",
        (mark(row.status), text(row.text), text(row.state, TONES[row.status]), text(row.due), text(row.owner_name),
         text(f"{from_to} {row.unit}"), text(row.client, "quiet")),
        opens=Target("services", (("client", row.client),)) if row.service else None,
        about=(("client", row.client), ("outcome", row.id)),
        detail=told(("", row.text), ("", ""), ("id", row.id), ("state", row.state), ("number", numbers),
                    ("from, to", f"{from_to} {row.unit}"), ("now", row.current or "not measured yet"),
                    ("due", row.due), ("owner", row.owner_name)),
    )  # fmt: skip


def _step(row: StepRow, _: Instant) -> Row:
    return Row(
        f"{row.client} {row.id}",
        (mark(row.status), text(row.id), text(row.text, "quiet" if row.is_over else ""), text(row.owner_name),
         text(row.state, TONES[row.status]), Cell(row.outcome or "unaligned", "" if row.outcome else "watch"),
         text(row.source), text(row.client, "quiet")),
        opens=_incident(row.source),
        about=(("client", row.client), ("action", row.id)),
        detail=_step_detail(row),
    )  # fmt: skip


def _incident(source: str) -> Target | None:
    number = source.removeprefix("i-")
    return Target("incident", (("incident", number),)) if number != source and number.isdecimal() else None


def _step_detail(row: StepRow) -> tuple[str, ...]:
    return told(("", row.text), ("", ""), ("id", row.id), ("state", row.state), ("owner", row.owner_name),
                ("due", row.due), ("estimate", duration(row.estimate) if row.estimate else ""),
                ("outcome", row.outcome or "none: it is unaligned"), ("service", row.service),
                ("from", row.source), ("result", row.result), *(("moved", one) for one in row.moves),
                *(("rollout", one) for one in row.rollout))  # fmt: skip


def _roadmap(rows: Sequence[StepRow], now: Instant) -> tuple[Row, ...]:
    """Milestones, each at its place on one line of time (08)."""
    today = datetime.fromtimestamp(now).astimezone().date()
    days = [date.fromisoformat(row.due) for row in rows]
    first, last = min([*days, today]), max([*days, today])
    return tuple(_milestone(row, _road(day, today, (first, last))) for row, day in zip(rows, days, strict=True))


def _road(day: date, today: date, span: tuple[date, date]) -> tuple[str, int]:
    """A line with today (│) and the step on it, and where the step stands."""
    length = max(1, (span[1] - span[0]).days)
    places = [(one - span[0]).days * (_ROAD - 1) // length for one in (today, day)]
    line = ["·"] * _ROAD
    line[places[0]] = "│"
    line[places[1]] = "◆"
    return "".join(line), places[1]


def _milestone(row: StepRow, road: tuple[str, int]) -> Row:
    line, place = road
    line = line[:place] + row.status.sign.replace("·", "◆") + line[place + 1 :]
    return Row(
        f"{row.client} {row.id}",
        (mark(row.status), text(row.id), text(row.text, "quiet" if row.is_over else ""), text(row.owner_name),
         text(row.state, TONES[row.status]), Cell(line, TONES[row.status], row.due), text(row.client, "quiet")),
        about=(("client", row.client), ("milestone", row.id)),
        detail=_step_detail(row),
    )  # fmt: skip


def _decision(row: DecisionRow, _: Instant) -> Row:
    return Row(
        f"{row.client} {row.id}",
        (mark(row.status), text(row.id), text(row.what), text(row.by_name), text(row.state, TONES[row.status]),
         text(row.on), text(row.client, "quiet")),
        about=(("client", row.client), ("decision", row.id)),
        detail=told(("", row.what), ("", ""), ("id", row.id), ("state", row.state),
                    ("decided", f"{row.on} by {row.by_name}"), ("why", row.why), ("by right", row.right),
                    ("accepts", row.accepts), ("covers", row.covers), ("until", row.expires),
                    *(("cites", one) for one in row.cites)),
    )  # fmt: skip


def _waiver(row: WaiverRow, _: Instant) -> Row:
    waits = row.state == "asked"
    decided = f"waits for {row.may or 'nobody: the policy names no one'}" if waits else row.decided_by
    return Row(
        f"{row.client} {row.id}",
        (mark(row.status), text(row.id), text(row.scope, "quiet" if row.is_over else ""), text(row.policy),
         text(row.state, TONES[row.status]), text(row.expires), text(decided), text(row.client, "quiet")),
        about=(("client", row.client), ("waiver", row.id)),
        detail=told(("", f"{row.id}: waives {row.policy} for {row.scope}"), ("", ""), ("state", row.state),
                    ("until", row.expires), ("asked", f"{row.asked_on} by {row.asked_by}"), ("decided", decided),
                    ("reason", row.reason), ("meanwhile", row.compensating), ("action", row.action),
                    ("remark", row.note)),
    )  # fmt: skip


def _window(row: MaintenanceRow, _: Instant) -> Row:
    when = f"{moment(row.start_at)}–{moment(row.end_at)[-5:]}"
    tone = "" if row.is_planned else "watch"
    announced = moment(row.announced_at) if row.announced_at else "not yet"
    return Row(
        f"{row.client} {row.id}",
        (mark(row.status), text(row.id), Cell(when, order=row.start_at), text(row.why),
         text(row.state, TONES[row.status]), text(row.excuse, tone), text(", ".join(row.hosts)),
         text(row.client, "quiet")),
        opens=Target("maintenance", (("client", row.client), ("maintenance", row.id))),
        about=(("client", row.client), ("maintenance", row.id)),
        detail=told(("", f"{row.id}: {row.why}"), ("", ""), ("when", when), ("again", row.repeats),
                    ("state", row.state), ("", row.excuse),
                    ("hosts", ", ".join(row.hosts)), ("hits", ", ".join(row.hits)), ("planned", row.planned_by),
                    ("announced", announced), ("approved", row.approved_by or "nobody yet"),
                    ("way back", row.rollback), ("result", row.result)),
    )  # fmt: skip


def _stakeholder(row: StakeholderRow, _: Instant) -> Row:
    return Row(
        f"{row.client} {row.kind} {row.id}",
        (mark(row.status), text(row.who_name), text(row.text), text(row.answer, TONES[row.status]),
         text(row.kind, "quiet"), text(row.client, "quiet")),
        about=(("client", row.client), ("person", row.who), (row.kind, row.id)),
        detail=told(("", f"{row.who_name}: {row.text}"), ("", ""), (row.kind, row.id), ("", row.answer)),
    )  # fmt: skip


def _log(row: LogRow, _: Instant) -> Row:
    tone = "ok" if row.outcome == "granted" else "breach"
    return Row(
        f"{row.client} {row.id}",
        (Cell(moment(row.decided_at), order=row.decided_at), text(row.by_name), text(row.outcome, tone),
         text(row.what), text(row.about), text(row.why), text(row.client, "quiet")),
        about=(("client", row.client),),
        detail=told(("", f"{row.by_name}: {row.what} {row.about}"), ("", ""), ("when", moment(row.decided_at)),
                    ("outcome", row.outcome), ("why", row.why)),
    )  # fmt: skip


def _open(rows: Sequence[StepRow]) -> tuple[str, str]:
    late = [row for row in rows if row.status is Status.BREACH]
    left = len([row for row in rows if not row.is_over])
    if late:
        return f"{left} to do, {len(late)} overdue", "breach"
    return (f"{left} to do" if left else "all are done"), "ok"


PARTS: dict[str, Part] = {
    "outcomes": Part(
        (SIGN, Column("what the business wants", 30, flex=True), Column("how far", 22), Column("due", 10, priority=1),
         Column("owner", 13, priority=2), Column("from, to", 20, priority=3), CLIENT),
        _outcome,
        lambda rows: (f"{len([row for row in rows if row.state == 'reached'])} of {len(rows)} reached", ""),
        "no outcome is written",
        ("What the business wants stands here, and the number that proves it: `outcomes` of the model.",),
    ),
    "milestones": Part(
        (SIGN, Column("id", 5), Column("milestone", 26, flex=True), Column("owner", 13, priority=1),
         Column("state", 18), Column("road (│ is today)", _ROAD, priority=3), CLIENT),
        _step,
        _open,
        "no milestone is written",
        ("The road of the model stands here, with owners and days: `milestones` of the model.",),
        together=_roadmap,
    ),
    "actions": Part(
        (SIGN, Column("id", 5), Column("action", 24, flex=True), Column("owner", 13, priority=1),
         Column("state", 18), Column("outcome", 10, priority=2), Column("from", 6, priority=4), CLIENT),
        _step,
        _open,
        "no action is open",
        ("What somebody will do stands here: a, or watchbill action add",),
    ),
    "decisions": Part(
        (SIGN, Column("id", 5), Column("decision", 26, flex=True), Column("by", 13), Column("state", 16),
         Column("on", 10, priority=2), CLIENT),
        _decision,
        lambda rows: worst_of(rows, "decision ends soon", "decisions end soon", "none ends soon"),
        "nothing was decided yet",
        ("What was decided, and the numbers it rests on: d, or watchbill decision add",),
    ),
    "waivers": Part(
        (SIGN, Column("id", 5), Column("covers", 22, flex=True), Column("policy", 10, priority=3),
         Column("state", 20), Column("until", 10), Column("decided by", 20, priority=1), CLIENT),
        _waiver,
        lambda rows: worst_of(rows, "needs somebody", "need somebody", "none needs anybody now"),
        "no waiver was asked for",
        ("Waivers stand here until they end: w, or watchbill waiver ask",),
    ),
    "maintenance": Part(
        (SIGN, Column("id", 5), Column("when", 22), Column("what for", 14), Column("state", 16, priority=1),
         Column("excuses", 28, flex=True), Column("hosts", 16, priority=3), CLIENT),
        _window,
        lambda rows: (counted(len([row for row in rows if not row.is_over]), "window is open", "windows are open"), ""),
        "no window is planned",
        ("Planned work stands here, and what it excuses: m, or watchbill maintenance plan",),
    ),
    "stakeholders": Part(
        (SIGN, Column("who", 13), Column("what", 30), Column("answer", 28, flex=True),
         Column("", 6, priority=3), CLIENT),
        _stakeholder,
        lambda rows: worst_of(rows, "is not answered", "are not answered", "every need is met, everybody has signed"),
        "no stakeholder is written",
        ("Whose agreement counts, and what they need: `stakeholders` and `needs` of the model.",),
    ),
    "log": Part(
        (Column("when", 16), Column("who", 13), Column("outcome", 8), Column("what", 20, flex=True),
         Column("about", 12), Column("why", 24, priority=1), CLIENT),
        _log,
        lambda rows: (f"{len(rows)} decisions, {len([row for row in rows if row.outcome == 'refused'])} refused", ""),
        "no right was used yet",
        ("Every use of a decision right stands here, granted or refused.",),
    ),
}  # fmt: skip
