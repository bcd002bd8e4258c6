"""The state table of 4.2: what may happen when, hand-over without a second unowned, undo as an event of its own."""

from __future__ import annotations

import pytest
from builders import an_incident, at
from hypothesis import given
from hypothesis import strategies as st

from console.incidents.events import Event, Incident, Kind, NotAllowed
from console.incidents.states import allowed, fold, step, undoable
from console.operating_model.entities import Severity

T = at("Mon 10:00")


def ev(minutes: int, kind: Kind, by: str = "ana", **more: object) -> Event:
    return Event(T + minutes * 60, by, kind, **more)  # type: ignore[arg-type]


def owned(*events: Event) -> Incident:
    return an_incident(T, ev(1, Kind.OWNED), *events)


STATES = {
    "new": an_incident(T),
    "owned": owned(),
    "working": owned(ev(2, Kind.NOTE)),
    "pending": owned(ev(2, Kind.PAUSED, reason="supplier")),
    "resolved": owned(ev(2, Kind.RECOVERED, "", subject="/"), ev(3, Kind.RESOLVED)),
    "closed": owned(ev(2, Kind.RECOVERED, "", subject="/"), ev(3, Kind.RESOLVED), ev(4, Kind.CLOSED)),
    "void": an_incident(T, ev(1, Kind.VOID)),
    "child": an_incident(T, ev(1, Kind.MERGED, parent=7)),
}
KINDS = {
    "own": Kind.OWNED,
    "pause": Kind.PAUSED,
    "resume": Kind.RESUMED,
    "void": Kind.VOID,
    "reopen": Kind.REOPENED,
    "release": Kind.RELEASED,
    "confirm-closed": Kind.CLOSED,
}
ALWAYS = {"note", "log", "outage"}
OPEN = {"ack", "escalate", "severity"}
WORK = OPEN | {"reassign", "offer", "release", "step", "pause", "void", "merge", "resolve", "undo"}
ALLOWED = {
    "new": OPEN | {"own", "void", "merge"},
    "owned": WORK,
    "working": WORK,
    "pending": OPEN | {"reassign", "offer", "resume", "resolve", "undo"},
    "resolved": {"reopen", "confirm-closed", "undo"},
    "closed": {"reopen", "undo"},
    "void": {"undo"},
    "child": {"undo"},
}


@pytest.mark.parametrize("state", STATES)
def test_each_state_allows_what_the_table_has(state: str) -> None:
    one = STATES[state]
    assert one.state == state
    undo = {"undo"} if undoable(one) else set()
    assert set(allowed(one)) == (ALLOWED[state] - {"undo"}) | ALWAYS | undo


@pytest.mark.parametrize("state", STATES)
def test_whatever_the_table_has_not_is_refused_with_what_it_has(state: str) -> None:
    one = STATES[state]
    for verb in KINDS.keys() - set(allowed(one)):
        with pytest.raises(NotAllowed, match=f"is {state}.*what can be done: .*note"):
            step(one, ev(9, KINDS[verb]))


def test_a_hand_over_leaves_no_second_without_an_owner() -> None:
    offered = owned(ev(50, Kind.OFFERED, to="bo", text="waits for the copy"))
    assert (offered.owner, offered.offered_to) == ("ana", "bo")
    with pytest.raises(NotAllowed, match="offered to bo, so cy cannot"):
        step(offered, ev(60, Kind.ACCEPTED, "cy"))
    taken = step(offered, ev(65, Kind.ACCEPTED, "bo"))
    assert (taken.owner, taken.offered_to, taken.owned_at) == ("bo", "", T + 60)


def test_what_is_released_lies_in_the_queue_and_counts_how_long() -> None:
    released = owned(ev(10, Kind.RELEASED, text="no access"))
    assert (released.state, released.owner, released.released_at) == ("new", "", T + 600)
    again = step(released, ev(25, Kind.OWNED, "bo"))
    assert (again.owner, again.owned_at, again.unowned, again.released_at) == ("bo", T + 60, 900, None)


def test_the_first_word_to_the_client_is_the_first_response_and_may_come_before_an_owner() -> None:
    one = an_incident(T, ev(5, Kind.NOTE, told="phone"), ev(9, Kind.NOTE, told="mail"))
    assert (one.first_response_at, one.state) == (T + 300, "new")


def test_an_undo_is_an_event_that_takes_one_out_of_the_fold_and_none_out_of_the_record() -> None:
    void = owned(ev(10, Kind.VOID, text="false"))
    undone = step(void, ev(12, Kind.UNDONE, undoes=2))
    assert (undone.state, undone.owner, len(undone.events)) == ("owned", "ana", 3)
    assert undone.events[1].kind is Kind.VOID
    twice = step(undone, ev(5, Kind.UNDONE, undoes=1))
    assert (twice.state, twice.owner) == ("new", "")
    with pytest.raises(NotAllowed, match="only ana can undo"):
        step(void, ev(12, Kind.UNDONE, "bo", undoes=2))
    with pytest.raises(NotAllowed, match="within five minutes"):
        step(void, ev(16, Kind.UNDONE, undoes=2))
    with pytest.raises(NotAllowed, match="only the last thing"):
        step(void, ev(12, Kind.UNDONE, undoes=1))


def test_a_severity_is_changed_to_another_only() -> None:
    with pytest.raises(NotAllowed, match="S2 already"):
        step(owned(), ev(5, Kind.SEVERITY, severity=Severity.S2))
    assert step(owned(), ev(5, Kind.SEVERITY, severity=Severity.S1)).severity is Severity.S1


EVENTS = st.lists(
    st.builds(
        Event,
        at=st.integers(T, T + 86_400),
        by=st.sampled_from(["ana", "bo", ""]),
        kind=st.sampled_from(list(Kind)),
        subject=st.sampled_from(["/", "/home"]),
        reason=st.sampled_from(["client", "supplier"]),
        severity=st.sampled_from(list(Severity)),
        to=st.sampled_from(["ana", "bo"]),
        parent=st.sampled_from([0, 7]),
        undoes=st.integers(0, 8),
    ),
    max_size=14,
)


@given(tale=EVENTS)
def test_whatever_happens_the_state_is_one_of_the_table_and_the_fold_is_its_steps(tale: list[Event]) -> None:
    one, kept = an_incident(T), []
    for each in sorted(tale, key=lambda event: event.at):
        before = one
        try:
            one = step(one, each)
        except NotAllowed as error:
            assert str(error)  # noqa: PT017 - what is refused says why, and changes nothing
            continue
        kept.append(each)
        assert one.events[:-1] == before.events
    assert one == fold(one.opening, kept)
    assert one.state in ALLOWED
    assert not one.is_open or one.state in ("new", "owned", "working", "pending", "child")
    assert one.owner or one.state not in ("owned", "pending")


def test_a_mistaken_merge_is_taken_back_and_nothing_before_it() -> None:
    merged = owned(ev(2, Kind.MERGED, parent=7))
    back = step(merged, ev(3, Kind.UNDONE, undoes=undoable(merged)))
    assert (back.state, back.parent, back.owner) == ("owned", 0, "ana")
    done = an_incident(T, ev(1, Kind.OWNED), ev(2, Kind.RECOVERED, "", subject="/"), ev(3, Kind.RESOLVED))
    reopened = step(done, ev(4, Kind.REOPENED))
    assert undoable(reopened) == 0, "what was done before the last thing stays"
    assert undoable(step(owned(), ev(2, Kind.NOTE))) == 1, "a note changes nothing"
