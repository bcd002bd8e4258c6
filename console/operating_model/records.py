"""Records as people write them, one JSON object a line: all of them, or everything that is wrong with them, by line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from console.operating_model.document import Source
from console.operating_model.problems import ModelErrors, Problem
from console.operating_model.schema.records import RecordDoc

_ADAPTER: TypeAdapter[RecordDoc] = TypeAdapter(RecordDoc)


@dataclass(frozen=True, slots=True)
class Line:
    """One record with the number of its line, from 1, and the one spelling in which it is kept."""

    number: int
    record: RecordDoc
    body: str


def lines(source: Source) -> tuple[list[Line], list[Problem]]:
    """The good lines of a file, and everything that is wrong with the others."""
    found: list[Line] = []
    problems: list[Problem] = []
    for number, line in enumerate(source.text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(line_of(number, json.loads(line, parse_constant=_refuse)))
        except ValidationError as error:
            problems += [
                Problem(source.name, number, 1, ".".join(map(str, one["loc"][1:])), _words(one))
                for one in error.errors()
            ]
        except (ValueError, RecursionError) as error:
            problems.append(Problem(source.name, number, 1, "", f"is not JSON: {error}"))
    return found, problems


def _words(error: ErrorDetails) -> str:
    """What is wrong, for whoever wrote the line."""
    match error["type"]:
        case "union_tag_invalid":
            return f"there is no kind {error['ctx']['tag']!r}; known are: {error['ctx']['expected_tags']}"
        case "union_tag_not_found":
            return 'has no kind; begin with what it is, such as {"kind": "action", …'
        case "extra_forbidden":
            return "is no key of this kind; take it out"
        case "missing":
            return "is missing"
        case "date_from_datetime_parsing" | "date_parsing" | "date_type":
            return f"{error['input']!r} is not a day; write one such as 2026-11-20"
        case _:
            return error["msg"].removeprefix("Value error, ")


def line_of(number: int, tree: object) -> Line:
    """One record of a JSON tree. Raises pydantic's ValidationError."""
    return Line(number, _ADAPTER.validate_python(tree), json.dumps(tree, sort_keys=True, ensure_ascii=False))


def read(bodies: Iterable[str]) -> list[RecordDoc]:
    """Records that were checked when they came in."""
    return [_record(body) for body in bodies]


@lru_cache(maxsize=1 << 15)
def _record(body: str) -> RecordDoc:
    """What is kept never changes, so what was read lately is not read again."""
    return _ADAPTER.validate_python(json.loads(body))


def bodies(source: Source) -> list[str]:
    """The same records in the same order, each as one line in one spelling: what they are kept as."""
    return [one.body for one in lines(source)[0]]


def records(source: Source) -> Sequence[RecordDoc]:
    """The records of a file. Raises ModelErrors with every bad line."""
    found, problems = lines(source)
    if problems:
        raise ModelErrors(problems)
    return [one.record for one in found]


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")
