"""The door, knocked at for real: who gets in, what is refused, and what a refused one learns."""

from __future__ import annotations

import asyncio
import json
import socket
import sqlite3
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import asyncssh
import pytest
from conftest import CLIENT, PROVIDER
from promises import Measured

from checks import wire
from checks.reading import CheckIn, CheckName, Dropped, Machine, Reading
from checks.token import Token, read, seed, user_of
from console.access.identity import Visitor
from console.daemon import Open, Wanted, clock, running
from console.desk.refusal import DeskRefusal
from console.pages.audit import AuditRow

EPOCH = "0123456789abcdef0123456789abcdef"
ME = Visitor(0, "root", "root", is_daemon=True)
WORD = "watchbill-agent/1"


@pytest.fixture
async def daemon(tmp_path: Path) -> AsyncIterator[Open]:
    async with running(Wanted(tmp_path, "127.0.0.1", 0, starter=False)) as opened:
        documents = [{"name": "p", "text": PROVIDER}, {"name": "c", "text": CLIENT}]
        await opened.desk.do("publish", {"documents": documents, "reason": "a test"}, ME)
        yield opened


async def a_token(daemon: Open) -> Token:
    invitation = await daemon.desk.do("invite", {"client": "mill", "site": "main", "host": "box"}, ME)
    return read(invitation.token)  # type: ignore[attr-defined]


def key_of(token: Token) -> asyncssh.SSHKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    private = Ed25519PrivateKey.from_private_bytes(seed(token))
    return asyncssh.import_private_key(private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()))


async def knock(daemon: Open, user: str, key: asyncssh.SSHKey) -> asyncssh.SSHClientConnection:
    host, port = daemon.door.rsplit(":", 1)
    return await asyncssh.connect(
        host, int(port), username=user, client_keys=[key], known_hosts=None, agent_path=None, config=None
    )


class Talk:
    """One channel with frames."""

    def __init__(self, process: asyncssh.SSHClientProcess[bytes]) -> None:
        self._process = process

    def say(self, message: wire.FromAgent) -> None:
        self._process.stdin.write(wire.frame(message))

    def say_bytes(self, raw: bytes) -> None:
        self._process.stdin.write(raw)

    async def hear(self) -> wire.FromConsole | None:
        async with asyncio.timeout(10):
            try:
                header = await self._process.stdout.readexactly(wire.HEADER.size)
                return wire.from_console(header, await self._process.stdout.readexactly(wire.body_length(header)))
            except asyncio.IncompleteReadError:
                return None


async def talk(connection: asyncssh.SSHClientConnection) -> Talk:
    return Talk(await connection.create_process(WORD, encoding=None))


async def an_agent(daemon: Open) -> tuple[str, asyncssh.SSHKey]:
    """Join for real; the agent's user name and key."""
    token = await a_token(daemon)
    key = asyncssh.generate_private_key("ssh-ed25519")
    async with await knock(daemon, user_of(token.token_id), key_of(token)) as connection:
        line = await talk(connection)
        line.say(wire.Join(key.export_public_key().decode().strip(), Machine("box", "debian-12")))
        joined = await line.hear()
    assert isinstance(joined, wire.Joined)
    return joined.agent_id, key


def check_in(seq: int, value: float = 0.5, epoch: str = EPOCH, **more: object) -> bytes:
    now = clock()
    readings = (Reading(CheckName("disk"), "/", value, now, now + 60),)
    fields = {"uptime": 100.0, "machine": Machine("box", "debian-12"), "readings": readings, **more}
    return wire.encode_check_in(CheckIn(epoch, seq, now, "boot", pace=60, agent="0.1.0", **fields))  # type: ignore[arg-type]


async def hello(line: Talk, newest: int, epoch: str = EPOCH, clock_off: int = 0, boot: str = "boot") -> wire.Welcome:
    line.say(wire.Hello(epoch, newest, boot, 100.0, clock() + clock_off, "0.1.0"))
    welcome = await line.hear()
    assert isinstance(welcome, wire.Welcome)
    return welcome


def stored(daemon: Open) -> list[tuple[int, int]]:
    path = daemon.ledger.database.path
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return connection.execute("select ordinal, seq from checkins order by ordinal, seq").fetchall()
    finally:
        connection.close()


