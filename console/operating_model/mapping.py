"""Whose is it? From a host to the services that need it, their owner, and the standard that it is held to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checks.check import Check
from checks.standard import Standard
from console.operating_model.entities import Access, Client, Limits, Model, Person, Service

_ROLES = ("viewer", "technician", "lead", "owner")


def serving(model: Model, client: str, host: str) -> tuple[Service, ...]:
    """The services that a host carries: by needing it, what runs on it, or a service that does."""
    mine = model.clients.get(client)
    if mine is None:
        return ()
    return tuple(mine.services[id_] for id_ in mine.in_order(carried(mine, host)))


def carried(client: Client, host: str) -> set[str]:
    """The host, its guests, and all services that reach one of them."""
    reached = {host}
    ahead = [host]
    while ahead:
        for one in client.leaning.get(ahead.pop(), ()):
            if one not in reached:
                reached.add(one)
                ahead.append(one)
    return reached


def standard_for(model: Model, client: str, host: str, check: Check, subject: str) -> Standard:
    """The standard in force: the host's own, else the client's, else the check's default."""
    mine = model.clients.get(client)
    limits = (
        []
        if mine is None
        else [one for one in mine.standards if one.check == check.name and _covers(one, host, subject)]
    )
    if not limits:
        return check.standard
    best = max(limits, key=lambda one: (bool(one.host), bool(one.subject)))
    revision = model.revisions.get(client)
    source = f"model of {client}" + (f", revision {revision}" if revision else "")
    return check.standard.with_limits(best.warn, best.crit, source).confirmed_by(best.stands_for, best.in_a_row)


def _covers(limits: Limits, host: str, subject: str) -> bool:
    return limits.host in ("", host) and limits.subject in ("", subject)


def answers(model: Model, client: str, service: Service) -> Person | None:
    """The person on whose desk findings of a service land."""
    return model.person(client, service.owner)


def role_of(model: Model, login: str, client: str) -> str | None:
    """The highest access role of a login for a client ("" for the house as a whole: every client's)."""
    return _most(one for one in _access(model, login) if "*" in one.clients or client in one.clients)


def highest_role(model: Model, login: str) -> str | None:
    """The highest access role of a login for any client that there is, or for the house."""
    return _most(
        one for one in _access(model, login) if "*" in one.clients or not model.clients.keys().isdisjoint(one.clients)
    )


def granted(model: Model) -> list[tuple[str, str, str]]:
    """Who may what: (login, role, client or `*`), in order. People without a login may nothing."""
    logins = {person.id: person.login for person in model.provider.people.values() if person.login}
    return sorted(
        (logins[one.person], one.role, client)
        for one in model.provider.access
        if one.person in logins
        for client in one.clients
    )


def _access(model: Model, login: str) -> Iterator[Access]:
    people = {person.id for person in model.provider.people.values() if login and person.login == login}
    return (one for one in model.provider.access if one.person in people)


def _most(found: Iterable[Access]) -> str | None:
    return max((one.role for one in found), key=_ROLES.index, default=None)
