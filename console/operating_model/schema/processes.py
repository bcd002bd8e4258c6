"""Processes: what starts them, the runbook they follow, and how they are measured."""

from __future__ import annotations

from pydantic import Field

from console.operating_model.schema.scalars import Day, Id, Strict, Text


class ProcessDoc(Strict):
    """Work that is done the same way every time."""

    name: Text
    """What people call it."""
    triggers: list[str] = Field(min_length=1)
    """What starts it: `finding.S1`, `finding.backup`, `calendar`, `call` …"""
    runbook: str = ""
    """The steps that it follows."""
    kpi: str = ""
    """The number that tells how it goes."""
    review: Day | None = None
    """When it is looked at again."""


class RunbookDoc(Strict):
    """The steps of a process, in order."""

    steps: list[Id] = Field(min_length=1)
    """Step by step, each a word."""