async def test_an_agent_joins_checks_in_and_the_ack_names_what_was_kept(daemon: Open) -> None:
    agent, key = await an_agent(daemon)
    async with await knock(daemon, agent, key) as connection:
        line = await talk(connection)
        assert (await hello(line, 1)).mark == 0
        body = check_in(1)
        line.say(wire.carry(body))
        ack = await line.hear()
    assert ack == wire.Ack(EPOCH, 1, wire.digest(body))
    assert stored(daemon) == [(1, 1)]


async def test_a_token_lets_in_exactly_one_of_many_who_come_at_once(daemon: Open) -> None:
    token = await a_token(daemon)

    async def attempt() -> wire.FromConsole | None:
        key = asyncssh.generate_private_key("ssh-ed25519")
        try:
            async with await knock(daemon, user_of(token.token_id), key_of(token)) as connection:
                line = await talk(connection)
                line.say(wire.Join(key.export_public_key().decode().strip(), Machine("box", "debian-12")))
                return await line.hear()
        except (asyncssh.Error, OSError):
            return None

    answers = await asyncio.gather(*(attempt() for _ in range(24)))
    assert sum(isinstance(answer, wire.Joined) for answer in answers) == 1
    with pytest.raises(asyncssh.PermissionDenied):
        await knock(daemon, user_of(token.token_id), key_of(token))


async def test_wrong_expired_and_unknown_look_the_same_from_outside(daemon: Open) -> None:
    token = await a_token(daemon)
    daemon.ledger.tokens[token.token_id] = wire.msgspec.structs.replace(
        daemon.ledger.tokens[token.token_id], expires_at=clock() - 1
    )
    agent, _ = await an_agent(daemon)
    stranger = asyncssh.generate_private_key("ssh-ed25519")
    said = set()
    for user, key in (
        (user_of(token.token_id), key_of(token)),
        (agent, stranger),
        ("nobody", stranger),
        ("root", stranger),
    ):
        with pytest.raises(asyncssh.PermissionDenied) as refused:
            await knock(daemon, user, key)
        said.add(str(refused.value).replace(user, "USER"))
    assert len(said) == 1


async def test_one_agents_key_does_not_speak_for_another(daemon: Open) -> None:
    first, _ = await an_agent(daemon)
    _, second_key = await an_agent(daemon)

    with pytest.raises(asyncssh.PermissionDenied):
        await knock(daemon, first, second_key)


@pytest.mark.parametrize("command", ["sh", "", "watchbill-agent/1 --split-string", "watchbill-agent/2", "x" * 100_000])
async def test_only_one_word_is_answered(daemon: Open, command: str) -> None:
    agent, key = await an_agent(daemon)
    async with await knock(daemon, agent, key) as connection:
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.create_process(command, encoding=None)


async def test_shells_terminals_files_and_tunnels_are_refused(daemon: Open) -> None:
    agent, key = await an_agent(daemon)
    async with await knock(daemon, agent, key) as connection:
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.create_process()
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.open_connection("127.0.0.1", 22)
        with pytest.raises(asyncssh.ChannelListenError):
            await connection.start_server(lambda *_: None, "127.0.0.1", 0)
    async with await knock(daemon, agent, key) as connection:
        with pytest.raises((asyncssh.ChannelOpenError, asyncssh.SFTPError)):
            await connection.start_sftp_client()


async def test_a_second_channel_is_refused(daemon: Open) -> None:
    agent, key = await an_agent(daemon)
    async with await knock(daemon, agent, key) as connection:
        await talk(connection)
        with pytest.raises(asyncssh.ChannelOpenError):
            await talk(connection)


async def test_the_same_again_is_acknowledged_and_stored_once(daemon: Open) -> None:
    agent, key = await an_agent(daemon)
    body = check_in(1)
    for _ in range(2):
        async with await knock(daemon, agent, key) as connection:
            line = await talk(connection)
            await hello(line, 1)
            line.say(wire.carry(body))
            assert isinstance(await line.hear(), wire.Ack)
    assert stored(daemon) == [(1, 1)]


