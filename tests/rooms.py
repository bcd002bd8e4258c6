"""Real chat rooms on the loopback: they count who connects, keep what they are told, and answer as a test wants."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class Room(ThreadingHTTPServer):
    """A room that takes every message, until it is told to answer otherwise."""

    daemon_threads = True

    def __init__(self, address: str = "127.0.0.1", port: int = 0) -> None:
        self.address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self.heard: list[Any] = []
        self.headers: list[Any] = []
        self.connections = 0
        self.answer, self.leads_to, self.says, self.drips = 200, "", b"", False
        super().__init__((address, port), _Asked)

    def get_request(self) -> tuple[socket.socket, Any]:
        found = super().get_request()
        self.connections += 1
        return found

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who hangs up is no news."""

    def url(self, host: str = "127.0.0.1", rest: str = "room") -> str:
        """This room as apprise names it; `host` is another way to say where it is."""
        return f"json://{host}:{self.server_port}/{rest}"


class _Asked(BaseHTTPRequestHandler):
    server: Room

    def do_POST(self) -> None:
        self.server.heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.server.headers.append(self.headers)
        self.send_response(self.server.answer)
        if self.server.leads_to:
            self.send_header("Location", self.server.leads_to)
        if self.server.drips:
            self._drip()
        self.end_headers()
        self.wfile.write(self.server.says)

    def _drip(self) -> None:
        """Headers without an end, each of them soon after the one before."""
        self.flush_headers()
        while True:
            self.wfile.write(b"X-More: please\r\n")
            time.sleep(0.02)

    def log_message(self, *given: Any) -> None:
        pass


@contextmanager
def room(address: str = "127.0.0.1", port: int = 0, keys: tuple[Path, Path] | None = None) -> Iterator[Room]:
    """A room at that address, for as long as a test needs it; behind TLS where it has a certificate and its key."""
    made = Room(address, port)
    if keys:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*map(str, keys))
        made.socket = context.wrap_socket(made.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield made
    finally:
        made.shutdown()
        thread.join()
        made.server_close()
