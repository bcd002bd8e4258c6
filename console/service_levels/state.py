"""How a service stands at this instant, from how its hosts do (operating-model.md, 3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checks.finding import Impact, Status
from console.operating_model.entities import Client, External

_ORDER = ("up", "degraded", "unknown", "down")


@dataclass(frozen=True, slots=True)
class HostNow:
    """How one host stands now."""

    is_known: bool
    is_down: bool = False
    """A confirmed outage is open."""
    impact: Impact | None = None
    """The worst that its breaches do."""
    why: str = ""


@dataclass(frozen=True, slots=True)
class StateNow:
    """`up`, `degraded`, `unknown` or `down`; at risk is up, on watch."""

    state: str
    status: Status
    why: str = ""


def service_state(client: Client, service: str, hosts: Mapping[str, HostNow]) -> StateNow:
    """The state of one service. `hosts` may also name services and externals, where an outage is told of them."""
    return _Standing(client, hosts, {}).service(service)


def service_states(client: Client, hosts: Mapping[str, HostNow]) -> dict[str, StateNow]:
    """The state of every service of a client."""
    standing = _Standing(client, hosts, {})
    return {service: standing.service(service) for service in client.services}


@dataclass(frozen=True, slots=True)
class _Standing:
    """One evaluation: what many services lean on is judged once (a diamond of services has ways without number)."""

    client: Client
    hosts: Mapping[str, HostNow]
    states: dict[str, StateNow]

    def service(self, service: str) -> StateNow:
        if service not in self.states:
            self.states[service] = _service(self, service)
        return self.states[service]


def _service(standing: _Standing, service: str) -> StateNow:
    said = standing.hosts.get(service)
    if said is not None and said.is_down:
        return StateNow("down", Status.BREACH, said.why)
    state = _by_needs(standing, service)
    if said is not None and not said.is_known and state.state != "down":
        return StateNow("unknown", Status.UNKNOWN, said.why)
    return state


def _by_needs(standing: _Standing, service: str) -> StateNow:
    needs = standing.client.services[service].needs
    members = [_member(standing, one) for one in needs.members]
    state = _state([member.state for member in members], needs.enough)
    why = next((member.why for member in sorted(members, key=_badness, reverse=True) if member.why), "")
    return StateNow(state, _status(state, members, needs.enough), why)


def _member(standing: _Standing, member: str) -> StateNow:
    client, hosts = standing.client, standing.hosts
    if member in client.hosts:
        return _host(client, member, hosts)
    if member in client.externals:
        return _external(client.externals[member], hosts)
    return standing.service(member)


def _external(external: External, hosts: Mapping[str, HostNow]) -> StateNow:
    """Known while the host that looks at it has evidence (3.6); nothing contradicts it until somebody says so."""
    now = hosts.get(external.id)
    if now is not None and now.is_down:
        return StateNow("down", Status.BREACH, now.why or f"{external.id} is down")
    if now is not None and not now.is_known:
        return StateNow("unknown", Status.UNKNOWN, now.why)
    witness = hosts.get(external.probing_host)
    if witness is None or not witness.is_known:
        by = (
            f"{external.probing_host}, which looks at it, is silent" if external.probing_host else "nothing looks at it"
        )
        return StateNow("unknown", Status.UNKNOWN, f"nothing is known of {external.id}: {by}")
    return StateNow("up", Status.OK)


def _host(client: Client, host: str, hosts: Mapping[str, HostNow]) -> StateNow:
    now = hosts.get(host, HostNow(is_known=False, why=f"{host} has never checked in"))
    below = client.hosts[host].runs_on
    if now.is_down or (below and _host(client, below, hosts).state == "down"):
        return StateNow("down", Status.BREACH, now.why or f"{host} is down")
    if not now.is_known:
        return StateNow("unknown", Status.UNKNOWN, now.why or f"nothing is known of {host}")
    if now.impact in (Impact.DEGRADED, Impact.DOWN):
        return StateNow("degraded", Status.BREACH, now.why)
    return StateNow("up", Status.WATCH if now.impact else Status.OK, now.why)


def _state(states: list[str], enough: int) -> str:
    available = sum(state in ("up", "degraded") for state in states)
    unknown = states.count("unknown")
    if available >= enough:
        return "up" if states.count("up") >= enough else "degraded"
    return "down" if available + unknown < enough else "unknown"


def _status(state: str, members: list[StateNow], enough: int) -> Status:
    if state == "down":
        return Status.BREACH
    if state == "unknown":
        return Status.UNKNOWN
    if state == "degraded":
        return Status.BREACH
    is_thin = len(members) > enough and any(member.state in ("down", "unknown") for member in members)
    is_watched = any(member.status is not Status.OK for member in members)
    return Status.WATCH if is_thin or is_watched else Status.OK


def _badness(member: StateNow) -> tuple[int, int]:
    return _ORDER.index(member.state), member.status.rank
