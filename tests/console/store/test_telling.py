"""What incidents are told, and when: confirmed, still, outside of windows, and the same after a restart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from builders import a_client, at
from hypothesis import given
from hypothesis import strategies as st

from checks.catalogue import BY_NAME
from checks.check import Check
from checks.reading import CheckIn, CheckName, Machine, Reading
from checks.standard import Standard
from console.incidents.events import Incident
from console.incidents.flapping import is_flapping
from console.incidents.states import fold
from console.operating_model.entities import Client, Model, Provider
from console.service_levels.windows import Window
from console.store.casebook import CaseBook
from console.store.fold import Judging, fold_check_in, fold_time
from console.store.standing import AgentState
from console.store.telling import Told, is_due
from console.store.writer import Batch

MINUTE = 60
T = at("Thu 19:00")
MODEL = Model(Provider("us"), {"mill": a_client()})


class House:
    """One host whose disk is full or not, told as the ledger tells it."""

    def __init__(self, stands_for: int = 0, in_a_row: int = 1, windows: Sequence[Window] = ()) -> None:
        self.confirmed = stands_for, in_a_row
        self.windows = tuple(windows)
        self.state = AgentState(agent="a", client="mill", site="main", host="box")
        self.cases = CaseBook()
        self.batch = Batch()
        self.every: dict[int, Incident] = {}

    def judging(self, now: int) -> Judging:
        return Judging(BY_NAME, self.standard, now)

    def standard(self, check: Check, _subject: str) -> Standard:
        return check.standard.confirmed_by(*self.confirmed)

    def planned(self, _client: Client, _host: str, _now: int) -> tuple[Window, ...]:
        return self.windows

    def told(self, now: int) -> Told:
        return Told(MODEL, BY_NAME, now, self.standard, self.planned)

    def hear(self, now: int, is_bad: bool, pace: int = MINUTE) -> None:
        reading = Reading(CheckName("disk"), "/", 0.99 if is_bad else 0.3, now, now + pace)
        check_in = CheckIn("0" * 32, 1, now, "b", 1.0, pace, "1", Machine("h", "x-1"), (reading,), ())
        folded = fold_check_in(self.state, check_in, self.judging(now))
        self.batch.add_changes(folded.changes)
        self.state = self.cases.tell(folded.state, self.told(now), self.batch)
        self.look(now)

    def look(self, now: int) -> None:
        folded = fold_time(self.state, now, self.judging(now))
        self.state = folded.state
        if folded.changes or is_due(self.state, now):
            self.state = self.cases.tell(self.state, self.told(now), self.batch)
        self.cases.clear(MODEL, now, self.batch)
        self.every.update(self.cases.open)

    def restart(self) -> None:
        """What is kept is all that is known."""
        self.state = msgspec.json.decode(msgspec.json.encode(self.state), type=AgentState)
        kept = [
            {number: fold(one.opening, one.events) for number, one in held.items()}
            for held in (self.cases.open, self.cases.resting)
        ]
        self.cases = CaseBook(kept[0], self.cases.last, kept[1])

    @property
    def openings(self) -> list[int]:
        """When each incident was detected."""
        return [msgspec.json.decode(row["opening"])["detected_at"] for row in self.batch.incidents]

    @property
    def events(self) -> list[tuple[str, int]]:
        """Everything that happened to incidents."""
        bodies = [msgspec.json.decode(row["body"]) for row in self.batch.events]
        return [(body["kind"], body["at"]) for body in bodies]

    @property
    def log(self) -> list[tuple[Any, ...]]:
        """What was held back, and what came of it."""
        return [(row["why"], row["since"], row["until"], row["came"]) for row in self.batch.suppressed]


def test_a_breach_alarms_only_after_it_stood_and_was_detected_at_its_first_second() -> None:
    house = House(stands_for=15 * MINUTE)
    for minute in range(15):
        house.hear(T + minute * MINUTE, is_bad=True)
    assert house.openings == []
    back = house.state.held["disk /"].back
    assert back is not None
    assert (back.why, back.until) == ("unconfirmed", T + 15 * MINUTE)

    house.look(T + 15 * MINUTE)

    assert house.openings == [T]
    assert house.log == [("unconfirmed", T, T + 15 * MINUTE, "raised")]
    assert [row["at"] for row in house.batch.changes] == [T]
    (opening,) = (msgspec.json.decode(row["opening"]) for row in house.batch.incidents)
    assert opening["title"] == "box: disk /: 99 % full"


def test_what_passes_before_it_is_confirmed_alarms_nobody_and_is_logged() -> None:
    house = House(stands_for=15 * MINUTE)
    house.hear(T, is_bad=True)
    house.hear(T + 14 * MINUTE, is_bad=False)
    house.look(T + 60 * MINUTE)

    assert (house.openings, house.events) == ([], [])
    assert house.log == [("unconfirmed", T, T + 14 * MINUTE, "passed")]
    assert len(house.batch.changes) == 2  # the record has both


def test_silence_confirms_nothing() -> None:
    house = House(stands_for=15 * MINUTE)
    house.hear(T, is_bad=True)
    house.look(T + 60 * MINUTE)
    assert house.openings == []

    house.hear(T + 61 * MINUTE, is_bad=True)
    assert house.openings == [T]


def test_three_looks_in_a_row_have_to_agree() -> None:
    house = House(in_a_row=3)
    for minute, is_bad in enumerate((True, True, False, True, True)):
        house.hear(T + minute * MINUTE, is_bad)
    assert house.openings == []
    house.restart()
    house.hear(T + 5 * MINUTE, is_bad=True)

    assert house.openings == [T + 3 * MINUTE]


def test_tl9_what_breaks_inside_a_window_is_detected_at_its_end() -> None:
    window = Window("m-41", ("work",), ("box",), T, T + 120 * MINUTE, is_planned=True, ended=T + 120 * MINUTE)
    house = House(stands_for=10 * MINUTE, windows=[window])
    for minute in range(5, 120, 5):
        house.hear(T + minute * MINUTE, is_bad=True, pace=5 * MINUTE)
    assert house.openings == []
    house.restart()
    house.look(T + 120 * MINUTE)
    house.hear(T + 140 * MINUTE, is_bad=False)

    assert house.openings == [T + 120 * MINUTE]
    assert house.events == [("recovered", T + 140 * MINUTE)]
    assert house.log == [("maintenance", T + 5 * MINUTE, T + 120 * MINUTE, "raised")]


def test_what_was_broken_before_the_window_is_told_at_once_and_what_heals_inside_never() -> None:
    window = Window("m-41", (), ("box",), T, T + 60 * MINUTE, is_planned=True, ended=T + 60 * MINUTE)
    before, inside = House(windows=[window]), House(windows=[window])
    before.hear(T - MINUTE, is_bad=True)
    inside.hear(T, is_bad=True)
    inside.hear(T + 59 * MINUTE, is_bad=False)
    inside.look(T + 61 * MINUTE)

    assert before.openings == [T - MINUTE]
    assert (inside.openings, inside.log) == ([], [("maintenance", T, T + 59 * MINUTE, "passed")])


def test_a_finding_that_flaps_has_one_incident_until_it_is_still_and_then_its_true_state() -> None:
    house = House()
    for turn in range(12):
        house.hear(T + turn * 12 * MINUTE, is_bad=turn % 2 == 0)
        house.restart()
    began = T + 4 * 12 * MINUTE
    after = [event for event in house.events if event[1] >= began]
    assert after == [("relapsed", began), ("flapping", began)]
    assert len(house.openings) == 1
    assert [is_flapping(one) for one in house.cases.open.values()] == [True]

    last = T + 11 * 12 * MINUTE
    house.look(last + 30 * MINUTE - 1)
    assert house.events[-1][0] == "flapping"
    house.look(last + 30 * MINUTE)

    assert [event for event in house.events if event[1] > began] == [
        ("recovered", last), ("steady", last + 30 * MINUTE), ("cleared", last + 30 * MINUTE),
    ]  # fmt: skip
    assert len(house.batch.changes) == 12  # the record has every one


def test_what_flaps_and_ends_bad_stays_one_incident() -> None:
    house = House()
    for turn in range(7):
        house.hear(T + turn * 6 * MINUTE, is_bad=turn % 2 == 0)
    house.look(T + 6 * 6 * MINUTE + 30 * MINUTE)

    assert len(house.openings) == 1
    assert [kind for kind, _ in house.events if kind in ("flapping", "steady")] == ["flapping", "steady"]
    (one,) = house.cases.open.values()
    assert one.recovered_at is None


TALE = st.lists(st.tuples(st.integers(1, 20), st.booleans(), st.booleans()), max_size=40)


@given(tale=TALE, stands_for=st.sampled_from([0, 300, 900]), in_a_row=st.sampled_from([1, 3]), windowed=st.booleans())
def test_hygiene_leaves_the_record_alone_and_a_restart_changes_nothing(
    tale: list[tuple[int, bool, bool]], stands_for: int, in_a_row: int, *, windowed: bool
) -> None:
    window = Window("m", (), ("box",), T + 1800, T + 5400, is_planned=True, ended=T + 5400)
    windows = [window] if windowed else []
    plain, held, again = House(), House(stands_for, in_a_row, windows), House(stands_for, in_a_row, windows)
    now = T
    for minutes, is_bad, restarts in tale:
        now += minutes * MINUTE
        for house in (plain, held, again):
            house.hear(now, is_bad)
        if restarts:
            again.restart()
    for house in (held, again):
        house.look(now + 7200)

    assert held.batch.changes == plain.batch.changes
    assert (again.batch.events, again.batch.incidents, again.state) == (
        held.batch.events, held.batch.incidents, held.state,
    )  # fmt: skip
    for one in held.every.values():  # nothing recovers that was not told
        bad = 1
        for event in one.events:
            bad += event.kind.value == "reopened"
            assert event.kind.value != "recovered" or bad
            bad = {"recovered": 0, "relapsed": 1}.get(event.kind.value, bad)
    assert all(not (window.start <= one.opening.detected_at < window.ended) for one in held.every.values() if windowed)


@pytest.mark.parametrize(("bad_at", "opened"), [(5, 60), (70, 70)])
def test_two_windows_that_touch_are_one(bad_at: int, opened: int) -> None:
    windows = [
        Window("m-1", (), ("box",), T, T + 30 * MINUTE, is_planned=True, ended=T + 30 * MINUTE),
        Window("m-2", (), ("box",), T + 30 * MINUTE, T + 60 * MINUTE, is_planned=True, ended=T + 60 * MINUTE),
    ]
    house = House(windows=windows)
    house.hear(T + bad_at * MINUTE, is_bad=True)
    house.look(T + 60 * MINUTE)

    assert house.openings == [T + opened * MINUTE]
