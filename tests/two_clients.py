"""A house with two clients that have everything, its people with their roles, and what can be asked there."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from typing import Any

from console.pages.verb import Argument, Page
from console.store import outbox
from console.store.drafts import Draft
from console.store.enrolment import Agent, OpenToken

PROVIDER = """schema: 1
provider: {name: Hilltop IT}
people:
  ana: {name: Ana Ruiz, login: ana}
  vic: {name: Vic Orr, login: vic}
  tea: {name: Tea Lind, login: tea}
  lea: {name: Lea Moss, login: lea}
  bo: {name: Bo Falk, login: bo}
access:
  - {person: ana, role: owner, clients: ["*"]}
  - {person: vic, role: viewer, clients: [mill]}
  - {person: tea, role: technician, clients: [mill]}
  - {person: lea, role: lead, clients: [mill]}
"""
BO = "  - {{person: bo, role: lead, clients: [mill]}}\n  - {{person: bo, role: viewer, clients: [{other}]}}\n"
MODEL = """schema: 1
client: {{id: {id}, name: {Name}, tz: UTC}}
people:
  {person}: {{name: {Name} Boss, org: client}}
teams: {{{person}-team: {{lead: ana, members: [ana]}}}}
sites: {{{id}-site: {{name: {Name} yard}}}}
hosts: {{{id}-box: {{site: {id}-site}}}}
services:
  {id}-shop: {{name: {Name} shop, owner: ana, criticality: A, needs: {{all: [{id}-box]}}, sla: {id}-sla}}
slas: {{{id}-sla: {{incident: {{S1: {{own: 15m, resolve: 4h}}, S2: {{own: 15m, resolve: 4h}},
  S3: {{own: 1h, resolve: 9h}}, S4: {{own: 1h, resolve: 9h}}}}}}}}
roles: {{boss: {{holder: {person}}}}}
policies: {{{id}-patching: {{owner: boss, waive: boss, max_waiver: 30d, limits: {{critical: 7d}}, review: 2027-01-01}}}}
runbooks: {{{id}-book: {{steps: [look]}}}}
suppliers: {{{id}-maker: {{name: {Name} maker, kind: external, owner: ana}}}}
outcomes: [{{id: {id}-goal, text: {Name} sells, owner: {person}}}]
milestones: [{{id: {id}-step, text: {Name} agents, owner: ana, due: 2026-12-24}}]
"""
OURS = {"id": "mill", "Name": "Mill", "person": "mo"}
THEIRS = {"id": "quarry", "Name": "Zwirn", "person": "quentin"}
TOLD = ("quarry", "zwirn", "quentin")
"""What no answer may say to whom the quarry is no business of, in any case of letters."""
NOBODY_LEFT = [{"name": "provider.yaml", "text": "schema: 1\nprovider: {name: Hilltop IT}\npeople: {}\n", "base": 1}]
"""It breaks every client's file, and what it would break is in them."""
THEIR_INCIDENT = {
    "kind": "incident", "client": "mill", "number": 2, "service": "mill-shop", "host": "mill-box", "check": "disk",
    "detected": "2026-11-24T08:30:00Z", "source": "agent", "severity": "S2", "impact": "degraded", "title": "ours",
}  # fmt: skip
"""An incident of the mill's under a number that the quarry has."""


ACTION = {"kind": "action", "id": "a-9", "text": "x", "owner": "ana", "due": "2026-12-01"}


def model_of(words: dict[str, str], more: str = "") -> dict[str, Any]:
    return {"name": f"{words['id']}.yaml", "text": MODEL.format(**words) + more}


async def _incident(house: Any, words: dict[str, str], number: int) -> None:
    """An agent, an incident, and a record of each kind that a person writes."""
    client, now = words["id"], house.time[0]
    token = OpenToken(f"t-{client}", "k", client, f"{client}-site", f"{client}-box", now, "ana", now + 60)
    await asyncio.wrap_future(house.daemon.ledger.invite(token))
    host = f"{client}-box"
    agent = Agent(f"a-{client}", client, f"{client}-site", host, host, f"key {client}", "SHA256:x", token.token, now)
    await asyncio.wrap_future(house.daemon.ledger.enrol(agent))
    at = "2026-11-24T08:00:00Z"
    said = {"client": client, "number": number, "service": f"{client}-shop", "host": host, "check": "disk"}
    record = {
        "kind": "incident",
        "detected": at,
        "source": "agent",
        "severity": "S2",
        "impact": "degraded",
        "title": f"{client} full",
        **said,
    }
    done = await house.do("import-records", text=json.dumps(record), source="x")
    assert done.new == 1, done.problems
    await house.do(
        "waiver-ask", client=client, policy=f"{client}-patching", scope=f"host={host}", expires="7d",
        reason=f"{client} waits", compensating="a wall", by="ana",
    )  # fmt: skip
    await house.do("action-add", client=client, text=f"{client} action", owner="ana", due="7d")
    await house.do("decision-add", client=client, what=f"{client} decision", why="so", by=words["person"])
    await house.do(
        "maintenance-plan", client=client, start="2026-11-30T19:00", end="2h", why=f"{client} work",
        services=f"{client}-shop", confirm=f"{client}-shop", by="ana",
    )  # fmt: skip
    await house.do(
        "propose",
        documents=[model_of(words, "# more\nneeds: []\nholiday_sets: {x: [2026-12-25]}\n") | {"base": 1}],
        reason=f"{client} asks",
    )


