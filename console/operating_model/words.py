"""How durations, ratios and hours are written in a model: `15m`, `92 %`, `mon-fri: ["08:00-18:00"]`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from checks.check import Unit

_DURATION = re.compile(r"(\d{1,9})\s*(s|m|h|d|w)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_JOB_TIME = re.compile(r"(?:(mon|tue|wed|thu|fri|sat|sun)\s+)?([01]\d|2[0-3]):([0-5]\d)", re.IGNORECASE)
_WINDOW = re.compile(r"([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")
_KEPT_FREE = re.compile(r"(first|last) (?:([1-9]|1\d|20) )?working days? of (?:a|the|each|every) month")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def duration(text: object) -> int:
    """Seconds of `2s`, `15m`, `4h`, `28d` or `2w`. Raises ValueError."""
    match = _DURATION.fullmatch(str(text).strip())
    if match is None or int(match[1]) == 0:
        raise ValueError(f"{text!r} is not a duration; write a number and s, m, h, d or w, such as 15m")
    return int(match[1]) * _SECONDS[match[2]]


def ratio(text: object) -> float:
    """A fraction of `92 %` or 0.92. Raises ValueError."""
    word = str(text).strip()
    try:
        return float(word.removesuffix("%")) / 100 if word.endswith("%") else float(word)
    except ValueError:
        raise ValueError(f"{text!r} is not a ratio; write 92 % or 0.92") from None


def limit(text: object, unit: Unit) -> float:
    """A limit in base units, as written for this unit. Raises ValueError."""
    if unit in (Unit.SECONDS, Unit.SINCE):
        return float(duration(text))
    value = ratio(text)
    if not -1e15 < value < 1e15:
        raise ValueError(f"{text!r} is out of range")
    return value


def windows(days: Mapping[str, list[str]]) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Windows of Monday to Sunday, in minutes since midnight, of day ranges and `HH:MM-HH:MM`. Raises ValueError."""
    found: list[list[tuple[int, int]]] = [[] for _ in DAYS]
    for word, times in days.items():
        for day in _days(word):
            found[day].extend(_window(time) for time in times)
    for name, spans in zip(DAYS, found, strict=True):
        spans.sort()
        if any(after[0] < before[1] for before, after in pairwise(spans)):
            raise ValueError(f"windows of {name} overlap; write each hour once")
    return tuple(tuple(spans) for spans in found)


def job_time(text: str) -> tuple[int | None, int]:
    """Weekday (0 is Monday; None for every day) and minute of the day of `23:00` or `Sun 04:00`. Raises ValueError."""
    match = _JOB_TIME.fullmatch(text.strip())
    if match is None:
        raise ValueError(f'{text!r} is not a time; write one such as "23:00" or "Sun 04:00" in quotes')
    return DAYS.index(match[1].lower()) if match[1] else None, int(match[2]) * 60 + int(match[3])


def kept_free(text: str) -> tuple[str, int]:
    """`("last", 2)` of `last 2 working days of a month`; `first …` too. Raises ValueError."""
    found = _KEPT_FREE.fullmatch(" ".join(text.split()).casefold())
    if found is None:
        raise ValueError(f"{text!r} names no days; write `last 2 working days of a month`, or `first …`")
    return found[1], int(found[2] or 1)


def is_day_word(word: str) -> bool:
    """Whether a calendar key names days."""
    try:
        _days(word)
    except ValueError:
        return False
    return True


def _days(word: str) -> range:
    first, _, last = word.partition("-")
    if first not in DAYS or (last and last not in DAYS) or DAYS.index(first) > DAYS.index(last or first):
        raise ValueError(f"{word!r} names no days; write mon, tue … sun, or a range such as mon-fri")
    return range(DAYS.index(first), DAYS.index(last or first) + 1)


def _window(text: str) -> tuple[int, int]:
    match = _WINDOW.fullmatch(str(text).strip())
    start, end = (int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])) if match else (0, 0)
    if not start < end <= 1440:
        raise ValueError(
            f'{text!r} is not a window; write "HH:MM-HH:MM" in quotes, the end after the start, up to 24:00'
        )
    return start, end
