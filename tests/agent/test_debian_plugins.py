"""Plugins of Debian's monitoring-plugins, run for real as the configuration lists them, and as we judge each."""

from __future__ import annotations

import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from agent.forgetful import Forgetful
from agent.looking import ListedPlugin, Look, LookAt
from agent.probes.health import plugin
from checks.catalogue import BY_NAME
from checks.reading import Gap

FOLDER = Path("/usr/lib/nagios/plugins")
NOW = int(time.time())
ENV = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"}
TABLE = [
    ("check_dummy 0 fine", "ok", ""),
    ("check_dummy 1 so-so", "watch", ""),
    ("check_dummy 2 bad", "breach", ""),
    ("check_dummy 3 lost", "unknown", ""),
    ("check_load -w 9999,9999,9999 -c 9999,9999,9999", "ok", "9999.000;9999.000;0"),
    ("check_load -w 0,0,0 -c 9999,9999,9999", "watch", "0.000;9999.000;0"),
    ("check_procs -w 100000 -c 200000", "ok", "100000;200000;0"),
    ("check_procs -w 100000: -c 0:", "watch", "100000:;0:;0"),
    ("check_procs -c 0:0", "breach", "0:0;0"),
    ("check_disk -w 0% -c 0% -p /", "ok", ""),
    ("check_disk -w 100% -c 0% -p /", "watch", ""),
    ("check_file_age -w 1 -c 99999999999 -f /etc/debian_version", "watch", ""),
    ("check_file_age -f /nothing/here", "breach", ""),
    ("check_tcp -H 127.0.0.1 -p 1", "breach", ""),
    ("check_http", "unknown", ""),
    ("check_load --no-such-option", "unknown", ""),
]


@pytest.mark.parametrize(("command", "status", "limits"), TABLE, ids=[row[0] for row in TABLE])
def test_a_real_plugin_is_judged_by_its_exit_code_and_keeps_its_limits(command: str, status: str, limits: str) -> None:
    name, *arguments = command.split()
    if not (FOLDER / name).exists():
        pytest.skip(f"{name} needs Debian's monitoring-plugins-basic")
    asked = LookAt(plugins=(ListedPlugin("it", (str(FOLDER / name), *arguments)),))
    (seen,) = plugin.look(Look(NOW, NOW + 300, Forgetful(), asked))
    check = BY_NAME[seen.check]
    finding = check.finding_of_gap(seen) if isinstance(seen, Gap) else check.finding(seen, check.standard, NOW)
    assert (finding.status.value, bool(finding.sentence)) == (status, True), finding
    assert any(limits in item.detail for item in finding.items) or not limits, finding.items


def judged(argv: tuple[str, ...]) -> str:
    """As what we take one run of a plugin."""
    asked = LookAt(plugins=(ListedPlugin("it", argv),))
    (seen,) = plugin.look(Look(NOW, NOW + 300, Forgetful(), asked))
    check = BY_NAME[seen.check]
    finding = check.finding_of_gap(seen) if isinstance(seen, Gap) else check.finding(seen, check.standard, NOW)
    assert finding.sentence
    return finding.status.value


def test_every_plugin_of_the_package_is_taken_at_its_exit_code() -> None:
    """Each once as it is and once asked about this machine; `utils` are no plugins, and dhcp needs a network."""
    found = [one for one in sorted(FOLDER.glob("*")) if os.access(one, os.X_OK) and one.suffix == ""]
    if not found:
        pytest.skip("monitoring-plugins-basic is not installed")
    words = ((), ("-H", "127.0.0.1", "-p", "1", "-t", "3"))
    argvs = [(str(one), *more) for one in found if one.name != "check_dhcp" for more in words]
    known = {0: "ok", 1: "watch", 2: "breach"}

    def differs(argv: tuple[str, ...]) -> str:
        ran = subprocess.run(argv, capture_output=True, check=False, timeout=30, stdin=subprocess.DEVNULL, env=ENV)
        told = judged(argv)
        return "" if told == known.get(ran.returncode, "unknown") else f"{argv}: {ran.returncode}, {told}"

    with ThreadPoolExecutor(8) as pool:
        assert [one for one in pool.map(differs, argvs) if one] == []
    assert len(argvs) > 60