async def furnish(bare: Any, provider: str) -> Any:
    """Two clients with everything, in a house of these people."""
    documents = [{"name": "provider.yaml", "text": provider}, model_of(OURS), model_of(THEIRS)]
    await bare.do("publish", documents=documents, reason="a test")
    await _incident(bare, OURS, 1)
    await _incident(bare, THEIRS, 2)
    bare.look()  # what time does to them has happened: a later look of the watch adds nothing
    return bare


def state(house: Any) -> Any:
    """Everything that a verb could have changed."""
    ledger, record = house.daemon.ledger, house.daemon.desk._office.published.record
    from console.store.papers import papers

    reading = ledger.database.reading
    kept = [(one.client, one.kind, one.name, one.body) for one in papers(reading, "mill") + papers(reading, "quarry")]
    drafts: list[Draft] = list(record.drafts.all())
    heads = [(one.model, one.number) for one in record.heads()]
    cases = [(number, len(one.events)) for number, one in ledger.cases.open.items()]
    return heads, sorted(kept), drafts, cases, {one.agent: one.ended_at for one in ledger.agents.values()}


def given(words: dict[str, str], house: Any) -> dict[str, Any]:
    """A value for every argument by its name, of one client's."""
    client, number = words["id"], {"mill": 1, "quarry": 2}[words["id"]]
    drafts = house.daemon.desk._office.published.record.drafts.all()
    letters = outbox.standing(house.daemon.ledger.database.reading, 1000)
    return {
        "client": client,
        "model": client,
        "host": f"{client}-box",
        "service": f"{client}-shop",
        "services": f"{client}-shop",
        "site": f"{client}-site",
        "person": words["person"],
        "by": words["person"],
        "owner": "ana",
        "incident": number,
        "minutes": 5,
        "draft": next(one.sha256 for one in drafts if one.model == client),
        "gap": f"G16:{words['person']}",
        "waiver": "w-1",
        "maintenance": "m-1",
        "action": "a-1",
        "milestone": f"{client}-step",
        "runbook": f"{client}-book",
        "policy": f"{client}-patching",
        "agent": f"a-{client}",
        "letter": next((one.id for one in letters if one.client == client), 1),
        "scope": f"host={client}-box",
        "expires": "2026-12-24",
        "due": "2026-12-24",
        "start": "2026-11-30T19:00",
        "end": "2h",
        "vote": "approve",
        "result": "ok",
        "interest": "low",
        "influence": "low",
        "changes": [{"path": "client.users", "value": "9"}],
        "publish": "yes",
        "documents": [model_of(words, "holiday_sets: {y: [2026-12-26]}\n") | {"base": 1}],
        "text": json.dumps({**ACTION, "client": client}),
    }  # fmt: skip


def filled(arguments: tuple[Argument, ...], values: dict[str, Any], *, only_needed: bool) -> dict[str, Any]:
    keys = {one.name for one in arguments if one.required or not only_needed or one.name in ("publish", "client")}
    return {key: values.get(key, "something") for key in keys if values.get(key, "something")}


def wishes(page: Page, ours: dict[str, Any], theirs: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One page, asked in every way: by its parts, for all, for ours, for theirs, one argument of theirs at a time."""
    for tab in page.tabs or ("",):
        part = {"tab": tab} if tab else {}
        yield part
        yield part | {"client": ours["client"]}
        for one in page.arguments:
            if one.name in ("week", "date", "width", "format", "form", "tab"):
                continue
            mine = filled(page.arguments, ours, only_needed=True)
            yield part | mine | {one.name: theirs.get(one.name, f"{theirs['client']}-box")}


def leaks(said: str, wish: dict[str, Any], words: Sequence[str] = TOLD) -> list[str]:
    """Words of theirs that are in an answer, but for what was asked with."""
    told, asked = said.lower(), str(wish).lower()
    for one in sorted((str(one).lower() for one in wish.values()), key=len, reverse=True):
        told = told.replace(one, "") if any(word in one for word in words) else told
    return [word for word in words if word in told and (word not in asked or not {"documents", "text"} & set(wish))]
