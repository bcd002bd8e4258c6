"""HTTP over a Unix socket, by the standard library."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

__all__ = ["Connection", "HTTPException"]


class Connection(HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: Path, seconds: float) -> None:
        super().__init__("watchbill", timeout=seconds)
        self._path = path

    def ask(self, method: str, url: str, arguments: Mapping[str, Any]) -> None:
        """Send a question: what is read goes into the query, what is done into the body.

        Raises UnicodeEncodeError for what is no text, such as bytes of a shell that are not UTF-8.
        """
        if method == "GET":
            self.request(method, f"{url}?{urlencode(arguments)}")
        else:
            body = json.dumps(arguments, ensure_ascii=False).encode()
            self.request(method, url, body, {"Content-Type": "application/json"})

    def connect(self) -> None:
        """Open the socket."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))
