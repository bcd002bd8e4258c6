"""Records in and out over the real desk: all or none, every bad line told, twice is once, out as it went in."""

from __future__ import annotations

import asyncio
import dataclasses
import gc
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from builders import at
from days import MARCO

from console.access.identity import Visitor
from console.daemon import Wanted, running
from console.desk.refusal import DeskRefusal
from console.incidents.events import Event
from console.incidents.events import Kind as EventKind
from console.operating_model.examples import example, written_records
from console.store.casebook import CaseBook
from console.store.enrolment import Agent, OpenToken
from console.store.imported import Imported as ImportedRows
from console.store.imported import write
from console.store.writer import Batch

MONDAY = at("2026-11-16T09:00:00")
WEEK = written_records("brackwater", "week-46.jsonl").text


@pytest.fixture
async def brackwater(bare: Any) -> Any:
    bare.time[0] = MONDAY
    return await _publish(bare)


async def _publish(house: Any) -> Any:
    documents = [{"name": one.name, "text": one.text} for one in example("brackwater")]
    await house.do("publish", documents=documents, reason="an example")
    return house


async def take(house: Any, *lines: Any) -> Any:
    text = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines)
    return await house.do("import-records", text=text, source="r.jsonl")


def a(kind: str, **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "client": "brackwater", **fields}


def when(text: str) -> str:
    return datetime.fromtimestamp(at(text), UTC).isoformat()


def samples(host: str, start: str, until: str, **more: Any) -> dict[str, Any]:
    seen = [{"check": "disk", "subject": "/", "value": 0.4}]
    return a(
        "samples", **{"host": host, "from": when(start), "until": when(until), "every": "5m", "readings": seen, **more}
    )


async def test_the_golden_week_goes_in_once_and_comes_out_as_it_went_in(brackwater: Any, tmp_path: Any) -> None:
    text = written_records("brackwater").text + WEEK
    done = await take(brackwater, text)
    assert (done.new, done.known, done.problems) == (len(text.splitlines()), 0, ())
    again = await take(brackwater, text)
    assert (again.new, again.known) == (0, done.new)
    assert gc.isenabled()
    overlapping = await take(
        brackwater, *WEEK.splitlines()[:5], samples("fw01", "2026-11-16T00:00", "2026-11-16T01:00")
    )
    assert (overlapping.new, overlapping.known, overlapping.problems) == (1, 5, ())
    out = [row.body for row in (await brackwater.page("records", client="brackwater")).rows]
    assert [json.loads(line) for line in out[:-1]] == [json.loads(line) for line in text.splitlines()]

    before = await _shown(brackwater)
    async with running(Wanted(tmp_path / "other", "127.0.0.1", 0, starter=False), lambda: MONDAY) as daemon:
        other = dataclasses.replace(brackwater, daemon=daemon)
        await _publish(other)
        assert (await take(other, *out)).problems == ()
        assert await _shown(other) == before


async def _shown(house: Any) -> Any:
    week = await house.page("week", client="brackwater", week="2026-W46")
    incidents = await house.page("incidents", client="brackwater", state="all")
    agents = await house.page("agents", client="brackwater")
    return week, incidents.rows, agents.rows


async def test_it_is_all_there_after_a_restart(brackwater: Any) -> None:
    await take(brackwater, WEEK)
    before = await _shown(brackwater)
    brackwater.daemon.ledger.read_back()
    assert await _shown(brackwater) == before


FINE = samples("hv01", "Mon 08:00", "Mon 09:00")
INCIDENT = a(
    "incident", number=7, service="files", host="fs01", severity="S2", title="slow", detected=when("Mon 08:00"),
    source="person", impact="degraded",
)  # fmt: skip


def happened(at: str, event: str, **more: Any) -> dict[str, Any]:
    return a("incident-event", number=7, at=when(at), by="marco", event=event, **more)


