"""The provider's document: people and turns that exist, and a baseline that any client can inherit."""

from __future__ import annotations

from collections.abc import Mapping

from checks.check import Check
from checks.reading import CheckName
from console.operating_model.document import Path
from console.operating_model.references import organization, services, standards
from console.operating_model.references.known import Told, unknown
from console.operating_model.schema.client import BaselineDoc, ClientDoc, ProviderDoc


def told(doc: ProviderDoc, checks: Mapping[CheckName, Check]) -> Told:
    """What is wrong, whichever client inherits it."""
    for place, access in enumerate(doc.access):
        if access.person not in doc.people:
            yield ("access", place, "person"), unknown("person", access.person, doc.people)
    yield from organization.teams(doc.teams, doc.people)
    yield from organization.on_call(doc.on_call, doc.people, {"always", *doc.baseline.calendars})
    yield from services.calendars(doc.baseline, ("baseline",))
    yield from standards.limits(doc.baseline, checks, ("baseline",))
    yield from _of_one_client(doc.baseline)


def used(doc: ClientDoc) -> frozenset[Path]:
    """What a client names: (section, id). What it inherits besides that concerns nobody there yet."""
    offerings = {service.offering for service in doc.services.values()}
    slas = {service.sla for service in doc.services.values()}
    slas |= {doc.offerings[one].sla for one in offerings if one in doc.offerings}
    named = {row.for_ for row in doc.raci} | {need.met_by for need in doc.needs}
    found = {"offerings": offerings, "slas": slas, "processes": named, "policies": named}
    return frozenset((section, id_) for section, ids in found.items() for id_ in ids)


def _of_one_client(doc: BaselineDoc) -> Told:
    """Hosts and services are one client's own: what names them cannot be inherited."""
    for id_, policy in doc.policies.items():
        if policy.jobs:
            said = "backup jobs name hosts and services of one client; write them in that client's file"
            yield ("baseline", "policies", id_, "jobs"), said
    for name, limits in doc.standards.items():
        if limits.hosts:
            said = "limits of single hosts are one client's own; write them in that client's file"
            yield ("baseline", "standards", name, "hosts"), said
