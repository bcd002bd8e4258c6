"""Acknowledging: I know of it, and it may wait, because."""

from __future__ import annotations

from console.pages.house import Done
from console.pages.verb import INCIDENT, Argument, Role, Verb

VERBS: tuple[Verb, ...] = (
    Verb(
        "ack",
        "a",
        "acknowledge",
        "say that you know of it and why it may wait; that ends when its evidence is good again",
        Role.TECHNICIAN,
        Done,
        (INCIDENT, Argument("reason", "why it may wait")),
        ("incidents", "incident"),
    ),
)
