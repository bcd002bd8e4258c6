"""One suite for both doors: who is let in, what is refused, and what a stranger can do to either. reliability.md, 6."""

from __future__ import annotations

import json
import random
import socket
import sqlite3
import subprocess
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import paramiko
import pytest
from conftest import CLIENT, PROVIDER, eventually, needs
from doors import EPOCH, KINDS, Door, check_in, fronted, hello
from promises import Measured

from agent.ssh import KeyRefused, Line, NotDelivered, WrongHostKey, line_to, new_key, public_line, read_key, signed
from checks import wire
from checks.reading import Machine
from checks.token import Token, written

WORD = "watchbill-agent/1"
MIB = 1 << 20
SERVER_ONLY_AND_EARLY = (
    1, 2, 3, 4, 5, 6, 7, 20, 21, 30, 31, 50, 51, 52, 53, 60, 61, 80, 81, 82, 90, 91, 93, 94, 96, 97, 98, 99, 100, 255,
)  # fmt: skip
"""Messages that a server alone says, that come later, or that nobody knows."""


@pytest.fixture(scope="module", params=KINDS)
def door(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with fronted(request.param, tmp_path_factory.mktemp("door"), (PROVIDER, CLIENT)) as opened:
        yield opened


def stored(door: Door, table: str = "checkins", where: str = "1") -> int:
    connection = sqlite3.connect(f"file:{door.house.home}/console/watchbill.db?mode=ro", uri=True)
    try:
        return int(connection.execute(f"select count(*) from {table} where {where}").fetchone()[0])
    finally:
        connection.close()


def test_an_agent_joins_checks_in_and_is_acknowledged(door: Door) -> None:
    agent, key = door.join()
    body = check_in()
    with door.line(agent, key) as line:
        assert isinstance(hello(line), wire.Welcome)
        line.send(wire.carry(body))
        assert line.receive() == wire.Ack(EPOCH, 1, wire.digest(body))
    assert stored(door, where=f"agent = '{agent}'") == 1


# S1


@pytest.mark.parametrize("state", ["before keys", "before login", "while logging in"])
def test_no_message_that_comes_too_early_does_anything(door: Door, state: str) -> None:
    before = stored(door, "agents"), stored(door), door.said().count(" joined as ")
    with ThreadPoolExecutor(15) as several:
        got_in = list(several.map(lambda number: _early(door, state, number), SERVER_ONLY_AND_EARLY))
    assert not any(got_in)
    assert (stored(door, "agents"), stored(door), door.said().count(" joined as ")) == before
    assert door.house.is_up()


@pytest.mark.faults
@pytest.mark.promise("S1", "each message 1 to 255 in each state before a login: 0 let in, 0 crash, 0 stored")
def test_every_message_too_early_does_nothing(door: Door, measured: Measured) -> None:
    before = stored(door, "agents"), stored(door)
    tries = [
        (state, number) for state in ("before keys", "before login", "while logging in") for number in range(1, 256)
    ]
    with ThreadPoolExecutor(24) as several:
        got_in = sum(several.map(lambda one: _early(door, *one, _somewhere(str(one))), tries))
    measured(f"{door.kind}: {len(tries)} messages, {got_in} let in")
    assert (got_in, stored(door, "agents"), stored(door)) == (0, *before)
    test_an_agent_joins_checks_in_and_is_acknowledged(door)


@pytest.mark.faults
@pytest.mark.promise("S1", "10,000 random orders of messages before a login: 0 let in, 0 crash, 0 stored")
def test_no_order_of_messages_before_a_login_does_anything(door: Door, measured: Measured) -> None:
    before, orders = (stored(door, "agents"), stored(door)), 10_000 if door.kind == "embedded" else 1000
    with ThreadPoolExecutor(24) as several:
        got_in = sum(several.map(lambda seed: _disordered(door, seed), range(orders)))
    measured(f"{door.kind}: {orders} orders, {got_in} let in")
    assert (got_in, stored(door, "agents"), stored(door)) == (0, *before)
    assert "Traceback" not in door.said()
    test_an_agent_joins_checks_in_and_is_acknowledged(door)


def _somewhere(seed: str) -> str:
    """An address of the loopback: who fails too often from one has to wait."""
    dice = random.Random(seed)
    return f"127.{dice.randrange(1, 255)}.{dice.randrange(256)}.{dice.randrange(1, 255)}"


def _disordered(door: Door, seed: int) -> bool:
    """Whether the server ever confirms a channel (91) or a request (99) to who says anything in any order."""
    dice = random.Random(seed)
    said = [
        _packet(bytes([number]) + (_message(number, *_payload(number)).asbytes()[1:] if dice.random() < 0.5 else
                                   dice.randbytes(dice.randrange(200))))
        for number in dice.choices([*range(1, 256), *[20, 21, 30, 50, 52, 80, 90, 98] * 8], k=dice.randrange(1, 9))
    ]  # fmt: skip
    said.insert(dice.randrange(len(said) + 1), _packet(_channel_open()))
    with door.plain(_somewhere(str(seed))) as bare:
        bare.settimeout(2)
        heard = b""
        try:
            bare.sendall(b"SSH-2.0-x\r\n" * dice.randrange(1, 3) + b"".join(said))
            bare.shutdown(socket.SHUT_WR)
            while chunk := bare.recv(65_536):
                heard += chunk
        except OSError:
            pass
    return _confirms(heard.partition(b"\r\n")[2])


def _confirms(packets: bytes) -> bool:
    """Whether one of these unencrypted packets confirms a channel or a request."""
    while len(packets) > 6:
        if packets[5] in {91, 99}:
            return True
        packets = packets[4 + int.from_bytes(packets[:4]) :]
    return False


def _early(door: Door, state: str, number: int, source: str = "127.0.0.1") -> bool:
    """Whether a channel opens after a message that should not have been there."""
    if state == "before keys":
        return _early_and_bare(door, number)
    transport = door.stranger(source)
    try:
        if state == "while logging in":
            transport._send_message(_message(5, "ssh-userauth"))
        transport._send_message(_message(number, *_payload(number)))
        transport.open_session(timeout=1)
    except (paramiko.SSHException, EOFError, OSError):
        return False
    finally:
        transport.close()
    return True


def _early_and_bare(door: Door, number: int) -> bool:
    """A packet before there are keys, then a channel: whether the server ever confirms one (message 91)."""
    with door.plain() as bare:
        bare.settimeout(1)
        bare.sendall(b"SSH-2.0-x\r\n" + _packet(bytes([number]) + b"\0" * 30) + _packet(_channel_open()))
        heard = b""
        try:
            while chunk := bare.recv(65_536):
                heard += chunk
        except OSError:
            pass
    _, _, packets = heard.partition(b"\r\n")
    return bool(packets) and packets[5] not in {1, 2, 3, 4, 20}


def _message(number: int, *fields: object) -> paramiko.Message:
    message = paramiko.Message()
    message.add_byte(bytes([number]))
    for one in fields:
        if isinstance(one, int):
            message.add_int(one)
        else:
            message.add_string(one)
    return message


def _payload(number: int) -> tuple[object, ...]:
    if number == 90:
        return ("session", 0, 1 << 20, 1 << 15)
    if number == 50:
        return ("root", "ssh-connection", "none")
    if number == 80:
        return ("tcpip-forward", 1, "127.0.0.1", 0)
    return (0, 0, "")


def _channel_open() -> bytes:
    return b"\x5a" + (7).to_bytes(4, "big") + b"session" + (0).to_bytes(4, "big") + (1 << 20).to_bytes(4, "big") * 2


def _packet(payload: bytes) -> bytes:
    padding = 8 - (5 + len(payload)) % 8 + 4
    if (5 + len(payload) + padding) % 8:
        padding += 8 - (5 + len(payload) + padding) % 8
    return (1 + len(payload) + padding).to_bytes(4, "big") + bytes([padding]) + payload + b"\0" * padding


# S3


@pytest.mark.promise("S3", "no key, a password, a strange key, six names: nobody logs in")
@pytest.mark.parametrize("user", ["", "root", "nobody", "../../etc", "a-0000000000", "join-00000000"])
def test_nothing_but_a_known_key_logs_in(door: Door, user: str, measured: Measured) -> None:
    name = user or door.user(door.join()[0])
    transport = door.stranger()
    try:
        with pytest.raises(paramiko.BadAuthenticationType) as refused:
            transport.auth_none(name)
        assert refused.value.allowed_types == ["publickey"]
        for attempt in (
            lambda: transport.auth_password(name, "secret", fallback=False),
            lambda: transport.auth_publickey(name, read_key(new_key())),
        ):
            with pytest.raises((paramiko.SSHException, EOFError)):
                attempt()
        measured(f"{door.kind}: {'let in' if transport.is_authenticated() else 'refused'}")
        assert not transport.is_authenticated()
    finally:
        transport.close()


def _asks(*fields: object) -> Callable[[paramiko.Channel], None]:
    """A channel request that wants an answer. Raises SSHException where it is refused."""

    def ask(channel: paramiko.Channel) -> None:
        message = _message(98, channel.remote_chanid, fields[0])
        message.add_boolean(True)
        for one in fields[1:]:
            if isinstance(one, int):
                message.add_int(one)
            else:
                message.add_string(one)
        channel._event_pending()
        channel.transport._send_user_message(message)
        channel._wait_for_event()

    return ask


REQUESTS = {
    "shell": _asks("shell"),
    "terminal": _asks("pty-req", "xterm", 80, 24, 0, 0, b"\0"),
    "environment": _asks("env", "LD_PRELOAD", "/tmp/x.so"),
    "X11": lambda channel: channel.request_x11(handler=lambda *_: None),
    "agent": _asks("auth-agent-req@openssh.com"),
    "files": _asks("subsystem", "sftp"),
    "another subsystem": _asks("subsystem", WORD),
    "command": _asks("exec", "id"),
    "split string": _asks("exec", f"{WORD} --split-string=id"),
    "newline": _asks("exec", f"{WORD}\nid"),
    "NUL": _asks("exec", f"{WORD}\0id"),
    "long": _asks("exec", WORD + "x" * 30_000),
    "break": _asks("break", 100),
}


@pytest.mark.promise("S3", f"{len(REQUESTS)} requests of a session: all refused, or answered with nothing")
@pytest.mark.parametrize("kind", REQUESTS)
def test_a_session_does_nothing_but_the_one_word(door: Door, kind: str, measured: Measured) -> None:
    granted = is_granted(door, kind)
    measured(f"{door.kind}: {f'{kind} was granted' if granted else 'refused'}")
    assert not granted


def is_granted(door: Door, kind: str) -> bool:
    """Whether something is done for who asks for this in a session of their own."""
    agent, key = door.join()
    transport = door.inside(agent, key)
    try:
        channel = transport.open_session(timeout=10)
        channel.settimeout(10)
        try:
            REQUESTS[kind](channel)
        except (paramiko.SSHException, EOFError):
            return False
        if kind in {"terminal", "environment", "X11", "agent", "break"}:
            return True
        channel.sendall(wire.frame(wire.Hello(EPOCH, 1, "boot", 1.0, 1, "0.1.0")))
        return channel.recv(1000) != b"" or channel.recv_exit_status() == 0
    except (OSError, EOFError):
        return False  # the line is dead: nothing was said on it
    finally:
        transport.close()


@pytest.mark.promise("S3", "tunnels, and a second channel: all refused")
def test_there_are_no_tunnels_and_no_second_channel(door: Door, measured: Measured) -> None:
    agent, key = door.join()
    there = ("127.0.0.1", door.port)
    kinds = (
        lambda transport: transport.request_port_forward("127.0.0.1", 0),
        lambda transport: transport.open_channel("direct-tcpip", there, there, timeout=5),
        lambda transport: transport.open_channel("direct-streamlocal@openssh.com", timeout=5),
        lambda transport: transport.open_channel("x11", there, there, timeout=5),
        lambda transport: (transport.open_session(timeout=5).exec_command(WORD), transport.open_session(timeout=5)),
    )
    for ask in kinds:
        transport = door.inside(agent, key)
        try:
            with pytest.raises((paramiko.SSHException, EOFError)):
                ask(transport)
        finally:
            transport.close()
    measured(f"{door.kind}: {len(kinds)} refused")


def test_signals_and_window_sizes_change_nothing_of_a_talk(door: Door) -> None:
    agent, key = door.join()
    transport = door.inside(agent, key)
    channel = transport.open_session(timeout=5)
    channel.settimeout(10)
    channel.exec_command(WORD)
    for fields in (("signal", "KILL"), ("window-change", 1, 1, 1, 1)):
        message = _message(98, channel.remote_chanid, fields[0])
        message.add_boolean(False)
        for one in fields[1:]:
            message.add_int(one) if isinstance(one, int) else message.add_string(one)
        transport._send_user_message(message)
    with Line(transport, channel) as line:
        assert isinstance(hello(line), wire.Welcome)


@pytest.mark.promise("S3", "no program runs but the bridge, by the kernel's own record")
def test_no_program_runs_but_the_bridge(door: Door, tmp_path: Path, measured: Measured) -> None:
    needs("strace")
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-qq", "-s", "400", "-e", "trace=execve,execveat", "-o", str(trace)]
    watching = subprocess.Popen([*command, "-p", str(door.server.pid)], stderr=subprocess.DEVNULL)
    try:
        eventually(lambda: _tracer(door) == watching.pid)
        for kind in ("shell", "files", "command", "split string", "newline", "environment"):
            is_granted(door, kind)
    finally:
        watching.terminate()
        watching.wait(10)
    calls = [line for line in trace.read_text().splitlines() if "execve(" in line and line.endswith(" = 0")]
    ran = {line.split("execve(", 1)[1] for line in calls}
    allowed = ("authorized_keys.py", "bridge.py") if door.kind == "openssh" else ()
    strange = [one for one in ran if not any(word in one for word in allowed) and not _is_sshd(one)]
    measured(f"{door.kind}: {len(calls)} programs started, {len(strange)} of them strange")
    assert strange == []
    assert bool(ran) == (door.kind == "openssh")


def _tracer(door: Door) -> int:
    status = Path(f"/proc/{door.server.pid}/status").read_text()
    return int(status.split("TracerPid:")[1].split()[0])


def _is_sshd(call: str) -> bool:
    """sshd starts itself anew for each connection."""
    return call.split('"')[1].rpartition("/")[2] in {"sshd", "sshd-session", "sshd-auth"}


# S6


@pytest.mark.promise("S6", "a packet of 256 MiB, an endless banner: hung up on before 1 MiB; + ≤ 32 MiB")
def test_a_huge_packet_is_not_waited_for(door: Door, measured: Measured) -> None:
    with door.bounded(32 * MIB, measured), door.plain() as bare:
        sent = _poured(bare, b"SSH-2.0-x\r\n" + (256 * MIB).to_bytes(4, "big"))
    measured(f"{sent >> 10} KiB taken")
    assert sent < MIB


@pytest.mark.promise("S6", "a packet of 256 MiB, an endless banner: hung up on before 1 MiB; + ≤ 32 MiB")
def test_a_banner_without_an_end_is_not_waited_for(door: Door, measured: Measured) -> None:
    with door.bounded(32 * MIB, measured), door.plain() as bare:
        sent = _poured(bare, b"SSH-2.0-")
    measured(f"{sent >> 10} KiB taken")
    assert sent < MIB


def _poured(bare: socket.socket, first: bytes) -> int:
    """How many bytes go in after `first` until the server hangs up; what the kernel holds is let drain."""
    bare.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16_384)
    bare.settimeout(30)
    sent = 0
    try:
        bare.sendall(first)
        while sent < 4 * MIB:
            bare.sendall(b"x" * 16_384)
            sent += 16_384
            time.sleep(0.002)
    except OSError:
        return sent
    return sent


