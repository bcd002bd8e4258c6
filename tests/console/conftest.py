"""A real daemon whose clock stands still, with a story in it: one host in trouble, one fallen silent, one well."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import small_disk

from checks import wire
from checks.reading import CheckIn, CheckName, Gap, Item, Machine, Reading, Why
from console.access.identity import Visitor
from console.client.client import Client
from console.daemon import Open, Wanted, running
from console.intake.admit import Admission
from console.intake.placing import Placing
from console.operating_model.examples import example, written_records
from console.store.enrolment import Agent, OpenToken

NOW = 1_795_510_800  # Tue 24 Nov 2026, 09:00 UTC
SUNDAY = 1_794_776_400  # Sun 15 Nov 2026, 16:00 in New York
ME = Visitor(0, "root", "root", is_daemon=True)
PROVIDER = """schema: 1
provider: {name: Hilltop IT}
people:
  ana: {name: Ana Ruiz, login: ana}
  tom: {name: Tom Berg, login: tom}
  root: {name: root, login: root}
"""
MILL = """schema: 1
client: {id: mill, name: The Mill, tz: UTC}
sites: {main: {name: Mill}}
hosts:
  box: {site: main}
  nas: {site: main}
  web: {site: main}
  new: {site: main}
services:
  shop: {name: Web shop, owner: ana, criticality: A, needs: {all: [web, box]}, sla: std, slo: {availability: 99.5}}
  files: {name: Files, owner: tom, criticality: B, needs: {all: [nas]}, sla: std}
slas:
  std:
    incident:
      S1: {own: 15m, resolve: 4h}
      S2: {own: 30m, resolve: 8h}
      S3: {own: 4h, resolve: 24h}
      S4: {own: 8h, resolve: 40h}
"""


@dataclass
class Still:
    """The daemon, its clock, and a way to let hosts speak without waiting for one."""

    daemon: Open
    time: list[int]

    @property
    def client(self) -> Client:
        return Client(self.daemon.socket)

    async def enrol(self, host: str, client: str = "mill") -> str:
        now, ledger = self.time[0], self.daemon.ledger
        token = OpenToken(f"t-{host}", "k", client, "main", host, now, "ana", now + 60)
        await asyncio.wrap_future(ledger.invite(token))
        agent = Agent(f"a-{host}", client, "main", host, host, f"key {host}", "SHA256:x", token.token, now)
        await asyncio.wrap_future(ledger.enrol(agent))
        return agent.agent

    async def hear(self, host: str, seq: int, *seen: Reading | Gap, pace: int = 60, waited: int = 0) -> None:
        now, taken_at = self.time[0], self.time[0] - waited
        machine = Machine(host, "debian-12", "Debian GNU/Linux 12 (bookworm)", "6.1.0-28-amd64", "x86_64")
        body = wire.encode_check_in(
            CheckIn(
                host.encode().hex().ljust(32, "0"),
                seq, taken_at, "boot", 100.0, pace, "0.1.0", machine,
                tuple(one for one in seen if isinstance(one, Reading)),
                tuple(one for one in seen if isinstance(one, Gap)),
            )
        )  # fmt: skip
        hello = wire.Hello("0" * 32, seq, "boot", 100.0 + waited, now, "0.1.0")
        admission = Admission(self.daemon.ledger, f"a-{host}", seq, Placing.of(hello, now))
        answer = await admission.take(wire.carry(body), now)
        assert isinstance(answer, wire.Ack), answer

    async def do(self, verb: str, **arguments: Any) -> Any:
        return await self.daemon.desk.do(verb, arguments, ME)

    async def page(self, name: str, **arguments: Any) -> Any:
        return await self.daemon.desk.page(name, arguments, ME)

    def look(self) -> None:
        """Let the watch look once, as time stands."""
        from console.watch.watch import Watch

        watch = Watch(self.daemon.ledger, lambda: self.time[0])
        watch._door_opened_at = 0
        watch.look()


def read(check: str, value: float | None, at: int, subject: str = "", *items: Item, step: int = 60) -> Reading:
    return Reading(CheckName(check), subject, value, at, at + step, items)


@pytest.fixture
def shared() -> Path | None:
    """Where every account may ask the daemon: nowhere, unless a test says where."""
    return None


@asynccontextmanager
async def house_in(home: Path, shared: Path | None = None) -> AsyncIterator[Still]:
    """A daemon in this home; nothing is published yet."""
    now = [NOW]
    async with running(Wanted(home, "127.0.0.1", 0, starter=False, shared=shared), lambda: now[0]) as daemon:
        yield Still(daemon, now)


@pytest.fixture
async def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shared: Path | None) -> AsyncIterator[Still]:
    """Nothing is published yet."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    async with house_in(tmp_path, shared) as house:
        yield house
    os.environ.pop("TZ", None)


@pytest.fixture
async def still(bare: Still) -> Still:
    return await furnished(bare)


@pytest.fixture
async def cramped(tmp_path: Path) -> AsyncIterator[Still]:
    """The same on a file system of 16 MiB."""
    with small_disk(tmp_path / "small", "size=16m") as small:
        async with house_in(small / "home") as house:
            yield await furnished(house)


async def furnished(house: Still) -> Still:
    """The mill's model is in force."""
    documents = [{"name": "p", "text": PROVIDER}, {"name": "c", "text": MILL}]
    await house.do("publish", documents=documents, reason="a test")
    return house


@pytest.fixture
async def published(bare: Still) -> Still:
    """The example client is in force, on the Sunday of its golden week; nobody has decided anything yet."""
    bare.time[0] = SUNDAY
    documents = [{"name": one.name, "text": one.text} for one in example("brackwater")]
    await bare.do("publish", documents=documents, reason="an example")
    return bare


@pytest.fixture
async def brackwater(published: Still) -> Still:
    """With what its people decided: the records that ship with it."""
    await published.do("import-records", text=written_records("brackwater").text, source="records.jsonl")
    return published


@pytest.fixture
async def story(still: Still) -> Still:
    """box: disk full for 20 minutes; nas: silent since 08:52; web: fine but for updates; new: no agent."""
    start = NOW - 20 * 60
    still.time[0] = start
    for host in ("box", "nas", "web"):
        await still.enrol(host)
    for step in range(21):
        now = still.time[0] = start + 60 * step
        full = 0.97 if step else 0.7
        swap = Gap(CheckName("swap"), "", Why.NOT_HERE, "this machine has no swap space", now, now + 60)
        disk, memory = read("disk", full, now, "/"), read("memory", 0.4 + step / 100, now)
        await still.hear("box", step + 1, disk, memory, read("cpu", (step % 7) / 10, now), swap)
        zlib, ssl = Item("zlib1g", "1.2 → 1.3 Debian", start), Item("openssl", "3.0.1 → 3.0.2 Debian-Security", start)
        waiting = read("updates", 61.0, start, "", zlib, step=6 * 3600)
        security = read("security_updates", float(start), start, "", ssl, step=6 * 3600)
        await still.hear("web", step + 1, read("disk", 0.3, now, "/"), waiting, security)
        if step < 12:
            dump = read("newest_file", float(start - 3600), now, "dump")
            await still.hear("nas", step + 1, read("disk", 0.5, now, "/srv"), dump)
        still.look()
    still.look()
    await asyncio.sleep(0.2)
    return still
