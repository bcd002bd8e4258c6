"""The base of a document: `base: 7` on a line of its own says from which revision it was edited (I12). Pure."""

from __future__ import annotations

import re

_BASE = re.compile(r"^base:[ \t]*(\d+)[ \t]*(#[^\n]*)?\r?$", re.MULTILINE)
_SCHEMA = re.compile(r"^schema:[^\n]*\n", re.MULTILINE)


def base_of(text: str) -> int | None:
    """The revision that a text says it was edited from; None where it says none."""
    found = _BASE.search(text)
    return int(found[1]) if found else None


def with_base(text: str, base: int) -> str:
    """The same text, edited from `base`: the line is changed, or put behind `schema:`."""
    found = _BASE.search(text)
    if found:
        return f"{text[: found.start(1)]}{base}{text[found.end(1) :]}"
    line = f"base: {base}  # the revision that this was edited from\n"
    schema = _SCHEMA.search(text)
    if schema:
        return text[: schema.end()] + line + text[schema.end() :]
    return line + text


def without_base(text: str) -> str:
    """The text as it reads without that line: what is compared to tell whether anything changed."""
    found = _BASE.search(text)
    return text if found is None else text[: found.start()] + text[found.end() :].removeprefix("\n")
