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


class ActionDoc(Strict):
    """Something that somebody will do."""

    id: Id
    text: Text
    owner: str
    due: Day
    done: Day | None = None
    outcome: str = ""
    from_: str = Field(default="", alias="from")
