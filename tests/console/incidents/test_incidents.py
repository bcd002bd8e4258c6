"""What opens, moves and ends an incident, and what its promises say."""

from __future__ import annotations

import pytest
from builders import STANDARD, a_client, a_service, an_incident, at, event

from checks.catalogue import BY_NAME
from checks.finding import Impact, Status
from checks.reading import CheckName
from console.incidents.clock import own_promise, solve_promise
from console.incidents.events import Kind, NotAllowed, Opening, severity
from console.incidents.opening import Turn, event_of, opening_of
from console.incidents.states import allowed, step
from console.operating_model.entities import Criticality, Host, Model, Provider, Severity
from console.operating_model.examples import example
from console.operating_model.hits import hits
from console.operating_model.load import load

MODEL = Model(Provider("us"), {"mill": a_client(a_service("late", criticality=Criticality.C), a_service("work"))})
DISK = BY_NAME[CheckName("disk")]
T = at("Mon 10:00")


def turn(status: Status, subject: str = "/", when: int = T) -> Turn:
    return Turn("mill", "box", subject, status, when, "97 % full")


def test_a_breach_opens_one_charged_to_the_most_critical_service() -> None:
    opening = opening_of(turn(Status.BREACH), DISK, MODEL, 7)

    assert opening is not None
    assert (opening.incident, opening.service, opening.severity, opening.title) == (
        7, "work", Severity.S2, "box: disk /: 97 % full",
    )  # fmt: skip


@pytest.mark.parametrize("status", [Status.OK, Status.WATCH, Status.UNKNOWN, Status.NOT_DUE])
def test_nothing_else_opens_one(status: Status) -> None:
    assert opening_of(turn(status), DISK, MODEL, 1) is None


def test_a_host_in_no_model_opens_the_mildest() -> None:
    opening = opening_of(Turn("other", "stray", "/", Status.BREACH, T, "full"), DISK, MODEL, 1)

    assert opening is not None
    assert (opening.service, opening.severity) == ("", Severity.S4)


def test_the_severity_table_of_the_paper() -> None:
    table = [[severity(c, i).value for i in (Impact.DOWN, Impact.DEGRADED, Impact.AT_RISK)] for c in Criticality]

    assert table == [["S1", "S2", "S3"], ["S2", "S3", "S4"], ["S3", "S4", "S4"]]


def test_a_second_subject_joins_and_all_must_recover() -> None:
    one = an_incident(T)
    joined = event_of(turn(Status.BREACH, "/home"), one)
    assert joined is not None
    assert joined.kind is Kind.JOINED
    both = step(one, joined)
    assert both.bad == {"/", "/home"}
    first = event_of(turn(Status.OK, "/", T + 60), both)
    assert first is not None
    half = step(both, first)
    assert half.recovered_at is None
    second = event_of(turn(Status.WATCH, "/home", T + 90), half)
    assert second is not None
    assert step(half, second).recovered_at == T + 90


def test_unknown_is_neither_recovery_nor_relapse() -> None:
    assert event_of(turn(Status.UNKNOWN), an_incident(T)) is None


def test_what_comes_back_relapses() -> None:
    good = an_incident(T, event(T + 60, Kind.RECOVERED))
    again = event_of(turn(Status.BREACH, "/", T + 120), good)

    assert again is not None
    assert again.kind is Kind.RELAPSED
    assert step(good, again).recovered_at is None


def test_who_owns_it_resolves_it_once_the_evidence_is_good() -> None:
    new = an_incident(T)
    with pytest.raises(NotAllowed, match="own it first"):
        step(new, event(T + 5, Kind.RESOLVED, "ana"))
    mine = step(new, event(T + 10, Kind.OWNED, "ana"))
    with pytest.raises(NotAllowed, match="still bad"):
        step(mine, event(T + 20, Kind.RESOLVED, "ana"))
    assert step(mine, event(T + 15, Kind.NOTE, "ana")).state == "working"
    good = step(mine, event(T + 30, Kind.RECOVERED))
    done = step(good, event(T + 90, Kind.RESOLVED, "ana"))
    assert (done.state, done.resolved_at, done.owner) == ("resolved", T + 30, "ana")
    with pytest.raises(NotAllowed, match="is resolved"):
        step(done, event(T + 95, Kind.OWNED, "bo"))
    assert allowed(done) == ("note", "outage", "reopen", "confirm-closed", "log", "undo")


