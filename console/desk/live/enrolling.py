"""Agents let in and out: invitations, approvals, revocations."""

from __future__ import annotations

from checks.token import seed, written
from console.desk.live.actions import text_of
from console.desk.office import Asked, Office, Verbs, kept, require
from console.desk.refusal import DeskRefusal, Kind
from console.intake.joining import TOKEN_LIVES, new_token, public_line
from console.pages.house import Done, Invitation
from console.pages.verb import Role
from console.store.enrolment import Agent, OpenToken


async def invite(office: Office, asked: Asked) -> Invitation:
    """A join token for one machine, one hour, one client."""
    client, site, host = asked.text("client"), asked.text("site"), asked.text("host")
    require(office, asked, Role.LEAD, client)
    model = office.ledger.model.clients.get(client)
    if model is None or site not in model.sites:
        house = office.ledger.model
        seen = (one for one in house.clients.values() if asked.who.role_at(house, one.id))
        known = ", ".join(f"{one.id}/{place}" for one in seen for place in one.sites)
        raise DeskRefusal(f"there is no site {client}/{site}", f"known are: {known or 'none'}", Kind.NOT_FOUND)
    if host and host not in model.hosts:
        raise DeskRefusal(f"{client} has no host {host}", f"known are: {', '.join(model.hosts)}", Kind.NOT_FOUND)
    around = office.surroundings
    token = new_token(around.door, around.keys.current, around.account)
    expires_at = asked.now + TOKEN_LIVES
    invitation = OpenToken(
        token=token.token_id,
        public_key=public_line(seed(token)),
        client=client,
        site=site,
        host=host,
        created_at=asked.now,
        created_by=asked.who.login,
        expires_at=expires_at,
    )
    await kept(office.ledger.invite(invitation))
    return Invitation(written(token), client, site, expires_at, "watchbill-agent join")


async def approve(office: Office, asked: Asked) -> Done:
    """Let an agent deliver that has joined and waits; whoever does so has compared its fingerprint."""
    agent = _agent(office, asked)
    name = f"{agent.agent} ({agent.client}/{agent.host})"
    if agent.ended_at is not None:
        raise DeskRefusal(f"{name} was ended: {agent.ended_why}", "let it join again: `watchbill agents invite`")
    if not agent.waits:
        return Done(f"{name} may deliver already")
    await kept(office.ledger.approve(agent.agent, asked.now))
    return Done(f"{name} may deliver; it asks again within a minute or so")


async def revoke(office: Office, asked: Asked) -> Done:
    """Close the door to an agent, at once."""
    agent = _agent(office, asked)
    if agent.ended_at is not None:
        return Done(f"{agent.agent} was ended already")
    await kept(office.ledger.end_agent(agent.agent, asked.now, text_of(asked, "reason")))
    office.surroundings.put_out(agent.agent)
    return Done(f"{agent.agent} ({agent.client}/{agent.host}) may not speak any more")


def _agent(office: Office, asked: Asked) -> Agent:
    """The agent that is named, for whoever may let agents of its client in and out."""
    agent = office.ledger.agents.get(asked.text("agent"))
    if agent is None or asked.who.role_at(office.ledger.model, agent.client) is None:
        raise DeskRefusal(f"there is no agent {asked.text('agent')!r}", "see `watchbill agents list`", Kind.NOT_FOUND)
    require(office, asked, Role.LEAD, agent.client)
    return agent


VERBS: Verbs = {"invite": invite, "approve": approve, "revoke": revoke}
