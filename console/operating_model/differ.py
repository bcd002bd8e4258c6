"""What two texts of a model say differently: line by line, and in the words of the model. Pure.

Lists whose items have an id (or say whom they are `for`) are compared by it, so that an item that moved is no change.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from console.operating_model.document import documents
from console.operating_model.problems import ModelErrors

NAMING = ("id", "for", "what", "person")
"""The keys that tell one item of a list from another, in the order in which they are looked for."""
Tree = object


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is no file."""

    name: str
    text: str


def unified(old: tuple[str, str], new: tuple[str, str]) -> tuple[str, ...]:
    """A unified diff of two texts, each given as (name, text)."""
    lines = difflib.unified_diff(old[1].splitlines(), new[1].splitlines(), old[0], new[0], lineterm="")
    return tuple(lines)


def changes(old: str, new: str) -> tuple[str, ...]:
    """What changed, by path: `services.erp.slo.availability: 99.5 → 99.9`. Nothing where a text is no YAML."""
    try:
        before, after = tree_of(old), tree_of(new)
    except ModelErrors:
        return ()
    return tuple(line for line in _changes("", before, after) if not line.startswith("base:"))


def tree_of(text: str) -> Tree:
    """The data of a text; of a model that stands in several parts, all of them together. Raises ModelErrors."""
    parts = [part.tree for part in documents(Text("model", text))]
    whole: dict[str, object] = {}
    for key, value in (item for part in parts for item in part.items()):
        held = whole.get(key)
        if isinstance(held, dict) and isinstance(value, dict):
            whole[key] = {**held, **value}
        elif isinstance(held, list) and isinstance(value, list):
            whole[key] = [*held, *value]
        else:
            whole[key] = value
    return whole


def named(items: Sequence[object]) -> dict[str, object] | None:
    """A list as a mapping from the names of its items; None where they have none, or one twice."""
    for key in NAMING:
        if items and all(isinstance(one, Mapping) and key in one for one in items):
            found: dict[str, object] = {str(one[key]): one for one in items if isinstance(one, Mapping)}
            return found if len(found) == len(items) else None
    return None


def _changes(path: str, before: Tree, after: Tree) -> Iterator[str]:
    if before == after:
        return
    old, new = _parts(before), _parts(after)
    if old is None or new is None:
        yield f"{path}: {_words(before)} → {_words(after)}"
        return
    for key in [*old, *(key for key in new if key not in old)]:
        at = f"{path}.{key}" if path else key
        if key not in new:
            yield f"{at}: {_words(old[key])} taken out"
        elif key not in old:
            yield f"{at}: {_words(new[key])} added"
        else:
            yield from _changes(at, old[key], new[key])


def _parts(tree: Tree) -> Mapping[str, object] | None:
    if isinstance(tree, Mapping):
        return {str(key): value for key, value in tree.items()}
    return named(tree) if isinstance(tree, list) else None


def _words(value: Tree) -> str:
    """A value on one line, short."""
    if isinstance(value, Mapping):
        said = "{" + ", ".join(f"{key}: {_words(one)}" for key, one in value.items()) + "}"
    elif isinstance(value, list):
        said = "[" + ", ".join(map(_words, value)) + "]"
    else:
        said = "nothing" if value is None else str(value)
    return said if len(said) <= 100 else said[:99] + "…"