@pytest.mark.promise("S6", "a message too long, a bomb, nested, an open string, quotes: hung up on; + ≤ 32 MiB")
@pytest.mark.parametrize("kind", ["too long", "bomb", "nested", "open string", "quotes"])
def test_a_message_that_is_too_big_ends_the_talk_and_nothing_else(door: Door, kind: str, measured: Measured) -> None:
    agent, key = door.join()
    with (
        door.bounded(32 * MIB, lambda grown: measured(f"{kind}: {grown}")),
        door.line(agent, key) as line,
        pytest.raises(NotDelivered),
    ):
        _say_too_much(line, kind)
    with door.line(agent, key) as line:
        assert isinstance(hello(line), wire.Welcome)


EXPANDS_TO = {
    "bomb": b" " * (112 * MIB),
    "open string": b'"' + b"x" * (wire.MOST_BYTES_EXPANDED - 1),
    "quotes": b'["' + b'","' * (wire.MOST_BYTES_EXPANDED // 3 - 2) + b'"]',
}


def _say_too_much(line: Line, kind: str) -> None:
    channel = line._channel
    try:
        if kind == "too long":
            channel.sendall(wire.HEADER.pack(wire.MOST_BYTES + 1, 0))
        elif kind == "nested":
            channel.sendall(wire.HEADER.pack(wire.MOST_BYTES, 0) + b"[" * wire.MOST_BYTES)
        else:
            squeezed = zlib.compress(EXPANDS_TO[kind], 9)
            channel.sendall(wire.HEADER.pack(len(squeezed), 1) + squeezed)
    except OSError as error:
        raise NotDelivered(str(error)) from error
    line.receive()


@pytest.mark.promise("S6", "100 MiB past the window: not kept, + ≤ 32 MiB")
def test_a_flood_past_the_window_is_not_kept(door: Door, measured: Measured) -> None:
    agent, key = door.join()
    with door.bounded(32 * MIB, measured):
        transport = door.inside(agent, key)
        channel = transport.open_session(timeout=5)
        channel.exec_command(WORD)
        piece = b"x" * 32_768
        try:
            for _ in range(100 * MIB // len(piece)):
                transport._send_user_message(_message(94, channel.remote_chanid, piece))
                if not transport.is_active():
                    break
        except (OSError, EOFError, paramiko.SSHException):
            pass
    transport.close()
    with door.line(agent, key) as line:
        assert isinstance(hello(line), wire.Welcome)


# S7


@pytest.mark.promise("S7", "offers one key, signs with another; another's name, paths, newlines: 0 writes to another")
def test_whoever_offers_one_key_and_signs_with_another_is_who_signed(
    door: Door, tmp_path: Path, measured: Measured
) -> None:
    """What CVE-2024-45337 was about, with OpenSSH's own client: the first key is offered, and cannot sign."""
    needs("ssh")
    (first, first_key), (second, second_key) = door.join(), door.join()
    (tmp_path / "first.pub").write_text(public_line(read_key(first_key)) + "\n")
    (tmp_path / "second").write_text(second_key)
    (tmp_path / "second").chmod(0o600)
    (tmp_path / "known").write_text(f"[127.0.0.1]:{door.port} {_host_key_line(door)}\n")
    command = [
        "ssh", "-F", "none", "-p", str(door.port), "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes",
        "-o", f"UserKnownHostsFile={tmp_path}/known", "-i", f"{tmp_path}/first.pub", "-i", f"{tmp_path}/second",
        f"{door.user(second)}@127.0.0.1", WORD,
    ]  # fmt: skip
    said = wire.frame(wire.Hello(EPOCH, 1, "boot", 1.0, int(time.time()), "0.1.0")) + wire.frame(wire.carry(check_in()))
    ran = subprocess.run(command, input=said, capture_output=True, timeout=30, check=False)
    assert b'"ack"' in ran.stdout, ran.stderr
    measured(f"{door.kind}: {stored(door, where=_of(first))} of 1 to another")
    assert stored(door, where=_of(second)) == 1
    assert stored(door, where=_of(first)) == 0


def _of(agent: str) -> str:
    return f"agent = '{agent}'"


def _host_key_line(door: Door) -> str:
    transport = door.stranger()
    try:
        return public_line(transport.get_remote_server_key())  # type: ignore[arg-type]
    finally:
        transport.close()


@pytest.mark.promise("S7", "offers one key, signs with another; another's name, paths, newlines: 0 writes to another")
def test_no_key_speaks_under_another_name(door: Door, measured: Measured) -> None:
    (first, _), (second, key) = door.join(), door.join()
    names = (first, f"../{first}", f"{second}\n{first}", f"{first}\0", "join-00000000")
    for name in names:
        try:
            with door.line(name, key) as line:
                hello(line)
                line.send(wire.carry(check_in()))
                line.receive()
        except NotDelivered:  # refused, or hung up on: some are no names at all
            pass
    measured(f"{door.kind}: {stored(door, where=_of(first))} of {len(names)} to another")
    assert stored(door, where=_of(first)) == 0


@pytest.mark.faults
@pytest.mark.promise("S7", "1,000 check-ins that say they are another's: 0 writes to another")
def test_what_a_check_in_says_of_itself_makes_it_nobody_elses(door: Door, measured: Measured) -> None:
    """The wire has no field for it; what says so all the same, as a field nobody knows, is left out."""
    (first, _), (second, key) = door.join(), door.join()
    with door.line(second, key) as line:
        hello(line, 1000)
        for seq in range(1, 1001):
            said = json.loads(check_in(seq)) | {"agent_id": first, "host": first, "agent": first, "user": f"../{first}"}
            line.send(wire.carry(json.dumps(said).encode()))
            assert isinstance(line.receive(), wire.Ack)
    measured(f"{door.kind}: {stored(door, where=_of(second))} kept as its own, {stored(door, where=_of(first))} not")
    assert (stored(door, where=_of(second)), stored(door, where=_of(first))) == (1000, 0)


def test_nobody_joins_with_a_key_that_somebody_else_has(door: Door) -> None:
    """Else the owner of the key would come in under the name of whoever handed it in."""
    agent, key = door.join()
    public = public_line(read_key(key))
    with door.newcomer(door.token()) as line:
        line.send(wire.Join(public, Machine("box", "debian-12")))
        assert isinstance(line.receive(), wire.Refusal)
    thief, own = door.join()
    with door.line(thief, own) as line, pytest.raises(NotDelivered):
        line.send(wire.Rekey(public, signed(own, wire.rekey_proof(thief, public))))
        line.receive()
    assert stored(door, "agents", f"public_key = '{public}'") == 1
    with door.line(agent, key) as line:
        hello(line)
        line.send(wire.carry(check_in()))
        assert isinstance(line.receive(), wire.Ack)
    assert stored(door, where=f"agent = '{agent}'") == 1


# S8


@pytest.mark.promise("S8", "revoked in a live session: cut and refused ≤ 5 s")
def test_revoking_cuts_a_live_session_and_keeps_the_key_out(door: Door, measured: Measured) -> None:
    agent, key = door.join()
    with door.line(agent, key) as line:
        hello(line)
        began = time.monotonic()
        door.house.client.do("revoke", agent=agent, reason="stolen")
        with pytest.raises(NotDelivered):
            line.receive()
        cut = time.monotonic() - began
    with pytest.raises(KeyRefused):
        door.line(agent, key)
    measured(f"{door.kind}: cut after {cut:.1f} s, refused after {time.monotonic() - began:.1f} s")
    assert time.monotonic() - began < 5


@pytest.mark.promise("S8", "a revoked agent keeps its spool")
def test_a_revoked_agent_keeps_what_waits_and_says_why(door: Door, tmp_path: Path, measured: Measured) -> None:
    token = door.token()
    joined = door.house.agent("join", home=tmp_path, input=written(token))
    assert joined.returncode == 0, joined.stderr
    assert door.house.agent("checkin", home=tmp_path).returncode == 0
    me = json.loads((tmp_path / "agent" / "identity.json").read_text())["agent_id"]
    door.house.client.do("revoke", agent=me, reason="lost")

    assert door.house.agent("checkin", home=tmp_path).returncode == 11
    waiting = json.loads(door.house.agent("status", "--json", home=tmp_path).stdout)["waiting"]
    measured(f"{door.kind}: {waiting} of 1 still there")
    assert waiting == 1


# S9


@pytest.mark.promise("S9", "50 at once with one token: exactly 1 joins")
def test_of_fifty_who_hold_one_token_one_joins(door: Door, measured: Measured) -> None:
    token = door.token()

    def attempt(_: int) -> str:
        try:
            with door.newcomer(token) as line:
                line.send(wire.Join(public_line(read_key(new_key())), Machine("box", "debian-12")))
                answer = line.receive()
        except NotDelivered:
            return "sent away"
        return type(answer).__name__

    with ThreadPoolExecutor(50) as many:
        answers = list(many.map(attempt, range(50)))
    measured(f"{door.kind}: {answers.count('Joined')} joined, {50 - answers.count('Joined')} sent away")
    assert answers.count("Joined") == 1
    assert set(answers) <= {"Joined", "Refusal", "sent away"}
    with pytest.raises(KeyRefused):
        door.newcomer(token)
    assert stored(door, "agents", f"token = '{token.token_id}'") == 1


@pytest.mark.promise("S9", "the secret in database, log of writes, logs, process list: 0 hits")
def test_the_secret_is_nowhere_but_in_the_hand_that_holds_it(door: Door, measured: Measured) -> None:
    token = door.token()
    secret = token.secret.encode()
    with door.newcomer(token) as line:
        shown = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if _is_readable(path)]
        line.send(wire.Join(public_line(read_key(new_key())), Machine("box", "debian-12")))
        assert isinstance(line.receive(), wire.Joined)
    files = [path for path in door.house.home.parent.rglob("*") if path.is_file()]
    kept = [path for path in files if secret in path.read_bytes()]
    told = [one for one in shown if secret in one]
    measured(f"{door.kind}: {len(kept)} of {len(files)} files, {len(told)} of {len(shown)} processes")
    assert (kept, told) == ([], [])


def _is_readable(path: Path) -> bool:
    try:
        return bool(path.read_bytes()) or True
    except OSError:
        return False


@pytest.mark.promise("S9", "spent, altered, unknown: one answer for all")
def test_spent_altered_and_unknown_tokens_fail_alike(door: Door, measured: Measured) -> None:
    spent = door.token()
    with door.newcomer(spent) as line:
        line.send(wire.Join(public_line(read_key(new_key())), Machine("box", "debian-12")))
        line.receive()
    fresh = door.token()
    altered = Token(fresh.token_id, fresh.address, fresh.host_key, spent.secret, fresh.account)
    unknown = Token("00000000", fresh.address, fresh.host_key, fresh.secret, fresh.account)
    said = set()
    for token in (spent, altered, unknown):
        with pytest.raises(KeyRefused) as refused:
            door.newcomer(token)
        said.add(str(refused.value).replace(token.token_id, "ID"))
    measured(f"{door.kind}: {len(said)} answer")
    assert len(said) == 1


# S10


@pytest.mark.promise("S10", "another key than the pinned one: nothing is told to who has it")
def test_another_host_key_than_the_pinned_one_is_told_nothing(door: Door, measured: Measured) -> None:
    agent, key = door.join()
    before = door.said()
    with pytest.raises(WrongHostKey):
        line_to(door.address, agent, read_key(key), ("SHA256:" + "A" * 43,), door.account)
    accepted = door.said()[len(before) :].count("Accepted")
    measured(f"{door.kind}: {accepted} logins")
    assert accepted == 0