def test_nothing_happens_before_its_detection() -> None:
    with pytest.raises(NotAllowed, match="older"):
        step(an_incident(T), event(T - 1, Kind.NOTE, "ana"))


def test_timeline_1_meets_both_promises() -> None:
    client = MODEL.clients["mill"]
    one = an_incident(
        T,
        event(at("Mon 10:20"), Kind.OWNED, "ana"),
        event(at("Mon 12:30"), Kind.RECOVERED),
        event(at("Mon 12:30"), Kind.RESOLVED, "ana"),
    )
    own, solve = own_promise(client, one, at("Tue 09:00")), solve_promise(client, one, at("Tue 09:00"))

    assert own is not None
    assert solve is not None
    assert (own.verdict, own.left, own.due_at) == ("met", 600, at("Mon 10:30"))
    assert (solve.verdict, solve.left, solve.due_at) == ("met", 5 * 3600 + 1800, at("Mon 18:00"))


def test_timeline_6_misses_both_and_a_breach_is_sticky() -> None:
    client = MODEL.clients["mill"]
    start = at("Sat 02:00")
    one = an_incident(start, event(at("Sat 02:22"), Kind.OWNED, "ana"), severity=Severity.S1)
    own, solve = own_promise(client, one, at("Sat 06:30")), solve_promise(client, one, at("Sat 06:30"))

    assert own is not None
    assert solve is not None
    assert (own.verdict, own.left) == ("missed", 15 * 60 - 22 * 60)
    assert (solve.verdict, solve.left, solve.running) == ("missed", -1800, True)


def test_a_clock_stands_still_while_its_calendar_is_closed() -> None:
    client = MODEL.clients["mill"]
    solve = solve_promise(client, an_incident(at("Mon 17:00")), at("Mon 22:00"))

    assert solve is not None
    assert (solve.left, solve.running, solve.due_at) == (7 * 3600, False, at("Tue 15:00"))


def test_what_cleared_by_itself_in_time_does_not_count() -> None:
    client = MODEL.clients["mill"]
    quick = an_incident(T, event(T + 60, Kind.RECOVERED), event(T + 660, Kind.CLEARED))
    slow = an_incident(T, event(at("Mon 11:00"), Kind.RECOVERED), event(at("Mon 11:10"), Kind.CLEARED))

    assert own_promise(client, quick, T + 9000) is None
    assert solve_promise(client, quick, T + 9000) is None
    missed = own_promise(client, slow, T + 9000)
    assert missed is not None
    assert missed.verdict == "missed"


def test_without_a_promise_there_is_no_clock() -> None:
    bare = a_client(a_service("work", sla=""), hosts=(Host("box", "main"),))

    assert own_promise(bare, an_incident(T), T) is None
    assert own_promise(None, an_incident(T), T) is None
    assert STANDARD.incident[Severity.S1].own == 900


def brackwater(host: str, check: str, beside: dict[str, Impact] | None = None) -> Opening:
    model = load(example("brackwater"), BY_NAME)
    bad = BY_NAME[CheckName(check)]
    reached = hits(model.clients["brackwater"], host, bad.impact, beside)
    opening = opening_of(Turn("brackwater", host, "/", Status.BREACH, T, "bad"), bad, model, 1, reached)
    assert opening is not None
    return opening


def test_lost_redundancy_is_at_risk_and_not_down() -> None:
    first = brackwater("dc01", "read_only")
    assert (first.service, first.impact, first.severity) == ("identity", Impact.AT_RISK, Severity.S3)
    assert first.title == "dc01: 1 of 2 Sign-in hosts down: writable /: bad"
    second = brackwater("dc01", "read_only", {"dc02": Impact.DOWN})
    assert (second.service, second.impact, second.severity) == ("identity", Impact.DOWN, Severity.S1)


def test_what_is_hit_hardest_is_charged() -> None:
    assert (brackwater("hv01", "read_only").service, brackwater("hv01", "read_only").severity) == ("erp", Severity.S1)
    assert brackwater("fw02", "read_only").service == "connectivity"


def test_a_restore_point_that_is_too_old_is_never_milder_than_the_policy_has_it() -> None:
    files = brackwater("fs01", "newest_file")
    assert (files.service, files.impact, files.severity) == ("files", Impact.AT_RISK, Severity.S2)
    assert brackwater("hv01", "newest_file").service == "identity"
    assert brackwater("fw01", "newest_file").severity is Severity.S3
    assert brackwater("ws-cad1", "newest_file").severity is Severity.S4
    assert brackwater("fs01", "backup_size").severity is Severity.S4
