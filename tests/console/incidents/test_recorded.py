"""Pauses, reopening, voids and children: the table of 4.2 and the worked timelines of 4.5, told as records."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from builders import a_client, an_incident, at, event

from console.incidents.clock import own_promise, solve_promise, waited
from console.incidents.events import Event, Incident, Kind, NotAllowed
from console.incidents.recorded import event_of, opening_of
from console.incidents.states import allowed, fold, step
from console.operating_model.entities import Model, Person, Provider, Severity
from console.operating_model.records import line_of
from console.operating_model.schema.incidents import IncidentEventRecord, IncidentRecord

CLIENT = a_client()
MODEL = Model(Provider("us", {"marco": Person("marco", "Marco", "msp", login="mreyes")}), {"mill": CLIENT})


def when(text: str) -> str:
    return datetime.fromtimestamp(at(text), UTC).isoformat()


def told(detected: str, severity: str, *events: dict[str, Any]) -> Incident:
    tree = {"number": 5, "service": "work", "host": "box", "severity": severity, "title": "slow", "source": "person"}
    line = line_of(1, {"kind": "incident", "client": "mill", **tree, "detected": when(detected), "impact": "degraded"})
    assert isinstance(line.record, IncidentRecord)
    return fold(opening_of(line.record), [_event(one) for one in events])


def _event(fields: dict[str, Any]) -> Event:
    times = {key: when(fields[key]) for key in ("at", "until", "restored_at") if key in fields}
    tree = {"kind": "incident-event", "client": "mill", "number": 5, "by": "marco", **fields, **times}
    record = line_of(1, tree).record
    assert isinstance(record, IncidentEventRecord)
    return event_of(record, MODEL)


def ev(at: str, event: str, **more: Any) -> dict[str, Any]:
    return {"at": at, "event": event, **more}


TL3 = [
    ev("Mon 09:10", "own"),
    ev("Mon 10:00", "pause", reason="client", until="Tue 09:00", text="asked Helen which share"),
    ev("Mon 15:00", "resume"),
    ev("Mon 16:00", "pause", reason="supplier", text="ticket 4711"),
    ev("Tue 09:30", "resume"),
    ev("Tue 10:30", "resolve", text="a patch of the maker"),
]


def test_timeline_3_stands_still_for_the_client_and_runs_on_for_the_supplier() -> None:
    one = told("Mon 09:00", "S2", *TL3)
    own, solve = own_promise(CLIENT, one, at("Wed 09:00")), solve_promise(CLIENT, one, at("Wed 09:00"))
    assert own is not None
    assert solve is not None
    assert (own.verdict, own.total - own.left) == ("met", 600)
    assert (solve.verdict, solve.total - solve.left) == ("met", 6 * 3600 + 1800)
    assert waited(one, at("Wed 09:00")) == {"client": 5 * 3600, "supplier": 17 * 3600 + 1800}
    assert one.owner == "mreyes"

    def due(events: list[dict[str, Any]], now: str) -> tuple[int | None, bool]:
        promise = solve_promise(CLIENT, told("Mon 09:00", "S2", *events), at(now))
        assert promise is not None
        return promise.due_at, promise.running

    assert due(TL3[:1], "Mon 09:30") == (at("Mon 17:00"), True)
    assert due(TL3[:2], "Mon 12:00")[1] is False
    assert due(TL3[:3], "Mon 15:30") == (at("Tue 12:00"), True)
    assert due(TL3[:4], "Mon 16:30") == (at("Tue 12:00"), True)


def test_a_clients_silence_ends_the_pause_when_the_reply_was_due() -> None:
    one = told("Mon 09:00", "S2", *TL3[:2])
    solve = solve_promise(CLIENT, one, at("Tue 10:00"))
    assert solve is not None
    assert (solve.total - solve.left, solve.running) == (2 * 3600, True)


def test_timeline_4_reopened_goes_on_where_it_stopped() -> None:
    events = [
        ev("Mon 09:00", "own"),
        ev("Mon 14:00", "resolve", text="restarted"),
        ev("Wed 10:00", "reopen", text="slow again"),
    ]
    again = told("Mon 08:00", "S3", *events)
    solve = solve_promise(CLIENT, again, at("Wed 10:00"))
    assert solve is not None
    assert (again.state, again.resolved_at, solve.due_at) == ("working", None, at("Thu 18:00"))
    done = told("Mon 08:00", "S3", *events, ev("Thu 15:00", "resolve", text="index rebuilt"))
    solve = solve_promise(CLIENT, done, at("Fri 12:00"))
    assert solve is not None
    assert (solve.verdict, solve.total - solve.left, len(done.rests)) == ("met", 21 * 3600, 1)
    late = told("Mon 08:00", "S3", *events, ev("Fri 09:00", "resolve", text="index rebuilt"))
    solve = solve_promise(CLIENT, late, at("Fri 12:00"))
    assert solve is not None
    assert (solve.verdict, solve.total - solve.left) == ("missed", 25 * 3600)


def test_an_agreed_window_stops_the_clock_until_it_begins() -> None:
    events = [ev("Mon 09:00", "own"), ev("Mon 10:00", "pause", reason="agreed-window", until="Tue 10:00")]
    one = told("Mon 08:00", "S3", *events)
    for now, used in (("Mon 12:00", 2), ("Tue 09:00", 2), ("Tue 12:00", 4)):
        solve = solve_promise(CLIENT, one, at(now))
        assert solve is not None
        assert solve.total - solve.left == used * 3600
    done = step(one, _event(ev("Tue 12:00", "resolve", text="restarted in the window", restored_at="Tue 11:00")))
    solve = solve_promise(CLIENT, done, at("Wed 12:00"))
    assert solve is not None
    assert (done.resolved_at, solve.total - solve.left) == (at("Tue 11:00"), 3 * 3600)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        (ev("Mon 09:00", "void", text="false: a test of ours"), "void"),
        (ev("Mon 09:00", "merge", parent=4), "child"),
    ],
)
def test_a_false_alarm_and_a_child_count_for_nothing(fields: dict[str, Any], state: str) -> None:
    one = told("Mon 08:00", "S1", fields)
    assert (one.state, one.is_open, one.is_counted) == (state, False, False)
    assert own_promise(CLIENT, one, at("Tue 09:00")) is None
    assert solve_promise(CLIENT, one, at("Tue 09:00")) is None
    assert set(allowed(one)) - {"undo"} == {"note", "outage", "log"}
    with pytest.raises(NotAllowed, match=f"is {state}"):
        step(one, event(at("Tue 09:00"), Kind.OWNED, "ana"))


def test_what_the_table_has_not_is_refused() -> None:
    new = an_incident(at("Mon 08:00"), severity=Severity.S2)
    for kind in (Kind.PAUSED, Kind.RESUMED, Kind.REOPENED):
        with pytest.raises(NotAllowed, match="is new, so it cannot be"):
            step(new, event(at("Mon 09:00"), kind, "ana"))
    owned = step(new, event(at("Mon 09:00"), Kind.OWNED, "ana"))
    with pytest.raises(NotAllowed, match="after its last bad evidence"):
        step(owned, Event(at("Mon 10:00"), "ana", Kind.RESOLVED, restored_at=at("Mon 07:00")))
