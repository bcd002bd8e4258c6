"""Public holidays by place (`us`, `us-TN`, `de-BY`), from the `holidays` library, for a fixed range of years. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import holidays

from console.operating_model.problems import nearest

YEARS = range(2020, 2041)
"""The years for which places are known: fixed, so that a model closes the same days whenever it is read."""
_PLACE = re.compile(r"([A-Za-z]{2})(?:-([A-Za-z0-9]{1,5}))?")


def closed_day(written: object) -> date | str:
    """One entry of a holiday set: a day, or a place whose public holidays are meant. Raises ValueError."""
    if isinstance(written, date):
        return date(written.year, written.month, written.day)
    text = str(written).strip()
    if _PLACE.fullmatch(text):
        days_of(text)
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(
            f"{text!r} is neither a day nor a place; write one such as 2026-12-24, us, us-TN or de-BY"
        ) from None


def days(written: Iterable[date | str]) -> frozenset[date]:
    """All days that the entries of a holiday set close."""
    found: set[date] = set()
    for one in written:
        found |= {one} if isinstance(one, date) else days_of(one)
    return frozenset(found)


@lru_cache(maxsize=256)
def days_of(place: str) -> frozenset[date]:
    """The public holidays of a country or one of its parts in `YEARS`. Raises ValueError where it is not known."""
    match = _PLACE.fullmatch(place)
    known = holidays.list_supported_countries(include_aliases=True)
    country, part = (match[1].upper(), (match[2] or "").upper()) if match else ("", "")
    if country not in known:
        raise ValueError(
            f"no holidays are known of {place!r}; write a country of ISO 3166 such as us, or list the days"
        )
    parts = {one.upper(): one for one in known[country]}
    if part and part not in parts:
        likely = nearest(part, parts) or f"; {country.lower()} has {', '.join(sorted(parts)) or 'no parts'}"
        raise ValueError(f"{country.lower()} has no part {part!r}{likely}")
    found = holidays.country_holidays(country, subdiv=parts.get(part), years=YEARS, observed=True)
    return frozenset(found)
