"""What a person does to an incident besides taking, noting and ending it: the rest of the table of 4.2."""

from __future__ import annotations

from console.pages.house import Done
from console.pages.incidents import CARRIED, REF
from console.pages.verb import INCIDENT, Argument, Role, Verb

_HERE = ("incident",)
_LIST = ("incidents", *_HERE)
_BY = Argument("by", "who decides it, if not you", required=False, aside=True)


def _verb(name: str, key: str, told: tuple[str, str], *arguments: Argument, screens: tuple[str, ...] = _HERE) -> Verb:
    return Verb(name, key, told[0], told[1], Role.TECHNICIAN, Done, (INCIDENT, *arguments), screens)


VERBS: tuple[Verb, ...] = (
    _verb(
        "pause",
        "p",
        ("pause", "say what the work waits for; the client and an agreed window stop the clock, a supplier does not"),
        Argument("reason", "for what", choices=("client", "agreed-window", "supplier", "parts", "observe")),
        Argument("text", "what was asked of whom, the ticket, the part or the check"),
        Argument("until", "until when (client: reply by; window: its start)", required=False),
        REF,
        screens=_LIST,
    ),
    _verb(
        "resume",
        "g",
        ("go on", "work goes on, and the clock with it"),
        Argument("text", "why", required=False),
        screens=_LIST,
    ),
    _verb(
        "severity",
        "S",
        ("severity", "raise or lower the severity; lowering needs whoever answers for the service"),
        Argument("severity", "which", choices=("S1", "S2", "S3", "S4")),
        Argument("reason", "why"),
        _BY,
    ),
    _verb("reassign", "A", ("assign", "give it to somebody else, at once"), Argument("to", "to whom")),
    _verb(
        "offer",
        "h",
        ("hand over", "offer it to the next shift; it stays yours until they accept"),
        Argument("to", "to whom"),
        Argument("text", "how it stands, what comes next, what was promised"),
        screens=(*_LIST, "handover"),
    ),
    _verb("accept", "H", ("accept", "take over what was offered to you"), screens=("triage", *_LIST, "handover")),
    _verb(
        "escalate",
        "e",
        ("escalate", "call the next person up the chain; it stays whose it is"),
        Argument("text", "what you need from them"),
        Argument("to", "whom, if not the next of the chain", required=False, aside=True),
    ),
    _verb("release", "f", ("let go", "back to the queue: nobody owns it any more"), Argument("reason", "why")),
    _verb(
        "step",
        "b",
        ("runbook", "tick a step of the runbook, or skip it with a reason"),
        Argument("step", "which step"),
        Argument("skip", "why it is skipped (empty: it is done)", required=False),
    ),
    _verb("void", "v", ("no incident", "it was none: false, a duplicate, a test"), Argument("reason", "why")),
    _verb(
        "merge", "m", ("merge", "it is a part of another incident, and ends with it"), Argument("parent", "of which")
    ),
    _verb("reopen", "R", ("reopen", "it is back: its clocks go on"), Argument("text", "what is back")),
    _verb("confirm-closed", "C", ("close", "the client agrees that it is over")),
    _verb("undo", "u", ("undo", "take back what you did in the last five minutes")),
    _verb(
        "log-time",
        "l",
        ("log time", "minutes that you worked on it"),
        Argument("minutes", "how many minutes"),
        Argument("travel", "how many of them on the way", required=False),
        Argument("text", "what you did", required=False),
        *CARRIED,
    ),
)
