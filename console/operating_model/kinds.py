"""What kind of thing a field of the schema takes, in words; and values as people write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from console.operating_model.schema import scalars

_SCALARS: tuple[tuple[object, str, object], ...] = (
    (scalars.Id, "id", "my-id"),
    (scalars.KpiName, "name", "my_name"),
    (scalars.Seconds, "duration", "4h"),
    (scalars.Zone, "time zone", "Europe/Berlin"),
    (scalars.Percent, "percent", 99.5),
    (scalars.Moment, "instant", "2026-11-12T19:00:00-05:00"),
    (scalars.Windows, "days and their hours", {"mon-fri": ["08:00-17:00"]}),
    (scalars.ClosedDay, "date or place", "us-TN"),
    (date, "date", "2026-11-26"),
    (bool, "true or false", True),
    (int, "whole number", 1),
    (float, "number", 1.5),
    (str, "text", "…"),
    (Any, "value", "…"),
)
"""A type of the schema, its word, and a sample as it is written."""
_UNITS = (("w", 604_800), ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1))


@dataclass(frozen=True, slots=True)
class Kind:
    """What a field takes."""

    word: str
    sample: object
    choices: tuple[str, ...] = ()
    """The words that it may be, where they are few."""
    inside: type[BaseModel] | None = None
    """The form of what stands in it."""
    is_map: bool = False
    """Whether ids stand between the field and what is inside."""


@cache
def hints(form: type[BaseModel]) -> Mapping[str, object]:
    """The types of a form's fields by the key that is written, as the schema says them."""
    told = get_type_hints(form, include_extras=True)
    return {field.alias or name: told[name] for name, field in form.model_fields.items()}


def kind_of(hint: object) -> Kind:
    """What a type takes."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return Kind("keys below", {}, inside=hint)
    known = next((Kind(word, sample) for one, word, sample in _SCALARS if hint == one), None)
    if known is not None:
        return known
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return Kind("one of " + ", ".join(map(str, arguments)), arguments[0], tuple(map(str, arguments)))
    if origin is Annotated:
        return kind_of(arguments[0])
    if origin in (Union, UnionType):
        return kind_of(next(one for one in arguments if one is not NoneType))
    return _container(origin, arguments)


def _container(origin: object, arguments: tuple[object, ...]) -> Kind:
    inner = kind_of(arguments[-1])
    if origin is dict:
        of = kind_of(arguments[0])
        name = of.choices[0] if of.choices else "my-id"
        said = "keys below" if inner.inside else inner.word
        return Kind(f"map of {of.word} to {said}", {name: inner.sample}, (), inner.inside, is_map=True)
    if origin is tuple:
        return Kind(f"two of {inner.word}", [inner.sample, inner.sample])
    return Kind(f"list of {inner.word}", [inner.sample], inner.choices, inner.inside)


def written(hint: object, value: object) -> str:
    """A value of the schema as people write it; "" for none."""
    if value is None:
        return ""
    word = kind_of(hint).word
    if word == "duration" and isinstance(value, int):
        return next(f"{value // size}{unit}" for unit, size in _UNITS if value % size == 0)
    if word == "percent" and isinstance(value, float):
        return f"{round(value * 100, 4):g}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, list | tuple):
        inner = (get_args(hint) or (str,))[0]
        return f"[{', '.join(written(inner, one) for one in value)}]"
    return str(value)


def differences(hint: object, before: object, after: object, at: str = "") -> Iterator[tuple[str, str, str]]:
    """Where two values of one type differ: (dotted key, before, after), each as it is written."""
    if before == after:
        return
    if isinstance(before, BaseModel) and isinstance(after, BaseModel):
        for name, field in type(before).model_fields.items():
            key = field.alias or name
            hint_, values = hints(type(before))[key], (getattr(before, name), getattr(after, name))
            yield from differences(hint_, *values, f"{at}.{key}".lstrip("."))
    elif isinstance(before, dict) and isinstance(after, dict):
        inner = (get_args(_bare(hint)) or (str, str))[-1]
        for key in [*before, *(key for key in after if key not in before)]:
            yield from differences(inner, before.get(key), after.get(key), f"{at}.{key}".lstrip("."))
    else:
        yield at, written(hint, before), written(hint, after)


def _bare(hint: object) -> object:
    """The type without `| None`."""
    if get_origin(hint) in (Union, UnionType):
        return next(one for one in get_args(hint) if one is not NoneType)
    return hint
