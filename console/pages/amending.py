"""Edits of a model at the console and on the command line: each makes a draft, or with `publish` a revision at once."""

from __future__ import annotations

from console.pages.house import Done
from console.pages.model import BY, OVERRULE, REASON
from console.pages.verb import INCIDENT, Argument, Role, Verb

_CLIENT = Argument("client", "which client's model")
_ID = Argument("id", "its id (by default the next number)", required=False, aside=True)
_WHY = Argument("reason", "why (by default what is done)", required=False, aside=True)
_PUBLISH = Argument(
    "publish", "put it in force at once, instead of proposing it", required=False, choices=("yes", "no"), aside=True
)
_BY = Argument(BY.name, BY.question, required=False, aside=True)
_DUE = Argument("due", "by when, such as 2027-03-31", required=False)


def _edit(name: str, label: str, helped: str, arguments: tuple[Argument, ...], screen: tuple[str, str]) -> Verb:
    key, page = screen
    screens = (page,) if page else ()
    return Verb(name, key, label, helped, Role.TECHNICIAN, Done, (_CLIENT, *arguments, _WHY, _PUBLISH, _BY), screens)


VERBS: tuple[Verb, ...] = (
    Verb(
        "set-model",
        "",
        "set",
        "change values of a model where they stand; comments stay",
        Role.TECHNICIAN,
        Done,
        (_CLIENT, Argument("changes", "what to change"), REASON, _PUBLISH, BY, OVERRULE),
    ),
    _edit(
        "add-outcome",
        "add outcome",
        "write down what the business wants, and the number that proves it",
        (
            Argument("text", "what the business wants"),
            Argument("owner", "who wants it"),
            Argument("kpi", "the number that proves it", required=False),
            Argument("service", "the service that it hangs on", required=False),
            Argument("baseline", "the number today", required=False),
            Argument("target", "the number that is wanted", required=False),
            _DUE,
            _ID,
        ),
        ("a", "plan/outcomes"),
    ),
    _edit(
        "add-milestone",
        "add milestone",
        "write down a step of the plan",
        (
            Argument("text", "what will be done"),
            Argument("owner", "who does it"),
            Argument("due", "by when, such as 2027-03-31"),
            Argument("audience", "for whom", required=False, aside=True),
            Argument("channel", "over which channel they hear of it", required=False, aside=True),
            _ID,
        ),
        ("a", "plan/milestones"),
    ),
    _edit(
        "milestone-done",
        "done",
        "say that a step of the plan is done",
        (
            Argument("milestone", "which milestone", picked=True),
            Argument("done", "on which day (by default today)", required=False, aside=True),
        ),
        ("x", "plan/milestones"),
    ),
    _edit(
        "add-stakeholder",
        "add stakeholder",
        "write down somebody whose agreement counts",
        (
            Argument("person", "who"),
            Argument("interest", "how much it touches them", choices=("high", "medium", "low")),
            Argument("influence", "how much they can move", choices=("high", "medium", "low")),
            Argument("must_sign", "whether they must sign each revision", required=False, choices=("yes", "no")),
        ),
        ("a", "plan/stakeholders"),
    ),
    _edit(
        "add-need",
        "add need",
        "write down what somebody asks for, and what meets it",
        (
            Argument("person", "who asks for it"),
            Argument("text", "what they need"),
            Argument("met_by", "the process, service or policy that meets it", required=False),
            _ID,
        ),
        ("A", "plan/stakeholders"),
    ),
    Verb(
        "improve-runbook",
        "I",
        "better runbook",
        "propose another step for a runbook, because of this incident",
        Role.TECHNICIAN,
        Done,
        (
            INCIDENT,
            Argument("runbook", "which runbook"),
            Argument("step", "the step that was missing, as an id"),
            Argument("after", "behind which step (by default the last)", required=False),
        ),
        ("incident",),
    ),
)
