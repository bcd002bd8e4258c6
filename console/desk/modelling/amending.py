"""Edits of a model that keep its comments: each is a draft, which is put in force at once where that is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from console.desk.live.actions import text_of
from console.desk.live.incidents import found as found_incident
from console.desk.modelling.drafts import draft_change, told_of
from console.desk.modelling.publishing import document_of, put_by_right
from console.desk.office import Asked, Office, Verbs, client_of
from console.desk.refusal import DeskRefusal, Kind
from console.operating_model.amend import Amendment
from console.operating_model.plan.when import next_id
from console.operating_model.problems import ModelErrors
from console.operating_model.written import said
from console.pages.house import Done

_NUMBERS, _DAYS = ("baseline", "target"), ("due", "done")


@dataclass(frozen=True, slots=True)
class Part:
    """A list of the model to which people add: its section, the letters before its numbers, and its fields."""

    section: str
    letters: str
    fields: Mapping[str, str]
    """What an argument is called in the model."""


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


PARTS: Mapping[str, Part] = {
    "outcome": Part("outcomes", "o", _same("text", "owner", "kpi", "service", "baseline", "target", "due")),
    "milestone": Part("milestones", "ms", _same("text", "owner", "due", "audience", "channel")),
    "stakeholder": Part("stakeholders", "", _same("person", "interest", "influence", "must_sign")),
    "need": Part("needs", "n", {"person": "from", "text": "text", "met_by": "met_by"}),
}


async def set_model(office: Office, asked: Asked) -> Done:
    """Change values of a model where they stand."""
    return await _change(office, asked, asked.text("client"), _changes(asked.arguments.get("changes")), "")


async def add_outcome(office: Office, asked: Asked) -> Done:
    """Something that the business wants."""
    return await _add(office, asked, "outcome")


async def add_milestone(office: Office, asked: Asked) -> Done:
    """A step of the plan."""
    return await _add(office, asked, "milestone")


async def add_stakeholder(office: Office, asked: Asked) -> Done:
    """Somebody whose agreement counts."""
    return await _add(office, asked, "stakeholder")


async def add_need(office: Office, asked: Asked) -> Done:
    """What somebody asks for."""
    return await _add(office, asked, "need")


async def milestone_done(office: Office, asked: Asked) -> Done:
    """A step of the plan is done, today where no day is given."""
    client = client_of(office, asked)
    done = _value("done", asked.text("done")) if asked.text("done") else asked.today(client)
    which = asked.text("milestone")
    change = Amendment(f"milestones.{which}.done", done)
    return await _change(office, asked, client.id, [change], f"milestone {which} is done")


async def improve_runbook(office: Office, asked: Asked) -> Done:
    """Another step for a runbook, with the incident that asked for it as the reason (row 19c)."""
    incident = found_incident(office, asked)
    client = office.ledger.model.clients.get(incident.opening.client)
    runbooks = client.doc.runbooks if client and client.doc else {}
    runbook, step, after = asked.text("runbook"), text_of(asked, "step"), asked.text("after")
    if client is None or runbook not in runbooks:
        raise DeskRefusal(f"there is no runbook {runbook!r}", f"known are: {', '.join(runbooks)}", Kind.NOT_FOUND)
    steps = list(runbooks[runbook].steps)
    if after and after not in steps:
        raise DeskRefusal(f"{runbook} has no step {after!r}", f"known are: {', '.join(steps)}", Kind.NOT_FOUND)
    steps.insert(steps.index(after) + 1 if after else len(steps), step)
    change = Amendment(f"runbooks.{runbook}.steps", steps)
    reason = f"incident {incident.number}: {runbook} lacked {step}"
    return await _change(office, asked, client.id, [change], reason)


async def _add(office: Office, asked: Asked, what: str) -> Done:
    client, part = client_of(office, asked), PARTS[what]
    fields = {name: _value(key, asked.text(key)) for key, name in part.fields.items() if asked.text(key)}
    if part.letters:
        taken = {one.id for one in getattr(client.doc, part.section, ())}
        fields = {"id": asked.text("id") or next_id(part.letters, taken), **fields}
    change = Amendment(part.section, fields, "append")
    named = fields.get("id", fields.get("person", ""))
    return await _change(office, asked, client.id, [change], f"{what} {named} added")


async def _change(office: Office, asked: Asked, client: str, changes: Sequence[Amendment], reason: str) -> Done:
    """Make the draft, and publish it where that is asked for."""
    asked = replace(asked, arguments={**asked.arguments, "reason": asked.text("reason").strip() or reason})
    draft = await draft_change(office, asked, client, changes, text_of(asked, "reason"))
    if asked.text("publish") != "yes":
        return told_of(draft)
    done = await put_by_right(office, asked, [document_of(office, draft)])
    return Done(f"{done.model} revision {done.revision} is in force ({done.sha256[:12]})")


def _changes(given: object) -> list[Amendment]:
    """What came as a list of {path, value, does}; values as YAML. Raises DeskRefusal."""
    if not isinstance(given, list) or not given:
        raise DeskRefusal("nothing is to be changed", "say PATH=VALUE, PATH+=VALUE or --remove PATH")
    try:
        return [Amendment(str(one["path"]), said(str(one.get("value", ""))), _does(one.get("does"))) for one in given]
    except (TypeError, KeyError, AttributeError) as error:
        raise DeskRefusal("changes must be a list of {path, value, does}", "say PATH=VALUE") from error
    except ModelErrors as error:
        raise DeskRefusal(f"a value is no YAML: {error.problems[0].text}", "quote it") from error


def _does(word: object) -> Literal["set", "append", "remove"]:
    match word:
        case "append" | "remove":
            return word
        case _:
            return "set"


def _value(name: str, text: str) -> object:
    """An argument as the model has it: a number, a day, a truth, else text. Raises DeskRefusal."""
    try:
        if name in _NUMBERS:
            return float(text) if "." in text else int(text)
        if name in _DAYS:
            return date.fromisoformat(text)
    except ValueError as error:
        wanted = "a number" if name in _NUMBERS else "a day, such as 2027-03-31"
        raise DeskRefusal(f"{name} must be {wanted}, not {text!r}", f"give {name}") from error
    return text == "yes" if name == "must_sign" else text


VERBS: Verbs = {
    "set-model": set_model,
    "add-outcome": add_outcome,
    "add-milestone": add_milestone,
    "milestone-done": milestone_done,
    "add-stakeholder": add_stakeholder,
    "add-need": add_need,
    "improve-runbook": improve_runbook,
}
