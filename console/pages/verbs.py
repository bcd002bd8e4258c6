"""Every verb and every page, each declared once: footer, palette, help, command line and API derive from here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from msgspec import Struct

from console.pages import hosts, house, incidents, model, services, triage, week


class Role(IntEnum):
    """Access roles of `provider.yaml`, each including the ones before."""

    VIEWER = 1
    TECHNICIAN = 2
    LEAD = 3
    OWNER = 4


@dataclass(frozen=True, slots=True)
class Argument:
    """What a verb must be told."""

    name: str
    question: str
    """What a prompt asks."""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Verb:
    """Something a person does at the desk. `key` is "" where no screen offers it."""

    name: str
    key: str
    label: str
    help: str
    permission: Role
    answer: type[Struct]
    arguments: tuple[Argument, ...] = ()
    screens: tuple[str, ...] = ()
    """On which screens it works."""
    asks_once: bool = False
    """Destructive or outward-facing: a person confirms it."""


@dataclass(frozen=True, slots=True)
class Page:
    """Something a person reads. `key` opens it from every screen, `go` is its word after `:`."""

    name: str
    key: str
    label: str
    help: str
    answer: type[Struct]
    arguments: tuple[Argument, ...] = ()


_CLIENT = Argument("client", "which client", required=False)
_INCIDENT = Argument("incident", "which incident")

PAGES: tuple[Page, ...] = (
    Page("triage", "1", "Triage", "what needs me now, the most pressing first", triage.Triage, (_CLIENT,)),
    Page(
        "services", "2", "Services", "what the client buys, how it stands, who answers", services.Services, (_CLIENT,)
    ),
    Page("hosts", "3", "Hosts", "who checks in, and what was found there", hosts.Hosts, (_CLIENT,)),
    Page(
        "host",
        "",
        "Host",
        "one host: findings, history, numbers",
        hosts.HostPage,
        (Argument("client", "which client"), Argument("host", "which host")),
    ),
    Page(
        "findings",
        "4",
        "Findings",
        "every check of every host, worst first",
        hosts.Findings,
        (_CLIENT, Argument("host", "which host", required=False), Argument("status", "which status", required=False)),
    ),
    Page(
        "incidents",
        "5",
        "Incidents",
        "what is open, whose it is, how long is left",
        incidents.Incidents,
        (_CLIENT, Argument("state", "open, or all", required=False)),
    ),
    Page(
        "incident",
        "",
        "Incident",
        "one incident and everything that happened to it",
        incidents.IncidentPage,
        (_INCIDENT,),
    ),
    Page("agents", "", "Agents", "every agent that has joined", hosts.Agents, (_CLIENT,)),
    Page(
        "week",
        "8",
        "Week",
        "what was promised and what was kept",
        week.Week,
        (Argument("client", "which client"), Argument("week", "which week, such as 2026-W48", required=False)),
    ),
    Page("model", "6", "Model", "the published operating model", model.Models),
    Page("house", "", "House", "the daemon: version, home, doors, and who you are", house.House),
)

VERBS: tuple[Verb, ...] = (
    Verb(
        "own",
        "o",
        "own it",
        "take this incident: from now on it is yours",
        Role.TECHNICIAN,
        house.Done,
        (_INCIDENT,),
        ("triage", "incidents", "incident"),
    ),
    Verb(
        "note",
        "n",
        "note",
        "write down what you saw, did or told the client",
        Role.TECHNICIAN,
        house.Done,
        (_INCIDENT, Argument("text", "your note")),
        ("triage", "incidents", "incident"),
    ),
    Verb(
        "resolve",
        "r",
        "resolve",
        "say what the cause was; refused while the evidence is still bad",
        Role.TECHNICIAN,
        house.Done,
        (_INCIDENT, Argument("cause", "what was the cause")),
        ("triage", "incidents", "incident"),
    ),
    Verb(
        "outage",
        "O",
        "was an outage",
        "confirm that the service was down while this incident was open",
        Role.TECHNICIAN,
        house.Done,
        (_INCIDENT, Argument("text", "who saw it, and how")),
        ("incidents", "incident"),
        asks_once=True,
    ),
    Verb(
        "invite",
        "",
        "invite",
        "print a join token for one new machine",
        Role.LEAD,
        house.Invitation,
        (
            Argument("client", "which client"),
            Argument("site", "which site"),
            Argument("host", "which host of the model it is", required=False),
        ),
    ),
    Verb(
        "revoke",
        "",
        "revoke",
        "close the door to an agent, at once",
        Role.LEAD,
        house.Done,
        (Argument("agent", "which agent"), Argument("reason", "why")),
        asks_once=True,
    ),
    Verb(
        "check-model",
        "",
        "check",
        "tell everything that is wrong with model files",
        Role.VIEWER,
        model.Checked,
        (Argument("documents", "YAML files"),),
    ),
    Verb(
        "publish",
        "",
        "publish",
        "make model files the ones in force",
        Role.LEAD,
        model.Published,
        (Argument("documents", "YAML files"), Argument("reason", "why")),
        asks_once=True,
    ),
    Verb(
        "show-model",
        "",
        "show",
        "one published model as it was written",
        Role.VIEWER,
        model.Published,
        (Argument("model", "provider, or a client"),),
    ),
)
