"""Opening an incident for what somebody tells: a call, a walk-in, a supplier's notice (4.2, report)."""

from __future__ import annotations

from console.pages.house import Done
from console.pages.verb import CLIENT, Argument, Role, Verb

VERBS: tuple[Verb, ...] = (
    Verb(
        "report",
        "+",
        "report",
        "open an incident for what somebody called about; its clocks start with the call",
        Role.TECHNICIAN,
        Done,
        (
            CLIENT,
            Argument("text", "what is wrong, in a line"),
            Argument("service", "which service it hurts (empty: none of the model's)", required=False),
            Argument("impact", "how badly (empty: degraded)", required=False, choices=("down", "degraded", "at risk")),
            Argument("caller", "who says so, and how (such as Tom by phone)"),
            Argument("at", "when they called (empty: now)", required=False),
            Argument("on", "on which host or external, where it is known", required=False, aside=True),
            Argument("source", "who noticed", required=False, choices=("person", "supplier"), aside=True),
        ),
        ("triage", "incidents", "services"),
    ),
)
