"""Pages that take long are made beside the loop, of the house as it stands when they are asked for.

A week is a tenth of a second, a plan over a hundred clients several: meanwhile agents check in and others are answered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Concatenate, ParamSpec, TypeVar

from msgspec import Struct

from console.desk.office import Asked, Office

P = ParamSpec("P")
T = TypeVar("T")


def aside(page: Callable[[Office, Asked], Struct]) -> Callable[[Office, Asked], Awaitable[Struct]]:
    """The same page, made in a thread."""

    def made(office: Office, asked: Asked) -> Awaitable[Struct]:
        return in_a_thread(page, office, asked)

    return made


async def in_a_thread(make: Callable[Concatenate[Office, P], T], office: Office, *args: P.args, **named: P.kwargs) -> T:
    """Whatever only reads, in a thread. What it raises reaches the caller."""
    return await asyncio.to_thread(make, as_it_stands(office), *args, **named)


def as_it_stands(office: Office) -> Office:
    """The house with a present of its own: what the loop changes meanwhile does not move it."""
    present = office.ledger
    still = replace(
        present,
        agents=dict(present.agents),
        tokens=dict(present.tokens),
        states=dict(present.states),
        live=dict(present.live),
        cases=present.cases.as_it_stands(),
        _epochs={},
        _standards={},
    )
    return replace(office, ledger=still)
