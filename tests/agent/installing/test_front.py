"""`watchbill-agent install` on a machine that runs a real systemd: what is there afterwards, and what no longer is."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from booted import OPT, Booted, booted, packaged
from conftest import CLIENT, PROVIDER, House, eventually

AGENT = OPT / "bin" / "watchbill-agent"
STATE = Path("/var/lib/watchbill")
UNIT = "/etc/systemd/system/watchbill-agent.service"


@pytest.fixture
def machine() -> Iterator[Booted]:
    """A machine with the agent's package in /opt, and nothing of it anywhere else."""
    with booted() as made:
        packaged(made, watchbill_agent="agent")
        yield made


@pytest.fixture
def house(house: House) -> House:
    """The mill is published, and its door is open."""
    house.start()
    house.publish(PROVIDER, CLIENT)
    return house


def traces(machine: Booted) -> list[str]:
    """What of an installed agent is on a machine."""
    places = (STATE, UNIT, UNIT.replace(".service", ".timer"), "/etc/systemd/system/watchbill-root.service")
    found = [str(place) for place in places if machine.run("test", "-e", place).returncode == 0]
    known = machine.run("getent", "passwd", "watchbill").returncode == 0
    return [*found, *(["account"] if known else [])]


def joined(machine: Booted, house: House) -> None:
    """As root: in a home of the agent's account, it joins as that."""
    token = house.client.do("invite", client="mill", site="main", host="").token
    machine.done(AGENT, "--home", STATE, "join", given=token)


def heard(house: House) -> bool:
    return any(row["status"] == "heard" for row in house.rows("agents", "list", "--json"))


def test_it_is_installed_joined_heard_and_removed(machine: Booted, house: House) -> None:
    shown = machine.done(AGENT, "install", "--dry-run")
    assert "the account watchbill: a system account that nobody can log in to" in shown
    assert traces(machine) == []

    told = machine.done(AGENT, "install", "--yes")
    assert "now join" in told
    assert "sudo -u watchbill" in told
    assert (machine.is_("is-enabled", "watchbill-agent"), machine.is_("is-active", "watchbill-agent")) == (True, False)
    joined(machine, house)
    machine.done(AGENT, "status")
    assert machine.done("find", STATE / "agent", "-not", "-user", "watchbill") == "", (
        "root wrote what the agent cannot read"
    )
    machine.done("systemctl", "start", "watchbill-agent")
    eventually(lambda: machine.is_("is-active", "watchbill-agent"))
    machine.done("mkdir", "-p", "/etc/watchbill")
    assert machine.done("stat", "-c", "%U %a", STATE / "agent").split() == ["watchbill", "700"]
    assert machine.done("stat", "-c", "%U %G %a", STATE / "jobs").split() == ["watchbill", "watchbill", "2775"]
    machine.done(AGENT, "--home", STATE, "wrap", "night", "--", "true")
    machine.done("runuser", "-u", "watchbill", "--", AGENT, "--home", STATE, "status")

    again = machine.done(AGENT, "install", "--yes")
    assert "done:" not in again
    assert machine.is_("is-active", "watchbill-agent")

    machine.done(AGENT, "uninstall", "--yes")
    assert not machine.is_("is-active", "watchbill-agent")
    assert traces(machine) == [str(STATE), "account"]
    machine.done("test", "-e", STATE / "agent/key")
    machine.done(AGENT, "install", "--yes")
    eventually(lambda: machine.is_("is-active", "watchbill-agent"))
    machine.done(AGENT, "uninstall", "--purge", "--yes")
    assert traces(machine) == []


def test_a_timer_brings_check_ins_home(machine: Booted, house: House) -> None:
    machine.done("mkdir", "-p", STATE)
    joined(machine, house)
    machine.done(AGENT, "install", "--timer", "--pace", "60", "--root-helper", "--yes")
    assert machine.done("stat", "-c", "%U", STATE / "agent/key").strip() == "watchbill"
    assert machine.is_("is-active", "watchbill-agent.timer")
    machine.done("systemctl", "start", "watchbill-agent.service")
    assert heard(house), machine.journal("watchbill-agent")
    machine.done("systemctl", "start", "watchbill-root.service")
    assert json.loads(machine.done("cat", "/var/lib/watchbill-root/lvm.json"))
    machine.done(AGENT, "uninstall", "--purge", "--yes")
    assert traces(machine) == []


def test_what_fails_half_way_is_taken_back(machine: Booted) -> None:
    machine.done("mkdir", "-p", STATE / "agent", UNIT.replace(".service", ".timer"))
    machine.done("tee", STATE / "agent/key", given="root's")
    before = machine.done("find", STATE, "-printf", "%p %u %m\\n")
    failed = machine.run(AGENT, "install", "--timer", "--yes")
    assert failed.returncode == 4
    assert "Is a directory" in failed.stderr
    assert "what was done before it was taken back" in failed.stderr
    assert machine.done("find", STATE, "-printf", "%p %u %m\\n") == before
    assert "account" not in traces(machine)
    assert UNIT not in traces(machine)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("install",), "nobody is here to be asked"),
        (("install", "--yes", "--user", "root"), "does not run as root"),
        (("install", "--yes", "--user", "a b"), "characters that a unit cannot hold"),
        (("uninstall", "--yes"), "nothing to take back"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(machine: Booted, words: tuple[str, ...], says: str) -> None:
    refused = machine.run(AGENT, *words)
    assert (refused.returncode, says in refused.stderr) == (4, True), refused.stderr
    assert traces(machine) == []


def test_only_root_may_and_the_command_is_given(machine: Booted) -> None:
    refused = machine.run("runuser", "-u", "nobody", "--", AGENT, "install", "--yes")
    assert refused.returncode == 4
    assert f"sudo {AGENT} install --yes" in refused.stderr


def test_without_systemd_it_says_what_else_there_is(tmp_path: Path) -> None:
    if os.path.isdir("/run/systemd/system"):  # noqa: PTH112
        pytest.skip("this machine runs systemd")
    told = House(tmp_path).agent("install", "--yes")
    assert told.returncode == 4
    assert "cron" in told.stderr
