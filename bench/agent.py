"""The agent: memory between passes, CPU of a pass with its delivery, and apt left alone while nothing has changed.

Reference for CPU: a process that imports psutil and paramiko and makes one bare exchange with the same SSH server.
Reference for memory: a process that has imported psutil and paramiko. `python -m bench.agent`
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.told import figure, line
from console.client.client import Client
from console.client.where import socket_path

PASSES = 6
_TICK = os.sysconf("SC_CLK_TCK")
_BARE = """
import psutil, paramiko, socket, sys
psutil.cpu_percent()
transport = paramiko.Transport(socket.create_connection(("127.0.0.1", int(sys.argv[1]))))
options = transport.get_security_options()
options.kex = [one for one in ("mlkem768x25519-sha256", "curve25519-sha256") if one in options.kex]
options.ciphers, options.digests = ["aes256-gcm@openssh.com"], ["hmac-sha2-512-etm@openssh.com"]
options.key_types = ["ssh-ed25519"]
transport.start_client(timeout=20)
transport.auth_publickey(sys.argv[2], paramiko.Ed25519Key(filename=sys.argv[3]))
channel = transport.open_session()
channel.exec_command("watchbill-agent/1")
from checks import wire
channel.sendall(wire.frame(wire.Hello("0" * 32, 0, "b", 1.0, 1, "bench")))
channel.recv(4096)
transport.close()
"""
_HELD = "import psutil, paramiko, os; print(open('/proc/self/status').read())"


def main() -> None:
    """Measure and tell."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        daemon = subprocess.Popen(
            [sys.executable, "-m", "console.serving", "--home", str(home), "--starter"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert daemon.stdout is not None
        port = daemon.stdout.readline().split()[1].rsplit(":", 1)[1]
        try:
            _measure(home, port)
        finally:
            daemon.terminate()
            daemon.wait()


def _measure(home: Path, port: str) -> None:
    client = Client(socket_path(home))
    token = client.do("invite", client="here", site="main").token
    agent = [sys.executable, "-m", "agent", "--home", str(home)]
    subprocess.run([*agent, "join"], input=token, text=True, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([*agent, "checkin"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    identity = json.loads((home / "agent/identity.json").read_text())

    with subprocess.Popen([*agent, "run", "--pace", "3", "--now"], stderr=subprocess.DEVNULL) as resident:
        _wait_for(home, 2)
        before, began = _cpu(resident.pid), _newest(home)
        _wait_for(home, began + PASSES)
        time.sleep(1.5)
        spent = (_cpu(resident.pid) - before) / (_newest(home) - began)
        held = _rss(Path(f"/proc/{resident.pid}/status").read_text())
        resident.terminate()

    bare = [sys.executable, "-c", _BARE, port, identity["agent_id"], str(home / "agent/key")]
    costs = [_cost(bare) for _ in range(PASSES)]
    both = _rss(subprocess.run([sys.executable, "-c", _HELD], capture_output=True, text=True, check=True).stdout)
    figure("resident between passes, RSS", held, "MiB", 25)
    line("resident between passes against psutil + paramiko, RSS", held, both, "MiB", 0.65)
    line("CPU of a pass with its delivery", spent * 1000, sorted(costs)[len(costs) // 2] * 1000, "ms", 1.3)
    again = subprocess.run([*agent, "checkin"], capture_output=True, text=True, check=True).stderr
    figure(
        "a second pass with unchanged packages (apt left alone)",
        float(again.split(" s\n")[0].rsplit(" ", 1)[1]),
        "s",
        1.0,
    )


def _wait_for(home: Path, newest: int) -> None:
    while _newest(home) < newest:
        time.sleep(0.1)


def _newest(home: Path) -> int:
    asked = subprocess.run(
        [sys.executable, "-m", "agent", "--home", str(home), "status", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(json.loads(asked.stdout)["newest"])


def _cpu(pid: int) -> float:
    """User and system seconds of a process and its ended children."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return sum(int(field) for field in fields[11:15]) / _TICK


def _cost(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _rss(status: str) -> float:
    return int(status.split("VmRSS:")[1].split(maxsplit=1)[0]) / 1024


if __name__ == "__main__":
    main()
