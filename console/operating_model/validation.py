"""A document against its schema: its typed form, or every way in which it is not, in words with a place."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from console.operating_model.document import Parsed, Path
from console.operating_model.problems import MOST_TOLD, Problem, nearest

Doc = TypeVar("Doc", bound=BaseModel)


def validated(tree: Parsed, kind: type[Doc], problems: list[Problem]) -> Doc | None:
    """The document; None where it is not one, and then `problems` says why."""
    try:
        return kind.model_validate(tree.tree)
    except ValidationError as error:
        for one in error.errors(include_url=False)[:MOST_TOLD]:
            path = tuple(step for step in one["loc"] if step != "[key]")
            problems.append(tree.problem(path, _words(one, path, kind)))
        return None


def _words(error: ErrorDetails, path: Path, kind: type[BaseModel]) -> str:
    last = str(path[-1]) if path else ""
    match error["type"]:
        case "extra_forbidden":
            return f"unknown key {last}{nearest(last, keys(kind, path[:-1]))}"
        case "missing":
            return f"{last} is missing; write `{last}: …`"
        case "string_pattern_mismatch":
            return f"{error['input']!r} is not an id; use 1 to 40 of a-z, 0-9 and -"
        case "literal_error":
            return f"{error['input']!r} is not one of {error['ctx']['expected']}"
        case "string_type":
            return _not_a_word(error["input"])
        case _:
            return str(error["msg"]).removeprefix("Value error, ")


def _not_a_word(given: object) -> str:
    if isinstance(given, list):
        return "takes exactly one; write one word, not a list"
    if isinstance(given, bool):
        return f"{str(given).lower()} is a truth, not a word; write it in quotes"
    return "must not be left empty; write it, or take the key out" if given is None else "must be a word or a sentence"


def keys(kind: type[BaseModel], path: Path) -> list[str]:
    """The keys that may stand at `path`, as far as the schema tells."""
    found: type[BaseModel] | None = kind
    for step in path:
        field = None if found is None else _field(found, step)
        found = found if field is None else inner(field)
    return [field.alias or name for name, field in found.model_fields.items()] if found else []


def _field(kind: type[BaseModel], step: str | int) -> object:
    fields = kind.model_fields.items()
    return next((field.annotation for name, field in fields if step in (name, field.alias)), None)


def inner(annotation: object) -> type[BaseModel] | None:
    """The document type inside an annotation such as `dict[Id, HostDoc]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (inner(one) for one in getattr(annotation, "__args__", ()))
    return next((one for one in found if one is not None), None)
