"""A dead hypervisor over the real daemon: one row and eight symptoms, and what is left once it is back."""

from __future__ import annotations

import asyncio
from typing import Any

from checks.reading import CheckName, Reading
from console.store.casebook import CaseBook

MINUTE = 60
GUESTS = tuple(f"vm{number}" for number in range(1, 9))
MODEL = (
    "schema: 1\nclient: {id: mill, name: The Mill, tz: UTC}\nsites: {main: {name: Mill}}\nhosts:\n  hv: {site: main}\n"
    + "".join(f"  {guest}: {{site: main, runs_on: hv}}\n" for guest in GUESTS)
    + "services:\n  shop: {owner: ana, criticality: A, sla: std, needs: {all: [vm1, vm2]}}\n"
    + "slas: {std: {incident: {S3: {own: 4h, resolve: 24h}, S4: {own: 8h, resolve: 40h}}}}\n"
)


async def hear(house: Any, seq: int, *hosts: str) -> None:
    for host in hosts:
        now = house.time[0]
        await house.hear(host, seq, Reading(CheckName("disk"), "/", 0.3, now, now + MINUTE))


async def later(house: Any, minutes: float) -> None:
    house.time[0] += int(minutes * MINUTE)
    house.look()
    await asyncio.wrap_future(house.daemon.ledger.writer.do(lambda _: None))


def states(house: Any) -> list[str]:
    return sorted(one.state for one in house.daemon.ledger.cases.open.values())


async def test_a_dead_hypervisor_is_one_row_with_eight_symptoms_and_two_are_freed_when_it_is_back(still: Any) -> None:
    await still.do("publish", documents=[{"name": "c", "text": MODEL}], reason="guests")
    for host in (*GUESTS, "hv"):
        await still.enrol(host)
    await hear(still, 1, *GUESTS)
    still.time[0] += MINUTE
    await hear(still, 1, "hv")

    await later(still, 1.5)  # the guests are found first
    assert states(still) == ["new"] * 8
    await later(still, 1)
    assert states(still) == ["child"] * 8 + ["new"]
    page = await still.page("triage")
    (row,) = [row for row in page.rows if row.incident]
    assert (row.host, row.children, page.needs_you) == ("hv", 8, 1)
    assert "and 8 guests" in row.what
    listed = (await still.page("incidents")).rows
    assert [bool(one.parent) for one in listed] == [False] + [True] * 8
    assert {one.own for one in listed if one.parent} == {None}
    assert len((await still.page("incident", incident=row.incident)).children) == 8

    await later(still, 5)
    await hear(still, 2, "hv", *GUESTS[:6])
    for _ in range(13):  # they stay well, and its incident ends by itself
        await later(still, 0.95)
        seq = still.daemon.ledger.states["a-hv"].mark + 1
        await hear(still, seq, "hv", *GUESTS[:6])
    await later(still, 0)
    open_now = still.daemon.ledger.cases.open
    assert sorted((one.opening.host, one.state) for one in open_now.values()) == [("vm7", "new"), ("vm8", "new")]
    ended_at = still.daemon.ledger.database.reading and still.daemon.ledger.cases.open
    assert {one.freed_at for one in ended_at.values()} != {None}
    told = [event.kind.value for event in next(iter(open_now.values())).events]
    assert told == ["child", "freed"]
    with still.daemon.ledger.database.reading.connect() as connection:
        assert CaseBook.read(connection).open == open_now
