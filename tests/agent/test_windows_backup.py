"""Windows Server Backup: not run by us. A program in PowerShell's place answers as Get-WBSummary is documented."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from agent.forgetful import Forgetful
from agent.looking import Look, Probe
from agent.probes.backup import windows_backup, windows_backup_result
from agent.round import Round
from checks.catalogue import BY_NAME
from checks.reading import Gap

SAMPLES = Path(__file__).parent / "samples/windows_backup"
NOON = 1_795_694_400  # 2026-11-26 12:00 UTC
DAY = 86_400
PROBES = (windows_backup.PROBE, windows_backup_result.PROBE)
MODULE = "Windows/System32/WindowsPowerShell/v1.0/Modules/WindowsServerBackup"


def told(probe: Probe, root: Path, now: int = NOON) -> list[str]:
    check = BY_NAME[probe.check]
    found = [
        check.finding_of_gap(one) if isinstance(one, Gap) else check.finding(one, check.standard, now)
        for one in probe.look(Look(now, now + 60, Forgetful(), root=root))
    ]
    return [f"{one.status.value}: {one.sentence}" for one in found]


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / MODULE).mkdir(parents=True)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return tmp_path


def powershell(root: Path, script: str) -> None:
    (root / "powershell.exe").write_text(f"#!/bin/sh\necho asked >>{root}/asked\n{script}\n")
    (root / "powershell.exe").chmod(0o755)


def answer(root: Path, **other: object) -> None:
    said = {**json.loads((SAMPLES / "summary.json").read_text()), **other}
    (root / "said").write_text("\ufeff" + json.dumps(said))
    powershell(root, f"cat {root}/said")


def test_good_then_late(server: Path) -> None:
    answer(server)
    assert told(windows_backup.PROBE, server) == ["ok: newest good backup 11 h old"]
    assert told(windows_backup_result.PROBE, server) == ["ok: its last run ended well"]
    assert told(windows_backup.PROBE, server, NOON + 2 * DAY) == ["breach: newest good backup 2 d 11 h old"]


def test_a_failure_is_told_with_its_code_whether_signed_or_not(server: Path) -> None:
    told_of = "breach: its last run failed: The target is full. (0x80780119)"
    for code in (0x80780119, 0x80780119 - (1 << 32)):
        answer(server, result=code, detail=0, message="The target is\nfull.")
        assert told(windows_backup_result.PROBE, server) == [told_of]
    answer(server, detail=0x80780049)
    assert told(windows_backup_result.PROBE, server) == ["watch: its last run ended well only in part: 0x80780049"]


def test_one_that_never_ran_has_times_of_the_year_1(server: Path) -> None:
    powershell(server, f"cat {SAMPLES}/never.json")
    assert told(windows_backup.PROBE, server) == ["breach: has no good backup at all"]
    assert told(windows_backup_result.PROBE, server) == []
    answer(server, good=None, last=None)
    assert told(windows_backup.PROBE, server) == ["breach: has no good backup at all"]


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo null", "nobody understands: no object"),
        ("echo '{}'", "nobody understands"),
        ("printf '{\\377'", "nobody understands"),
        ("""echo '{"good":"yesterday"}'""", "nobody understands"),
        ("echo 'Get-WBSummary : not recognized' >&2; exit 1", "PowerShell ended with 1: Get-WBSummary"),
        ("head -c 5000000 /dev/zero", "wrote more than"),
    ],
)
def test_what_is_no_summary_is_a_gap(server: Path, script: str, words: str) -> None:
    powershell(server, script)
    for probe in PROBES:
        (gap,) = told(probe, server)
        assert gap.startswith("unknown: ")
        assert words in gap


def test_without_leave_it_is_denied_and_without_powershell_a_gap(server: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    powershell(server, "echo 'Access is denied.' >&2; exit 1")
    (gap,) = windows_backup.look(Look(NOON, NOON + 60, Forgetful(), root=server))
    assert isinstance(gap, Gap)
    assert gap.why.value == "denied"
    monkeypatch.setenv("PATH", "/nowhere")
    assert told(windows_backup_result.PROBE, server) == ["unknown: powershell.exe is not installed here"]


def test_it_is_asked_every_quarter_and_never_without_the_feature(server: Path) -> None:
    answer(server)
    rounds, memory = Round(PROBES), Forgetful()
    for now in (NOON, NOON + 899, NOON + 900):
        rounds.gather(Look(now, now + 60, memory, root=server))
    assert len((server / "asked").read_text().splitlines()) == 4
    (server / MODULE).rmdir()
    assert rounds.gather(Look(NOON, NOON + 60, Forgetful(), root=server)).readings == []
    assert len((server / "asked").read_text().splitlines()) == 4
