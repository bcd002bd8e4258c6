"""The demonstration: what had happened by the clock is there, the rest arrives, and a visitor's own deeds stand."""

from __future__ import annotations

from typing import Any

from builders import at

from console.desk.demo import Demonstration


async def begun(house: Any, when: str) -> Demonstration:
    house.time[0] = at(when)
    demonstration: Demonstration = house.daemon.desk.demonstration()
    await demonstration.begin()
    return demonstration


async def test_on_wednesday_morning_the_backup_of_the_files_comes_first(bare: Any) -> None:
    await begun(bare, "Wed 08:00")
    triage = await bare.page("triage")
    first, second, *_ = triage.rows
    assert (first.incident, first.severity, first.owner) == (102, "S2", "")
    assert (first.clock.promise, first.clock.due_at, first.clock.running) == ("own", at("Wed 08:30"), True)
    assert (second.incident, triage.needs_you) == (105, 2)
    assert triage.oldest_evidence == at("Wed 08:00")
    rows = (await bare.page("incidents", state="all")).rows
    assert [row.incident for row in rows] == [109, 105, 102, 101]
    assert [row.status for row in (await bare.page("services")).rows] == ["ok"] * 6


async def test_the_week_goes_on_with_the_clock_and_what_a_visitor_did_stands(bare: Any) -> None:
    demonstration = await begun(bare, "Wed 08:00")
    await bare.do("own", incident=102)
    for when in ("Wed 08:10", "Wed 13:10", "Fri 11:20"):
        bare.time[0] = at(when)
        await demonstration.go_on()
        heard = {row.host for row in (await bare.page("hosts")).rows if row.status != "unknown"}
        assert {"dc02", "fw01"} <= heard
        if when == "Wed 13:10":
            assert (await bare.page("triage")).rows[0].incident == 103
            states = {row.service: row.state for row in (await bare.page("services")).rows}
            assert states["connectivity"] == "down"
    states = {row.service: row.state for row in (await bare.page("services")).rows}
    assert (states["erp"], states["files"], states["connectivity"]) == ("down", "down", "up")
    bare.time[0] = at("2026-11-16T00:10")
    await demonstration.go_on()
    rows = {row.incident: row for row in (await bare.page("incidents", state="all")).rows}
    assert sorted(rows) == list(range(101, 112))
    assert (rows[102].state, rows[102].own_verdict, rows[102].solve_verdict) == ("resolved", "met", "missed")
    assert sorted(bare.daemon.ledger.cases.open) == [105, 107]
    week = await bare.page("week", client="brackwater", week="2026-W46")
    lost = {one.service: (one.down, one.unknown) for one in week.services}
    assert (lost["files"], lost["connectivity"]) == ((1500, 0), (1800, 0))
