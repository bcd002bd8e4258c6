"""What sshd runs for an agent: carries bytes between its SSH channel and the daemon's socket, and says for whom.

`python -IS bridge.py SOCKET USER` is the forced command of one key: USER was written by the console, never by a client,
and what the client asked for must be the one word of the protocol. Standard library alone, so that it starts at once.
"""

import _thread
import os
import signal
import socket
import sys

PROTOCOL = "watchbill-agent/1"
CHUNK = 65_536
READS_SECONDS = 5
"""Whoever does not take what the daemon said for this long is cut off (SIGALRM ends this process)."""


def carry_in(daemon: socket.socket) -> None:
    """From the agent to the daemon, until either has had enough."""
    try:
        while said := os.read(0, CHUNK):
            daemon.sendall(said)
        daemon.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # the daemon hung up, and the other way ends this process


def carry_out(daemon: socket.socket) -> None:
    """From the daemon to the agent, until the daemon hangs up."""
    while said := daemon.recv(CHUNK):
        signal.alarm(READS_SECONDS)
        while said:
            said = said[os.write(1, said) :]
        signal.alarm(0)


def main() -> int:
    """0; 1 for whatever else was asked for, and where no daemon answers."""
    path, user = sys.argv[1:]
    if os.environ.get("SSH_ORIGINAL_COMMAND") != PROTOCOL:
        return 1
    try:
        daemon = socket.socket(socket.AF_UNIX)
        daemon.connect(path)
        daemon.sendall(f"{user}\n".encode())
        _thread.start_new_thread(carry_in, (daemon,))
        carry_out(daemon)
    except OSError:
        return 1
    return 0


if __name__ == "__main__":
    os._exit(main())  # at once, whatever the other thread waits for
