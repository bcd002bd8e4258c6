"""Connections to things without an agent: found and made within one time limit, and what went wrong in words."""

from __future__ import annotations

import errno
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple, TypeVar

from agent.looking import Listed, Look
from checks.reading import CheckName, Gap, Item, Reading, Why
from checks.text import clean

MOST_SECONDS = 30.0
"""All that one check asks in one pass together; what is not reached leaves a gap."""


Asked = TypeVar("Asked", bound=Listed)


class Silent(Exception):
    """The thing did not answer as it should: a finding about it."""


class NotSeen(Exception):
    """This machine could not ask: `why` it says nothing about the thing."""

    def __init__(self, why: Why, reason: str) -> None:
        self.why = why
        super().__init__(reason)


class Place(NamedTuple):
    """Where a name leads."""

    family: socket.AddressFamily
    address: tuple[str, int]


_OURS = {errno.ENETUNREACH: "this machine has no way to that network", errno.EACCES: "this machine forbids it"}


def asked(
    at: Look, check: str, listed: Sequence[Asked], seconds: Callable[[Asked, float], float]
) -> Iterator[Reading | Gap]:
    """What each listed thing answers: after how many seconds; no value, and an item with the reason, where it fails."""
    end = time.monotonic() + MOST_SECONDS
    for one in listed:
        began = time.monotonic()
        if began >= end:
            yield at.gap(check, Why.TIMED_OUT, "those before it took all the time of this pass", one.name)
            continue
        items: tuple[Item, ...] = ()
        value: float | None = None
        try:
            value = seconds(one, min(end, began + one.seconds))
        except Silent as error:
            items = (Item(one.target, clean(str(error), 200)),)
        except NotSeen as error:
            yield at.gap(check, error.why, f"{one.target}: {error}", one.name)
            continue
        yield Reading(CheckName(check), one.name, value, at.now, at.next_look, items or (Item(one.target),))


def places(host: str, port: int, deadline: float) -> list[Place]:
    """What the system's resolver says. Raises NotSeen where it does not answer, Silent where no such name is known."""
    answer: list[Place] = []
    failed: list[OSError | UnicodeError] = []

    def ask() -> None:
        try:
            told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.extend(Place(one[0], (str(one[4][0]), port)) for one in told)
        except (OSError, UnicodeError) as error:
            failed.append(error)

    asking = threading.Thread(target=ask, name=f"resolve {host}", daemon=True)  # the resolver's own time is not ours
    asking.start()
    asking.join(max(0.0, deadline - time.monotonic()))
    if asking.is_alive():
        raise NotSeen(Why.TIMED_OUT, f"the resolver did not answer for {host} in time")
    if not failed:
        return answer
    if isinstance(failed[0], socket.gaierror) and failed[0].errno == socket.EAI_AGAIN:
        raise NotSeen(Why.FAILED, f"no name server answers for {host}")
    raise Silent(f"the name {host} is not known")


def connected(host: str, port: int, deadline: float) -> socket.socket:
    """A connection to the first place that takes one. Raises Silent, and NotSeen."""
    said = ""
    for place in places(host, port, deadline):
        left = deadline - time.monotonic()
        if left <= 0:
            break
        plain = socket.socket(place.family, socket.SOCK_STREAM)
        plain.settimeout(left)
        try:
            plain.connect(place.address)
        except TimeoutError:
            plain.close()
            break
        except OSError as error:
            plain.close()
            if error.errno in _OURS:
                said = said or _OURS[error.errno]
                continue
            raise Silent("refuses the connection" if error.errno == errno.ECONNREFUSED else _words(error)) from error
        return plain
    if said:
        raise NotSeen(Why.FAILED, said)
    raise Silent("does not answer in time")


@contextmanager
def until(sock: socket.socket, deadline: float) -> Iterator[None]:
    """Ends the connection at the deadline, also under a peer that sends a byte now and then. Raises Silent then."""
    ended = threading.Event()

    def end() -> None:
        ended.set()
        try:
            socket.socket.shutdown(sock, socket.SHUT_RDWR)  # under TLS too, without its farewell
        except OSError:
            return

    timer = threading.Timer(max(0.0, deadline - time.monotonic()), end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except Exception as error:
        if ended.is_set():
            raise Silent("does not answer in time") from error
        raise
    finally:
        timer.cancel()
    if ended.is_set():
        raise Silent("does not answer in time")


def _words(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
