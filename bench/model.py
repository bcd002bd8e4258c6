"""Reading a big model: 10,000 hosts, 1,000 services, one client.

Reference: libyaml parsing the same text into its own events, and nothing else. `python -m bench.model`
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date

import yaml

from bench.told import figure, line, seconds
from checks.catalogue import BY_NAME
from console.operating_model.document import documents
from console.operating_model.entities import Client
from console.operating_model.gaps import gaps
from console.operating_model.gaps.gap import Facts, Gap
from console.operating_model.load import load
from console.operating_model.mapping import serving
from console.service_levels.underpinning import shortfalls

HOSTS, SERVICES, SITES, PEOPLE = 10_000, 1_000, 100, 50
TODAY = date(2026, 11, 15)


@dataclass(frozen=True)
class Doc:
    """A file."""

    name: str
    text: str


PROVIDER = Doc("provider.yaml", "schema: 1\nprovider: {name: P}\n")


def written() -> Doc:
    """The client's file."""
    each = HOSTS // SERVICES
    lines = ["schema: 1", "client: {id: big, name: Big, tz: Europe/Berlin}", "people:"]
    lines += [f"  p{n}: {{name: Person {n}, org: client}}" for n in range(PEOPLE)]
    lines += ["sites:", *(f"  s{n}: {{name: Site {n}}}" for n in range(SITES)), "hosts:"]
    lines += [f"  h{n}: {{site: s{n % SITES}, os: debian-12, os_end: 2026-12-31{_on(n)}}}" for n in range(HOSTS)]
    lines += ["slas: {std: {incident: {S1: {own: 15m, resolve: 4h}}}}", "services:"]
    for n in range(SERVICES):
        members = ", ".join(f"h{n * each + one}" for one in range(each))
        lines.append(f"  v{n}: {{owner: p{n % PEOPLE}, criticality: B, needs: {{all: [{members}]}}, sla: std}}")
    lines += ["raci:", *(f"  - {{for: v{n}, R: [p{n % PEOPLE}], A: p{(n + 1) % PEOPLE}}}" for n in range(SERVICES))]
    return Doc("big.yaml", "\n".join([*lines, ""]))


def _on(number: int) -> str:
    return f", runs_on: h{number - number % 10}" if number % 10 else ""


def everything(client: Client) -> tuple[Gap, ...]:
    """All gaps, with the promises beside their contracts."""
    assert client.doc is not None
    short = shortfalls(client, client.doc, TODAY)
    return gaps(Facts(client, client.doc, None, TODAY, 1, frozenset(BY_NAME), (), short, frozenset()))


def main() -> None:
    """Measure and tell."""
    doc = written()
    model = load([PROVIDER, doc], BY_NAME)
    client = model.clients["big"]
    print(f"{HOSTS} hosts, {SERVICES} services, {len(doc.text) / 1e6:.2f} MB, {len(everything(client))} gaps")
    bare = seconds(lambda: list(yaml.parse(doc.text, Loader=yaml.CSafeLoader)), 5)
    parse = seconds(lambda: documents(doc), 5)
    check = seconds(lambda: load([PROVIDER, doc], BY_NAME), 5)
    found = seconds(lambda: everything(client), 5)
    every_host = seconds(lambda: [serving(model, "big", host) for host in client.hosts], 3)
    line("parse: the tree with its places", parse, bare, "s", 3)
    line("check: parse, schema, references, circles, model", check, parse, "s", 2)
    line("gaps, and promises beside contracts", found, parse, "s", 1)
    figure("the services that one host carries", every_host / HOSTS * 1e6, "µs", 500)


if __name__ == "__main__":
    sys.exit(main())