async def test_the_same_number_with_other_content_is_set_aside_and_said(daemon: Open) -> None:
    agent, key = await an_agent(daemon)
    async with await knock(daemon, agent, key) as connection:
        line = await talk(connection)
        await hello(line, 1)
        line.say(wire.carry(check_in(1)))
        await line.hear()
        line.say(wire.carry(check_in(1, value=0.99)))
        answer = await line.hear()
    assert isinstance(answer, wire.Refusal)
    assert answer.why is wire.Refused.CONFLICT
    assert stored(daemon) == [(1, 1)]
    assert "clone" in daemon.ledger.states[agent].note
    assert daemon.ledger.states[agent].held["disk /"].status.value == "ok"


async def test_history_waits_for_what_comes_first_and_skips_what_was_dropped(
    daemon: Open, caplog: pytest.LogCaptureFixture
) -> None:
    agent, key = await an_agent(daemon)
    async with await knock(daemon, agent, key) as connection:
        line = await talk(connection)
        await hello(line, 5)
        line.say(wire.carry(check_in(5)))
        early = await line.hear()
        line.say(wire.carry(check_in(1)))
        first = await line.hear()
        line.say(wire.carry(check_in(5, dropped=(Dropped(2, 4, 3, "the disk was \x1b[2Jfull"),))))
        fifth = await line.hear()
    assert isinstance(early, wire.Refusal)
    assert early.why is wire.Refused.RETRY_LATER
    assert isinstance(first, wire.Ack)
    assert isinstance(fifth, wire.Ack)
    assert daemon.ledger.states[agent].mark == 5
    assert "will never send 3 check-ins before 5: the disk was \ufffd[2Jfull" in caplog.text


async def test_the_newest_is_shown_live_before_its_backlog_is_history(daemon: Open) -> None:
    agent, key = await an_agent(daemon)
    async with await knock(daemon, agent, key) as connection:
        line = await talk(connection)
        await hello(line, 3)
        line.say(wire.carry(check_in(3, value=0.95), live=True))
        ack = await line.hear()
        page = await daemon.desk.page("hosts", {}, ME)
        (row,) = page.rows  # type: ignore[attr-defined]
        assert isinstance(ack, wire.Ack)
        assert ack.live
        assert (row.catching_up, row.status.value) == (True, "breach")
        assert stored(daemon) == []
        assert daemon.ledger.cases.open == {}
        for seq in (1, 2, 3):
            line.say(wire.carry(check_in(seq, value=0.95)))
            await line.hear()
    assert stored(daemon) == [(1, 1), (1, 2), (1, 3)]
    assert len(daemon.ledger.cases.open) == 1


async def test_one_bad_check_in_does_not_end_the_conversation(daemon: Open) -> None:
    agent, key = await an_agent(daemon)
    bad = b'{"epoch": "x"}'
    async with await knock(daemon, agent, key) as connection:
        line = await talk(connection)
        await hello(line, 1)
        line.say(wire.Carry(body=wire.Raw(bad), sha256=wire.digest(bad)))
        refused = await line.hear()
        line.say(wire.carry(check_in(1)))
        ack = await line.hear()
    assert isinstance(refused, wire.Refusal)
    assert refused.why is wire.Refused.BAD_FORMAT
    assert isinstance(ack, wire.Ack)


@pytest.mark.parametrize(
    "raw",
    [
        wire.HEADER.pack(wire.MOST_BYTES + 1, 0),
        wire.HEADER.pack(10, 9) + b"0123456789",
        wire.HEADER.pack(4, 0) + b"nope",
        wire.HEADER.pack(2000, 0) + b"[" * 2000,
        wire.frame(wire.Hello(EPOCH, 1, "b", 1.0, 1, "9", v=9)),
    ],
)
async def test_what_is_no_frame_ends_the_connection_and_nothing_else(daemon: Open, raw: bytes) -> None:
    agent, key = await an_agent(daemon)
    async with await knock(daemon, agent, key) as connection:
        line = await talk(connection)
        line.say_bytes(raw)
        assert await line.hear() is None
    async with await knock(daemon, agent, key) as connection:
        assert (await hello(await talk(connection), 0)).mark == 0


async def test_revoking_ends_a_live_session_and_closes_the_door(daemon: Open) -> None:
    agent, key = await an_agent(daemon)
    connection = await knock(daemon, agent, key)
    line = await talk(connection)
    await hello(line, 0)
    await daemon.desk.do("revoke", {"agent": agent, "reason": "stolen"}, ME)
    async with asyncio.timeout(5):
        await connection.wait_closed()
    with pytest.raises(asyncssh.PermissionDenied):
        await knock(daemon, agent, key)
    page = await daemon.desk.page("agents", {}, ME)
    assert page.rows[0].status == "revoked"  # type: ignore[attr-defined]


