"""The plan: what the business wants, by when, and the steps that lead there."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from console.operating_model.schema.scalars import Day, Id, Seconds, Strict, Text


class OutcomeDoc(Strict):
    """What the business wants, and the number that proves it."""

    id: Id
    text: Text
    """What the business wants, in its own words."""
    owner: str
    """Who wants it."""
    kpi: str = ""
    """The number that proves it."""
    service: str = ""
    """The service that it is measured on."""
    baseline: float | None = None
    """Where the number stood at the start."""
    target: float | None = None
    """Where it should be."""
    due: Day | None = None
    """By when."""


class MilestoneDoc(Strict):
    """A step of the plan."""

    id: Id
    text: Text
    """What is done then."""
    owner: str
    """Who sees to it."""
    due: Day
    """By when."""
    done: Day | None = None
    """When it was done."""
    audience: str = ""
    """Who is told."""
    channel: str = ""
    """How they are told."""
    outcome: str = ""
    """The outcome that it leads to."""
    training: str = ""
    """What people learn by then."""
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
    """What is done."""
    owner: str
    """Who does it."""
    due: Day
    """By when."""
    estimate: Annotated[Seconds, Field(gt=0)] | None = None
    """How much work it is, such as `4h`; the owner's load of next week is foretold by it."""
    done: Day | None = None
    """When it was done."""
    outcome: str = ""
    """The outcome that it serves."""
    service: str = ""
    """The service that it is about."""
    from_: str = Field(default="", alias="from")
    """What it came from: a waiver, an incident, a gap, a window."""
    at: Day | None = None
    """When it was agreed on."""
    result: str = ""
    """What came of it."""
    moves: list[MoveDoc] = []
    """The dates that it had before."""
