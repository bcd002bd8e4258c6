"""The week of a client: 200 hosts, 30 services and 10,000 changes; many clients; a year of frozen weeks.

Reference of the week: SQLite reading the rows that it is made of, and nothing else, in the same run. Figures are
processor time. `python -m bench.week`
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from msgspec import structs

from bench.told import figure, line
from console.access.identity import Visitor
from console.daemon import Open, Wanted, running
from console.store import weeks as store
from console.store.weeks import FrozenWeek

HOSTS, SERVICES, CHANGES = 200, 30, 10_000
SMALL_HOSTS, SMALL_CHANGES, CLIENTS = 10, 200, 100
START = int(datetime(2026, 11, 9, tzinfo=UTC).timestamp())
WEEK, NOW = "2026-W46", START + 7 * 86_400 + 3600
ME = Visitor(0, "root", "root", is_daemon=True)
PROVIDER = "schema: 1\nprovider: {name: P}\npeople:\n  ana: {name: Ana, org: msp, login: root}\n"
TABLES = {
    "changes": "client = ? and at >= ? and at < ?",
    "incidents": "client = ? and detected_at >= ? and detected_at < ?",
}


def model(client: str, hosts: int, services: int) -> str:
    """A client whose services share its hosts evenly."""
    lines = [f"schema: 1\nclient: {{id: {client}, name: {client}, tz: UTC}}\nsites: {{main: {{name: Main}}}}", "hosts:"]
    lines += [f"  h{number}: {{site: main}}" for number in range(hosts)]
    lines += ["slas:\n  gold: {incident: {S1: {own: 15m, resolve: 4h, clock: always}}}", "services:"]
    for number in range(services):
        needs = ", ".join(f"h{host}" for host in range(number, hosts, services))
        about = f"name: S{number}, owner: ana, criticality: B, hours: always, sla: gold, slo: {{availability: 99.5}}"
        lines.append(f"  s{number}: {{{about}, needs: {{all: [{needs}]}}}}")
    return "\n".join(lines) + "\n"


def records(client: str, hosts: int, changes: int) -> str:
    """Samples of a week in which each host turns bad and good again so often that there are `changes` in all."""
    each = changes // hosts
    step = timedelta(seconds=7 * 86_400 // each)
    begins = datetime.fromtimestamp(START, UTC)
    rows = []
    for host in range(hosts):
        for place in range(each):
            first = begins + place * step
            reading = {"check": "disk", "subject": "/", "value": 0.5 if place % 2 else 0.99}
            rows.append({
                "kind": "samples", "client": client, "host": f"h{host}", "from": first.isoformat(),
                "until": (first + step).isoformat(), "every": "5m", "readings": [reading],
            })  # fmt: skip
    return "\n".join(map(json.dumps, rows)) + "\n"


async def cost(call: Callable[[], Any], times: int = 7) -> float:
    """The median of several runs, in milliseconds of processor time."""
    taken = []
    for _ in range(times):
        began = time.process_time()
        await call()
        taken.append(time.process_time() - began)
    return median(taken) * 1000


def reading(home: Path, client: str) -> tuple[float, int]:
    """What SQLite needs to read the rows of a client's week, in milliseconds, and how many they are."""
    path = home / "console" / "watchbill.db"
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    rows = 0
    taken = []
    for _ in range(7):
        began, rows = time.process_time(), 0
        for table, where in TABLES.items():
            found = connection.execute(f"select * from {table} where {where}", (client, START, START + 7 * 86_400))
            rows += len(found.fetchall())
        taken.append(time.process_time() - began)
    connection.close()
    return median(taken) * 1000, rows


async def bring(daemon: Open, clients: list[tuple[str, int, int, int]]) -> None:
    """Publish, and import a week of each."""
    documents = [{"name": "provider.yaml", "text": PROVIDER}]
    documents += [{"name": f"{name}.yaml", "text": model(name, hosts, many)} for name, hosts, many, _ in clients]
    await daemon.desk.do("publish", {"documents": documents, "reason": "a benchmark"}, ME)
    for name, hosts, _, changes in clients:
        text = records(name, hosts, changes)
        done = await daemon.desk.do("import-records", {"text": text, "source": name, "client": name}, ME)
        if done.problems:  # type: ignore[attr-defined]
            raise SystemExit(f"the benchmark's records were refused: {done.problems[0]}")  # type: ignore[attr-defined]


async def measure(home: Path) -> None:
    now = [NOW]
    async with running(Wanted(home, "127.0.0.1", 0, starter=False), lambda: now[0]) as daemon:
        small = [(f"c{number}", SMALL_HOSTS, 3, SMALL_CHANGES) for number in range(CLIENTS)]
        await bring(daemon, [("big", HOSTS, SERVICES, CHANGES), *small])

        async def week(client: str) -> None:
            now[0] += 1  # another instant: nothing of the answer before may serve again
            await daemon.desk.page("week", {"client": client, "week": WEEK}, ME)

        await week("big")
        ours = await cost(lambda: week("big"))
        reference, rows = reading(home, "big")
        figure("rows of the week", rows, "rows")
        line(f"a week: {HOSTS} hosts, {SERVICES} services, {CHANGES} changes", ours, reference, "ms", 5)

        async def weeks(many: int) -> None:
            for number in range(many):
                await week(f"c{number}")

        await weeks(CLIENTS)
        ten, hundred = await cost(lambda: weeks(10), 5), await cost(lambda: weeks(CLIENTS), 3)
        line(f"{CLIENTS} clients' weeks, a client, beside 10", hundred / CLIENTS, ten / 10, "ms", 1.3)
        for number in range(52):
            await freeze(daemon, number)
        trend = await cost(lambda: daemon.desk.page("trends", {"client": "c0", "weeks": "52"}, ME))
        one = await cost(lambda: week("c0"))
        line("a year's trends from 52 frozen weeks, beside one week", trend, one, "ms", 52)


async def freeze(daemon: Open, number: int) -> None:
    """A frozen week of a year ago, its bytes those of the one that is there."""
    page = await daemon.desk.page("week", {"client": "c0", "week": WEEK}, ME)
    name = f"2025-W{number + 1:02d}"
    body = msgspec.json.encode(structs.replace(page, week=name))
    frozen = FrozenWeek("c0", name, START, "ana", "0" * 64, "0" * 64, "r1", "1", body)
    await asyncio.wrap_future(daemon.ledger.writer.do(lambda connection: store.freeze(connection, frozen, [])))


def main() -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder)))


if __name__ == "__main__":
    main()
