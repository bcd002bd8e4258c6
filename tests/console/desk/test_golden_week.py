"""The golden week, counted again from what the import left in the store: F1 to F13 of operating-model.md, 3.2."""

from __future__ import annotations

from fractions import Fraction
from statistics import median
from typing import Any

import pytest
from builders import at
from days import golden_week

from console.desk.live.outages import outages_of
from console.desk.week.gather import host_records
from console.incidents.clock import own_promise, solve_promise
from console.operating_model.entities import ALWAYS
from console.service_levels.hours import covered
from console.service_levels.intervals import difference, intersection, length
from console.service_levels.timeline import services_stood

START, END = at("Mon 00:00"), at("2026-11-16T00:00:00")
NOW = at("2026-11-16T09:00:00")


@pytest.fixture
async def golden(bare: Any) -> Any:
    return await golden_week(bare, NOW)


async def test_the_week_in_the_store_is_the_week_of_the_paper(golden: Any) -> None:
    office = golden.daemon.desk._office
    client = office.ledger.model.clients["brackwater"]
    incidents = {one.number: one for one in office.history.incidents_touching(client.id, START - 14 * 86_400, NOW)}
    agents = list(office.ledger.agents.values())

    def hosts(start: int, end: int) -> Any:
        return host_records(office, client.id, tuple(incidents.values()), (agents, start, end))

    week = hosts(START, END)
    stood = services_stood(client, week)
    silent = {host: difference(((START, END),), week[host].known) for host in client.hosts}

    # F1, F7, F8: what nobody knows; F4, F5, F7: what was down is known
    office_hours = covered(client.calendars["office"], client.zone, START, END)
    expected = {
        host: office_hours if client.doc.hosts[host].presence == "office" else ((START, END),) for host in client.hosts
    }
    unknown = {
        host: length(difference(intersection(silent[host], expected[host]), _down(client, week, host)))
        for host in client.hosts
    }
    assert {host: seconds for host, seconds in unknown.items() if seconds} == {
        "erp01": 3000 + 1800, "dc02": 600, "ws-cad1": 36_000,
    }  # fmt: skip
    total = sum(length(one) for one in expected.values())
    assert (total, sum(unknown.values())) == (5_198_400, 41_400)  # W29: 99.20 %

    # F2 to F6 and m-41: W1
    shop = covered(client.calendars["shop"], client.zone, START, END)
    eligible = difference(shop, ((at("Thu 19:00"), at("Thu 21:00")),))
    known = intersection(eligible, stood["erp"].known)
    down = intersection(eligible, stood["erp"].down)
    assert (length(eligible), length(known), length(down)) == (309_600, 307_800, 6_420)
    own = [one for one in outages_of(office, client.id) if one.cause != "client-accepted-risk"]
    counted = [(int(one.start.timestamp()), int(one.end.timestamp())) for one in own if one.about in ("erp", "erp01")]
    assert length(down) - length(intersection(down, tuple(sorted(counted)))) == 900  # W2
    always = covered(ALWAYS, client.zone, START, END)
    assert length(intersection(always, stood["connectivity"].down)) == 1_800
    identity = stood["identity"]
    assert (length(identity.down), length(difference(always, identity.known))) == (0, 600)  # W11
    files = covered(client.calendars["office"], client.zone, START, END)
    assert length(intersection(files, stood["files"].down)) == 1_500

    # the weeks before, F12
    for first in ("2026-10-19T00:00:00", "2026-10-26T00:00:00", "2026-11-02T00:00:00"):
        begins = at(first)
        ends = {"2026-10-19T00:00:00": "2026-10-26T00:00:00", "2026-10-26T00:00:00": "2026-11-02T00:00:00"}
        closes = at(ends.get(first, "2026-11-09T00:00:00"))
        before = services_stood(client, hosts(begins, closes))
        lost = {name: length(one.down) for name, one in before.items() if one.down}
        assert lost == ({"connectivity": 300} if first.startswith("2026-10-26") else {})
        assert all(one.known == ((begins, closes),) for name, one in before.items())

    # backups, as in F9
    runs = [one for one in office.history.records(client.id, "backup-run") if START <= one.due.timestamp() < END]
    good = {(one.job, one.due) for one in runs if one.result in ("ok", "warning")}
    first = [one for one in runs if one.attempt == 1 and one.result in ("ok", "warning")]
    due = {(one.job, one.due) for one in runs}
    assert (len(due), len(good), len(first)) == (57, 55, 54)  # W23
    assert sum(one.result == "warning" for one in runs) == 1
    assert [one.due.strftime("%a %H:%M") for one in runs if one.result == "missed"] == ["Wed 23:00"]

    # patches, F10 and F11, and restore tests
    items = office.history.records(client.id, "patch-item")
    assert {(one.host, one.severity, one.state) for one in items} == {
        ("erp01", "critical", "missing"), ("fs01", "critical", "missing"),
        ("dc01", "high", "installed-pending-reboot"), ("ws-front1", "moderate", "missing"),
    }  # fmt: skip
    scans = office.history.records(client.id, "patch-scan")
    fresh = {one.host for one in scans if one.at.timestamp() > END - 7 * 86_400}
    assert set(client.hosts) - fresh == {"fw02"}
    tests = {one.service: one.duration for one in office.history.records(client.id, "restore-test")}
    assert (tests["erp"], set(tests)) == (110 * 60, {"erp", "files"})

    # incidents of F13: W26 and W27
    owns = {number: own_promise(client, one, END) for number, one in incidents.items()}
    solves = {number: solve_promise(client, one, END) for number, one in incidents.items()}
    minutes = [(one.total - one.left) // 60 for n, one in owns.items() if one and n not in (107, 109)]
    assert sorted(minutes) == [4, 8, 10, 12, 20, 45, 60]
    assert (round(Fraction(sum(minutes) * 60, 7)), median(minutes)) == (22 * 60 + 43, 12)
    solved = {n: (one.total - one.left) // 60 for n, one in solves.items() if one and incidents[n].resolved_at}
    assert solved == {101: 42, 102: 1230, 103: 30, 104: 45, 106: 240, 109: 300, 110: 20}  # W26
    verdicts = {n: one.verdict for n, one in solves.items() if one}
    assert {n for n, verdict in verdicts.items() if verdict == "met"} == {101, 103, 104, 106, 109, 110}
    assert {n for n, verdict in verdicts.items() if verdict == "missed"} == {102}
    assert solves[102] is not None
    assert solves[102].due_at == at("Wed 16:00")
    assert solves[105] is not None
    assert (solves[105].total - solves[105].left, solves[105].running) == (12 * 3600, False)
    assert (solves[107].total - solves[107].left) == 0  # type: ignore[union-attr]
    assert (incidents[108].state, incidents[111].state, incidents[111].parent) == ("void", "child", 104)
    assert solves[108] is None
    assert solves[111] is None
    assert sorted(office.ledger.cases.open) == [105, 107]


def _down(client: Any, week: Any, host: str) -> Any:
    below = client.hosts[host].runs_on
    return tuple(sorted((*week[host].outages, *(week[below].outages if below else ()))))


async def test_the_week_page_and_the_agents_say_what_was_imported(golden: Any) -> None:
    week = await golden.page("week", client="brackwater", week="2026-W46")
    lines = {one.service: one for one in week.services}
    assert (lines["connectivity"].down, lines["files"].down, lines["files"].availability) == (1800, 1500, "99.16 %")
    assert lines["identity"].unknown == 600
    erp = lines["erp"]
    assert (erp.availability, erp.month, erp.budget_left, erp.light) == (
        "97.91 %",
        "99.48 %",
        "none, 2 min over",
        "missed",
    )
    assert erp.contract is not None
    assert erp.contract.words == "unproven, 30 min unseen"
    assert week.evidence == "99.20 %"
    assert [one.number for one in golden.daemon.desk._office.history.incidents_touching("brackwater", START, END)] == [
        one.incident for one in week.incidents
    ]
    agents = (await golden.page("agents", client="brackwater")).rows
    assert {one.status for one in agents} == {"imported"}
    assert len(agents) == 10
    assert (await golden.page("triage")).rows[0].incident == 107
    golden.look()
    assert sorted(golden.daemon.ledger.cases.open) == [105, 107]


async def test_a_stop_that_an_incident_and_a_record_tell_of_has_the_cause_that_somebody_named(golden: Any) -> None:
    week = await golden.page("week", client="brackwater", week="2026-W46")
    breaches = next(one for one in week.owner if one.letter == "B").lines
    assert breaches[0].startswith(
        "ERP 97.91 % of 99.50 %; stopped three times, 1 h 47 (own 1 h 32, client-accepted-risk 25 min); A: Tom"
    )
