"""What the configuration may list of the network: ports of this machine, and what it asks that has no agent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from agent.looking import ListedAddress, ListedName, ListedPage, ListedPort, PbsRepository

SECONDS = 5.0
MOST_SECONDS = 20
KEYS = {
    "tcp": {"name", "address", "seconds"},
    "http": {"name", "url", "status", "text", "verify", "seconds"},
    "dns": {"name", "lookup", "addresses", "seconds"},
    "pbs": {"name", "repository", "password_file", "fingerprint", "namespace"},
}
"""What may stand in each of these tables."""
NEEDED = {
    "tcp": ("name", "address"),
    "http": ("name", "url"),
    "dns": ("name", "lookup"),
    "pbs": ("name", "repository", "password_file"),
}
NO_TEXT = {"seconds", "status", "verify", "addresses"}
_PORT = re.compile(r"(\d{1,5})/(tcp|udp)( local)?")


def ports(tree: Mapping[str, object]) -> tuple[ListedPort, ...] | None:
    """The baseline of listening ports; None where nobody gave one."""
    said = tree.get("ports")
    if not isinstance(said, list):
        return None
    found = (_PORT.fullmatch(str(one)) for one in said)
    return tuple(ListedPort(int(one[1]), one[2], bool(one[3])) for one in found if one)


def port_problems(tree: Mapping[str, object]) -> Iterator[str]:
    """What is wrong with the baseline."""
    said = tree.get("ports", [])
    if not isinstance(said, list):
        yield 'ports must be a list, such as ["22/tcp", "5432/tcp local"]'
        return
    for number, one in enumerate(said, 1):
        found = _PORT.fullmatch(one) if isinstance(one, str) else None
        if found is None or not 0 < int(found[1]) < 65_536:
            yield f'ports {number}: must be NUMBER/tcp or NUMBER/udp, such as "22/tcp"; "5432/tcp local" for loopback'
    if len(set(map(str, said))) != len(said):
        yield "ports: every port must stand there once"


def port_of(text: str) -> int:
    """The number of `host:port`; 0 where it is none."""
    host, _, number = text.rpartition(":")
    return int(number) if host and number.isdigit() and 0 < int(number) < 65_536 else 0


def is_page(url: str) -> bool:
    """Whether it is an address that can be fetched: http or https, a host, a port that is a number, no password."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return known and parts.username is None and url.isascii() and url.isprintable() and " " not in url


def addresses(tree: Mapping[str, Any]) -> tuple[ListedAddress, ...]:
    """`[[tcp]]`: the ports of other things."""
    return tuple(
        ListedAddress(one["name"], one["address"], _seconds(one), _host(one["address"]), port_of(one["address"]))
        for one in tree.get("tcp", [])
    )


def pages(tree: Mapping[str, Any]) -> tuple[ListedPage, ...]:
    """`[[http]]`: web pages."""
    return tuple(
        ListedPage(
            one["name"], one["url"], _seconds(one), one.get("status", 0), one.get("text", ""), one.get("verify", True)
        )
        for one in tree.get("http", [])
    )


def names(tree: Mapping[str, Any]) -> tuple[ListedName, ...]:
    """`[[dns]]`: names that must resolve."""
    return tuple(
        ListedName(one["name"], one["lookup"], _seconds(one), frozenset(map(_address, one.get("addresses", []))))
        for one in tree.get("dns", [])
    )


def backup_servers(tree: Mapping[str, Any]) -> tuple[PbsRepository, ...]:
    """`[[pbs]]`: datastores of Proxmox Backup Servers."""
    return tuple(
        PbsRepository(
            one["name"],
            one["repository"],
            Path(one["password_file"]),
            one.get("fingerprint", ""),
            one.get("namespace", ""),
        )
        for one in tree.get("pbs", [])
    )


def probe_problems(tree: Mapping[str, object]) -> Iterator[str]:
    """What is wrong in these tables beyond keys and text."""
    for table, problems in (("tcp", _tcp), ("http", _http), ("dns", _dns)):
        rows = tree.get(table, [])
        for number, row in enumerate(rows if isinstance(rows, list) else (), 1):
            if isinstance(row, dict):
                yield from (f"{table} {number}: {said}" for said in (*problems(row), *_too_long(row)))


def _tcp(row: Mapping[str, object]) -> Iterator[str]:
    if "address" in row and not port_of(str(row["address"])):
        yield 'address must be host:port, such as "printer.example:9100"'


def _http(row: Mapping[str, object]) -> Iterator[str]:
    if "url" in row and not is_page(str(row["url"])):
        yield 'url must be such as "https://www.example/"; no name or password stands in it'
    status, verify = row.get("status", 200), row.get("verify", True)
    if not isinstance(status, int) or isinstance(status, bool) or not 100 <= status <= 599:
        yield "status must be a number from 100 to 599"
    if not isinstance(verify, bool):
        yield "verify must be true or false"


def _dns(row: Mapping[str, object]) -> Iterator[str]:
    lookup, said = row.get("lookup", "x"), row.get("addresses", [])
    if isinstance(lookup, str) and len(lookup.split()) != 1:
        yield "lookup must be one name"
    if not isinstance(said, list) or not all(isinstance(one, str) and _address(one) for one in said):
        yield 'addresses must be a list of IP addresses, such as ["192.0.2.7", "2001:db8::7"]'


def _too_long(row: Mapping[str, object]) -> Iterator[str]:
    said = row.get("seconds", SECONDS)
    if not isinstance(said, int | float) or isinstance(said, bool) or not 1 <= said <= MOST_SECONDS:
        yield f"seconds must be a number from 1 to {MOST_SECONDS}"


def _seconds(row: Mapping[str, Any]) -> float:
    return float(row.get("seconds", SECONDS))


def _host(text: str) -> str:
    return text.rpartition(":")[0].strip("[]")


def _address(text: str) -> str:
    """The address as resolvers write it; "" for what is none."""
    import ipaddress

    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return ""
