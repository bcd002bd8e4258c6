"""The small things that documents are written with: ids, durations, percents, zones, instants."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from checks.reading import Instant
from console.operating_model import words
from console.operating_model.closed_days import closed_day


def _zone(text: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(text))
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{text!r} is not a time zone; write one such as Europe/Berlin or UTC") from None


def _percent(text: object) -> float:
    value = words.ratio(str(text).removesuffix("%")) / 100
    if not 0 < value <= 1:
        raise ValueError(f"{text!r} is not a promise; write percent above 0 and up to 100")
    return value


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    return text


def _instant(text: object) -> datetime:
    try:
        found = text if isinstance(text, datetime) else datetime.fromisoformat(str(text).strip())
    except ValueError:
        raise ValueError(f"{text!r} is not an instant; write one such as 2026-11-12T19:00:00-05:00") from None
    if found.tzinfo is None:
        raise ValueError(f"{text!r} names no zone; write one such as 2026-11-12T19:00:00-05:00")
    return found


def _windows(days: object) -> tuple[tuple[tuple[int, int], ...], ...]:
    if not isinstance(days, dict):
        raise ValueError('write days and their windows, such as {mon-fri: ["08:00-17:00"]}')
    return words.windows({str(day): [str(one) for one in times] for day, times in days.items()})


def _listed(written: object) -> object:
    return [written] if isinstance(written, str | date) else written


Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Id = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
KpiName = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]
Seconds = Annotated[
    int,
    BeforeValidator(words.duration),
    WithJsonSchema({"type": "string", "pattern": r"^\s*\d{1,9}\s*(s|m|h|d|w)\s*$", "examples": ["15m", "4h", "7d"]}),
]
Zone = Annotated[ZoneInfo, BeforeValidator(_zone), WithJsonSchema({"type": "string", "examples": ["Europe/Berlin"]})]
Percent = Annotated[
    float, BeforeValidator(_percent), WithJsonSchema({"type": ["number", "string"], "examples": [99.5, "99.5 %"]})
]
Text = Annotated[str, AfterValidator(_not_blank)]
Moment = Annotated[datetime, BeforeValidator(_instant), WithJsonSchema({"type": "string", "format": "date-time"})]
Day = date
ClosedDay = Annotated[
    date | str,
    BeforeValidator(closed_day),
    WithJsonSchema({"type": "string", "examples": ["2026-12-24", "us-TN"]}),
]
HolidaySet = Annotated[list[ClosedDay], BeforeValidator(_listed)]
Number = Annotated[int, Field(ge=1, lt=1 << 31)]
Windows = Annotated[
    tuple[tuple[tuple[int, int], ...], ...],
    BeforeValidator(_windows),
    WithJsonSchema({"type": "object", "examples": [{"mon-fri": ["08:00-17:00"]}]}),
]


class Strict(BaseModel):
    """Refuses what it does not know."""

    model_config = ConfigDict(
        extra="forbid",
        arbitrary_types_allowed=True,
        frozen=True,
        coerce_numbers_to_str=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
    )


def seconds(moment: datetime) -> Instant:
    """Whole UTC seconds of an instant."""
    return int(moment.timestamp())