async def test_where_each_agent_has_to_be_approved_nothing_is_taken_from_one_that_waits(daemon: Open) -> None:
    careful = {"name": "p", "text": f"{PROVIDER}joining: {{needs_approval: true}}\n", "base": 1}
    before, _ = await an_agent(daemon)
    await daemon.desk.do("publish", {"documents": [careful], "reason": "a careful house"}, ME)
    agent, key = await an_agent(daemon)

    async def answer() -> wire.FromConsole | None:
        async with await knock(daemon, agent, key) as connection:
            line = await talk(connection)
            line.say(wire.Hello(EPOCH, 1, "boot", 100.0, clock(), "0.1.0"))
            return await line.hear()

    refused = await answer()
    assert isinstance(refused, wire.Refusal)
    assert (refused.why, refused.seconds) == (wire.Refused.RETRY_LATER, 60)
    rows = (await daemon.desk.page("agents", {}, ME)).rows  # type: ignore[attr-defined]
    assert [(row.agent, row.status) for row in rows] == [(agent, "waits for approval"), (before, "never heard")]
    assert rows[0].fingerprint in refused.text
    (host,) = (await daemon.desk.page("hosts", {}, ME)).rows  # type: ignore[attr-defined]
    assert host.agent == before, "who waits takes nobody's place"

    assert "may deliver" in (await daemon.desk.do("approve", {"agent": agent}, ME)).text  # type: ignore[attr-defined]
    assert isinstance(await answer(), wire.Welcome)
    assert "already" in (await daemon.desk.do("approve", {"agent": agent}, ME)).text  # type: ignore[attr-defined]
    daemon.ledger.read_back()
    assert isinstance(await answer(), wire.Welcome), "it stands in the record"


async def knocks(daemon: Open) -> list[AuditRow]:
    page = await daemon.desk.page("audit", {}, ME)
    return [row for row in page.rows if row.action == "knock"]  # type: ignore[attr-defined]


async def test_a_key_that_opens_nothing_stands_in_the_audit_log_and_its_address_waits(daemon: Open) -> None:
    stranger = asyncssh.generate_private_key("ssh-ed25519")
    with pytest.raises(asyncssh.PermissionDenied):
        await knock(daemon, "a-none", stranger)
    for _ in range(100):
        if rows := await knocks(daemon):
            break
        await asyncio.sleep(0.05)
    assert (rows[0].outcome, rows[0].about, rows[0].why) == ("refused", "address=127.0.0.1", "its key opens nothing")
    assert rows[0].login == "a-none"
    with pytest.raises((asyncssh.Error, OSError)) as sent_away:
        await knock(daemon, "a-none", stranger)
    assert not isinstance(sent_away.value, asyncssh.PermissionDenied), "not even asked for a key"
    assert len(await knocks(daemon)) == 1


@pytest.mark.promise("D12", "console clock ±24 h: 0 false offline or alarm, 0 lost; audit event")
@pytest.mark.parametrize("step", [86_400, -86_400])
async def test_a_step_of_the_consoles_clock_alarms_nobody_and_loses_nothing(
    tmp_path: Path, measured: Measured, step: int
) -> None:
    ahead = [0]
    async with running(
        Wanted(tmp_path, "127.0.0.1", 0, starter=False, doubts=True), lambda: clock() + ahead[0]
    ) as desk:
        documents = [{"name": "p", "text": PROVIDER}, {"name": "c", "text": CLIENT}]
        await desk.desk.do("publish", {"documents": documents, "reason": "a test"}, ME)
        agents = [await an_agent(desk) for _ in range(3)]

        async def delivers(seq: int) -> list[str]:
            return [type(await delivered(desk, agent, key, seq)).__name__ for agent, key in agents]

        assert await delivers(1) == ["Ack"] * 3
        ahead[0] = step
        await asyncio.sleep(3)
        assert await delivers(2) == ["Refusal"] * 3
        await asyncio.sleep(3)
        alarms = len((await desk.desk.page("incidents", {}, ME)).rows)  # type: ignore[attr-defined]
        ahead[0] = 0
        await asyncio.sleep(1)
        assert await delivers(2) == ["Ack"] * 3
        silent = [row.status for row in (await desk.desk.page("agents", {}, ME)).rows if row.status != "heard"]  # type: ignore[attr-defined]
        await asyncio.sleep(1.5)
        steps = [row for row in (await desk.desk.page("audit", {}, ME)).rows if row.action == "clock-step"]  # type: ignore[attr-defined]
        measured(
            f"{step:+d} s: {alarms} alarms, {len(silent)} silent, 3 of 3 check-ins after it; {len(steps)} audit rows"
        )
        assert (alarms, silent, len(steps)) == (0, [], 2)
        assert stored(desk) == [(1, 1), (1, 1), (1, 1), (1, 2), (1, 2), (1, 2)]


