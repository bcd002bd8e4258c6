"""What of an agent and of a console anybody else on the machine can reach: nothing."""

from __future__ import annotations

import os
import time
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from callers import needs_root, open_folder
from conftest import CLIENT, PROVIDER, House, eventually
from fleets import kept
from promises import Measured

NOBODY = 65_534


def listening(agent: psutil.Process) -> set[tuple[str, object]]:
    """What an agent and its children listen on, seen again and again over two passes."""
    seen: set[tuple[str, object]] = set()
    until = time.monotonic() + 8
    while time.monotonic() < until:
        for one in (agent, *agent.children(recursive=True)):
            try:
                heard = one.net_connections("all")
            except psutil.NoSuchProcess:
                continue
            seen |= {(one.status, one.laddr) for one in heard if one.status == psutil.CONN_LISTEN}
        time.sleep(0.05)
    return seen


@pytest.mark.promise("S15", "the agent listens on nothing, while it looks and delivers")
def test_an_agent_listens_on_nothing(house: House, measured: Measured) -> None:
    house.start()
    house.publish(PROVIDER, CLIENT)
    house.join("mill", "main", "box")
    agent = house.run_agent("--pace", "2", "--now")
    seen = listening(psutil.Process(agent.pid))
    delivered = eventually(lambda: len(kept(house.home)))
    measured(f"{len(seen)} listeners, {delivered} check-ins delivered meanwhile")
    assert (seen, delivered >= 2) == (set(), True)


@pytest.mark.promise("S15", "folders 0700, files 0600; another account of the machine reads none of them")
def test_another_account_reads_nothing_of_an_agent_or_a_console(measured: Measured) -> None:
    needs_root()
    with open_folder() as folder, closing(House(folder / "home")) as house:
        house.home.mkdir(mode=0o755)
        (house.home / "open").write_text("for everybody")
        house.start()
        house.publish(PROVIDER, CLIENT)
        house.join("mill", "main", "box")
        assert house.agent("checkin").returncode == 0
        kept = [path for room in ("agent", "console") for path in (house.home / room, *(house.home / room).rglob("*"))]
        loose = [path for path in kept if path.stat().st_mode & 0o077 and not path.is_socket()]
        read = read_by_another([house.home / "open", *kept])
        measured(f"{len(kept)} files and folders: {len(loose)} open to others, {len(read) - 1} read by another account")
        assert (loose, read) == ([], [house.home / "open"])
        assert any(path.name == "key" for path in kept)


def read_by_another(paths: list[Path]) -> list[Path]:
    """Which of these an account reads that owns nothing."""
    heard, said = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        os.write(said, bytes(int(_is_read(path)) for path in paths))
        os._exit(0)
    os.waitpid(pid, 0)
    os.close(said)
    with os.fdopen(heard, "rb") as answer:
        return [path for path, is_read in zip(paths, answer.read(), strict=True) if is_read]


def _is_read(path: Path) -> bool:
    try:
        os.close(os.open(path, os.O_RDONLY))
    except OSError:
        return False
    return True
