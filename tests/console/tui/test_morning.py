"""J1, morning triage, by keys over a real daemon that holds the golden week (operating-model.md, 6.2)."""

from __future__ import annotations

import errno
import socket
from typing import Any

import pytest
from builders import at
from days import PRIYA, SIZE, console, events, passes, tell
from pilots import says, sees, until

from checks.reading import CheckName, Reading
from console.desk.refusal import DeskRefusal


@pytest.fixture
def uplink_is_pulled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing outside of this machine can be reached, nor any name be looked up."""
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX:
            raise OSError(errno.ENETUNREACH, "the uplink is pulled")
        connect(self, address)

    def lookup(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "the uplink is pulled")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", lookup)


async def test_j1_all_that_a_row_is_about_stands_below_it_on_the_smallest_screen(bare: Any) -> None:
    await tell(bare, at("Wed 08:00"))
    async with console(bare).run_test(size=(80, 24)) as pilot:
        screen = await sees(pilot, "files-night", "deputy")
    for word in ("service    Files", "· S2", "answers Priya", "accounts   Dana", "deputy Priya", "own by", "budget"):
        assert word in screen, f"{word}: (c)"


@pytest.mark.usefixtures("uplink_is_pulled")
async def test_j1_from_the_start_to_the_first_incident_owned_without_an_uplink(bare: Any) -> None:
    with pytest.raises(OSError, match="uplink"):
        socket.create_connection(("192.0.2.1", 443), 1)
    await tell(bare, at("Wed 08:00"))
    async with console(bare).run_test(size=SIZE) as pilot:
        screen = await sees(pilot, "files-night", "▓ 30 min", "deputy")
        first = next(line for line in screen.splitlines() if "›" in line and "nobody" in line)
        assert "files-night" in first, "I-102 is first, and 30 minutes are left to own it (a)"
        for word in ("service    Files", "· S2", "answers", "accounts", "deputy", "due", "budget"):
            assert word in screen, "service, owner, A, deputy, due and budget stand beside the row (c)"
        await pilot.press("y")
        await sees(pilot, "1 of ")
        await pilot.press("escape")
        await sees(pilot, "files-night")
        await pilot.press("o")
        await until(pilot, lambda screen: bare.daemon.ledger.cases.open[102].owner == "root")
        await pilot.press("n")
        await says(pilot, "told Helen")
        await says(pilot, "phone")
        await until(pilot, lambda _: len(events(bare, 102)) >= 2)
        await pilot.press("enter")
        await sees(pilot, "#102", "Backup failure, rb-backup 0/6")
        await pilot.press("b")
        await says(pilot, "read-log")
        await says(pilot, "")
        await sees(pilot, "rb-backup 1/6")
        await pilot.press("2")
        await sees(pilot, "Services", "budget")
        await pilot.press("9")
        await sees(pilot, "Plan")
        with pytest.raises(DeskRefusal, match="is root's since Wed 08:00; they took it first"):
            await bare.daemon.desk.do("own", {"incident": "102"}, PRIYA)
    one = bare.daemon.ledger.cases.open[102]
    assert (one.first_response_at, one.owned_at) == (at("Wed 08:00"), at("Wed 08:00"))


async def test_j1_what_came_since_you_left_counts_from_your_own_last_key(bare: Any) -> None:
    week = await tell(bare, at("Tue 17:00"))
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "in the last day: nothing new")
        await passes(bare, at("Tue 17:20"))
        await pilot.press("down", ".")
        await until(pilot, lambda _: bare.daemon.desk._office.sittings._known["root"].last_at == at("Tue 17:20"))
        await pilot.pause(0.3)  # what is on its way was asked for before
        bare.time[0] = at("Tue 20:00")  # nobody touches it any more, and it goes on asking by itself
        await week.go_on()
        await sees(pilot, "in the last day: nothing new", "Wed 11 Nov 01:00")
        await pilot.pause(0.3)
    bare.time[0] = at("Wed 08:00")
    await week.go_on()
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "since you left Tue 10 Nov 22:20: 2 new (N)")
        await pilot.press("N")
        await sees(pilot, "2 since you left", "new", "#102", "#105")
        await pilot.press("enter")
        await sees(pilot, "nobody has it yet", "detected")


async def test_j1_what_cleared_by_itself_is_no_work_but_news_and_a_silent_host_is_silent_not_down(story: Any) -> None:
    async with console(story).run_test(size=SIZE) as pilot:
        screen = await sees(pilot, "in the last day: 1 new, 1 silent host (N)")
        assert any("nas" in line and "silent" in line for line in screen.splitlines())
        assert not any("nas" in line and "down" in line for line in screen.splitlines()), "(e)"
        await _box_gets_well(story)
        await sees(pilot, "1 cleared by itself", "2 silent hosts")
        await until(pilot, lambda screen: "box: disk" not in screen)  # it is no work, and no banner's either (d)
        await pilot.press("N")
        await sees(pilot, "cleared by itself", "nas is silent", "box: disk")


async def _box_gets_well(house: Any) -> None:
    """Its disk has room again, for longer than it takes to clear."""
    for step in range(12):
        house.time[0] += 60
        await house.hear("box", 22 + step, Reading(CheckName("disk"), "/", 0.4, house.time[0], house.time[0] + 60, ()))
        house.look()
