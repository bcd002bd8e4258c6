"""What a maintenance window takes away: the services that it hits, and groups of which too few are left (J4)."""

from __future__ import annotations

from collections.abc import Collection

from console.operating_model.entities import Client
from console.operating_model.mapping import carried


def hit(client: Client, hosts: Collection[str]) -> tuple[str, ...]:
    """The services that stand on these hosts, or on their guests."""
    reached = {one for host in hosts for one in carried(client, host)}
    return client.in_order(reached)


def left_without(client: Client, hosts: Collection[str]) -> tuple[str, ...]:
    """Redundant services of which fewer members than they need stay outside of the window."""
    gone = {*hosts, *_guests(client, hosts)}
    return tuple(
        service.id
        for service in client.services.values()
        if service.needs.enough < len(service.needs.members)
        and len([one for one in service.needs.members if one not in gone]) < service.needs.enough
    )


def _guests(client: Client, hosts: Collection[str]) -> set[str]:
    found = set(hosts)
    while more := {one.id for one in client.hosts.values() if one.runs_on in found} - found:
        found |= more
    return found
