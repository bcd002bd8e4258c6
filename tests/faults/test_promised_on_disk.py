"""Nothing is promised before it is on the disk: read from the system calls of a real daemon and a real agent."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import House, eventually, needs, quick
from fleets import Fleet, check_in
from msgspec import structs
from promises import Measured

from agent.config import identity
from agent.homes import Home
from agent.machine import boot_id, uptime
from agent.ssh import line_to, read_key
from checks.wire import Ack, Hello, carry, encode_check_in

ACKS = 1000
_SYNCED = re.compile(r"fdatasync(?:\(\d+<(?P<file>[^>]*)>\)| resumed>\)) += 0")
_LOG_SYNCED = re.compile(r"fdatasync\(\d+<[^>]*-wal>\) += 0")
_LOG_UNFINISHED = re.compile(r"fdatasync\(\d+<[^>]*-wal> <unfinished")
_RESUMED = re.compile(r"<\.\.\. fdatasync resumed>\) += 0")
_SENT = re.compile(r'sendto\(\d+<TCP:\[[^]]*\]>, ".*"(?:\.\.\.)?, (?P<bytes>\d+), ')
_TOLD = ("-f", "-yy", "-qq", "-e", "signal=none")
_LEAST_ACK = 100
"""Bytes on the wire: an ack names an epoch and a digest; what is shorter is SSH's own."""


@contextmanager
def traced(pid: int, to: Path) -> Iterator[None]:
    """Every sync and every byte on the network of a process and its threads, each with its second."""
    needs("strace")
    command = ["strace", *_TOLD, "-ttt", "-e", "trace=fdatasync,sendto", "-o", str(to), "-p", str(pid)]
    tracing = subprocess.Popen(command)
    try:
        eventually(lambda: "TracerPid:\t0" not in Path(f"/proc/{pid}/status").read_text())
        time.sleep(0.5)
        yield
    finally:
        tracing.send_signal(signal.SIGINT)
        tracing.wait(30)


def converse(folder: Path, times: int) -> list[tuple[float, float]]:
    """Check-ins one after the other: when each was sent, and when its acknowledgement was heard, UTC seconds."""
    home, turns = Home(folder / "agent"), []
    me, epoch = identity(home), "0123456789abcdef0123456789abcdef"
    with line_to(me.address, me.agent_id, read_key(home.key.read_text()), me.host_keys) as line:
        line.send(Hello(epoch, times, boot_id(), uptime(), int(time.time()), "0.1.0"))
        line.receive()
        for seq in range(1, times + 1):
            one = structs.replace(check_in(int(time.time()), seq, 1), epoch=epoch, seq=seq)
            message = carry(encode_check_in(one))
            sent = time.time()
            line.send(message)
            assert isinstance(line.receive(), Ack)
            turns.append((sent, time.time()))
    return turns


def synced_and_sent(calls: Path) -> Iterator[tuple[float, str]]:
    """In their order: a sync of the store's log that ended, and what is as long as an ack and begins to leave."""
    unfinished: set[str] = set()
    for line in calls.read_text().splitlines():
        thread, at, call = line.split(maxsplit=2)
        if _LOG_UNFINISHED.match(call):
            unfinished.add(thread)
        elif _LOG_SYNCED.match(call) or (thread in unfinished and _RESUMED.match(call)):
            unfinished.discard(thread)
            yield float(at), "synced"
        elif (sent := _SENT.match(call)) and int(sent["bytes"]) >= _LEAST_ACK:
            yield float(at), "sent"


@pytest.mark.promise("D3", "1,000 acks: 0 before the fdatasync of their commit")
def test_no_ack_leaves_before_its_commit_is_on_the_disk(
    house: House, fleet_of: Callable[[House, int], Fleet], measured: Measured, tmp_path: Path
) -> None:
    (folder,) = fleet_of(house, 1).homes
    with traced(house.pid, tmp_path / "calls"):
        turns = converse(folder, ACKS)
    events = list(synced_and_sent(tmp_path / "calls"))
    heard = [[what for at, what in events if sent < at < acked] for sent, acked in turns]
    seen, early = sum("sent" in turn for turn in heard), sum(turn[:1] != ["synced"] for turn in heard)
    measured(f"{seen} acks: {early} before their fdatasync")
    assert (seen, early) == (ACKS, 0)


@pytest.mark.promise("D3", "the agent: 0 numbers said, 0 bytes sent before the spool's fdatasync")
def test_an_agent_says_a_number_after_its_spool_is_on_the_disk(
    house: House, fleet_of: Callable[[House, int], Fleet], measured: Measured, tmp_path: Path
) -> None:
    needs("strace")
    (folder,) = fleet_of(house, 1).homes
    said = early = 0
    for number in range(3):
        calls = tmp_path / f"calls-{number}"
        command = ["strace", *_TOLD, "-s", "200", "-e", "trace=fdatasync,pwrite64,write,connect"]
        agent = [sys.executable, "-m", "agent", "--home", str(folder), "checkin"]
        done = subprocess.run([*command, "-o", str(calls), *agent], env=quick(), capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        is_written = is_synced = False
        for line in calls.read_text().splitlines():
            if "spool.db-wal>" in line and "pwrite64(" in line:
                is_written, is_synced = True, False
            is_synced = is_synced or bool(_SYNCED.search(line))
            if re.search(rf"check-in {number + 1}: |connect\(.*sin_port", line):
                said += 1
                early += not (is_written and is_synced)
    measured(f"{said} numbers said and connections made, {early} before the fdatasync")
    assert (early, said >= 6) == (0, True)
