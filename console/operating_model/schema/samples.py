"""Samples of a host as records: one look, or a regular stretch of looks that all saw the same."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from checks.reading import Instant, Why
from console.operating_model.schema.scalars import Id, Moment, Seconds, Strict, Text, seconds

MOST_READINGS = 500
_LONGEST = timedelta(days=366)


def _value(value: object) -> object:
    """A number; or an instant, where that is what the check reads."""
    if isinstance(value, str):
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{value!r} is neither a number nor an instant") from None
        if found.tzinfo is None:
            raise ValueError(f"{value!r} names no zone; write one such as 2026-11-12T19:00:00-05:00")
        return found.timestamp()
    if isinstance(value, bool):
        raise ValueError("write a number")
    return value


Value = Annotated[Annotated[float, Field(allow_inf_nan=False)] | None, BeforeValidator(_value)]


class ItemDoc(Strict):
    """One thing that a value is made of."""

    name: Text
    detail: str = ""
    since: Moment | None = None


class ReadingDoc(Strict):
    """What one check read about one subject, in the check's base unit; null where it looked and there is none."""

    check: str
    subject: str = ""
    value: Value
    items: list[ItemDoc] = Field(default_factory=list, max_length=MOST_READINGS)


class GapDoc(Strict):
    """What could not be seen, and why."""

    check: str
    subject: str = ""
    why: Why
    reason: Text


class Seeing(Strict):
    """What a sample of a host saw."""

    client: Id
    host: str
    readings: list[ReadingDoc] = Field(default_factory=list, max_length=MOST_READINGS)
    gaps: list[GapDoc] = Field(default_factory=list, max_length=MOST_READINGS)


class SampleRecord(Seeing):
    """`sample`: one look at a host."""

    kind: Literal["sample"]
    taken: Moment
    next: Moment | None = None
    every: Seconds | None = None

    @model_validator(mode="after")
    def _paced(self) -> SampleRecord:
        if (self.next is None) == (self.every is None):
            raise ValueError("say when it looks again: either `next` or `every`")
        if self.next is not None and self.next <= self.taken:
            raise ValueError("next must come after taken")
        return self

    @property
    def pace(self) -> int:
        """Seconds to the next look."""
        return self.every or (seconds(self.next) - seconds(self.taken) if self.next else 1)

    @property
    def span(self) -> tuple[Instant, Instant]:
        """The first and the last look: the same one."""
        return seconds(self.taken), seconds(self.taken)

    @property
    def name(self) -> str:
        """What tells it from others of its kind."""
        return f"{self.host} {self.span[0]}"


class SamplesRecord(Seeing):
    """`samples`: a regular stretch of looks that all saw the same; the last one strictly before `until`."""

    kind: Literal["samples"]
    from_: Moment = Field(alias="from")
    until: Moment
    every: Seconds

    @model_validator(mode="after")
    def _forward(self) -> SamplesRecord:
        if self.until <= self.from_:
            raise ValueError("until must come after from")
        if self.until - self.from_ > _LONGEST:
            raise ValueError(f"a stretch lasts {_LONGEST.days} days at most; write it as several")
        return self

    @property
    def pace(self) -> int:
        """Seconds between two looks."""
        return self.every

    @property
    def span(self) -> tuple[Instant, Instant]:
        """The first and the last look."""
        first = seconds(self.from_)
        return first, first + (seconds(self.until) - 1 - first) // self.every * self.every

    @property
    def name(self) -> str:
        """What tells it from others of its kind."""
        return f"{self.host} {self.span[0]}"


Samples = SampleRecord | SamplesRecord
