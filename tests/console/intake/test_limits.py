"""How much an agent may send at either door (reliability.md, 1.3)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from conftest import CLIENT, PROVIDER, eventually
from doors import KINDS, Door, check_in, fronted, hello
from hypothesis import given
from hypothesis import strategies as st

from agent.ssh import Unreachable
from checks import wire
from console.access.identity import Visitor
from console.intake.allowance import MOST_A_MINUTE, MOST_BYTES_AN_HOUR, Allowance

ME = Visitor(0, "root", "root", is_daemon=True)


@pytest.fixture(scope="module", params=KINDS)
def door(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with fronted(request.param, tmp_path_factory.mktemp("limits"), (PROVIDER, CLIENT)) as opened:
        yield opened


def said(door: Door, agent: str, key: str, newest: int, numbers: range) -> list[wire.FromConsole]:
    """What is answered to these check-ins, up to where the console hangs up."""
    answers: list[wire.FromConsole] = []
    with door.line(agent, key) as line:
        hello(line, newest)
        with suppress(Unreachable):  # it hung up
            for number in numbers:
                line.send(wire.carry(check_in(number)))
                answers.append(line.receive())
    return answers


def test_what_is_new_comes_sixty_times_a_minute_and_no_more(door: Door) -> None:
    agent, key = door.join()
    answers = said(door, agent, key, 0, range(1, 200))
    taken = [one for one in answers if isinstance(one, wire.Ack)]
    refused = [one for one in answers if isinstance(one, wire.Refusal)]
    assert MOST_A_MINUTE <= len(taken) <= MOST_A_MINUTE + 30, "so many, and what came back while they were sent"
    assert {one.why for one in refused} == {wire.Refused.RETRY_LATER}
    assert all(0 < one.seconds <= 2 for one in refused)
    again = said(door, agent, key, 0, range(500, 502))
    assert not [one for one in again if isinstance(one, wire.Ack)], "another connection has the same allowance"


def test_who_goes_on_after_that_is_hung_up_on(door: Door) -> None:
    agent, key = door.join()
    with door.line(agent, key) as line, pytest.raises(Unreachable):
        hello(line, 0)
        for number in range(1, 400):
            line.send(wire.carry(check_in(1 if number > 60 else number)))
        for _ in range(400):
            line.receive()
    assert f"hung up on {agent}" in eventually(lambda: door.said() if "more than one agent may" in door.said() else "")


def test_a_backlog_is_drained_at_full_speed(door: Door) -> None:
    agent, key = door.join()
    answers = said(door, agent, key, 300, range(1, 301))
    assert len(answers) == 300
    assert all(isinstance(one, wire.Ack) for one in answers)


@given(st.lists(st.tuples(st.integers(0, 8 << 20), st.floats(0, 900), st.booleans()), max_size=200))
def test_whatever_is_sent_when_no_hour_takes_more_than_what_was_full_and_what_an_hour_brings(
    sent: list[tuple[int, float, bool]],
) -> None:
    allowance, now, taken = Allowance(), 1000.0, []
    for size, later, is_backlog in sent:
        now += later
        wait = allowance.take(size, now, is_backlog=is_backlog)
        if not is_backlog and not wait:
            taken.append((now, size))
        assert wait >= 0
    for since, _ in taken:
        in_hour = [size for at, size in taken if since <= at <= since + 3600]
        assert sum(in_hour) <= 2 * MOST_BYTES_AN_HOUR + 1
        assert len([at for at, _ in taken if since <= at <= since + 60]) <= 2 * MOST_A_MINUTE + 1
