"""Where a letter to a chat may connect to: public addresses over TLS, and the networks that the administrator allows.

Held at the moment a socket connects, by what the interpreter tells of it (PEP 578): whatever library connects, however
its URL spells the address, however often a name server changes its mind, the address looked at is the one reached.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_CONNECTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_UNICAST = IPv6Network("2000::/3")
"""All of IPv6 that leads to one machine of the internet (RFC 4291, IANA)."""
_NAT64 = IPv6Network("64:ff9b::/96")
"""An IPv4 address stands in the last 32 bits (RFC 6052); that of a network's own, 64:ff9b:1::/48, is never public."""


class Refused(OSError):
    """A connection that must not be made: says where it leads, and what is wrong with that."""


class Bounds:
    """Where one letter may go, and why it did not."""

    def __init__(self, allowed: Sequence[Network] = ()) -> None:
        self.allowed = allowed
        self.refused: list[str] = []
        self.trouble: list[str] = []

    def refusal(self, where: object, *, over_tls: bool) -> str:
        """Why nothing may connect there, or ""; `where` is an address as the system is told it."""
        try:
            address = _plain(ip_address(str(where)))
        except ValueError:
            return "leads to a name that was not looked up; name the address"
        if any(address in network for network in self.allowed):
            return ""
        if not is_public(address):
            return f"leads to {address}, which is no public address"
        return "" if over_tls else f"leads to {address} without TLS that is verified"


_bounds: ContextVar[Bounds | None] = ContextVar("bounds", default=None)
_over_tls: ContextVar[bool] = ContextVar("over_tls", default=False)


def is_public(address: Address) -> bool:
    """Whether an address is one machine of the internet; one that carries another is judged by that one."""
    address = _plain(address)
    if isinstance(address, IPv4Address):
        return address.is_global and not (address.is_multicast or address.is_reserved)
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    if address.sixtofour is not None:
        return is_public(address.sixtofour)
    return address in _UNICAST and address.is_global


@contextmanager
def within(bounds: Bounds) -> Iterator[None]:
    """Hold what connects meanwhile, in this context and its copies, to these bounds."""
    _listen()
    before = _bounds.set(bounds)
    try:
        yield
    finally:
        _bounds.reset(before)


@contextmanager
def over_tls(is_verified: bool) -> Iterator[None]:
    """Say that what connects meanwhile speaks TLS, and whether it verifies whom it speaks to."""
    before = _over_tls.set(is_verified)
    try:
        yield
    finally:
        _over_tls.reset(before)


def bounds_now() -> Bounds | None:
    """The bounds that this context is held to."""
    return _bounds.get()


def _plain(address: Address) -> Address:
    """An IPv4 address that is written as IPv6 is that IPv4 address."""
    return getattr(address, "ipv4_mapped", None) or address


@cache
def _listen() -> None:
    """Once, where a chat is told for the first time: a hook cannot be taken away again."""
    sys.addaudithook(_hold)


def _hold(event: str, given: tuple[Any, ...]) -> None:
    if event not in _CONNECTS:
        return
    bounds = _bounds.get()
    if bounds is None:
        return
    by, where = given
    if by.family == socket.AF_UNIX or where is None:  # no network; or connected, so looked at already
        return
    why = bounds.refusal(where[0], over_tls=_over_tls.get())
    if why:
        bounds.refused.append(why)
        raise Refused(why)
