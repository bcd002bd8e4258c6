"""The week for machines: JSON by a published schema, and its figures as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import msgspec

from checks.text import clean
from console.pages.figures import Exact
from console.pages.plain import SERIES, is_instant, plain
from console.pages.week import Week
from console.reports import restated
from console.reports.restated import OURS

SCHEMA_ID = "https://watchbill.example/week.schema.json"
COLUMNS = (
    "client", "week", "kpi", "name", "about", "span", "shows", "unit", "numerator", "denominator",
    "low_numerator", "low_denominator", "high_numerator", "high_denominator", "target", "verdict", "light", "note",
    "formula", "revision",
)  # fmt: skip
_FORMULA = tuple("=+-@\t\r")


def as_json(week: Week) -> bytes:
    """The whole value, sorted by no one's whim: the same week gives the same bytes."""
    kept = {key: value for key, value in plain(week).items() if key != "text"}
    return msgspec.json.format(msgspec.json.encode(kept), indent=2) + b"\n"


def for_client(week: Week) -> Week:
    """The week without what is the provider's own: its people, its noise, its work, its view of the model."""
    figures = tuple(one for one in week.figures if one.name not in OURS)
    return msgspec.structs.replace(
        week, figures=figures, restated=restated.for_client(week.restated), owner=(), staff=(), maturity=(), gaps=None
    )


def schema() -> bytes:
    """JSON Schema (2020-12) of what `as_json` writes, made from the types."""
    (found,), parts = msgspec.json.schema_components([Week], ref_template="#/$defs/{name}")
    parts = {name: _dated(part) for name, part in parts.items()}
    whole: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "A week of a client",
        **found,
        "$defs": dict(sorted(parts.items())),
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"


def _dated(part: dict[str, Any]) -> dict[str, Any]:
    """The schema of a struct whose instants leave as text."""
    fields = {name: _instant(name, one) for name, one in part.get("properties", {}).items()}
    return {**part, "properties": fields} if fields else part


def _instant(name: str, field: dict[str, Any]) -> dict[str, Any]:
    if is_instant(name):
        return _as_text(field)
    if name in SERIES:
        first, *rest = field["items"]["prefixItems"]
        return {**field, "items": {**field["items"], "prefixItems": [_as_text(first), *rest]}}
    return field


def _as_text(field: dict[str, Any]) -> dict[str, Any]:
    if "anyOf" in field:
        return {**field, "anyOf": [_as_text(one) for one in field["anyOf"]]}
    return {**field, "type": "string", "format": "date-time"} if field.get("type") == "integer" else field


def as_csv(weeks: Sequence[Week]) -> bytes:
    """Every figure a line, exact and as it is shown; no cell begins what a spreadsheet takes for a formula."""
    written = io.StringIO()
    sheet = csv.writer(written, lineterminator="\r\n")
    sheet.writerow(COLUMNS)
    for week in weeks:
        for one in week.figures:
            exact = (*_exact(one.value), *_exact(one.low), *_exact(one.high))
            row = (week.client, week.week, one.kpi, one.name, one.about, one.span, one.shows, one.unit, *exact,
                   one.target, one.verdict, one.light, one.note, week.formula, week.revision)  # fmt: skip
            sheet.writerow([cell(said) for said in row])
    return written.getvalue().encode()


def cell(said: str | int) -> str | int:
    """A text that a spreadsheet would take for a formula begins with an apostrophe; numbers stay numbers."""
    if isinstance(said, int):
        return said
    safe = clean(said, 1000)
    return f"'{safe}" if safe.startswith(_FORMULA) else safe


def _exact(value: Exact | None) -> tuple[int | str, int | str]:
    return value if value is not None else ("", "")
