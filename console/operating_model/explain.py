"""The schema told field by field: what it takes, what it means, its default, an example, and the keys below it."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from console.operating_model.kinds import Kind, hints, kind_of, written
from console.operating_model.problems import nearest
from console.operating_model.schema.client import ClientDoc, ProviderDoc

FILES: dict[str, type[BaseModel]] = {"client": ClientDoc, "provider": ProviderDoc}


class NoSuchField(Exception):
    """There is no such field: says which one was probably meant."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the schema."""

    path: str
    """Dotted, without the ids that stand between: `services.slo.availability`."""
    file: str
    """`client` or `provider`."""
    kind: str
    meaning: str
    default: str
    """As it is written; "" where there is none."""
    choices: tuple[str, ...]
    example: str
    """YAML that shows where it stands."""
    is_required: bool
    below: tuple[Field, ...] = ()
    """The fields inside it, without their own."""


@dataclass(frozen=True, slots=True)
class _Step:
    key: str
    info: FieldInfo
    hint: object

    @property
    def kind(self) -> Kind:
        return kind_of(self.hint)


def schema(file: str) -> str:
    """The JSON Schema of a client's file, or of `provider.yaml`."""
    return json.dumps(FILES[file].model_json_schema(), indent=2, ensure_ascii=False)


def explained(path: str) -> Field:
    """A field by its dotted path; ids may stand in it or be left out. "" for the files. Raises NoSuchField."""
    words = [word for word in path.strip().strip(".").split(".") if word]
    if not words:
        first = ("schema", "client")
        keys = [*first, *(key for key in hints(ClientDoc) if key not in first)]
        below = [_told("client", (_step(ClientDoc, key),)) for key in keys]
        below += [
            _told("provider", (_step(ProviderDoc, key),)) for key in hints(ProviderDoc) if key not in hints(ClientDoc)
        ]
        return Field("", "", "keys below", ClientDoc.__doc__ or "", "", (), "", is_required=True, below=tuple(below))
    file = "provider" if words[0] not in hints(ClientDoc) and words[0] in hints(ProviderDoc) else "client"
    return _told(file, _walked(FILES[file], words), deep=True)


def _walked(form: type[BaseModel], words: list[str]) -> tuple[_Step, ...]:
    steps: list[_Step] = []
    inside: type[BaseModel] | None = form
    may_be_id = False
    for word in words:
        known = hints(inside) if inside else {}
        if inside is not None and word in known:
            steps.append(_step(inside, word))
            inside, may_be_id = steps[-1].kind.inside, steps[-1].kind.is_map
        elif may_be_id and not difflib.get_close_matches(word, known, n=1, cutoff=0.8):
            may_be_id = False
        else:
            before = ".".join(step.key for step in steps)
            where = f" in {before}" if before else ""
            said = nearest(word, known) or f"; known are: {', '.join(known)}" if known else "; nothing stands below it"
            raise NoSuchField(f"there is no field {word!r}{where}{said}")
    return tuple(steps)


def _step(form: type[BaseModel], key: str) -> _Step:
    info = next(info for name, info in form.model_fields.items() if key in (info.alias, name))
    return _Step(key, info, hints(form)[key])


def _told(file: str, steps: tuple[_Step, ...], *, deep: bool = False) -> Field:
    last = steps[-1]
    kind, inside = last.kind, last.kind.inside
    below = tuple(_told(file, (*steps, _step(inside, key))) for key in hints(inside)) if deep and inside else ()
    return Field(
        path=".".join(step.key for step in steps),
        file=file,
        kind=kind.word,
        meaning=last.info.description or (inside.__doc__ if inside and inside.__doc__ else ""),
        default=_default(last),
        choices=kind.choices,
        example=_example(steps) if deep else "",
        is_required=last.info.is_required(),
        below=below,
    )


def _default(step: _Step) -> str:
    extra = step.info.json_schema_extra
    if isinstance(extra, dict) and "default" in extra:
        return str(extra["default"])
    value = step.info.default
    return "" if step.info.is_required() or not value or isinstance(value, BaseModel) else written(step.hint, value)


def _example(steps: tuple[_Step, ...]) -> str:
    """Where the field stands, with a value that it takes, as YAML."""
    lines: list[str] = []
    for step in steps[:-1]:
        lines.append(f"{'  ' * len(lines)}{step.key}:")
        if step.kind.is_map:
            (id_,) = step.kind.sample if isinstance(step.kind.sample, dict) else ("my-id",)
            lines.append(f"{'  ' * len(lines)}{id_}:")
        elif step.kind.word.startswith("list"):
            lines[-1] += "  # a list: each with -"
    return "\n".join([*lines, f"{'  ' * len(lines)}{steps[-1].key}: {_flow(_sample(steps[-1]))}"])


def _sample(step: _Step) -> object:
    if step.info.examples:
        return step.info.examples[0]
    return _filled(step.kind)


def _filled(kind: Kind) -> object:
    """A value that the kind takes: of a form, its required keys."""
    if kind.inside is None:
        return kind.sample
    steps = [_step(kind.inside, key) for key in hints(kind.inside)]
    form = {step.key: _sample(step) for step in steps if step.info.is_required()}
    if kind.is_map and isinstance(kind.sample, dict):
        return dict.fromkeys(kind.sample, form)
    return [form] if kind.word.startswith("list") else form


def _flow(value: object) -> str:
    """YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(one) for one in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if isinstance(value, str) and ":" in text else text
