"""Silence by presence: what is switched off at night is not missed, and what is missed is dated to the second."""

from __future__ import annotations

import pytest
from builders import a_client, a_service, at
from msgspec import structs

from checks.catalogue import BY_NAME
from checks.finding import Status
from checks.reading import CheckName
from console.operating_model.entities import Client, Host
from console.store.fold import Judging
from console.store.standing import AgentState
from console.watch.silence import fell_silent, heard_again

CHECKIN = BY_NAME[CheckName("checkin")]


def client(presence: str) -> Client:
    return a_client(a_service("work", "ws"), hosts=(Host("ws", "main", presence=presence),))


def state(heard: int) -> AgentState:
    return AgentState(agent="a", client="mill", site="main", host="ws", taken_at=heard, received_at=heard, pace=300)


def judging(now: int) -> Judging:
    return Judging(BY_NAME, lambda check, _subject: check.standard, now)


@pytest.mark.parametrize(
    ("presence", "heard", "not_yet", "missed"),
    [
        ("always", "Mon 17:55", "Mon 18:05", "Mon 18:05"),
        ("office", "Mon 17:55", "Tue 11:55", "Tue 11:55"),
        ("office", "Fri 17:30", "2026-11-16T11:30", "2026-11-16T11:30"),
        ("roaming", "Mon 09:00", "Sun 09:00", "2026-11-16T09:00"),
    ],
)
def test_a_host_is_missed_in_its_own_time(presence: str, heard: str, not_yet: str, missed: str) -> None:
    one = state(at(heard))

    assert fell_silent(one, CHECKIN, judging(at(not_yet)), 0, client(presence)) is None
    change = fell_silent(one, CHECKIN, judging(at(missed) + 1), 0, client(presence))
    assert change is not None
    assert (change.status, change.at) == (Status.BREACH, at(missed))


def test_a_client_may_say_how_long_each_may_be_silent() -> None:
    strict = Judging(BY_NAME, lambda check, _: check.standard.with_limits(None, 900, "model"), at("Tue 08:11"))
    change = fell_silent(state(at("Mon 17:55")), CHECKIN, strict, 0, client("office"))

    assert change is not None
    assert change.at == at("Tue 08:10")


def test_it_is_heard_again_by_its_next_check_in_and_not_by_one_from_before() -> None:
    gone = structs.replace(state(at("Mon 17:55")), silent_since=at("Tue 11:55"))
    back = structs.replace(gone, taken_at=at("Wed 09:00"), received_at=at("Wed 09:00"))

    assert heard_again(gone, CHECKIN, judging(at("Wed 09:00")), client("office")) is None
    change = heard_again(back, CHECKIN, judging(at("Wed 09:00")), client("office"))
    assert change is not None
    assert (change.status, change.at) == (Status.OK, at("Wed 09:00"))
