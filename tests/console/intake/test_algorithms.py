"""What either door offers a stranger, as ssh-audit judges it: nothing that fails, one warning. reliability.md, S2."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CLIENT, PROVIDER
from doors import KINDS, Door, fronted
from promises import Measured

KNOWN = {"curve25519-sha256", "curve25519-sha256@libssh.org"}
"""Not proof against a quantum computer; offered last, for clients that have nothing better."""


@pytest.fixture(params=KINDS)
def door(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Door]:
    with fronted(request.param, tmp_path, (PROVIDER, CLIENT)) as opened:
        yield opened


@pytest.mark.promise("S2", "ssh-audit at both doors: 0 fail; warned of curve25519 alone")
def test_ssh_audit_finds_no_failure(door: Door, measured: Measured) -> None:
    command = [sys.executable, "-m", "ssh_audit.ssh_audit", "-j", "-p", str(door.port), "127.0.0.1"]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=False, timeout=60).stdout)
    notes = {
        (one["algorithm"], level): text
        for kind in ("kex", "key", "enc", "mac")
        for one in told[kind]
        for level, text in one.get("notes", {}).items()
    }
    failed = {key: text for key, text in notes.items() if key[1] == "fail"}
    warned = {name for name, level in notes if level == "warn"}
    measured(f"{door.kind}: {len(failed)} fail, warned of {', '.join(sorted(warned))}")
    assert failed == {}
    assert warned <= KNOWN
    assert [one["algorithm"] for one in told["key"]] == ["ssh-ed25519"]
    assert told["compression"] == ["none"]
    assert told["cves"] == [] or door.kind == "openssh"  # what a distribution has mended keeps its number
