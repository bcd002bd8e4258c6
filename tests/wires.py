"""A wire between agent and console that can be cut, held, slowed and bad: a TCP proxy in the test's own process."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Passing = Callable[[bytes, bool], Iterable[bytes]]
"""Of what came on one connection, and whether it is on its way back: what goes on. Raises Broken where it ends."""


class Broken(Exception):
    """The connection ends here, for both sides."""


def whole(data: bytes, is_back: bool) -> Iterable[bytes]:
    """All of it, at once."""
    return (data,)


class Wire:
    """Listens on a port of its own and carries bytes to another. `delay` slows the way back; `cut` ends everything.

    `manner` makes what each connection does to the bytes.
    """

    def __init__(self, port: int, listener: socket.socket | None = None) -> None:
        self._to = port
        self.delay = 0.0
        self.is_open = True
        self.manner: Callable[[], Passing] = lambda: whole
        self._pairs: list[socket.socket] = []
        self._listener = listener or socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """End what is connected, and let nobody in until `mend`."""
        self.is_open = False
        for end in self._pairs:
            _ended(end)
        self._pairs.clear()

    def mend(self, port: int | None = None) -> None:
        """Let connections through again."""
        self._to = port or self._to
        self.is_open = True

    def close(self) -> None:
        """No more wire."""
        self.cut()
        self._listener.close()

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if not self.is_open:
                near.close()
                continue
            try:
                far = socket.create_connection(("127.0.0.1", self._to), 5)
            except OSError:
                near.close()
                continue
            self._pairs += [near, far]
            passing = self.manner()
            for source, sink, is_back in ((near, far, False), (far, near, True)):
                ways = (source, sink, is_back, passing)
                threading.Thread(target=self._carry, args=ways, daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, is_back: bool, passing: Passing) -> None:
        try:
            while data := source.recv(65_536):
                if is_back and self.delay:
                    time.sleep(self.delay)
                for piece in passing(data, is_back):
                    sink.sendall(piece)
        except (OSError, Broken):
            pass
        _ended(sink)
        _ended(source)


def _ended(end: socket.socket) -> None:
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    end.close()


class EatsAnswers:
    """Carries everything there, and of what comes back so many bytes; ends once the rest was eaten for a moment."""

    def __init__(self, most: int) -> None:
        self._left = most

    def __call__(self, data: bytes, is_back: bool) -> Iterator[bytes]:
        if not is_back:
            yield data
            return
        passed, self._left = data[: self._left], self._left - len(data)
        yield passed
        if self._left < 0:
            time.sleep(0.3)  # what was sent to be answered still arrives
            raise Broken


class Cuts:
    """Carries so many bytes of either way, and then nothing more."""

    def __init__(self, most: int) -> None:
        self._left = {True: most, False: most}

    def __call__(self, data: bytes, is_back: bool) -> Iterator[bytes]:
        yield data[: self._left[is_back]]
        self._left[is_back] -= len(data)
        if self._left[is_back] < 0:
            raise Broken


def drips(data: bytes, is_back: bool) -> Iterator[bytes]:
    """Byte by byte."""
    for place in range(len(data)):
        time.sleep(0.0005)
        yield data[place : place + 1]
