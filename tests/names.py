"""A real name server that changes its mind: each question for an address gets the next answer."""

from __future__ import annotations

import ipaddress
import socket
import struct
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

_HEADER = struct.Struct(">HHHHHH")
_ANSWERED = 0x8180
_A, _IN = 1, 1
_SAME_NAME = 0xC00C


class Names:
    """What a name server says, and how often it was asked for an IPv4 address; it knows no other kind."""

    def __init__(self, answers: Sequence[Sequence[str]]) -> None:
        self.answers = list(answers)
        self.asked = 0

    def answered(self, question: bytes) -> bytes:
        number, *_ = _HEADER.unpack(question[: _HEADER.size])
        end = question.index(b"\0", _HEADER.size) + 5
        (kind,) = struct.unpack(">H", question[end - 4 : end - 2])
        found: Sequence[str] = ()
        if kind == _A:
            found = self.answers[min(self.asked, len(self.answers) - 1)]
            self.asked += 1
        rows = [struct.pack(">HHHIH", _SAME_NAME, _A, _IN, 0, 4) + ipaddress.IPv4Address(one).packed for one in found]
        head = _HEADER.pack(number, _ANSWERED, 1, len(rows), 0, 0)
        return head + question[_HEADER.size : end] + b"".join(rows)


@contextmanager
def name_server(names: Names) -> Iterator[None]:
    """Answer at 127.0.0.1:53 of the network that this thread is in."""
    door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    door.bind(("127.0.0.1", 53))
    port = door.getsockname()

    def answer() -> None:
        while True:
            question, who = door.recvfrom(512)
            if not question:
                return
            door.sendto(names.answered(question), who)

    with door, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
        thread = threading.Thread(target=answer)
        thread.start()
        try:
            yield
        finally:
            end.sendto(b"", port)
            thread.join()
