"""Windows that come again: an RRULE (RFC 5545) of whole days, in local wall-clock time. Pure.

Only what a rota of maintenance needs is taken: by day, week, month or year, and with an end. A rule that comes more
than once a day, that never ends, or of which the window itself is no part, is refused before anything is expanded.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event, vRecur

EXAMPLE = "FREQ=MONTHLY;BYDAY=2TU;UNTIL=20271231"
LONGEST_SERIES = timedelta(days=3 * 366)
LONGEST_REPEATED = timedelta(days=1)
MOST = 1100
"""Windows of one series: three years of nights."""
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"}
_OF_LONGER = {"BYMONTH", "BYMONTHDAY"}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def refuse(rule: str, start: datetime, end: datetime) -> None:
    """Refuse a rule that is none, or too many. Raises ValueError that says what, and what to write instead."""
    parts = _parts(rule)
    _refuse_parts(parts)
    if end - start > LONGEST_REPEATED:
        raise ValueError("a window that repeats lasts a day at most; write longer work as single windows")
    last = _until(parts)
    if last is not None and last - start.date() > LONGEST_SERIES:
        raise ValueError("a series lasts three years at most; agree on a new one then")
    if not _is_in(parts, start.date()) or (last is not None and start.date() > last):
        raise ValueError(f"the window that begins on {start:%a %Y-%m-%d} is not in {rule!r}; begin with the first one")


def starts(rule: str, first: datetime, until: datetime) -> list[datetime]:
    """The local, zoneless instants before `until` at which a checked rule begins; none after three years."""
    last = min(until, first + LONGEST_SERIES)
    return _expanded(rule, first, (first, last))[:MOST] if first < last else []


def _parts(rule: str) -> dict[str, list[Any]]:
    try:
        found = vRecur.from_ical(rule)
    except (ValueError, TypeError, KeyError):
        raise ValueError(f"{rule!r} is not an RRULE; write one such as {EXAMPLE}") from None
    return {str(key).upper(): value if isinstance(value, list) else [value] for key, value in found.items()}


def _refuse_parts(parts: dict[str, list[Any]]) -> None:
    if parts.get("FREQ", [""])[0] not in _FREQUENCIES:
        raise ValueError(f"a window repeats DAILY, WEEKLY, MONTHLY or YEARLY, such as {EXAMPLE}")
    is_longer = parts["FREQ"][0] in ("MONTHLY", "YEARLY")
    spare = sorted(parts.keys() - _PARTS - (_OF_LONGER if is_longer else set()))
    if spare:
        raise ValueError(f"{', '.join(spare)} cannot be said of a window that repeats {parts['FREQ'][0]}")
    if "UNTIL" not in parts and "COUNT" not in parts:
        raise ValueError(f"the series never ends; say UNTIL or COUNT, such as {EXAMPLE}")
    if not 1 <= int(parts.get("INTERVAL", [1])[0]) <= 100 or not 1 <= int(parts.get("COUNT", [1])[0]) <= MOST:
        raise ValueError(f"INTERVAL is 1 to 100, and COUNT 1 to {MOST}")


def _is_in(parts: dict[str, list[Any]], day: date) -> bool:
    """Whether a day is one of those that the rule names."""
    after = (date(day.year + day.month // 12, day.month % 12 + 1, 1) - day).days
    of_month = {day.day, -after}
    name, nth = _WEEKDAYS[day.weekday()], (day.day - 1) // 7 + 1
    of_week = {name, f"{nth}{name}", f"+{nth}{name}", f"-{(after - 1) // 7 + 1}{name}"}
    return (
        ("BYMONTH" not in parts or day.month in map(int, parts["BYMONTH"]))
        and ("BYMONTHDAY" not in parts or bool(of_month & set(map(int, parts["BYMONTHDAY"]))))
        and ("BYDAY" not in parts or bool(of_week & {str(one).upper() for one in parts["BYDAY"]}))
    )


def _until(parts: dict[str, list[Any]]) -> date | None:
    if "UNTIL" not in parts:
        return None
    until = parts["UNTIL"][0]
    return until.date() if isinstance(until, datetime) else date(until.year, until.month, until.day)


def _expanded(rule: str, first: datetime, span: tuple[datetime, datetime]) -> list[datetime]:
    """Zoneless on purpose: every date's window is converted by itself (3.1)."""
    import recurring_ical_events  # with the first window that comes again

    parts = vRecur.from_ical(rule)
    if "UNTIL" in parts:
        last = _until({"UNTIL": parts["UNTIL"] if isinstance(parts["UNTIL"], list) else [parts["UNTIL"]]})
        parts["UNTIL"] = [datetime.combine(last or first.date(), datetime.max.time().replace(microsecond=0))]
    event = Event()
    event.add("uid", "window")
    event.add("dtstart", first)
    event.add("dtend", first + timedelta(seconds=1))
    event.add("rrule", parts)
    calendar = Calendar()
    calendar.add_component(event)
    found = [one.start for one in recurring_ical_events.of(calendar).between(*span)]
    return sorted({one for one in found if isinstance(one, datetime) and span[0] <= one < span[1]})
