"""Chat, to a real receiver on the loopback; and programs, which are really run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path

import pytest
from promises import Measured
from rooms import Room, room

from console.letters.letter import Fate, Letter
from console.outlets import chat, hook
from console.outlets.accounts import HookAccount

LETTER = Letter(
    "opening", "S1 @everyone ERP", ("what <!channel> \x1b[2J",), facts={"incident": "7", "title": "\x1b[31mred"}
)


LOOPBACK = (ip_network("127.0.0.1"),)


@pytest.fixture
def receiver() -> Iterator[Room]:
    with room() as made:
        yield made


def test_a_room_is_told_and_nobody_is_called_by_a_machines_text(receiver: Room) -> None:
    outcome = chat.carry([receiver.url()], LETTER, LOOPBACK)
    assert outcome.fate is Fate.SENT
    (said,) = receiver.heard
    assert "@everyone" not in said["title"]
    assert "<!channel>" not in said["message"]
    assert "\x1b" not in said["message"]


@pytest.mark.promise("S13", "a room that leads elsewhere: nobody is told there")
@pytest.mark.parametrize("answer", [301, 302, 303, 307, 308])
def test_a_room_that_leads_elsewhere_is_not_followed(receiver: Room, answer: int, measured: Measured) -> None:
    receiver.answer, receiver.leads_to = answer, f"http://127.0.0.1:{receiver.server_port}/elsewhere"
    outcome = chat.carry([receiver.url(rest="room?redirect=yes")], LETTER, LOOPBACK)
    measured(f"{answer}: asked {receiver.connections} time, {receiver.connections - 1} of them elsewhere")
    assert (outcome.fate, receiver.connections) == (Fate.LATER, 1)


def test_a_room_that_says_no_is_tried_again_and_its_url_is_never_shown(receiver: Room) -> None:
    receiver.answer = 500
    outcome = chat.carry([receiver.url("me:secret@127.0.0.1")], LETTER, LOOPBACK)
    assert (outcome.fate, outcome.why) == (Fate.LATER, "json://… did not take it")
    assert chat.check(["json://127.0.0.1/x", "nonsense", "nosuch://secret"]) == (
        "something that is no URL is no URL that apprise can use; nosuch://… is no URL that apprise can use"
    )


def test_a_program_reads_json_from_its_standard_input(tmp_path: Path) -> None:
    took = tmp_path / "took"
    account = HookAccount("tickets", ("/bin/sh", "-c", f"cat > {took}; env > {took}.env"))
    assert hook.carry(account, LETTER, "incident 7 opening hook tickets").fate is Fate.SENT
    said = json.loads(took.read_text())
    assert (said["version"], said["about"], said["key"]) == (1, "opening", "incident 7 opening hook tickets")
    assert said["facts"] == {"incident": "7", "title": "\ufffd[31mred"}
    assert "HOME" not in (tmp_path / "took.env").read_text()


def test_a_program_that_fails_hangs_or_is_not_there_is_told() -> None:
    failed = hook.carry(HookAccount("t", ("/bin/sh", "-c", "exit 3")), LETTER, "k")
    hung = hook.carry(HookAccount("t", ("/bin/sh", "-c", "sleep 60 & sleep 60"), seconds=1), LETTER, "k")
    gone = hook.carry(HookAccount("t", ("/no/such/program",)), LETTER, "k")
    assert (failed.why, failed.fate) == ("/bin/sh ended with 3", Fate.LATER)
    assert hung.why == "/bin/sh did not end within 1 s"
    assert gone.why == "/no/such/program cannot be started: No such file or directory"
    assert hook.check(HookAccount("t", ("/no/such/program",)))
