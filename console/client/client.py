"""Asks the daemon for pages, does verbs, and follows changes."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
from msgspec import Struct

from console.pages.verbs import PAGES, VERBS

SECONDS = 20.0
FOLLOW_SECONDS = 40.0
"""Longer than two heartbeats of the daemon."""
MOST_BYTES = 64 << 20
_ANSWERS: dict[str, type[Struct]] = {
    **{f"page {page.name}": page.answer for page in PAGES},
    **{f"do {verb.name}": verb.answer for verb in VERBS},
}


class NotReachable(Exception):
    """No daemon answers: says where, and what to do."""


class Refused(Exception):
    """The desk said no: what is wrong, and what to do."""

    def __init__(self, text: str, what_to_do: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.what_to_do = what_to_do


class Client:
    """One socket's worth of desk. Every question opens its own connection, so threads may share a client."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def page(self, name: str, **arguments: object) -> Any:  # noqa: ANN401 - the page's own type, by its name
        """The page of that name, as its type. Raises NotReachable or Refused."""
        query = urlencode({key: value for key, value in arguments.items() if value not in (None, "")})
        return self._answer("GET", f"/v1/page/{quote(name)}?{query}", None, f"page {name}")

    def do(self, name: str, **arguments: object) -> Any:  # noqa: ANN401 - the verb's own answer, by its name
        """Do a verb; its answer. Raises NotReachable or Refused."""
        return self._answer("POST", f"/v1/do/{quote(name)}", json.dumps(arguments).encode(), f"do {name}")

    def changes(self) -> Iterator[int]:
        """The daemon's generation: at once, whenever something changed, and now and then. Raises NotReachable."""
        connection = _Connection(self.path, FOLLOW_SECONDS)
        try:
            connection.request("GET", "/v1/changes")
            response = connection.getresponse()
            while line := response.readline(4096):
                yield int(json.loads(line)["generation"])
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise self._gone(error) from error
        finally:
            connection.close()

    def _answer(self, method: str, url: str, body: bytes | None, kind: str) -> Struct:
        connection = _Connection(self.path, SECONDS)
        try:
            connection.request(method, url, body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            said = response.read(MOST_BYTES)
        except (OSError, http.client.HTTPException) as error:
            raise self._gone(error) from error
        finally:
            connection.close()
        if response.status != http.client.OK:
            raise _refusal(said)
        return msgspec.json.decode(said, type=_ANSWERS[kind])

    def _gone(self, error: Exception) -> NotReachable:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error) or type(error).__name__
        return NotReachable(
            f"no daemon answers at {self.path} ({why}); start one with `watchbill up` or `watchbill serve`, "
            "or name another home with --home"
        )


class _Connection(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: Path, seconds: float) -> None:
        super().__init__("watchbill", timeout=seconds)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))


def _refusal(said: bytes) -> Refused:
    try:
        told = json.loads(said)
        return Refused(str(told["error"]), str(told.get("what_to_do", "")))
    except (ValueError, KeyError, TypeError):
        return Refused("the daemon answered with something else than a page", "look at the daemon's log")
