"""Reading a big model: 10,000 hosts, 1,000 services, one client.

Reference: libyaml parsing the same text into its own events, and nothing else. Figures are processor time, so that
what else the machine does meanwhile is not in them. `python -m bench.model`
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from bench.told import figure, line
from checks.catalogue import BY_NAME
from console.access.identity import Visitor
from console.daemon import Open, Wanted, running
from console.operating_model.document import documents
from console.operating_model.entities import Client
from console.operating_model.gaps import gaps
from console.operating_model.gaps.gap import Facts, Gap
from console.operating_model.load import load
from console.operating_model.mapping import serving
from console.service_levels.underpinning import shortfalls

HOSTS, SERVICES, SITES, PEOPLE = 10_000, 1_000, 100, 50
TODAY = date(2026, 11, 15)
NOW = 1_794_776_400
ME = Visitor(0, "root", "root", is_daemon=True)
PAGES = ("assess", "components", "plan", "blueprint", "people")


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
    bare = least(lambda: list(yaml.parse(doc.text, Loader=yaml.CSafeLoader)))
    parse = least(lambda: documents(doc))
    check = least(lambda: load([PROVIDER, doc], BY_NAME))
    found = least(lambda: everything(client))
    every_host = least(lambda: [serving(model, "big", host) for host in client.hosts])
    line("parse: the tree with its places", parse, bare, "s", 3)
    line("check: schema, references, circles, model", check - parse, parse, "s", 1)
    line("gaps, and promises beside contracts", found, parse, "s", 1)
    figure("the services that one host carries", every_host / HOSTS * 1e6, "µs", 100)
    asyncio.run(desk(doc, parse))


async def desk(doc: Doc, parse: float) -> None:
    """A desk that publishes it twice, and the dearest pages about it."""
    with TemporaryDirectory() as home:
        async with running(Wanted(Path(home), "127.0.0.1", 0, starter=False), lambda: NOW) as daemon:
            texts = [{"name": one.name, "text": one.text} for one in (PROVIDER, doc)]
            line("publish, for the first time", await done(daemon, "publish", texts), parse, "s", 4)
            texts[1] = {**texts[1], "text": doc.text.replace("name: Site 1}", "name: Site One}"), "base": "1"}
            line("publish it changed", await done(daemon, "publish", texts), parse, "s", 4)
            for name in PAGES:
                began = time.process_time()
                await daemon.desk.page(name, {"client": "big"}, ME)
                line(f"page {name}", time.process_time() - began, parse, "s", 2)


async def done(daemon: Open, verb: str, texts: list[dict[str, Any]]) -> float:
    """Seconds that a verb takes."""
    began = time.process_time()
    await daemon.desk.do(verb, {"documents": texts, "reason": "a measurement"}, ME)
    return time.process_time() - began


def least(call: Callable[[], object], times: int = 5) -> float:
    """The least processor time of several runs: nothing makes a run shorter than it is."""
    taken = []
    for _ in range(times):
        began = time.process_time()
        call()
        taken.append(time.process_time() - began)
    return min(taken)


if __name__ == "__main__":
    sys.exit(main())
