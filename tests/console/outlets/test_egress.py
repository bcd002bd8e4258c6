"""A chat is told over the internet and in the networks that are allowed; nowhere else does anything connect."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
from mailboxes import certificate
from promises import Measured
from rooms import Room, room

from console.letters.letter import Fate, Letter, Way
from console.outlets import chat, egress, web
from console.outlets.carrying import Carrier
from console.outlets.egress import Bounds, Refused, is_public, within

LETTER = Letter("opening", "S1 ERP is down", ("what ERP",), way=Way.CHAT, account="marco")
OTHER = "127.0.0.2"
SPELLINGS = (
    "127.0.0.1", "localhost", "0x7f000001", "2130706433", "127.1", "0177.0.0.1", "0", "0.0.0.0", "[::1]", "[::]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "user:pass@127.0.0.1",
)  # fmt: skip
PROMISED = pytest.mark.promise("S13", "webhooks: private, numeric, rebound, redirected: 0 connections")


@pytest.fixture
def forbidden() -> Iterator[list[Room]]:
    """Rooms where nobody may go, at one port of both loopbacks."""
    with ExitStack() as stack:
        first = stack.enter_context(room())
        yield [first, stack.enter_context(room("::1", first.server_port))]


def came(rooms: list[Room]) -> int:
    return sum(one.connections for one in rooms)


@PROMISED
def test_no_spelling_of_an_own_address_is_reached(forbidden: list[Room], measured: Measured) -> None:
    urls = [forbidden[0].url(host).replace("json", scheme) for host in SPELLINGS for scheme in ("json", "jsons")]
    outcomes = [chat.carry([url], LETTER) for url in urls]
    measured(f"{len(urls)} spellings: {came(forbidden)} connections")
    assert came(forbidden) == 0
    assert {one.fate for one in outcomes} == {Fate.LATER}
    assert outcomes[4].why == (
        "json://… leads to 127.0.0.1, which is no public address; "
        "use a URL that speaks TLS to a public address, or put this one into allowed_networks of outlets.toml"
    )


@PROMISED
def test_no_library_reaches_an_own_address_in_any_spelling(forbidden: list[Room], measured: Measured) -> None:
    refused, port = 0, forbidden[0].server_port
    for host in SPELLINGS[:-1]:
        with within(Bounds()), pytest.raises(Refused):
            socket.create_connection((host.strip("[]"), port))
        refused += 1
    measured(f"{refused} spellings at the socket: {came(forbidden)} connections")
    assert came(forbidden) == 0


@PROMISED
@pytest.mark.parametrize("url", ["mailto://{}?from=a@b.example&to=c@d.example", "irc://u:p@{}/#room", "ntfy://{}/room"])
def test_a_service_that_connects_by_itself_is_held_too(forbidden: list[Room], url: str, measured: Measured) -> None:
    outcome = chat.carry([url.format(f"127.0.0.1:{forbidden[0].server_port}")], LETTER)
    measured(f"{url.split(':', maxsplit=1)[0]}: {came(forbidden)} connections")
    assert came(forbidden) == 0
    assert "which is no public address" in outcome.why


@PROMISED
@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # apprise leaves it open
def test_a_datagram_goes_nowhere_either(measured: Measured) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as log:
        log.bind(("127.0.0.1", 0))
        log.setblocking(False)
        why = [
            chat.carry([f"rsyslog://{host}:{log.getsockname()[1]}"], LETTER).why for host in ("127.0.0.1", "localhost")
        ]
        with pytest.raises(BlockingIOError):
            log.recv(1)
    measured("rsyslog: 0 datagrams")
    assert "leads to 127.0.0.1" in why[0]
    assert "leads to a name that was not looked up; name the address" in why[1]


@PROMISED
def test_a_name_that_changes_its_mind_leads_nowhere_else(
    forbidden: list[Room], measured: Measured, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = forbidden[0].server_port
    answers = iter([[OTHER], ["127.0.0.1"], ["127.0.0.1", "::1"], ["127.0.0.1", OTHER]])

    def resolves(host: str, port: int, *rest: Any) -> list[Any]:
        families = {True: socket.AF_INET6, False: socket.AF_INET}
        return [(families[":" in one], socket.SOCK_STREAM, 6, "", (one, port)) for one in next(answers)]

    monkeypatch.setattr(socket, "getaddrinfo", resolves)
    with room(OTHER, port) as allowed:
        fates = [chat.carry([allowed.url("room.example")], LETTER, (ip_network(OTHER),)).fate for _ in range(4)]
        measured(f"rebound: {came(forbidden)} connections")
        assert (came(forbidden), len(allowed.heard)) == (0, 2)
    assert fates == [Fate.SENT, Fate.LATER, Fate.LATER, Fate.SENT]


@PROMISED
@pytest.mark.parametrize("answer", [301, 302, 307, 308])
def test_a_room_that_may_be_told_leads_nobody_home(forbidden: list[Room], answer: int, measured: Measured) -> None:
    with room(OTHER) as allowed:
        allowed.answer, allowed.leads_to = answer, forbidden[0].url().replace("json", "http")
        outcome = chat.carry([allowed.url(OTHER, "room?redirect=yes")], LETTER, (ip_network(OTHER),))
        measured(f"redirected by {answer}: {came(forbidden)} connections")
        assert (came(forbidden), len(allowed.heard)) == (0, 1)
    assert outcome.fate is Fate.LATER


def test_an_allowed_network_is_written_into_the_accounts(tmp_path: Path, forbidden: list[Room]) -> None:
    file = tmp_path / "outlets.toml"
    chats = f'[chat]\nmarco = ["{forbidden[0].url()}"]\n'

    def carried() -> Fate:
        return Carrier(tmp_path).carry(LETTER, "k", ("M", ""), 0).fate

    file.write_text(chats)
    file.chmod(0o600)
    assert (carried(), came(forbidden)) == (Fate.LATER, 0)
    file.write_text(f'allowed_networks = ["192.168.7.0/24", "127.0.0.0/8"]\n{chats}')
    assert (carried(), len(forbidden[0].heard)) == (Fate.SENT, 1)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.254",
        "0.0.0.0", "0.1.2.3", "224.0.0.251", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.1.2.3", "::ffff:100.64.0.1", "::127.0.0.1", "::10.1.2.3",
        "64:ff9b::7f00:1", "64:ff9b::a01:203", "64:ff9b:1::a01:203", "64:ff9b:1:a01:2:300::",
        "2002:7f00:1::", "2002:a01:203::1", "2001::1", "4000::1", "100::1",
    ],
)  # fmt: skip
def test_what_is_no_machine_of_the_internet(address: str) -> None:
    assert not is_public(ip_address(address))
    assert "which is no public address" in Bounds().refusal(address, over_tls=True)
    assert not Bounds([ip_network("::/0"), ip_network("0.0.0.0/0")]).refusal(address, over_tls=False)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_the_internet_is_told_over_tls_alone(address: str) -> None:
    assert Bounds().refusal(address, over_tls=True) == ""
    assert "without TLS that is verified" in Bounds().refusal(address, over_tls=False)


@pytest.mark.parametrize(
    ("scheme", "rest", "connections", "why"),
    [
        ("jsons", "room", 1, "shows no certificate that is trusted"),
        ("jsons", "room?verify=no", 0, "leads to 127.0.0.1 without TLS that is verified"),
        ("json", "room", 0, "leads to 127.0.0.1 without TLS that is verified"),
    ],
)
def test_on_the_internet_a_room_shows_who_it_is_before_it_is_told(
    scheme: str, rest: str, connections: int, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(egress, "is_public", lambda address: True)  # the internet is not here
    with room(keys=certificate(tmp_path)) as stranger:
        outcome = chat.carry([stranger.url(rest=rest).replace("json", scheme)], LETTER)
        assert (stranger.connections, stranger.heard) == (connections, [])
    assert outcome.why.split("; ")[0] == f"{scheme}://… {why}"


def test_neither_a_proxy_nor_a_password_file_of_the_environment_is_asked(
    forbidden: list[Room], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = tmp_path / "netrc"
    secrets.write_text("machine 127.0.0.2 login me password secret\n")
    monkeypatch.setenv("NETRC", str(secrets))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{forbidden[0].server_port}")
    with room(OTHER) as allowed:
        outcome = chat.carry([allowed.url(OTHER)], LETTER, (ip_network("127.0.0.0/8"),))
        assert (outcome.fate, came(forbidden), allowed.headers[0].get("Authorization")) == (Fate.SENT, 0, None)


def test_an_answer_without_an_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "SECONDS", 0.1)
    with room() as endless:
        endless.drips = True
        assert chat.carry([endless.url()], LETTER, (ip_network("127.0.0.1"),)).why == (
            "json://… did not answer within 0.1 s"
        )


def test_a_room_that_nobody_can_trust_or_reach_is_told_by_what_is_wrong(tmp_path: Path) -> None:
    allowed, keys = (ip_network("127.0.0.1"),), certificate(tmp_path)
    with room(keys=keys) as self_signed:
        url = self_signed.url().replace("json", "jsons")
        assert chat.carry([url], LETTER, allowed).why == "jsons://… shows no certificate that is trusted"
        assert self_signed.heard == []
    assert chat.carry([url], LETTER, allowed).why == "jsons://… cannot be reached"


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
def test_a_certificate_may_go_unverified_in_an_allowed_network_alone(tmp_path: Path) -> None:
    with room(keys=certificate(tmp_path)) as self_signed:
        url = self_signed.url(rest="room?verify=no").replace("json", "jsons")
        assert chat.carry([url], LETTER, (ip_network("127.0.0.1"),)).fate is Fate.SENT
        assert len(self_signed.heard) == 1


def test_an_answer_that_is_too_long_is_not_read() -> None:
    with room() as talkative:
        talkative.says = b"x" * web.MOST_BYTES
        assert chat.carry([talkative.url()], LETTER, (ip_network("127.0.0.1"),)).fate is Fate.SENT
        talkative.says += b"x"
        assert chat.carry([talkative.url()], LETTER, (ip_network("127.0.0.1"),)).why == (
            "json://… answered with more than 64 KiB"
        )


def test_what_is_secret_in_a_url_reaches_no_log_and_no_error(
    forbidden: list[Room], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    forbidden[0].answer = 500
    url = forbidden[0].url("me:hush@127.0.0.1", "hush?+x-token=hush")
    outcomes = [chat.carry([url], LETTER, allowed) for allowed in ((), (ip_network("127.0.0.1"),))]
    assert came(forbidden) == 1
    assert "hush" not in f"{outcomes} {caplog.text}"


def test_what_else_the_daemon_connects_is_held_to_nothing(forbidden: list[Room]) -> None:
    chat.carry([forbidden[0].url()], LETTER)
    socket.create_connection(("127.0.0.1", forbidden[0].server_port)).close()
    with pytest.raises(Refused), within(Bounds()):
        socket.create_connection(("127.0.0.1", forbidden[0].server_port))