async def delivered(daemon: Open, agent: str, key: asyncssh.SSHKey, seq: int) -> wire.FromConsole | None:
    """What an agent hears that brings one check-in; its own clock is right."""
    async with await knock(daemon, agent, key) as connection:
        line = await talk(connection)
        line.say(wire.Hello(EPOCH, seq, "boot", 100.0, clock(), "0.1.0"))
        welcome = await line.hear()
        if not isinstance(welcome, wire.Welcome):
            return welcome
        line.say(wire.carry(check_in(seq)))
        return await line.hear()


async def test_an_agent_that_was_revoked_does_not_make_its_office_wait(tmp_path: Path) -> None:
    """After a restart the door has let nobody in yet, so nobody vouches for the address."""
    wanted = Wanted(tmp_path, "127.0.0.1", 0, starter=False)
    async with running(wanted) as before:
        documents = [{"name": "p", "text": PROVIDER}, {"name": "c", "text": CLIENT}]
        await before.desk.do("publish", {"documents": documents, "reason": "a test"}, ME)
        (gone, old), (here, key) = await an_agent(before), await an_agent(before)
        await before.desk.do("revoke", {"agent": gone, "reason": "stolen"}, ME)
    async with running(wanted) as again:
        for _ in range(3):
            with pytest.raises(asyncssh.PermissionDenied):
                await knock(again, gone, old)
        async with await knock(again, here, key) as connection:
            await hello(await talk(connection), 0)
        assert [row.login for row in await knocks(again)] == [gone], "it is told all the same"


async def test_an_agent_that_waits_may_leave_and_is_not_approved_after_that(daemon: Open) -> None:
    careful = {"name": "p", "text": f"{PROVIDER}joining: {{needs_approval: true}}\n", "base": 1}
    await daemon.desk.do("publish", {"documents": [careful], "reason": "a careful house"}, ME)
    agent, key = await an_agent(daemon)
    async with await knock(daemon, agent, key) as connection:
        line = await talk(connection)
        line.say(wire.Leave())
        assert isinstance(await line.hear(), wire.Left)
    with pytest.raises(DeskRefusal, match="was ended: left"):
        await daemon.desk.do("approve", {"agent": agent}, ME)


async def test_the_list_of_agents_says_why_one_is_not_heard(daemon: Open) -> None:
    first, _ = await an_agent(daemon)
    second, _ = await an_agent(daemon)
    third, _ = await an_agent(daemon)
    daemon.ledger.agents[third] = wire.msgspec.structs.replace(daemon.ledger.agents[third], joined_at=clock() + 9)
    await daemon.desk.do("revoke", {"agent": first, "reason": "stolen from a car"}, ME)
    page = await daemon.desk.page("agents", {}, ME)
    notes = {row.agent: row.note for row in page.rows}  # type: ignore[attr-defined]
    assert notes == {
        first: "stolen from a car",
        second: f"{third} joined later for this host: revoke the one that is not wanted",
        third: "",
    }


async def test_an_agent_that_leaves_is_not_let_in_again(daemon: Open) -> None:
    agent, key = await an_agent(daemon)
    async with await knock(daemon, agent, key) as connection:
        line = await talk(connection)
        line.say(wire.Leave())
        assert await line.hear() == wire.Left()
    with pytest.raises(asyncssh.PermissionDenied):
        await knock(daemon, agent, key)


