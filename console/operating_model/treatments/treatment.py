"""What a treatment is: a change of the model, or the record to write; with how it is written in YAML."""

from __future__ import annotations

import json
from dataclasses import dataclass

_UNITS = ((86_400, "d"), (3600, "h"), (60, "m"), (1, "s"))


@dataclass(frozen=True, slots=True)
class Change:
    """One value of a client's document written otherwise."""

    path: str
    """Dotted: `services.erp.slo.availability`. List entries stand under their `id`, RACI rows under `for`."""
    value: str
    """As YAML: `99.5`, `255m`, `{"unit": "percent", …}`."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """One thing that can be done about a gap."""

    kind: str
    """`lower`, `raise`, `add`, `accept` (3.5), `change` (of the model) or `act`."""
    sentence: str
    changes: tuple[Change, ...] = ()
    record: str = ""
    """`action` or `decision`, where a record is to be written; "" where the model is to be changed."""
    text: str = ""
    """What the record says."""
    owner: str = ""
    """Who does it, or decides it: a person's id."""
    expected: str = ""
    """What can be expected then."""


def percent_word(share: float) -> str:
    """A promise as a model writes it, `99.5`: two decimals at most, rounded down."""
    return f"{int(share * 10_000 + 1e-6) / 100:.2f}".rstrip("0").rstrip(".")


def duration_word(seconds: float) -> str:
    """A duration as a model writes it, in the greatest unit that says it exactly: `255m`, `4h`."""
    whole = int(seconds)
    return next(f"{whole // size}{unit}" for size, unit in _UNITS if whole % size == 0)


def flow(entry: dict[str, object]) -> str:
    """A whole entry in one line; JSON is YAML."""
    return json.dumps(entry, ensure_ascii=False, default=str)
