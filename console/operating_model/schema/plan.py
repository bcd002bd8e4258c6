"""The plan: what the business wants, by when, and the steps that lead there."""

from __future__ import annotations

from pydantic import Field

from console.operating_model.schema.scalars import Day, Id, Strict, Text


class OutcomeDoc(Strict):
    """What the business wants, and the number that proves it."""

    id: Id
    text: Text
    owner: str
    kpi: str = ""
    service: str = ""
    baseline: float | None = None
    target: float | None = None
    due: Day | None = None


class MilestoneDoc(Strict):
    """A step of the plan."""

    id: Id
    text: Text
    owner: str
    due: Day
    done: Day | None = None
    audience: str = ""
    channel: str = ""
    outcome: str = ""
    training: str = ""
    fallback: str = ""
    """What is done where the step fails."""


class MoveDoc(Strict):
    """An action that got another date: the one before, and why."""

    was: Day
    by: str
    at: Day
    reason: Text


class ActionDoc(Strict):
    """Something that somebody will do."""

    id: Id
    text: Text
    owner: str
    due: Day
    done: Day | None = None
    outcome: str = ""
    service: str = ""
    from_: str = Field(default="", alias="from")
    """The incident, gap or waiver that it comes from."""
    result: str = ""
    moves: list[MoveDoc] = []