async def test_a_clock_that_is_an_hour_off_is_put_right_and_flagged(daemon: Open) -> None:
    agent, key = await an_agent(daemon)
    now = clock()
    async with await knock(daemon, agent, key) as connection:
        line = await talk(connection)
        await hello(line, 1, clock_off=3600)
        readings = (Reading(CheckName("disk"), "/", 0.5, now + 3600, now + 3660),)
        body = CheckIn(EPOCH, 1, now + 3600, "boot", 100.0, 60, "0.1.0", Machine("box", "x-1"), readings)
        line.say(wire.carry(wire.encode_check_in(body)))
        assert isinstance(await line.hear(), wire.Ack)
    state = daemon.ledger.states[agent]
    assert abs((state.taken_at or 0) - now) <= 5
    assert abs(state.held["disk /"].since - now) <= 5
    assert abs(state.clock_off - 3600) <= 2


@pytest.mark.promise("C4", "a newer agent: what this console does not know of it is left out, the rest is kept")
async def test_a_newer_agents_unknown_fields_are_left_out_and_told(
    daemon: Open, caplog: pytest.LogCaptureFixture
) -> None:
    agent, key = await an_agent(daemon)
    newer = json.loads(check_in(1)) | {"agent": "9.0", "mood": "good", "weather": {"rain": True}}
    async with await knock(daemon, agent, key) as connection:
        line = await talk(connection)
        await hello(line, 1)
        line.say(wire.carry(json.dumps(newer).encode()))
        assert isinstance(await line.hear(), wire.Ack)
    assert "speaks 9.0: 2 fields were left out" in caplog.text
    assert stored(daemon) == [(1, 1)]


async def test_hostile_names_are_letters_by_the_time_anyone_sees_them(daemon: Open) -> None:
    agent, key = await an_agent(daemon)
    now = clock()
    hostile = "\x1b]0;owned\x07[@click=app.quit]x\u202e"
    readings = (Reading(CheckName("disk"), hostile, 0.97, now, now + 60),)
    async with await knock(daemon, agent, key) as connection:
        line = await talk(connection)
        await hello(line, 1)
        line.say(wire.carry(check_in(1, readings=readings, machine=Machine(hostile, hostile, hostile))))
        assert isinstance(await line.hear(), wire.Ack)
    for name in ("hosts", "findings", "incidents", "triage", "services"):
        page = json.dumps(wire.msgspec.to_builtins(await daemon.desk.page(name, {}, ME)), ensure_ascii=False)
        assert "\x1b" not in page
        assert "\u202e" not in page
        assert "\\u001b" not in page


async def test_a_full_store_acknowledges_nothing_and_says_when_to_come_back(daemon: Open) -> None:
    agent, key = await an_agent(daemon)
    with daemon.ledger.database.writing.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        connection.commit()
    big = tuple(
        Reading(CheckName("disk"), f"/{n}{struct.pack('>I', n * 7919).hex()}", 0.5, clock(), clock() + 60)
        for n in range(3000)
    )
    async with await knock(daemon, agent, key) as connection:
        line = await talk(connection)
        await hello(line, 2)
        line.say(wire.carry(check_in(1, readings=big)))
        refused = await line.hear()
        assert isinstance(refused, wire.Refusal)
        assert refused.why is wire.Refused.RETRY_LATER
        assert "full" in daemon.ledger.trouble
    with daemon.ledger.database.writing.connect() as writing:
        writing.exec_driver_sql("PRAGMA max_page_count = 1000000")
        writing.commit()
    async with await knock(daemon, agent, key) as connection:
        line = await talk(connection)
        assert (await hello(line, 1)).mark == 0
        line.say(wire.carry(check_in(1)))
        assert isinstance(await line.hear(), wire.Ack)
    assert stored(daemon) == [(1, 1)]


async def test_somebody_who_only_connects_is_not_in_anybodys_way(daemon: Open) -> None:
    host, port = daemon.door.rsplit(":", 1)
    silent = [socket.create_connection((host, int(port)), source_address=("127.0.0.2", 0)) for _ in range(50)]
    agent, key = await an_agent(daemon)
    async with await knock(daemon, agent, key) as connection:
        assert (await hello(await talk(connection), 0)).mark == 0
    for one in silent:
        one.close()


async def test_the_secret_of_a_token_is_nowhere_in_the_store(daemon: Open, tmp_path: Path) -> None:
    token = await a_token(daemon)
    assert not [path for path in files(tmp_path) if token.secret.encode() in path.read_bytes()]


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
