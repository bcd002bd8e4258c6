"""How days and instants are said: `2026-11-20`, `14d`, `2026-11-12T19:00`, `19:00`.

A bare date is its local midnight (3.6).
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from console.operating_model import words

_HOUR = re.compile(r"\d{1,2}:\d\d(:\d\d)?")


def day_of(text: str, today: date) -> date:
    """The day that a person means: a date, or so long from today. Raises ValueError."""
    said = text.strip()
    try:
        return date.fromisoformat(said)
    except ValueError:
        pass
    try:
        return today + timedelta(days=words.duration(said.removeprefix("+").removeprefix("in ")) // 86_400)
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is not a day; write one such as 2026-11-20, or 14d for in 14 days") from None


def moment_of(text: str, zone: ZoneInfo, today: date) -> datetime:
    """The instant that a person means; local time of the client where no zone is said, today where no day is.

    Raises ValueError.
    """
    said = text.strip()
    try:
        found = datetime.fromisoformat(f"{today}T{said:0>5}" if _HOUR.fullmatch(said) else said)
    except ValueError:
        raise ValueError(f"{text!r} is not an instant; write one such as 2026-11-12T19:00, or 19:00 today") from None
    return found if found.tzinfo is not None else found.replace(tzinfo=zone)


def ahead(day: date, today: date) -> str:
    """`today`, `in 5 days`, `33 days ago`."""
    left = (day - today).days
    if left == 0:
        return "today"
    count = f"{abs(left)} day" + ("s" if abs(left) != 1 else "")
    return f"in {count}" if left > 0 else f"{count} ago"


def in_scope(text: str) -> dict[str, str]:
    """`host=erp01, patch=openssl` as names and values. Raises ValueError."""
    pairs = [pair.partition("=") for pair in text.replace(",", " ").split()]
    if not pairs or any(not (name and found and value) for name, found, value in pairs):
        raise ValueError(f"{text!r} is not a scope; write name=value, such as host=erp01,patch=openssl")
    return {name: value for name, _, value in pairs}


def next_id(prefix: str, taken: set[str]) -> str:
    """The next free `w-2`: one more than the greatest number that any of them has."""
    numbers = [int(rest) for one in taken if (rest := one.removeprefix(f"{prefix}-")).isdecimal() and rest != one]
    return f"{prefix}-{max(numbers, default=0) + 1}"
