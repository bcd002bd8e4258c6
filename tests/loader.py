"""Daemons that start in a moment: each is a fork of one process that has loaded their code, which takes seconds.

What runs is the daemon's own front door, with its own arguments, output, environment and folder.
"""

from __future__ import annotations

import atexit
import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import IO, BinaryIO

import psutil

PATIENCE = 30.0
_END_WITH_PARENT = 1  # prctl(2), PR_SET_PDEATHSIG
_NEW_NETWORK = 0x40000000  # CLONE_NEWNET, linux/sched.h
_NETWORK = Path("/proc/thread-self/ns/net")


class Daemon:
    """One that runs, or has ended."""

    def __init__(self, pid: int, stdout: IO[bytes]) -> None:
        self.pid, self.stdout = pid, stdout
        try:
            self._process = psutil.Process(pid)
        except psutil.NoSuchProcess:
            self._process = None

    def is_running(self) -> bool:
        return self._process is not None and self._process.is_running()

    def send_signal(self, number: int) -> None:
        if self._process is not None:
            self._process.send_signal(number)

    def wait(self) -> None:
        """Until it has ended; fails after `PATIENCE` seconds."""
        if self._process is not None:
            self._process.wait(PATIENCE)

    def close(self) -> None:
        """End it, whatever it does."""
        if self.is_running():
            self.send_signal(signal.SIGKILL)
            self.wait()
        self.stdout.close()


def started(arguments: list[str], log: BinaryIO) -> Daemon:
    """A daemon by these arguments, its complaints in `log`."""
    heard, said = os.pipe()
    told = json.dumps({"arguments": arguments, "folder": str(Path.cwd()), "environment": dict(os.environ)}).encode()
    with _NETWORK.open() as network:
        socket.send_fds(_loader(), [len(told).to_bytes(4)], [said, log.fileno(), network.fileno()])
    _loader().sendall(told)
    os.close(said)
    return Daemon(int.from_bytes(_loader().recv(4, socket.MSG_WAITALL)), os.fdopen(heard, "rb"))


@cache
def _loader() -> socket.socket:
    """The way to the process that has loaded it all: it ends when this one does."""
    ours, its = socket.socketpair()
    process = subprocess.Popen([sys.executable, __file__, str(its.fileno())], pass_fds=[its.fileno()])
    its.close()

    def end() -> None:
        ours.close()
        process.wait(PATIENCE)

    atexit.register(end)
    return ours


def _load_and_fork(control: socket.socket) -> None:
    import console.daemon
    import console.serving  # noqa: F401 - what is loaded here, no fork loads again

    signal.signal(signal.SIGCHLD, _reap)
    while length := int.from_bytes((got := socket.recv_fds(control, 4, 3))[0]):
        told = json.loads(control.recv(length, socket.MSG_WAITALL))
        pid = os.fork()
        if pid == 0:
            control.close()
            _become(told, *got[1])
        for one in got[1]:
            os.close(one)
        control.sendall(pid.to_bytes(4))


def _reap(*_: object) -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            continue
    except ChildProcessError:
        return


def enter(network: int) -> None:
    """This thread has this network from now on; `os.setns` is there from Python 3.12 on."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(network, _NEW_NETWORK):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _become(told: dict[str, object], output: int, complaints: int, network: int) -> None:
    """The daemon, in a fork, in the network of whoever asked for it."""
    from console.serving import main

    if os.fstat(network).st_ino != _NETWORK.stat().st_ino:
        enter(network)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(output, 1)
    os.dup2(complaints, 2)
    os.closerange(3, 256)
    os.environ.clear()
    os.environ.update(told["environment"])  # type: ignore[call-overload]
    os.chdir(str(told["folder"]))
    code = 1
    try:
        code = main(told["arguments"])  # type: ignore[arg-type]
        sys.stdout.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    _load_and_fork(socket.socket(fileno=int(sys.argv[1])))
