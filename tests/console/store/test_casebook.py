"""A dead hypervisor over the real daemon: one row and eight symptoms, and what is left once it is back."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from checks.reading import CheckName, Reading
from console.desk.refusal import DeskRefusal
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
    await still.do("publish", documents=[{"name": "c", "text": MODEL, "base": 1}], reason="guests")
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
    assert "and 8 others" in row.what
    listed = (await still.page("incidents")).rows
    assert [bool(one.parent) for one in listed] == [False] + [True] * 8
    assert {one.own for one in listed if one.parent} == {None}
    assert len((await still.page("incident", incident=row.incident)).children) == 8

    await later(still, 5)
    back_at = still.time[0]
    for _ in range(11):  # it is back with six of them and stays well: its incident ends by itself, and theirs
        for host in ("hv", *GUESTS[:6]):
            await hear(still, still.daemon.ledger.states[f"a-{host}"].mark + 1, host)
        await later(still, 1)
    open_now = still.daemon.ledger.cases.open
    assert sorted((one.opening.host, one.state) for one in open_now.values()) == [("vm7", "new"), ("vm8", "new")]
    for one in open_now.values():
        assert one.freed_at == back_at + 10 * MINUTE
        assert [event.kind.value for event in one.events] == ["child", "freed"]
    lately = (await still.page("news")).rows
    assert [row.kind for row in lately if row.host in GUESTS[:6]] == [], "symptoms are no news"
    with still.daemon.ledger.database.reading.connect() as connection:
        assert CaseBook.read(connection).open == open_now


async def test_an_owned_root_that_is_well_again_hides_nobody_although_it_is_not_resolved(still: Any) -> None:
    await still.do("publish", documents=[{"name": "c", "text": MODEL, "base": 1}], reason="guests")
    for host in ("vm1", "hv"):
        await still.enrol(host)
    await hear(still, 1, "vm1", "hv")
    await later(still, 3)
    (root,) = [row for row in (await still.page("triage")).rows if row.incident]
    await still.do("own", incident=root.incident)
    with pytest.raises(DeskRefusal, match=f"symptom of #{root.incident}"):
        await still.do("own", incident=3 - root.incident)
    with pytest.raises(DeskRefusal, match="has no rank of its own"):
        await still.page("why", incident=3 - root.incident)
    for seq in range(2, 13):
        await hear(still, seq, "hv")
        await later(still, 1)
    rows = [row for row in (await still.page("triage")).rows if row.incident]
    assert [(row.host, row.owner) for row in rows] == [("vm1", ""), ("hv", "root")]
    await still.do("resolve", incident=root.incident, cause="power")
    assert states(still) == ["new"]


async def test_a_confirmed_outage_gathers_what_runs_on_it_at_the_next_look(still: Any) -> None:
    await still.do("publish", documents=[{"name": "c", "text": MODEL, "base": 1}], reason="guests")
    for host in ("vm1", "hv"):
        await still.enrol(host)
    await hear(still, 1, "vm1")
    await still.hear("hv", 1, Reading(CheckName("disk"), "/", 0.97, still.time[0], still.time[0] + 900), pace=900)
    await later(still, 3)
    assert states(still) == ["new", "new"]
    await still.do("outage", incident=1, text="the tower is dark")
    await later(still, 0.1)
    assert states(still) == ["child", "new"]
    assert still.daemon.ledger.cases.open[2].parent == 1


async def test_a_site_that_goes_dark_is_one_incident_and_its_return_floods_nobody(still: Any) -> None:
    hosts = ("box", "nas", "web", "new")
    for host in hosts:
        await still.enrol(host)
    await hear(still, 1, *hosts)
    await later(still, 3)
    assert states(still) == ["child", "child", "child", "new"]
    page = await still.page("triage")
    (row,) = [row for row in page.rows if row.incident]
    assert (row.children, page.needs_you) == (3, 1)
    still.daemon.ledger.read_back()  # the console restarts: nothing is told twice
    await later(still, 1)
    assert states(still) == ["child", "child", "child", "new"]

    for seq in range(2, 15):
        await hear(still, seq, *hosts)
        await later(still, 1)
    assert states(still) == []
    assert still.daemon.ledger.cases.last == 4
