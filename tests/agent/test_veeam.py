"""Veeam Agent: not run by us. Its table and its events stand in as public scripts read them (samples/README.md)."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.forgetful import Forgetful
from agent.looking import Look, Probe
from agent.probes.backup import veeam_backups, veeam_result
from agent.round import Round
from checks.catalogue import BY_NAME
from checks.reading import Gap

SAMPLES = Path(__file__).parent / "samples/veeam"
NOON = 1_795_694_400  # 2026-11-26 12:00 UTC
PROBES = (veeam_backups.PROBE, veeam_result.PROBE)
HEAD = "Job name  Type  ID  State  Started at  Finished at\\n"


def told(probe: Probe, root: Path) -> list[str]:
    check = BY_NAME[probe.check]
    found = [
        check.finding_of_gap(one) if isinstance(one, Gap) else check.finding(one, check.standard, NOON)
        for one in probe.look(Look(NOON, NOON + 60, Forgetful(), root=root))
    ]
    return [f"{one.subject} {one.status.value}: {one.sentence}".strip() for one in found]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine in UTC whose programs stand where Linux has them."""
    (tmp_path / "usr/bin").mkdir(parents=True)
    monkeypatch.setenv("PATH", f"{tmp_path}/usr/bin:{os.environ['PATH']}")
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    return tmp_path


@pytest.fixture(autouse=True)
def _zone() -> Iterator[None]:
    """Whatever a test made of the zone is undone before this ends."""
    yield
    time.tzset()


def program(root: Path, name: str, script: str) -> None:
    (root / "usr/bin" / name).write_text(f'#!/bin/sh\necho "$*" >>{root}/asked\n{script}\n')
    (root / "usr/bin" / name).chmod(0o755)


def test_the_newest_good_session_of_each_job_counts(root: Path) -> None:
    program(root, "veeamconfig", f"cat {SAMPLES}/sessions.txt")
    assert told(veeam_backups.PROBE, root) == [
        "Mail breach: newest good backup 3 d 9 h old",
        "New breach: has no good backup at all",
        "Whole Machine ok: newest good backup 10 h 35 min old",
    ]
    assert (root / "asked").read_text() == "session list\n"


def test_the_last_session_that_is_over_counts_and_a_mount_is_no_backup(root: Path) -> None:
    program(root, "veeamconfig", f"cat {SAMPLES}/sessions.txt")
    assert told(veeam_result.PROBE, root) == [
        "Mail breach: its last run ended with Failed",
        "New breach: its last run ended with Failed",
        "Whole Machine watch: its last run ended with Warning",
    ]


def test_one_that_never_ran_is_a_breach(root: Path) -> None:
    program(root, "veeamconfig", f"printf '{HEAD}Total amount: 0\\n'")
    assert told(veeam_backups.PROBE, root) == ["breach: has no good backup at all"]
    assert told(veeam_result.PROBE, root) == []


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo 'the service is down' >&2; exit 1", "ended with 1: the service is down"),
        ("echo '[error] service is down'", "said what nobody understands: [error] service is down"),
        ("printf '\\377\\033[31m'", "said what nobody understands: \ufffd\ufffd[31m"),
        ("head -c 5000000 /dev/zero", "wrote more than"),
        ("kill -9 $$", "ended with -9"),
    ],
)
def test_one_that_fails_is_a_gap(root: Path, script: str, words: str) -> None:
    program(root, "veeamconfig", script)
    for probe in PROBES:
        (gap,) = told(probe, root)
        assert gap.startswith(f"unknown: veeamconfig {words}")


def test_without_leave_it_is_denied(root: Path) -> None:
    program(root, "veeamconfig", "echo 'Permission denied' >&2; exit 1")
    (gap,) = veeam_backups.look(Look(NOON, NOON + 60, Forgetful(), root=root))
    assert isinstance(gap, Gap)
    assert gap.why.value == "denied"


def test_rows_of_garbage_are_passed_over_and_names_made_safe(root: Path) -> None:
    ident = "{00000001-0a1b-4c2d-8e3f-a1b2c3d4e5f6}"
    rows = (
        f"Job\033[31m  Backup  {ident}  Success  2026-11-26 01:00  2026-11-26 02:00",
        f"{ident}  Success  2026-11-26 01:00  2026-11-26 02:00",
        f"Odd  Backup  {ident}  Success  2026-11-26 01:00  2026-99-26 02:00",
        f"Odd  Backup  {ident}  Success",
        " x" * 100_000,
    )
    (root / "said").write_text(HEAD.replace("\\n", "\n") + "\n".join(rows))
    program(root, "veeamconfig", f"cat {root}/said")
    assert told(veeam_backups.PROBE, root) == ["Job\ufffd[31m ok: newest good backup 10 h old"]


@pytest.fixture
def windows(root: Path) -> Path:
    (root / "Program Files/Veeam/Endpoint Backup").mkdir(parents=True)
    return root


def test_on_windows_its_events_tell(windows: Path) -> None:
    program(windows, "powershell.exe", f"cat {SAMPLES}/events.json")
    assert told(veeam_backups.PROBE, windows) == [
        "Backup Job PC7 ok: newest good backup 10 h 30 min old",
        "Files ok: newest good backup 9 h 30 min old",
    ]
    assert told(veeam_result.PROBE, windows) == [
        "Backup Job PC7 ok: its last run ended with Success",
        "Files watch: its last run ended with Warning",
    ]


@pytest.mark.parametrize(
    ("script", "words", "why"),
    [
        ("echo 'Attempted to perform an unauthorized operation.' >&2; exit 1", "PowerShell ended with 1", "denied"),
        ("echo '[{}]'", "nobody understands", "failed"),
        ("echo '[1]'", "nobody understands", "failed"),
        ("echo nothing", "nobody understands", "failed"),
        ("""echo '[{"message":"Veeam Agent x finished with y","time":"soon","level":4}]'""", "nobody", "failed"),
    ],
)
def test_events_that_cannot_be_read_are_a_gap(windows: Path, script: str, words: str, why: str) -> None:
    program(windows, "powershell.exe", script)
    (gap,) = veeam_result.look(Look(NOON, NOON + 60, Forgetful(), root=windows))
    assert isinstance(gap, Gap)
    assert (words in gap.reason, gap.why.value) == (True, why)


def test_no_events_and_a_missing_program(windows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(windows, "powershell.exe", "echo '[]'")
    assert told(veeam_backups.PROBE, windows) == ["breach: has no good backup at all"]
    monkeypatch.setenv("PATH", "/nowhere")
    assert told(veeam_backups.PROBE, windows) == ["unknown: powershell.exe is not installed here"]


def test_it_is_asked_every_quarter_and_never_where_it_is_not_installed(root: Path) -> None:
    rounds, memory = Round(PROBES), Forgetful()
    assert rounds.gather(Look(NOON, NOON + 60, Forgetful(), root=root)).readings == []
    program(root, "veeamconfig", f"cat {SAMPLES}/sessions.txt")
    for now in (NOON, NOON + 899, NOON + 900):
        rounds.gather(Look(now, now + 60, memory, root=root))
    assert len((root / "asked").read_text().splitlines()) == 4
