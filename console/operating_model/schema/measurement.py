"""Measurement: which numbers count, and which way is better."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from console.operating_model.schema.scalars import Strict


class KpiDoc(Strict):
    """One number: its unit, which way is better, its target, and where it comes from."""

    unit: Literal["percent", "days", "seconds", "count", "hours"]
    """What it counts in."""
    better: Literal["higher", "lower", "range"]
    """Which way is better."""
    target: float | None = None
    """What is good enough."""
    range: tuple[float, float] | None = Field(default=None, examples=[[60, 85]])
    """Between what it is good, where better is `range`."""
    source: Literal["findings", "incidents", "worklog", "plan", ""] = ""
    """Where the number comes from."""

    @model_validator(mode="after")
    def _fits(self) -> KpiDoc:
        if (self.better == "range") != (self.range is not None):
            raise ValueError("a KPI whose better is `range` has a range [low, high], and no other has one")
        if self.range and self.range[0] >= self.range[1]:
            raise ValueError("range is [low, high]")
        return self
