"""Processes: what starts them, the runbook they follow, and how they are measured."""

from __future__ import annotations

from pydantic import Field

from console.operating_model.schema.scalars import Day, Id, Strict, Text


class ProcessDoc(Strict):
    """Work that is done the same way every time."""

    name: Text
    triggers: list[str] = Field(min_length=1)
    runbook: str = ""
    kpi: str = ""
    review: Day | None = None


class RunbookDoc(Strict):
    """The steps of a process, in order."""

    steps: list[Id] = Field(min_length=1)
