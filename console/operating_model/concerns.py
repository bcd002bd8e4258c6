"""Whom a finding concerns: owner, who answers, deputy, supplier, contract, runbook, outcome (row 02). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from console.operating_model.entities import Client, Service
from console.operating_model.hits import Hit
from console.operating_model.schema.client import ClientDoc


@dataclass(frozen=True, slots=True)
class Supply:
    """A contract under a service, and whom to call for it. Seconds on the contract's own calendar, if agreed."""

    supplier: str
    name: str
    desk: str
    account: str
    contract: str
    covers: tuple[str, ...]
    respond: int | None
    resolve: int | None
    calendar: str
    is_struck: bool
    """Whether what it covers lies on the way from the fault to the service."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """What is done about it, the same way every time; ids and the runbook's steps in order."""

    process: str
    name: str
    runbook: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concern:
    """One service that is hit, with everybody whom that concerns. People are ids; "" where the model names nobody."""

    hit: Hit
    owner: str
    accountable: str
    deputy: str
    does: tuple[str, ...]
    informed: tuple[str, ...]
    supplies: tuple[Supply, ...]
    outcome: str
    outcome_text: str


def concern(client: Client, hit: Hit) -> Concern:
    """Everybody whom a hit service concerns."""
    service, doc = hit.service, client.doc
    if doc is None:
        return Concern(hit, service.owner, "", "", (), (), (), "", "")
    row = next((one for one in doc.raci if one.for_ == service.id), None)
    outcome = doc.services[service.id].outcome
    return Concern(
        hit=hit,
        owner=service.owner,
        accountable=row.A if row else "",
        deputy=row.deputy if row else "",
        does=tuple(row.R) if row else (),
        informed=tuple(row.I) if row else (),
        supplies=tuple(_supplies(client, doc, hit)),
        outcome=outcome,
        outcome_text=next((one.text for one in doc.outcomes if one.id == outcome), ""),
    )


def procedure(client: Client, triggers: Iterable[str]) -> Procedure | None:
    """The process that the first of these triggers starts (most telling first); None where none does (row 18)."""
    doc = client.doc
    if doc is None:
        return None
    for trigger in triggers:
        for id_, process in doc.processes.items():
            if trigger in process.triggers:
                steps = doc.runbooks[process.runbook].steps if process.runbook in doc.runbooks else ()
                return Procedure(id_, process.name, process.runbook, tuple(steps))
    return None


def keeps_data(client: Client, host: str, services: Iterable[Service]) -> bool:
    """Whether data is promised to survive here: a backup job runs on the host, or a service above it has an `rpo`."""
    doc = client.doc
    return doc is not None and bool(protected(client, host) or any(doc.services[one.id].rpo for one in services))


def protected(client: Client, host: str) -> frozenset[str]:
    """The services that the backup jobs of a host protect."""
    policies = client.doc.policies.values() if client.doc else ()
    jobs = (job for policy in policies for job in policy.jobs.values())
    return frozenset(service for job in jobs if job.host == host for service in job.protects)


def _supplies(client: Client, doc: ClientDoc, hit: Hit) -> Iterable[Supply]:
    """Contracts that cover the service, or something that it stands on."""
    under = _under(client, doc, hit.service.id) if doc.contracts else ()
    for id_, contract in doc.contracts.items():
        covered = tuple(one for one in contract.covers if one in under)
        if covered:
            supplier = doc.suppliers.get(contract.supplier)
            yield Supply(
                supplier=contract.supplier,
                name=supplier.name if supplier else contract.supplier,
                desk=supplier.service_desk if supplier else "",
                account=supplier.account if supplier else "",
                contract=id_,
                covers=covered,
                respond=contract.respond,
                resolve=contract.resolve,
                calendar=contract.calendar,
                is_struck=any(one in hit.path for one in covered),
            )


def _under(client: Client, doc: ClientDoc, service: str) -> set[str]:
    """The service, and all that it needs or uses, down to the hosts."""
    found: set[str] = set()
    ahead = [service]
    while ahead:
        node = ahead.pop()
        if node in found:
            continue
        found.add(node)
        if node in client.services:
            ahead += [*client.services[node].needs.members, *doc.services[node].uses]
        elif node in client.hosts and client.hosts[node].runs_on:
            ahead.append(client.hosts[node].runs_on)
    return found
