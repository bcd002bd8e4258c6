"""Edits of a model's text that leave everything else as it is, byte by byte: comments, quotes, order, lines. Pure.

A text is not read and written again. The place of what changes is found, that piece alone is exchanged, and the result
is read once more: it must say exactly what was meant, or nothing is changed.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from console.operating_model.differ import NAMING, Tree, tree_of
from console.operating_model.nodes import Node, Spot, end_of, find, roots
from console.operating_model.problems import ModelErrors
from console.operating_model.written import block, flow, like, read

WIDEST = 120


class CannotAmend(Exception):
    """A change has no place in the text: says which and why."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """One change: `services.erp.slo.availability` set to a value; items of lists are named by their id or place."""

    path: str
    value: object = None
    does: Literal["set", "append", "remove"] = "set"

    @property
    def steps(self) -> tuple[str, ...]:
        """The path, step by step."""
        return tuple(self.path.split("."))


def amended(text: str, changes: Sequence[Amendment]) -> str:
    """The text with these changes in it, one after the other. Raises CannotAmend; then nothing is changed."""
    for one in changes:
        try:
            expected = _applied(tree_of(text), replace(one, value=read(flow(one.value))))
            text = _DOES[one.does](text, one)
            found = tree_of(text)
        except ModelErrors as error:
            raise CannotAmend(f"{one.path}: the text cannot be read: {error.problems[0].text}") from error
        if found != expected:
            raise CannotAmend(f"{one.path} cannot be changed in place here; change it in the file")
    return text


def _set(text: str, change: Amendment) -> str:
    spot = _spot(text, change)
    if spot.rest:
        value = change.value
        for step in reversed(spot.rest[1:]):
            value = {step: value}
        return _add(text, spot, (spot.rest[0], value))
    return _exchange(text, spot.node, change.value)


def _append(text: str, change: Amendment) -> str:
    spot = _spot(text, change)
    if spot.rest:
        return _set(text, Amendment(change.path, [change.value]))
    if not spot.node.is_list:
        return _exchange(text, spot.node, [change.value])
    return _insert(text, spot.node, f"- {flow(change.value)}", flow(change.value))


def _remove(text: str, change: Amendment) -> str:
    spot = _spot(text, change)
    if spot.rest or spot.parent is None:
        raise CannotAmend(f"there is no {change.path}")
    starts = [start for start, _ in spot.parent.items]
    place, end = starts.index(spot.start), end_of(spot.node)
    line = text.rfind("\n", 0, spot.start) + 1
    before = text[line : spot.start].strip(" ")
    if len(starts) == 1 and not spot.parent.is_flow:
        head = text[: spot.parent.start].rstrip()
        return f"{head} {'[]' if spot.parent.is_list else '{}'}{text[end:]}"
    if not spot.parent.is_flow and before == ("-" if spot.parent.is_list else ""):
        return text[:line] + text[_line_end(text, end) + 1 :]
    if place + 1 < len(starts):
        return text[: spot.start] + text[starts[place + 1] :]
    return text[: end_of(spot.parent.items[place - 1][1]) if place else spot.start] + text[end:]


_DOES: dict[str, Callable[[str, Amendment], str]] = {"set": _set, "append": _append, "remove": _remove}


def _spot(text: str, change: Amendment) -> Spot:
    """Where a path leads, as far as the text goes. Raises CannotAmend."""
    found = max((find(root, change.steps) for root in roots(text)), key=lambda spot: -len(spot.rest), default=None)
    if found is None:
        raise CannotAmend("the text is empty")
    if found.rest and not found.node.is_map and not found.node.is_nothing:
        raise CannotAmend(f"{change.path}: there is no {found.rest[0]}")
    return found


def _exchange(text: str, node: Node, value: object) -> str:
    """Another value where a node stands."""
    start, end = node.start, end_of(node)
    gap = " " if start and text[start - 1] == ":" else ""
    return text[:start] + gap + like(node.quote, value) + text[end:]


def _add(text: str, spot: Spot, item: tuple[str, object]) -> str:
    """Another key in a mapping."""
    key, value = item
    if spot.node.is_nothing:
        return _exchange(text, spot.node, {key: value})
    written = f"{flow(key)}: {flow(value)}"
    is_section = spot.parent is None and not spot.node.is_flow
    return _insert(text, spot.node, block(key, value) if is_section else written, written)


def _insert(text: str, node: Node, line: str, within: str) -> str:
    """Another item behind the last: `line` on a line of its own in block style, `within` the brackets else."""
    if not node.items:
        return text[: node.start + 1] + within + text[node.start + 1 :]
    first, end = node.items[0][0], end_of(node.items[-1][1])
    if node.is_flow:
        column = first - text.rfind("\n", 0, first) - 1
        width = _line_end(text, end) - text.rfind("\n", 0, end) - 1
        is_last = not text[end : _line_end(text, end)].partition("#")[0].strip(" }]")
        gap = "\n" + " " * column if is_last and width <= WIDEST < width + len(within) + 2 else " "
        return f"{text[:end]},{gap}{within}{text[end:]}"
    at = _line_end(text, end)
    return f"{text[:at]}\n{' ' * node.column}{line}{text[at:] or chr(10)}"


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _applied(tree: Tree, change: Amendment) -> Tree:
    """The data as they should be after a change."""
    tree = copy.deepcopy(tree)
    holder: object = tree
    for step in change.steps[:-1]:
        if isinstance(holder, dict) and holder.get(step) is None:
            holder[step] = {}
        holder = _held(holder, step)
    last = change.steps[-1]
    if change.does == "remove":
        _drop(holder, last)
    elif change.does == "append":
        held = _held(holder, last)
        _put(holder, last, [*(held if isinstance(held, list) else []), change.value])
    else:
        _put(holder, last, change.value)
    return tree


def _held(holder: object, step: str) -> object:
    if isinstance(holder, dict):
        return holder.get(step)
    return holder[_place(holder, step)] if isinstance(holder, list) else None


def _put(holder: object, step: str, value: object) -> None:
    if isinstance(holder, dict):
        holder[step] = value
    elif isinstance(holder, list):
        holder[_place(holder, step)] = value
    else:
        raise CannotAmend(f"there is nothing to hold {step}")


def _drop(holder: object, step: str) -> None:
    if isinstance(holder, dict) and step in holder:
        del holder[step]
    elif isinstance(holder, list):
        del holder[_place(holder, step)]
    else:
        raise CannotAmend(f"there is no {step}")


def _place(holder: list[object], step: str) -> int:
    """The place of the item of a list that has this id."""
    for place, one in enumerate(holder):
        if isinstance(one, dict) and any(str(one.get(key)) == step for key in NAMING):
            return place
    if step.isdigit() and int(step) < len(holder):
        return int(step)
    raise CannotAmend(f"there is no item {step}")
