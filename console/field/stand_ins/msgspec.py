"""Stands in for msgspec on a machine that is looked at: as much of it as a look needs, in Python's standard library.

Structs are frozen dataclasses. JSON is what this module itself has encoded within the same look, and is taken as such:
it carries no default values less, and checks no types.
"""

from __future__ import annotations

import dataclasses
import inspect
import json as standard
import typing
from typing import Any, dataclass_transform

DecodeError = ValueError


@dataclass_transform(frozen_default=True)
class Struct:
    """A class with fields."""

    def __init_subclass__(cls, *, frozen: bool = False, **_: object) -> None:
        for name in inspect.get_annotations(cls):
            if isinstance(value := vars(cls).get(name), dict | list):
                setattr(cls, name, dataclasses.field(default_factory=value.copy))
        dataclasses.dataclass(frozen=frozen)(cls)


class structs:  # noqa: N801 - as msgspec names it
    """What is done with structs."""

    @staticmethod
    def replace(struct: Any, **changes: Any) -> Any:  # noqa: ANN401 - any struct
        """The same with other values."""
        return dataclasses.replace(struct, **changes)


class json:  # noqa: N801 - as msgspec names it
    """Structs as text, and back."""

    @staticmethod
    def encode(value: Any) -> bytes:  # noqa: ANN401 - any struct
        """As UTF-8."""
        return standard.dumps(_plain(value)).encode()

    @staticmethod
    def decode(text: str | bytes, type: Any) -> Any:  # noqa: ANN401, A002 - as msgspec names it
        """A value of this type. Raises DecodeError for what is no JSON."""
        return _as(type, standard.loads(text))


def _plain(value: Any) -> Any:  # noqa: ANN401
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _as(kind: Any, value: Any) -> Any:  # noqa: ANN401
    """A plain value as what it was."""
    if dataclasses.is_dataclass(kind):
        kinds = typing.get_type_hints(kind)
        return kind(**{name: _as(kinds[name], one) for name, one in value.items()})  # type: ignore[operator]
    made = typing.get_origin(kind)
    if made in (list, tuple):
        return made(_as(typing.get_args(kind)[0], one) for one in value)
    return value
