"""How a waiver, a decision, a window or a step stands on one day: derived from the record, never stored (K22, I11)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from checks.finding import Status
from console.operating_model.gaps.gap import SOON, WAIVER_ENDS_SOON
from console.operating_model.plan.when import ahead
from console.operating_model.schema.governance import DecisionDoc, MaintenanceDoc, WaiverDoc


@dataclass(frozen=True, slots=True)
class Standing:
    """A state in words, and how much it should worry."""

    word: str
    status: Status
    is_over: bool = False
    """Nothing follows from it any more."""


def waiver_state(waiver: WaiverDoc, today: date, undone: Collection[str] = ()) -> Standing:
    """K22: asked, refused, in force, ending, ended. `undone` are the ids of actions that are not done yet.

    In force on the days from `begins` up to, not including, `ends`.
    """
    if not waiver.approved_by:
        return _request_state(waiver, today)
    if today >= waiver.ends:
        if waiver.action in undone:
            return Standing("ended, and goes on", Status.BREACH)
        return Standing("closed", Status.NOT_DUE, is_over=True)
    if today < waiver.begins:
        return Standing(f"begins {ahead(waiver.begins, today)}", Status.NOT_DUE)
    if waiver.ends <= today + WAIVER_ENDS_SOON:
        return Standing(f"ends {ahead(waiver.ends, today)}", Status.WATCH)
    return Standing("in force", Status.OK)


def _request_state(waiver: WaiverDoc, today: date) -> Standing:
    """Leave that nobody has given."""
    if waiver.refused_by or waiver.ended:
        return Standing("refused" if waiver.refused_by else "withdrawn", Status.NOT_DUE, is_over=True)
    if today >= waiver.expires:
        return Standing("lapsed, never decided", Status.NOT_DUE, is_over=True)
    return Standing("asked", Status.WATCH)


def decision_state(decision: DecisionDoc, today: date) -> Standing:
    """Whether a decision still holds."""
    if decision.expires is None:
        return Standing("holds", Status.OK)
    if today >= decision.expires:
        return Standing("ended", Status.NOT_DUE, is_over=True)
    if decision.expires <= today + SOON:
        return Standing(f"ends {ahead(decision.expires, today)}", Status.WATCH)
    return Standing("holds", Status.OK)


def maintenance_state(window: MaintenanceDoc, now: datetime) -> Standing:
    """Where a window stands at an instant."""
    if window.cancelled is not None:
        return Standing("cancelled", Status.NOT_DUE, is_over=True)
    if window.closed is not None:
        return Standing("closed", Status.NOT_DUE, is_over=True)
    if now >= window.end:
        return Standing("over, not closed", Status.WATCH)
    if now >= window.start:
        return Standing("running", Status.WATCH)
    return Standing("planned", Status.OK) if window.approved_by else Standing("asked", Status.WATCH)


def excuse_of(window: MaintenanceDoc) -> str:
    """What a window excuses, or why it excuses nothing, as a sentence (I11)."""
    if window.not_planned_because:
        return f"excuses nothing: {window.not_planned_because}"
    if not window.services:
        return "excuses no service: it names none"
    return f"excuses {', '.join(window.services)}"


def step_state(due: date, done: date | None, today: date) -> Standing:
    """Whether a milestone or an action is done, open or overdue (G17)."""
    if done is not None:
        return Standing(f"done {done}", Status.OK, is_over=True)
    if due < today:
        return Standing(f"overdue by {ahead(due, today).removesuffix(' ago')}", Status.BREACH)
    return Standing(f"due {ahead(due, today)}", Status.NOT_DUE)
