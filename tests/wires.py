"""A wire between agent and console that can be cut, held and slowed: a TCP proxy in the test's own process."""

from __future__ import annotations

import socket
import threading
import time
from typing import Any


class Wire:
    """Listens on a port of its own and carries bytes to another. `delay` slows the way back; `cut` ends everything."""

    def __init__(self, port: int, listener: socket.socket | None = None) -> None:
        self._to = port
        self.delay = 0.0
        self.is_open = True
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
            threading.Thread(target=self._carry, args=(near, far, False), daemon=True).start()
            threading.Thread(target=self._carry, args=(far, near, True), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, is_back: bool) -> None:
        try:
            while data := source.recv(65_536):
                if is_back and self.delay:
                    time.sleep(self.delay)
                sink.sendall(data)
        except OSError:
            pass
        _ended(sink)
        _ended(source)


def _ended(end: socket.socket) -> None:
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    end.close()
