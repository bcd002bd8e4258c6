"""docs/deploy.md, followed line by line on a fresh machine with systemd: two people, OpenSSH in front, an agent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from booted import Booted, booted, packaged
from callers import ROOT
from conftest import CLIENT, House, eventually, needs

PEOPLE = """schema: 1
provider: {name: Hilltop IT}
people:
  ana: {name: Ana Ruiz, login: wb-tech}
  vic: {name: Vic Orr, login: wb-view}
access:
  - {person: ana, role: technician, clients: [mill]}
  - {person: vic, role: viewer, clients: [mill]}
"""
BROUGHT = re.compile(r"^(apt install|python3 -m venv|/opt/watchbill/bin/pip install)")
"""What the test brings along in its own way: programs and the package."""
AS_DAEMON = ("runuser", "-u", "watchbill", "--", "/opt/watchbill/bin/watchbill", "--home", "/var/lib/watchbill")


@pytest.fixture
def machine() -> Iterator[Booted]:
    needs("sshd")
    with booted() as made:
        packaged(made, watchbill="console", watchbill_agent="agent")
        for login in ("wb-tech", "wb-view", "wb-none"):
            made.done("useradd", "--system", "--no-create-home", login)
        yield made


def commands() -> list[str]:
    """The lines of the guide's first three parts, as they are typed."""
    guide = (ROOT / "docs/deploy.md").read_text().partition("## 4. ")[0]
    blocks = re.findall(r"```sh\n(.*?)```", guide, re.DOTALL)
    lines = [line.partition("  #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line.replace("desk.example", "127.0.0.1") for line in lines if line and not BROUGHT.match(line)]


def test_the_guide_leads_to_a_console_for_two_people_and_an_agent_that_is_heard(
    machine: Booted, tmp_path: Path
) -> None:
    for line in commands():
        done = machine.run("sh", "-c", line)
        assert done.returncode == 0, (line, done.stdout, done.stderr, machine.journal("watchbill"))
        if line.endswith("watchbill") and "systemctl" in line:
            eventually(lambda: machine.run("test", "-S", "/run/watchbill/api.sock").returncode == 0)
    assert machine.is_("is-active", "watchbill"), machine.journal("watchbill")
    assert machine.is_("is-active", "watchbill-door"), machine.journal("watchbill-door")

    for name, text in (("provider.yaml", PEOPLE), ("mill.yaml", CLIENT)):
        machine.done("tee", f"/tmp/{name}", given=text)
    machine.done(*AS_DAEMON, "model", "publish", "/tmp/provider.yaml", "/tmp/mill.yaml", "--reason", "the first")
    token = machine.done(*AS_DAEMON, "agents", "invite", "--client", "mill", "--site", "main")
    agent = House(tmp_path)
    joined = agent.agent("join", input=token)
    assert joined.returncode == 0, joined.stderr + machine.journal("watchbill-door")
    assert agent.agent("checkin").returncode == 0

    seen = machine.done("runuser", "-u", "wb-tech", "--", "watchbill", "agents", "list", "--json")
    assert [row["status"] for row in json.loads(seen)] == ["heard"]
    reported = ("watchbill", "report", "the shop is slow", "--client", "mill", "--caller", "Mo")
    assert machine.run("runuser", "-u", "wb-view", "--", *reported).returncode == 11
    machine.done("runuser", "-u", "wb-tech", "--", *reported)
    machine.done("runuser", "-u", "wb-tech", "--", "watchbill", "own", "1")
    refused = machine.run("runuser", "-u", "wb-none", "--", "watchbill", "incidents")
    assert (refused.returncode, "nobody at this desk" in refused.stderr) == (11, True)

    machine.done("systemctl", "restart", "watchbill")
    eventually(lambda: agent.agent("checkin").returncode == 0)
