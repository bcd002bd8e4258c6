"""Ports that really listen, against a baseline: accepted, new, silent, loopback, both families, and bad lists."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from agent.config import ConfigError, settings
from agent.forgetful import Forgetful
from agent.homes import home
from agent.looking import ListedPort, Look, LookAt
from agent.probes.health import listening_ports
from checks.catalogue import BY_NAME
from checks.reading import Gap

NOW = int(time.time())


def told(*listed: ListedPort, root: Path = Path("/")) -> dict[str, str]:
    """How each port stands, in words; the rest of the machine under ""."""
    check = BY_NAME[listening_ports.PROBE.check]
    seen = listening_ports.look(Look(NOW, NOW + 300, Forgetful(), LookAt(ports=listed), root))
    found = [check.finding(one, check.standard, NOW) for one in seen if not isinstance(one, Gap)]
    return {one.subject: f"{one.status.value}: {one.sentence}" for one in found}


def others(*listed: ListedPort, root: Path = Path("/")) -> dict[str, str]:
    """The ports that nobody accepted, and who listens there."""
    seen = listening_ports.look(Look(NOW, NOW + 300, Forgetful(), LookAt(ports=listed), root))
    return {
        item.name: item.detail for one in seen if not isinstance(one, Gap) and not one.subject for item in one.items
    }


def opened(stack: ExitStack, address: str, family: int = socket.AF_INET, number: int = 0) -> int:
    server = stack.enter_context(socket.create_server((address, number), family=family))
    return int(server.getsockname()[1])


def test_without_a_baseline_nothing_is_looked_at() -> None:
    assert list(listening_ports.look(Look(NOW, NOW + 300, Forgetful()))) == []


def test_an_accepted_port_is_well_and_breaks_once_it_is_silent() -> None:
    with ExitStack() as stack:
        port = ListedPort(opened(stack, "0.0.0.0"), "tcp")
        assert told(port)[str(port)].startswith("ok: listens: ")
        assert str(port) not in others(port)
    assert told(port)[str(port)] == "breach: does not listen"


def test_a_new_port_is_on_watch_with_the_program_that_opened_it() -> None:
    program = (
        "import socket; s = socket.create_server(('0.0.0.0', 0)); print(s.getsockname()[1], flush=True); s.accept()"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        name = f"{int(running.stdout.readline())}/tcp"
        assert others()[name].startswith("python")
        assert told()[""].startswith("watch: not accepted, and listens: ")
        running.kill()
        running.wait()
    assert name not in others()


def test_loopback_stands_apart() -> None:
    with ExitStack() as stack:
        number = opened(stack, "127.0.0.1")
        local, wide = ListedPort(number, "tcp", True), ListedPort(number, "tcp")
        assert str(wide) not in others()
        assert told(local)[str(local)].startswith("ok")
        assert told(wide)[str(wide)] == "breach: does not listen", "reached from this machine alone"
    with ExitStack() as stack:
        opened(stack, "0.0.0.0", number=number)
        assert told(local)[str(local)].startswith("ok"), "it listens there too"
        assert str(wide) in others(local), "and now for everybody, which nobody accepted"


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="no IPv6 here")
def test_ports_of_the_sixth_version_count_and_its_loopback_stands_apart() -> None:
    with ExitStack() as stack:
        near, far = opened(stack, "::1", socket.AF_INET6), opened(stack, "::", socket.AF_INET6)
        assert f"{near}/tcp" not in others()
        assert f"{far}/tcp" in others()


def test_a_udp_port_that_the_kernel_gave_out_is_no_service(tmp_path: Path) -> None:
    where = tmp_path / "proc/sys/net/ipv4"
    where.mkdir(parents=True)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mine:
        mine.bind(("0.0.0.0", 0))
        number = int(mine.getsockname()[1])
        (where / "ip_local_port_range").write_text(f"{number}\t{number}\n")
        assert f"{number}/udp" not in others(root=tmp_path)
        (where / "ip_local_port_range").write_text(f"{number + 1}\t{number + 1}\n")
        assert f"{number}/udp" in others(root=tmp_path)
        assert told(ListedPort(number, "udp"), root=tmp_path)[f"{number}/udp"].startswith("ok")


def test_many_new_ports_are_one_finding_that_names_the_first() -> None:
    with ExitStack() as stack:
        for _ in range(60):
            opened(stack, "0.0.0.0")
        (sentence,) = told().values()
        assert sentence.count("/tcp") <= 5
        assert "more" in sentence
        assert len(others()) == listening_ports.MOST_ITEMS


def test_the_baseline_is_read_and_everything_wrong_with_it_is_told(tmp_path: Path) -> None:
    where = home(tmp_path).made()
    where.settings.write_text('ports = ["22/tcp", "5432/tcp local"]\n')
    assert settings(where).look_at.ports == (ListedPort(22, "tcp"), ListedPort(5432, "tcp", True))
    where.settings.write_text("ports = []\n")
    assert settings(where).look_at.ports == ()
    where.settings.write_text("pace = 60\n")
    assert settings(where).look_at.ports is None
    where.settings.write_text('ports = ["22/tcp", "22/tcp", 80, "0/tcp", "99999/udp", "53/sctp"]\n')
    with pytest.raises(ConfigError) as wrong:
        settings(where)
    assert [one.split(":")[0] for one in wrong.value.problems] == ["ports 3", "ports 4", "ports 5", "ports 6", "ports"]
    where.settings.write_text('ports = "22/tcp"\n')
    with pytest.raises(ConfigError, match="ports must be a list"):
        settings(where)
