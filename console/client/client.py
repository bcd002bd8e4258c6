"""Asks the daemon for pages, does verbs, and follows changes. HTTP is loaded with the first question, not before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from console.pages.verbs import PAGES, VERBS

SECONDS = 20.0
READING_SECONDS = 600.0
"""For a question that brings documents: reading a big model takes the daemon its time."""
FOLLOW_SECONDS = 40.0
"""Longer than two heartbeats of the daemon."""
MOST_BYTES = 64 << 20
MOST_ASKED = 500
"""Characters of one argument of a page: whatever they are, they fit into the line that the daemon reads."""
TROUBLE = "Watchbill-Trouble"
"""Header of an answer: a JSON string that says why the daemon keeps nothing just now, or no check-ins."""
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

    def __init__(self, path: Path, seconds: float = SECONDS, home: Path | None = None) -> None:
        self.path = path
        self._seconds = seconds
        self._home = home
        """Where the daemon would work that is asked; None where its socket was named."""
        self.trouble = ""
        """Why it keeps nothing just now, or no check-ins, and what to do, as its last answer said; "" where all is."""

    def patient(self, seconds: float) -> Client:
        """The same desk, waited for so long."""
        return Client(self.path, seconds, self._home)

    def page(self, name: str, **arguments: object) -> Any:  # noqa: ANN401 - the page's own type, by its name
        """The page of that name, as its type. Raises NotReachable or Refused."""
        given = {key: str(value) for key, value in arguments.items() if value not in (None, "")}
        longest = max(given, key=lambda key: len(given[key]), default="")
        if longest and len(given[longest]) > MOST_ASKED:
            raise Refused(f"{longest} is {len(given[longest])} characters long", f"{MOST_ASKED} are heard; shorten it")
        return self._answer("GET", f"/v1/page/{name}", given, f"page {name}")

    def do(self, name: str, **arguments: object) -> Any:  # noqa: ANN401 - the verb's own answer, by its name
        """Do a verb; its answer. Raises NotReachable or Refused."""
        return self._answer("POST", f"/v1/do/{name}", arguments, f"do {name}")

    def changes(self) -> Iterator[int]:
        """The daemon's generation: at once, whenever something changed, and now and then. Raises NotReachable."""
        from console.client.connection import Connection, HTTPException

        connection = Connection(self.path, FOLLOW_SECONDS)
        try:
            connection.request("GET", "/v1/changes")
            response = connection.getresponse()
            while line := response.readline(4096):
                yield int(json.loads(line)["generation"])
        except (OSError, HTTPException, ValueError) as error:
            raise self._gone(error) from error
        finally:
            connection.close()

    def _answer(self, method: str, url: str, arguments: Mapping[str, Any], kind: str) -> Struct:
        from console.client.connection import Connection, HTTPException

        connection = Connection(self.path, max(self._seconds, READING_SECONDS if "documents" in arguments else 0))
        try:
            connection.ask(method, url, arguments)
            response = connection.getresponse()
            said = response.read(MOST_BYTES)
        except UnicodeEncodeError as error:
            raise Refused("what was given is not all UTF-8 text", "write it in UTF-8, and try again") from error
        except (OSError, HTTPException) as error:
            raise self._gone(error) from error
        finally:
            connection.close()
        if response.status != 200:
            raise _refusal(said)
        self.trouble = str(json.loads(response.headers.get(TROUBLE, '""')))
        return msgspec.json.decode(said, type=_ANSWERS[kind])

    def _gone(self, error: Exception) -> NotReachable:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error) or type(error).__name__
        where = f" for {self._home}" if self._home and not self.path.is_relative_to(self._home) else ""
        return NotReachable(
            f"no daemon answers at {self.path}{where} ({why}); start one with `watchbill up` or `watchbill serve`, "
            "or name another home with --home"
        )


def _refusal(said: bytes) -> Refused:
    try:
        told = json.loads(said)
        return Refused(str(told["error"]), str(told.get("what_to_do", "")))
    except (ValueError, KeyError, TypeError):
        return Refused("the daemon answered with something else than a page", "look at the daemon's log")
