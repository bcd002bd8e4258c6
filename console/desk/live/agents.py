"""The page about agents: who joined, how each is heard, why one is not, whose version is behind the console's."""

from __future__ import annotations

import re

from checks.reading import Instant
from checks.version import VERSION
from console.desk.live.findings import silent_since
from console.desk.live.hosts import WAITS, living
from console.desk.office import Asked, Office, Pages, clients
from console.pages.hosts import AgentRow, Agents
from console.store.enrolment import LEFT, Agent
from console.store.standing import AgentState

OUTDATED, CURRENT, NEWER = "outdated", "current", "newer"
_RANKS = {WAITS: 0, "heard": 1}
"""What is listed first; the rest follows."""
_LATE = 600
"""Seconds after joining from which an agent that has never come is said to be missing."""
_VERSION = re.compile(r"(\d{1,9}(?:\.\d{1,9}){0,5})(a|b|rc|\.dev|-)?.{0,40}")


def agents(office: Office, asked: Asked) -> Agents:
    """Every agent that ever joined: those that wait for somebody first, then those that are heard."""
    wanted = set(clients(office, asked))
    speaks = {(one.client, one.host): one.agent for client in wanted for one in living(office, client)}
    mine = (one for one in office.ledger.agents.values() if one.client in wanted)
    rows = [_row(office, one, speaks.get((one.client, one.host), ""), asked.now) for one in mine]
    return Agents(asked.now, tuple(sorted(rows, key=lambda row: (_RANKS.get(row.status, 2), row.client, row.host))))


def release(version: str, own: str = VERSION) -> str:
    """How an agent's version stands to the console's own: `outdated`, `current`, `newer`; "" where it says none."""
    theirs, ours = _ordered(version), _ordered(own)
    if theirs is None or ours is None:
        return ""
    return CURRENT if theirs == ours else OUTDATED if theirs < ours else NEWER


def _ordered(version: str) -> tuple[tuple[int, ...], bool] | None:
    """A version as something that sorts: numbers, then whether it is final; what only says how it was built is left."""
    found = _VERSION.fullmatch(version)
    if found is None:
        return None
    numbers = [int(one) for one in found[1].split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers), not found[2]


def _row(office: Office, agent: Agent, speaks: str, now: Instant) -> AgentRow:
    state = office.ledger.states[agent.agent]
    is_there = agent.ended_at is None and not agent.is_imported
    return AgentRow(
        agent=agent.agent,
        client=agent.client,
        site=agent.site,
        host=agent.host,
        hostname=agent.hostname,
        version=state.version,
        joined_at=agent.joined_at,
        last_seen=state.received_at,
        status=_status(agent, state),
        fingerprint=agent.fingerprint,
        note=_note(office, agent, state, speaks) or (_why_unheard(office, agent, state, now) if is_there else ""),
        release=release(state.version) if is_there else "",
    )


def _note(office: Office, agent: Agent, state: AgentState, speaks: str) -> str:
    """What to know of an agent: why it was ended, that another took its place, that it would not know the door."""
    if agent.ended_at is not None:
        return agent.ended_why or ""
    if speaks != agent.agent:
        return f"{speaks} joined later for this host: revoke the one that is not wanted"
    if state.note:
        return state.note
    if agent.waits:
        return f"{agent.fingerprint}: compare it with what its machine says, then watchbill agents approve"
    key = office.surroundings.keys.current
    return f"pins another host key than {key}: join it again" if state.pins_another(key) else ""


def _why_unheard(office: Office, agent: Agent, state: AgentState, now: Instant) -> str:
    """Where to look for an agent that is not heard; "" while it is, or has only just joined."""
    if state.received_at is None:
        told = "joined, and never came: on its machine, `systemctl start watchbill-agent` or `watchbill-agent checkin`"
        return told if now - agent.joined_at > _LATE else ""
    if state.silent_since is None:
        return ""
    if state.quiet is not None:
        return f"not missed: {state.quiet.about}"
    return _where_to_look(office, agent, now)


def _where_to_look(office: Office, agent: Agent, now: Instant) -> str:
    """Whether the whole site is silent, or this machine alone."""
    states = [office.ledger.states[one.agent] for one in living(office, agent.client) if one.site == agent.site]
    others = [one for one in states if one.agent != agent.agent and one.received_at is not None]
    heard = sum(silent_since(office, one, now) is None for one in others)
    if heard:
        rest = "another one is" if heard == 1 else f"{heard} others are"
        return f"at {agent.site} {rest} heard: look at this machine, with `watchbill-agent status`"
    if others:
        return f"at {agent.site} none of {len(others) + 1} is heard: look at the site's line and power first"
    return "nobody else watches from there: its line, the machine, or its agent (`watchbill-agent status`)"


def _status(agent: Agent, state: AgentState) -> str:
    if agent.ended_at is not None:
        return "left" if agent.ended_why == LEFT else "revoked"
    if agent.is_imported:
        return "imported"
    if agent.waits:
        return WAITS
    if state.received_at is None:
        return "never heard"
    return "heard" if state.silent_since is None else "silent"


PAGES: Pages = {"agents": agents}
