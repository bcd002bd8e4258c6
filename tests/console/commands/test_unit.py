"""The daemon as a service of the machine: the unit that is printed, and what systemd thinks of it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import needs
from promises import Measured

from console.commands import unit as module
from console.commands.cli import cli


def printed(monkeypatch: pytest.MonkeyPatch, *arguments: str, python: str = "/usr/bin/python3") -> tuple[int, str]:
    monkeypatch.setattr(module, "_python", lambda: python)
    done = CliRunner().invoke(cli, ["unit", *arguments])
    return done.exit_code, done.stdout or done.stderr


@pytest.mark.promise("S15", "systemd-analyze security: the console's daemon ≤ 2.0")
def test_systemd_takes_it_and_finds_little_exposed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, measured: Measured
) -> None:
    needs("systemd-analyze")
    code, text = printed(monkeypatch, "--account", "root")
    file = tmp_path / "watchbill.service"
    file.write_text(text)
    assert code == 0
    verified = subprocess.run(["systemd-analyze", "verify", str(file)], capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stderr) == (0, "")
    file.write_text(printed(monkeypatch)[1])
    told = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", str(file)], capture_output=True, text=True, check=False
    )
    found = re.search(r"exposure level for \S+: (\d+\.\d)", told.stdout)
    assert found is not None, told.stderr
    measured(found[1])
    assert float(found[1]) <= 2.0


def test_it_says_who_where_and_how_others_reach_it(monkeypatch: pytest.MonkeyPatch) -> None:
    text = printed(monkeypatch, "--port", "2222", "--bind", "0.0.0.0")[1]
    assert "User=watchbill\n" in text
    assert "RuntimeDirectory=watchbill\nRuntimeDirectoryMode=0755\n" in text
    assert "--home /var/lib/watchbill --shared /run/watchbill/api.sock --bind 0.0.0.0 --port 2222\n" in text


def test_what_a_unit_cannot_hold_or_see_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert printed(monkeypatch, "--account", "a\nUser=root")[0] == 2
    code, said = printed(monkeypatch, python="/home/ana/.venv/bin/python")
    assert (code, "install Watchbill for all accounts" in said) == (2, True)
