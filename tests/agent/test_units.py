"""The systemd units of the agent and of its root helper: how exposed they are, by systemd's own measure."""

from __future__ import annotations

import re
import subprocess
from importlib.resources import files

import pytest
from conftest import needs
from promises import Measured


@pytest.mark.promise("S15", "systemd-analyze security: agent ≤ 2.0, its root helper ≤ 2.5")
@pytest.mark.parametrize(("name", "most"), [("watchbill-agent", 2.0), ("watchbill-root", 2.5)])
def test_a_unit_is_no_more_exposed_than_promised(name: str, most: float, measured: Measured) -> None:
    needs("systemd-analyze")
    unit = str(files("agent.units") / f"{name}.service")
    asked = ["systemd-analyze", "security", "--offline=true", "--no-pager", unit]
    told = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=30)
    level = re.search(r"Overall exposure level for \S+: ([\d.]+)", told.stdout)
    assert level, told.stderr
    measured(f"{name} {level[1]}")
    assert float(level[1]) <= most


def test_the_agent_is_not_root_and_its_helper_reaches_no_network() -> None:
    agent, helper = (
        (files("agent.units") / f"watchbill-{one}.service").read_text().splitlines() for one in ("agent", "root")
    )
    assert "User=watchbill" in agent
    assert "CapabilityBoundingSet=" in agent
    assert "PrivateNetwork=yes" in helper
    assert "ExecStart=/opt/watchbill/bin/python -I -m agent.root" in helper
