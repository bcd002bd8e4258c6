"""Presets: what a small client of a kind begins with, as texts that people go on writing (rows 49, 60a, 65). Pure.

Each preset is a file with a version; the templates beside them hold what all share: one SLA, four policies, four
processes, who does what. What the answers do not tell is left out, or shows as a gap: nothing is invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from console.operating_model.differ import tree_of

NAMES = ("manufacturing", "dental", "legal")


@dataclass(frozen=True, slots=True)
class Preset:
    """One kind of client."""

    name: str
    version: int
    title: str
    fields: Mapping[str, object]
    """Everything that its file says."""


def preset(name: str) -> Preset:
    """The preset of that name. Raises KeyError."""
    if name not in NAMES:
        raise KeyError(name)
    tree = tree_of(_text(f"{name}.yaml"))
    fields = tree if isinstance(tree, dict) else {}
    return Preset(name, int(str(fields["version"])), str(fields["title"]), fields)


def template(name: str) -> str:
    """A template as it ships: `provider`, `baseline` or `client`."""
    return _text(f"{name}.template")


def _text(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")
