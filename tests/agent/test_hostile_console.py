"""A console that lies: whoever has the pinned key and means harm gets nothing done on the agent's machine. S10, S11."""

from __future__ import annotations

import asyncio
import io
import json
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import asyncssh
import paramiko
import psutil
import pytest
from conftest import quick
from consoles import Act, Rogue, console, joined
from promises import Measured

from agent import ssh
from checks import wire

MIB = 1 << 20


def agent(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "agent", "--home", str(home), *arguments]
    return subprocess.run(command, env=quick(), text=True, capture_output=True, check=False, timeout=120)


def watched(home: Path) -> tuple[int, float, list[list[str]]]:
    """One check-in: its exit code, the most MiB that its delivery had, and every program that the delivery started."""
    command = [sys.executable, "-m", "agent", "--home", str(home), "checkin"]
    running = subprocess.Popen(command, env=quick(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most, started = 0, []
    while running.poll() is None:
        for child in psutil.Process(running.pid).children(recursive=True):
            try:
                if "agent.courier" in child.cmdline():
                    most = max(most, child.memory_info().rss)
                    started += [one.cmdline() for one in child.children(recursive=True)]
            except psutil.NoSuchProcess:
                pass
        time.sleep(0.02)
    return running.returncode, most / MIB, started


async def junk(process: asyncssh.SSHServerProcess[bytes]) -> None:
    process.stdout.write(os.urandom(200_000))


async def huge_ack(process: asyncssh.SSHServerProcess[bytes]) -> None:
    process.stdout.write(wire.HEADER.pack(wire.MOST_BYTES, 0) + b'{"kind":"ack","epoch":"' + b"x" * wire.MOST_BYTES)


async def bomb(process: asyncssh.SSHServerProcess[bytes]) -> None:
    import zlib

    squeezed = zlib.compress(b" " * (500 * MIB), 9)
    process.stdout.write(wire.HEADER.pack(len(squeezed), 1) + squeezed)


async def acks_of_nothing(process: asyncssh.SSHServerProcess[bytes]) -> None:
    """Welcomes, and acknowledges what was never sent, in a wrong epoch, and with a wrong digest."""
    process.stdout.write(wire.frame(wire.Welcome(mark=0, now=1)))
    for seq in (0, 1, 2, 1 << 50):
        process.stdout.write(wire.frame(wire.Ack("f" * 32, seq, "0" * 64)))
    await asyncio.sleep(1)


async def drips(process: asyncssh.SSHServerProcess[bytes]) -> None:
    """Part of an answer, and then a byte now and again."""
    process.stdout.write(wire.HEADER.pack(1000, 0))
    while not process.channel.is_closing():
        process.stdout.write(b" ")
        await asyncio.sleep(0.5)


@pytest.mark.promise(
    "S11", "junk, a huge ack, a bomb, acks of nothing: no program, no file, ≤ 128 MiB, nothing deleted"
)
@pytest.mark.parametrize(
    ("act", "heard"),
    [(junk, "frame"), (huge_ack, "not JSON"), (bomb, "expands to more"), (acks_of_nothing, "is not check-in 1")],
)
def test_a_hostile_console_gets_nothing_done(act: Act, heard: str, tmp_path: Path, measured: Measured) -> None:
    key = asyncssh.generate_private_key("ssh-ed25519")
    with console(key, act) as port:
        joined(tmp_path / "home", port, key.get_fingerprint())
        outside = _files(tmp_path, tmp_path / "home" / "agent")
        code, most, started = watched(tmp_path / "home")
    measured(f"{act.__name__}: {most:.0f} MiB, {len(started)} programs")
    assert code == 10
    assert most < 128
    assert started == []
    assert _files(tmp_path, tmp_path / "home" / "agent") == outside
    told = json.loads(agent(tmp_path / "home", "status", "--json").stdout)
    assert told["waiting"] == 1
    assert heard in told["text"], "it came to hear the lie, and took it for one"


class Flooding(paramiko.ServerInterface):
    """Lets everybody in, and then pours past every window while the agent waits to be allowed to send."""

    def check_auth_publickey(self, username: str, key: paramiko.PKey) -> int:
        return paramiko.AUTH_SUCCESSFUL

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return paramiko.OPEN_SUCCEEDED

    def check_channel_exec_request(self, channel: paramiko.Channel, command: bytes) -> bool:
        threading.Thread(target=self._pour, args=(channel,), daemon=True).start()
        return True

    def _pour(self, channel: paramiko.Channel) -> None:
        try:
            channel.sendall(wire.frame(wire.Welcome(mark=0, now=1)))
            for _ in range((512 * MIB) // 32_000):
                message = paramiko.Message()
                message.add_byte(bytes([94]))
                message.add_int(channel.remote_chanid)
                message.add_string(b" " * 32_000)
                channel.transport._send_user_message(message)
        except (OSError, EOFError, paramiko.SSHException):
            pass


@pytest.mark.promise("S11", "512 MiB past every window: not kept, ≤ 128 MiB")
def test_a_flood_past_the_window_is_not_kept(tmp_path: Path, measured: Measured) -> None:
    key = paramiko.Ed25519Key(file_obj=io.StringIO(ssh.new_key()))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        joined(tmp_path, listening.getsockname()[1], ssh.fingerprint(key))

        def serve() -> None:
            transport = paramiko.Transport(listening.accept()[0], default_window_size=16)
            transport.add_server_key(key)
            transport.start_server(server=Flooding(), event=threading.Event())

        threading.Thread(target=serve, daemon=True).start()
        code, most, started = watched(tmp_path)
    measured(f"{most:.0f} MiB, {len(started)} programs")
    assert (code, started) == (10, [])
    assert most < 128


def _files(folder: Path, but: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and but not in path.parents}


@pytest.mark.promise("S11", "an answer that drips: not waited for beyond its time")
def test_an_answer_that_drips_is_not_waited_for_byte_by_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, measured: Measured
) -> None:
    monkeypatch.setattr(ssh, "ANSWER_SECONDS", 2.0)
    key = asyncssh.generate_private_key("ssh-ed25519")
    with console(key, drips) as port:
        own = ssh.read_key(ssh.new_key())
        with ssh.line_to(f"127.0.0.1:{port}", "a-1", own, (key.get_fingerprint(),)) as line:
            began = time.monotonic()
            with pytest.raises(ssh.Unreachable, match="did not answer within 2 s"):
                line.receive()
            measured(f"given 2 s, left after {time.monotonic() - began:.1f} s")
            assert time.monotonic() - began < 5


@pytest.mark.promise("S10", "another key, other kinds of key: 0 logins tried, 0 bytes of a check-in; said at the agent")
@pytest.mark.parametrize("kind", ["ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa"])
def test_whoever_has_another_key_hears_no_name_and_no_signature(kind: str, tmp_path: Path, measured: Measured) -> None:
    pinned = asyncssh.generate_private_key("ssh-ed25519")
    with console(asyncssh.generate_private_key(kind), junk) as port:
        joined(tmp_path, port, pinned.get_fingerprint())
        ended = agent(tmp_path, "checkin")
    measured(f"{kind}: {Rogue.asked} asked, exit code {ended.returncode}")
    assert ended.returncode == (12 if kind == "ssh-ed25519" else 10)
    assert Rogue.asked == 0
    assert json.loads(agent(tmp_path, "status", "--json").stdout)["waiting"] == 1