BAD: list[tuple[Any, str]] = [
        ("{", "is not JSON"),
        ('{"kind": "sample", "value": NaN}', "NaN is no number"),
        (a("sampel", host="hv01"), "'sample'"),
        (samples("hv02", "Mon 10:00", "Mon 11:00"), "there is no host 'hv02'; did you mean hv01?"),
        (samples("hv01", "Mon 11:00", "Mon 10:00"), "until must come after from"),
        (samples("hv01", "Mon 08:30", "Mon 10:00"), "samples overlap"),
        (samples("hv01", "2026-11-16T09:00", "2026-11-16T09:11"), "ahead of the console's clock"),
        (samples("hv01", "Mon 10:00", "Mon 11:00", readings=[{"check": "disc", "value": 1}]), "did you mean disk?"),
        (samples("hv01", "Mon 10:00", "Mon 11:00", readings=[{"check": "checkin", "value": 1}]), "an agent looks at"),
        (samples("hv01", "Mon 10:00", "Mon 11:00", readings=[{"check": "cpu", "value": 1}] * 2), "stands here twice"),
        (samples("hv01", "Mon 10:00", "Mon 11:00", readings=[{"check": "cpu", "value": 1e400}]), "is not JSON"),
        (a("sample", host="hv01", taken=when("Mon 10:00")), "either `next` or `every`"),
        (a("outage", start=when("Mon 10:00"), evidence="person"), "name one of service, host and external"),
        (a("outage", external="line", start=when("Mon 10:00"), evidence="person"), "did you mean line-main?"),
        (a("outage", host="hv01", start=when("Mon 10:00"), end=when("Mon 09:00"), evidence="person"), "end must come"),
        (a("backup-run", job="files-nigt", due=when("Mon 23:00"), result="missed"), "did you mean files-night?"),
        (a("backup-run", job="files-night", due=when("Mon 23:00"), result="ok"), "has started and ended"),
        (a("work-log", person="marco", start=when("Mon 08:00"), minutes=-5, text="x"), "greater than or equal to 0"),
        (a("work-log", person="marcus", start=when("Mon 08:00"), minutes=5, text="x"), "did you mean marco?"),
        (a("patch-scan", host="fs01", at="2026-11-09T08:00:00"), "names no zone"),
        (a("patch-item", host="fs01", id="KB1", severity="low", first_seen=when("Mon 08:00"), state="missing",
           available_at="2027-10-28T00:00:00-05:00"), "ahead of the console's clock"),
        (a("restore-test", service="files", at="2027-10-20", by="marco", result="ok"), "has not come yet"),
        (happened("Mon 07:59", "own"), "cannot be older than the incident"),
        (happened("Mon 08:10", "resume"), "is new, so it cannot be resumed"),
        (happened("Mon 08:10", "resolve", text="done"), "nobody owns incident 7"),
        (happened("Mon 08:10", "pause", reason="client", text="asked Helen"), "pause needs until"),
        (happened("Mon 08:10", "own", parent=3), "own takes no parent"),
        (happened("Mon 08:10", "merge", parent=99), "no other incident 99"),
        (a("incident-event", number=8, at=when("Mon 09:00"), by="marco", event="own"), "there is no incident 8"),
        ({**INCIDENT, "title": "another"}, "incident 7 is another one: slow"),
]  # fmt: skip


async def test_one_bad_line_is_named_and_keeps_all_out(brackwater: Any) -> None:
    for bad, said in BAD:
        done = await take(brackwater, FINE, INCIDENT, bad)
        assert len(done.problems) == 1, (bad, done.problems)
        assert done.problems[0].startswith("r.jsonl:3: ")
        assert said in done.problems[0], done.problems
    assert (await brackwater.page("records")).rows == ()
    assert brackwater.daemon.ledger.agents == {}


async def test_every_bad_line_is_told_at_once_in_its_order(brackwater: Any) -> None:
    work = a("work-log", person="marco", minutes=800, text="x")
    done = await take(
        brackwater, "{", FINE, samples("x", "Mon 08:00", "Mon 09:00"), "", INCIDENT, happened("Mon 08:10", "resume"),
        {**work, "start": when("Tue 00:10")}, {**work, "start": when("Tue 18:00")}, FINE | {"every": "10m"},
    )  # fmt: skip
    assert [int(one.split(":")[1]) for one in done.problems] == [1, 3, 6, 8, 9]
    assert "has worked 1600 minutes on 2026-11-10" in done.problems[3]


async def test_samples_come_in_order_of_time_and_never_beside_an_agent_of_the_hosts_own(brackwater: Any) -> None:
    assert (await take(brackwater, FINE)).problems == ()
    (late,) = (await take(brackwater, samples("hv01", "Mon 06:00", "Mon 07:00"))).problems
    assert "hv01 has samples up to 2026-11-09T13:55:00Z already" in late
    now, ledger = brackwater.time[0], brackwater.daemon.ledger
    token = OpenToken("t-1", "k", "brackwater", "main", "fs01", now, "dana", now + 60)
    await asyncio.wrap_future(ledger.invite(token))
    await asyncio.wrap_future(
        ledger.enrol(Agent("a-1", "brackwater", "main", "fs01", "fs01", "key", "SHA256:x", "t-1", now))
    )
    (why,) = (await take(brackwater, samples("fs01", "Mon 06:00", "Mon 07:00"))).problems
    assert "fs01 has an agent of its own" in why
    assert not ledger.agents["a-1"].is_imported


async def test_what_was_imported_opens_no_incident_whatever_it_saw_and_however_long_it_is_silent(
    brackwater: Any,
) -> None:
    full = [{"check": "disk", "subject": "/", "value": 1.0}]
    await take(brackwater, samples("hv01", "Mon 08:00", "Mon 09:00", readings=full))
    brackwater.look()
    documents = [{"name": one.name, "text": one.text} for one in example("brackwater")]
    await brackwater.do("publish", documents=documents, reason="again", by="dana")
    assert brackwater.daemon.ledger.cases.open == {}
    (agent,) = (await brackwater.page("agents")).rows
    assert agent.status == "imported"
    host = next(row for row in (await brackwater.page("hosts")).rows if row.host == "hv01")
    assert (host.status, host.os) == ("unknown", "debian-12")
    assert not brackwater.daemon.ledger.agents[agent.agent].public_key


