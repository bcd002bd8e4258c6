"""What the configuration may list of the network: ports of this machine, and things without an agent that it asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from agent.looking import ListedPort

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
