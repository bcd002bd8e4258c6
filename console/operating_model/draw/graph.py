"""The model as a graph: five columns of nodes, and the lines that the model says between them (rows 12 and 57)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from checks.text import clean
from console.operating_model.entities import Client, Provider
from console.operating_model.schema.client import ClientDoc


class Layer(IntEnum):
    """The columns, from left to right."""

    PEOPLE = 0
    PROCESSES = 1
    SERVICES = 2
    HOSTS = 3
    SUPPLIERS = 4


HEADS = ("People", "Processes", "Services", "Hosts", "Suppliers")
Key = tuple[Layer, str]
"""Column and id: a person and a service may have the same id."""
Pass = tuple[Layer, Key]
"""A column that the lines of a box further left run through."""
Place = Key | Pass


@dataclass(frozen=True, slots=True)
class Node:
    """One box: its name, and a few words under it."""

    key: Key
    name: str
    note: str = ""
    is_external: bool = False
    """Whether it is a thing without an agent."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One line. `kind` is `answers`, `does`, `needs`, `uses`, `runs on` or `contract`."""

    start: Key
    end: Key
    kind: str

    @property
    def is_soft(self) -> bool:
        """Whether what stands at the start only degrades without what stands at the end."""
        return self.kind == "uses"

    @property
    def is_inside(self) -> bool:
        """Whether both ends stand in one column."""
        return self.start[0] == self.end[0]


@dataclass(frozen=True, slots=True)
class Graph:
    """Everything that is drawn of one client."""

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def column(self, layer: Layer) -> tuple[Node, ...]:
        """The nodes of one column, as the model lists them."""
        return tuple(node for node in self.nodes if node.key[0] is layer)


def graph_of(client: Client, provider: Provider) -> Graph:
    """The graph of one client. Every text in it is safe to show."""
    doc = client.doc
    if doc is None:
        return Graph(clean(client.name, 60), (), ())
    nodes = (*_people(client, doc, provider), *_processes(doc), *_services(doc), *_hosts(doc), *_suppliers(doc))
    keys = {node.key for node in nodes}
    edges = dict.fromkeys((*_answering(doc), *_standing(doc), *_covering(doc)))
    return Graph(clean(client.name, 60), nodes, tuple(one for one in edges if {one.start, one.end} <= keys))


def _people(client: Client, doc: ClientDoc, provider: Provider) -> Iterator[Node]:
    """Those of the provider whom this client's model names, then the client's own; teams that own something."""
    raci = {id_ for row in doc.raci for id_ in (*row.R, row.A, row.deputy, *row.C, *row.I)}
    roles = {id_ for role in doc.roles.values() for id_ in (role.holder, role.deputy)}
    named = raci | roles | {service.owner for service in doc.services.values()}
    titles = {id_: one.title for id_, one in doc.people.items()}
    for id_, person in {**provider.people, **client.people}.items():
        if id_ in named or id_ in client.people:
            note = titles.get(id_) or {"msp": provider.name, "client": client.name}.get(person.org, person.org)
            yield Node((Layer.PEOPLE, id_), _said(person.name), _said(note))
    teams = {**(provider.doc.teams if provider.doc else {}), **doc.teams}
    for id_, team in teams.items():
        if id_ in named and id_ not in provider.people and id_ not in client.people:
            yield Node((Layer.PEOPLE, id_), f"team {_said(id_)}", f"led by {_said(team.lead)}")


def _processes(doc: ClientDoc) -> Iterator[Node]:
    for id_, process in doc.processes.items():
        yield Node((Layer.PROCESSES, id_), _said(process.name), _said(process.kpi or process.runbook))


def _services(doc: ClientDoc) -> Iterator[Node]:
    for id_, service in doc.services.items():
        promised = f" · {100 * service.slo.availability:.4g} %" if service.slo else ""
        yield Node((Layer.SERVICES, id_), _said(service.name or id_), f"{service.criticality}{promised}")


def _hosts(doc: ClientDoc) -> Iterator[Node]:
    for id_, host in doc.hosts.items():
        yield Node((Layer.HOSTS, id_), _said(id_), _said(host.role or host.os))
    for id_, external in doc.externals.items():
        yield Node((Layer.HOSTS, id_), _said(id_), external.kind, is_external=True)


def _suppliers(doc: ClientDoc) -> Iterator[Node]:
    for id_, supplier in doc.suppliers.items():
        ends = [contract.to for contract in doc.contracts.values() if contract.supplier == id_]
        yield Node((Layer.SUPPLIERS, id_), _said(supplier.name), f"until {min(ends)}" if ends else "no contract")


def _answering(doc: ClientDoc) -> Iterator[Edge]:
    """Who answers for and who does each service and process; where no row says it, the owner does."""
    for row in doc.raci:
        end = (Layer.SERVICES if row.for_ in doc.services else Layer.PROCESSES, row.for_)
        yield Edge((Layer.PEOPLE, row.A), end, "answers")
        yield from (Edge((Layer.PEOPLE, id_), end, "does") for id_ in row.R if id_ != row.A)
    said = {row.for_: {*row.R, row.A} for row in doc.raci}
    for id_, service in doc.services.items():
        if service.owner not in said.get(id_, ()):
            yield Edge((Layer.PEOPLE, service.owner), (Layer.SERVICES, id_), "does")


def _standing(doc: ClientDoc) -> Iterator[Edge]:
    for id_, service in doc.services.items():
        start = (Layer.SERVICES, id_)
        hard = [*(service.needs.members if service.needs else ()), *service.fleet]
        for member in dict.fromkeys((*hard, *service.uses)):
            layer = Layer.SERVICES if member in doc.services else Layer.HOSTS
            yield Edge(start, (layer, member), "needs" if member in hard else "uses")
    for id_, host in doc.hosts.items():
        yield Edge((Layer.HOSTS, id_), (Layer.HOSTS, host.runs_on), "runs on")


def _covering(doc: ClientDoc) -> Iterator[Edge]:
    for contract in doc.contracts.values():
        for thing in contract.covers:
            yield Edge((Layer.HOSTS, thing), (Layer.SUPPLIERS, contract.supplier), "contract")


def _said(text: str) -> str:
    return clean(text, 60).strip()
