"""Escalation marks fire once, at their second, and not while the clock stands still; what time does besides (4.4)."""

from __future__ import annotations

from builders import a_client, an_incident, at, event

from console.incidents.clock import own_promise, solve_promise
from console.incidents.events import Event, Incident, Kind
from console.incidents.marks import marks_due
from console.incidents.passing import passed
from console.incidents.states import step
from console.operating_model.entities import Model, Provider, Severity

CLIENT = a_client()
MODEL = Model(Provider("us"), {"mill": CLIENT})
T = at("Mon 09:00")
REACHED = [(50, 7200), (75, 10_800), (100, 14_400), (150, 21_600)]


def look(one: Incident, now: int) -> Incident:
    for mark in marks_due(CLIENT, one, now):
        one = step(one, mark)
    return one


def test_each_mark_fires_once_however_often_somebody_looks() -> None:
    one = an_incident(T, event(T + 60, Kind.OWNED, "ana"), severity=Severity.S1)
    for now in range(T, T + 7 * 3600, 60):
        one = look(one, now)
    said = [(mark.subject, mark.percent, mark.at - T, mark.late) for mark in one.events if mark.kind is Kind.MARK]
    assert said == [("resolve", percent, seconds, False) for percent, seconds in REACHED]


def test_what_was_missed_while_nobody_looked_is_told_at_once_and_says_that_it_is_late() -> None:
    one = look(an_incident(T, severity=Severity.S1), T + 20 * 60)
    assert [(mark.percent, mark.at - T, mark.late) for mark in one.events] == [(75, 675, True), (100, 900, True)]


def test_no_mark_fires_while_the_client_is_asked_but_while_a_supplier_is() -> None:
    for reason, fired in (("client", []), ("supplier", [50, 75, 100])):
        pause = Event(T + 120, "ana", Kind.PAUSED, "asked", reason=reason, until=T + 86_400)
        one = look(an_incident(T, event(T + 60, Kind.OWNED, "ana"), pause, severity=Severity.S1), T + 4 * 3600)
        assert [mark.percent for mark in one.events if mark.kind is Kind.MARK] == fired


def test_a_reply_that_stays_out_lets_work_go_on_and_the_third_time_proposes_the_end() -> None:
    one = an_incident(T, event(T + 60, Kind.OWNED, "ana"))
    texts = []
    for turn in range(3):
        asked = T + 3600 * (turn + 1)
        one = step(one, Event(asked, "ana", Kind.PAUSED, "which?", reason="client", until=asked + 600))
        assert [each for each in passed(MODEL, one, asked + 599) if each.kind is Kind.RESUMED] == []
        (resumed,) = [each for each in passed(MODEL, one, asked + 600) if each.kind is Kind.RESUMED]
        assert resumed.at == asked + 600
        texts.append(resumed.text)
        one = step(one, resumed)
    assert [("third" in text) for text in texts] == [False, False, True]


def test_what_is_resolved_closes_after_three_office_days_of_silence() -> None:
    good = event(T + 3600, Kind.RECOVERED)
    one = an_incident(T, event(T + 60, Kind.OWNED, "ana"), good, event(T + 3600, Kind.RESOLVED, "ana"))
    assert passed(MODEL, one, at("Thu 23:59")) == []
    (closed,) = passed(MODEL, one, at("Fri 08:00"))
    assert (closed.kind, closed.at) == (Kind.CLOSED, at("Fri 00:00"))


def test_a_breach_stays_whatever_the_severity_becomes() -> None:
    late = an_incident(T, event(T + 60, Kind.OWNED, "ana"), severity=Severity.S1)
    lowered = step(late, Event(T + 5 * 3600, "ana", Kind.SEVERITY, "only one user", severity=Severity.S3))
    solve = solve_promise(CLIENT, lowered, T + 6 * 3600)
    assert solve is not None
    assert (solve.verdict, solve.breached_at) == ("missed", T + 4 * 3600)


def test_who_raises_what_nobody_owns_leaves_a_fair_time_to_take_it() -> None:
    one = an_incident(T, severity=Severity.S3)
    raised = step(one, Event(T + 3 * 3600, "ana", Kind.SEVERITY, "all stand", severity=Severity.S1))
    own = own_promise(CLIENT, raised, T + 3 * 3600)
    assert own is not None
    assert (own.total, own.due_at) == (3 * 3600 + 450, T + 3 * 3600 + 450)