async def test_outages_that_are_told_show_on_services_and_in_the_week(brackwater: Any) -> None:
    brackwater.time[0] = at("Tue 12:00")
    everything = [samples(host, "Mon 00:00", "Tue 12:00") for host in ("fw01", "erp01", "dc01", "dc02", "bkp01")]
    await take(brackwater, *everything)

    async def state(service: str) -> str:
        return str(next(one.state for one in (await brackwater.page("services")).rows if one.service == service))

    assert [await state(one) for one in ("connectivity", "erp", "backup")] == ["up", "up", "up"]
    line = a("outage", external="line-main", start=when("Tue 11:00"), evidence="probe", cause="supplier")
    inferred = a("outage", host="bkp01", start=when("Tue 11:00"), evidence="inferred")
    erp = a("outage", service="erp", start=when("Tue 11:30"), evidence="person", cause="own")
    assert (await take(brackwater, line, inferred, erp)).problems == ()
    assert [await state(one) for one in ("connectivity", "erp", "backup")] == ["down", "down", "unknown"]
    lines = {one.service: one for one in (await brackwater.page("week", client="brackwater")).services}
    assert (lines["connectivity"].down, lines["erp"].down) == (3600, 1800)
    assert (lines["backup"].down, lines["backup"].unknown) == (0, 3600)
    await take(brackwater, {**inferred, "end": when("Tue 11:10"), "confirmed_by": "priya"})
    lines = {one.service: one for one in (await brackwater.page("week", client="brackwater")).services}
    assert (lines["backup"].down, lines["backup"].unknown) == (600, 0)
    assert await state("backup") == "up"


async def test_who_is_no_lead_imports_nothing(brackwater: Any) -> None:
    marco = Visitor(1001, "marco", "Marco Reyes", is_daemon=False)
    with pytest.raises(DeskRefusal, match="needs lead"):
        await brackwater.daemon.desk.do("import-records", {"text": json.dumps(FINE)}, marco)


async def test_what_could_not_be_written_is_forgotten_again(brackwater: Any) -> None:
    ledger = brackwater.daemon.ledger
    taken = Agent("imported-brackwater-hv01-1", "brackwater", "main", "hv01", "hv01", "", "", "", 1)
    await asyncio.wrap_future(ledger.writer.do(lambda connection: write(connection, ImportedRows(agents={"x": taken}))))
    with pytest.raises(DeskRefusal, match="could not write"):
        await take(brackwater, FINE, INCIDENT)
    assert ledger.cases.open == {}
    assert (await brackwater.page("records")).rows == ()
    assert (await take(brackwater, FINE, INCIDENT)).new == 2
    assert list(ledger.cases.open) == [7]


async def test_an_event_of_the_meantime_is_not_written_over(brackwater: Any) -> None:
    await take(brackwater, INCIDENT)
    ledger = brackwater.daemon.ledger
    told = ImportedRows(incidents=dict(ledger.cases.open))
    assert not ledger.has_moved(told)
    await brackwater.daemon.desk.do("own", {"incident": 7}, MARCO)
    assert ledger.has_moved(told)
    (late,) = (await take(brackwater, happened("Mon 08:10", "own"))).problems
    assert "incident 7 has events up to 2026-11-16T14:00:00Z already; they must come one after another" in late


async def test_an_import_is_not_refused_because_its_incident_never_stands_still(brackwater: Any) -> None:
    await take(brackwater, INCIDENT)
    ledger, moves = brackwater.daemon.ledger, []

    async def moving() -> None:
        while True:  # as the watch does that writes marks, only faster
            mark = Event(MONDAY, "", EventKind.MARK, f"mark {len(moves)}", subject="resolve", percent=50)
            batch = Batch()
            ledger.cases.add(ledger.cases.open[7], mark, batch)
            moves.append(ledger.keep(batch))
            await asyncio.sleep(0.001)

    busy = asyncio.create_task(moving())
    brackwater.time[0] = MONDAY + 60
    done = await take(brackwater, happened("2026-11-16T09:00:30", "own"))
    busy.cancel()
    assert (done.new, done.problems) == (1, ())
    one = ledger.cases.open[7]
    assert (one.owner, len(one.events)) == ("marco", len(moves) + 1)
    await asyncio.gather(*map(asyncio.wrap_future, moves))
    assert brackwater.daemon.desk._office.history.incident(7) == one, "what is in memory is what was written, in order"


async def test_what_an_import_ended_rests_as_it_would_after_a_restart(brackwater: Any) -> None:
    await take(brackwater, INCIDENT, happened("Mon 08:10", "own"))
    await take(brackwater, happened("Mon 08:20", "resolve", text="done", restored_at=when("Mon 08:15")))
    cases = brackwater.daemon.ledger.cases
    assert [one.state for one in cases.resting.values()] == ["resolved"], "the same fault within the hour is the same"
    with brackwater.daemon.ledger.database.reading.connect() as connection:
        assert cases == CaseBook.read(connection)
    await take(brackwater, happened("Mon 08:40", "close"))
    assert cases.resting == {}
