"""Records as people write them, one JSON object a line: all of them, or everything that is wrong with them, by line."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pydantic import TypeAdapter, ValidationError

from console.operating_model.document import Source
from console.operating_model.problems import ModelErrors, Problem
from console.operating_model.schema.records import RecordDoc

_ADAPTER: TypeAdapter[RecordDoc] = TypeAdapter(RecordDoc)


def bodies(source: Source) -> list[str]:
    """The same records in the same order, each as one line in one spelling: what they are kept as."""
    lines = (line for line in source.text.splitlines() if line.strip())
    return [json.dumps(json.loads(line), sort_keys=True, ensure_ascii=False) for line in lines]


def records(source: Source) -> Sequence[RecordDoc]:
    """The records of a file. Raises ModelErrors with every bad line."""
    found: list[RecordDoc] = []
    problems: list[Problem] = []
    for number, line in enumerate(source.text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(_ADAPTER.validate_python(json.loads(line)))
        except ValidationError as error:
            problems += [
                Problem(
                    source.name, number, 1, ".".join(map(str, one["loc"][1:])), one["msg"].removeprefix("Value error, ")
                )
                for one in error.errors()
            ]
        except (ValueError, RecursionError) as error:
            problems.append(Problem(source.name, number, 1, "", f"is not JSON: {error}"))
    if problems:
        raise ModelErrors(problems)
    return found
