"""Which agents may speak, and which invitations are open: the SQL of joining, leaving and revoking."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from sqlalchemy import Connection, insert, select, update

from checks.reading import Instant
from console.store import audit, schema
from console.store.audit import NOBODY, Entry
from console.store.chain import digest

LEFT = "left"
"""Why an enrolment ended, where the agent itself said so."""


class TokenRefused(Exception):
    """Unknown, spent or expired: a stranger is never told which."""


class KeyTaken(TokenRefused):
    """Somebody else has this key, or had it: who signs with it would be two."""


class Agent(Struct, frozen=True):
    """One enrolment: this key is this host of that client."""

    agent: str
    client: str
    site: str
    host: str
    hostname: str
    public_key: str
    fingerprint: str
    token: str
    joined_at: Instant
    ended_at: Instant | None = None
    ended_why: str | None = None
    approved_at: Instant | None = None
    """Since when it may deliver; None while it waits for somebody to say so."""

    @property
    def waits(self) -> bool:
        """Whether it has joined, and nobody has said yet that it may deliver."""
        return self.approved_at is None and self.ended_at is None and not self.is_imported

    @property
    def is_imported(self) -> bool:
        """Whether its history came from records: it has no key, and never comes to the door."""
        return not self.public_key


class OpenToken(Struct, frozen=True):
    """One invitation, as the console keeps it."""

    token: str
    public_key: str
    client: str
    site: str
    host: str
    created_at: Instant
    created_by: str
    expires_at: Instant
    spent_at: Instant | None = None

    def is_open(self, now: Instant) -> bool:
        """Whether somebody may still join with it."""
        return self.spent_at is None and now < self.expires_at


def all_agents(connection: Connection) -> dict[str, Agent]:
    """Every agent that ever joined, by id."""
    rows = connection.execute(select(schema.agents)).mappings()
    return {row["agent"]: Agent(**row) for row in rows}


def all_tokens(connection: Connection) -> dict[str, OpenToken]:
    """Every invitation, by id."""
    rows = connection.execute(select(schema.tokens)).mappings()
    return {row["token"]: OpenToken(**row) for row in rows}


def add_token(connection: Connection, token: OpenToken) -> None:
    """Remember an invitation."""
    connection.execute(insert(schema.tokens).values(**_fields(token)))


def join(connection: Connection, agent: Agent) -> None:
    """Spend the agent's token and enrol it, both or neither. Raises TokenRefused for all but the first."""
    _refuse_taken(connection, agent.public_key)
    open_now = (schema.tokens.c.token == agent.token) & schema.tokens.c.spent_at.is_(None)
    in_time = schema.tokens.c.expires_at > agent.joined_at
    spent = connection.execute(update(schema.tokens).where(open_now & in_time).values(spent_at=agent.joined_at))
    if spent.rowcount != 1:
        raise TokenRefused(agent.token)
    connection.execute(insert(schema.agents).values(**_fields(agent)))
    _log(connection, agent.joined_at, "enrol", agent)


def rekey(connection: Connection, agent: str, public_key: str, fingerprint: str) -> None:
    """Change an agent's key. Raises KeyTaken."""
    _refuse_taken(connection, public_key)
    mine = (schema.agents.c.agent == agent) & schema.agents.c.ended_at.is_(None)
    connection.execute(update(schema.agents).where(mine).values(public_key=public_key, fingerprint=fingerprint))


def approve(connection: Connection, agent: str, at: Instant) -> None:
    """Let an agent deliver; the first instant stays."""
    waiting = (schema.agents.c.agent == agent) & schema.agents.c.approved_at.is_(None)
    connection.execute(update(schema.agents).where(waiting).values(approved_at=at))


def _refuse_taken(connection: Connection, public_key: str) -> None:
    """Behind OpenSSH the key alone tells who somebody is."""
    for table in (schema.agents, schema.tokens):
        if connection.execute(select(table.c.public_key).where(table.c.public_key == public_key)).first():
            raise KeyTaken(public_key)


def end(connection: Connection, agent: str, at: Instant, why: str) -> None:
    """Close the door to an agent; the first reason stays."""
    still_open = (schema.agents.c.agent == agent) & schema.agents.c.ended_at.is_(None)
    ended = connection.execute(update(schema.agents).where(still_open).values(ended_at=at, ended_why=why))
    if ended.rowcount and why == LEFT:
        _log(connection, at, "leave", all_agents(connection)[agent])


def _log(connection: Connection, at: Instant, action: str, agent: Agent) -> None:
    """What an agent did itself; what a person does to it is logged at the desk."""
    about = f"agent={agent.agent} host={agent.host} token={agent.token}"
    done = Entry(at=at, uid=NOBODY, login=agent.agent, action=action, client=agent.client, about=about,
                 after=digest(list(_fields(agent).values())))  # fmt: skip
    audit.add(connection, done)


def _fields(row: Struct) -> dict[str, object]:
    return {name: getattr(row, name) for name in row.__struct_fields__}


def free_host(agents: Iterable[Agent], client: str, wanted: str) -> str:
    """`wanted`, or `wanted-2`…: a host id that no living agent of this client has."""
    mine = [one for one in agents if one.client == client and one.ended_at is None]
    taken = {one.host for one in mine if not one.is_imported}
    names = (wanted if number == 1 else f"{wanted[:36]}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def speaking(agents: Iterable[Agent]) -> dict[str, set[str]]:
    """By client, the hosts that have an agent which may speak."""
    found: dict[str, set[str]] = {}
    for one in agents:
        if one.ended_at is None and not one.is_imported:
            found.setdefault(one.client, set()).add(one.host)
    return found
