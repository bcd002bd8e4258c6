"""A number of a week, exact and as it is shown, with everything that it was made from."""

from __future__ import annotations

from msgspec import Struct

Exact = tuple[int, int]
"""Numerator and denominator of an exact rational number."""


class Input(Struct, frozen=True, omit_defaults=True):
    """One thing that a number was made from."""

    name: str
    """By the letter or word of the formula, such as `E, eligible seconds`."""
    value: str
    source: str = ""
    """From which records it comes."""
    evidence: tuple[str, ...] = ()
    """The records themselves, a line each, in the client's local time."""


class Figure(Struct, frozen=True, omit_defaults=True):
    """One number. `kpi`, `name`, `about` and `span` together tell it from every other of its week."""

    kpi: str
    """`K1` to `K25` of operating-model.md, 3.3."""
    name: str
    """What a reader calls it, such as `availability`, or `availability, contract terms`."""
    shows: str
    """As it is printed, rounded so that it never flatters; `no data` and `nothing due` are answers too."""
    about: str = ""
    """The id of the service, job, person, severity … that it is about; "" for the whole client."""
    span: str = "week"
    """`week`, `28d`, or `end` for how it stands at the end of the week."""
    unit: str = ""
    """`%`, `s`, `days`, `user-hours`, or "" for a count."""
    value: Exact | None = None
    """Exact, in its unit (a share for `%`); None where there is no data or nothing was due."""
    low: Exact | None = None
    """If everything unknown had been bad."""
    high: Exact | None = None
    """If everything unknown had been good."""
    target: str = ""
    verdict: str = ""
    """`met`, `missed`, `unproven`, or "" where nothing was promised or due."""
    light: str = ""
    """`ok`, `watch`, `missed`, or "" where it is grey."""
    note: str = ""
    inputs: tuple[Input, ...] = ()

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells it from every other of its week."""
        return self.kpi, self.name, self.about, self.span
