"""One suite for both doors: who is let in, what is refused, and what a stranger can do to either. reliability.md, 6."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import CLIENT, PROVIDER
from doors import KINDS, Door, check_in, fronted, hello

from checks import wire


@pytest.fixture(scope="module", params=KINDS)
def door(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with fronted(request.param, tmp_path_factory.mktemp("door"), (PROVIDER, CLIENT)) as opened:
        yield opened


def test_an_agent_joins_checks_in_and_is_acknowledged(door: Door) -> None:
    agent, key = door.join()
    body = check_in()
    with door.line(agent, key) as line:
        assert isinstance(hello(line), wire.Welcome)
        line.send(wire.carry(body))
        assert line.receive() == wire.Ack("0123456789abcdef0123456789abcdef", 1, wire.digest(body))
