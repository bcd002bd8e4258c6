"""Plugins of Debian's monitoring-plugins, run for real as the configuration lists them, and as we judge each."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from agent.forgetful import Forgetful
from agent.looking import ListedPlugin, Look, LookAt
from agent.probes.health import plugin
from checks.catalogue import BY_NAME
from checks.reading import Gap

FOLDER = Path("/usr/lib/nagios/plugins")
NOW = int(time.time())
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
