"""Backup programs that cannot run here, by what their makers document: good, late, failed, empty, corrupt, denied.

Proxmox VE: the index that PVE::RPCEnvironment and PVE::API2::Tasks of github.com/proxmox/pve-manager read and write.
Proxmox Backup: `snapshots` of https://pbs.proxmox.com/docs/api-viewer/, which its client prints.
Veeam Agent for Linux: "Viewing Session Status" of its user guide at https://helpcenter.veeam.com.
Time Machine: the fields that osquery's table time_machine_destinations reads; RESULT as macOS writes it.
Windows: https://learn.microsoft.com/powershell/module/windowsserverbackup/get-wbsummary.
"""

from __future__ import annotations

import json
import os
import plistlib
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from agent.config import ConfigError, settings
from agent.forgetful import Forgetful
from agent.homes import Home
from agent.looking import Look, LookAt, PbsRepository, Probe
from agent.probes.backup import (
    pbs_snapshots,
    pbs_verified,
    time_machine,
    time_machine_result,
    veeam_backups,
    veeam_result,
    vzdump_backups,
    vzdump_result,
    windows_backup,
    windows_backup_result,
)
from agent.sources import wbadmin
from checks.catalogue import BY_NAME
from checks.reading import Gap

NOW = 1_800_000_000
HOUR = 3600
PVE = (vzdump_backups.PROBE, vzdump_result.PROBE)
PBS = (pbs_snapshots.PROBE, pbs_verified.PROBE)
VEEAM = (veeam_backups.PROBE, veeam_result.PROBE)
TIME_MACHINE = (time_machine.PROBE, time_machine_result.PROBE)
WINDOWS = (windows_backup.PROBE, windows_backup_result.PROBE)
NEVER_PBS = LookAt(pbs=(PbsRepository("store", "watch@pbs!audit@backup:main", Path("/secret"), "aa:bb"),))


def told(root: Path, probes: tuple[Probe, ...], asked: LookAt | None = None) -> list[str]:
    """What each probe says, judged; `subject status: sentence`."""
    at = Look(NOW, NOW + 300, Forgetful(), asked or LookAt(), root)
    words = []
    for probe in probes:
        for one in probe.look(at):
            check = BY_NAME[one.check]
            if isinstance(one, Gap):
                words.append(f"{one.subject} {one.why.value}: {one.reason}".strip())
            else:
                found = check.finding(one, check.standard, NOW)
                words.append(f"{one.subject} {found.status.value}: {found.sentence}".strip())
    return words


def saying(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str | bytes, status: int = 0) -> None:
    folder = tmp_path / "bin"
    folder.mkdir(exist_ok=True)
    (folder / "text").write_bytes(text if isinstance(text, bytes) else text.encode())
    (folder / name).write_text(f"#!/bin/sh\nenv >{folder}/env\ncat {folder}/text\nexit {status}\n")
    (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def test_a_machine_that_has_none_of_them_says_nothing(tmp_path: Path) -> None:
    probes = (*PVE, *PBS, *VEEAM, *TIME_MACHINE, *WINDOWS)
    assert told(tmp_path, probes) == []
    at = Look(NOW, NOW + 300, Forgetful(), root=tmp_path)
    later = Look(NOW + 7200, NOW + 7500, Forgetful(), root=tmp_path)
    assert all(probe.fingerprint and probe.fingerprint(at) == probe.fingerprint(later) for probe in probes)


def task(guest: str, ended: int, status: str, kind: str = "vzdump") -> str:
    return f"UPID:pve:0000F3A4:001A2B3C:{ended - HOUR:08X}:{kind}:{guest}:root@pam: {ended:08X} {status}\n"


def node(root: Path, text: str) -> Path:
    index = root / "var/log/pve/tasks/index"
    index.parent.mkdir(parents=True)
    index.write_text(text)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/pvesh").touch()
    return root


def test_proxmox_ve_tells_each_guests_copy_and_result_apart(tmp_path: Path) -> None:
    lines = (
        task("100", NOW - 30 * HOUR, "OK"), task("100", NOW - 5 * HOUR, "job errors"),
        task("101", NOW - 6 * HOUR, "WARNINGS: 1"), task("102", NOW - 60 * HOUR, "OK"),
        task("", NOW - 7 * HOUR, "OK"), task("100", NOW - HOUR, "OK", kind="qmstart"), "garbage\n", "UPID:x\n",
    )  # fmt: skip
    assert told(node(tmp_path, "".join(lines)), PVE) == [
        "guest 100 watch: newest backup 1 d 7 h old",
        "guest 101 ok: newest backup 7 h old",
        "guest 102 breach: newest backup 2 d 13 h old",
        "guests of a job ok: newest backup 8 h old",
        "guest 100 breach: its last run ended otherwise: job errors",
        "guest 101 breach: its last run ended otherwise: WARNINGS: 1",
        "guest 102 ok: its last run ended well",
        "guests of a job ok: its last run ended well",
    ]


def test_a_guest_that_was_never_backed_up_well_has_none(tmp_path: Path) -> None:
    root = node(tmp_path, task("100", NOW - HOUR, "unable to create temporary directory"))
    assert told(root, PVE) == [
        "guest 100 breach: has no backup at all",
        "guest 100 breach: its last run ended otherwise: unable to create temporary directory",
    ]


def snapshot(backup_id: str, age: int, state: str = "") -> dict[str, Any]:
    row = {"backup-type": "vm", "backup-id": backup_id, "backup-time": NOW - age, "files": [], "owner": "root@pam"}
    return row | ({"verification": {"state": state, "upid": "UPID:x"}} if state else {})


PBS_GOOD = [snapshot("100", 5 * HOUR), snapshot("100", 29 * HOUR, "ok"), snapshot("101", 90 * HOUR, "ok")]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (PBS_GOOD, ["store vm/100 ok: newest backup 5 h old", "store vm/101 breach: newest backup 3 d 18 h old",
                    "store ok: no snapshots are damaged; 1 was never verified"]),
        ([snapshot("100", HOUR, "failed"), snapshot("100", 30 * HOUR, "ok")],
         ["store vm/100 watch: newest backup 1 d 6 h old", "store breach: 1 snapshot is damaged"]),
        ([snapshot("100", HOUR, "failed")],
         ["store vm/100 breach: has no backup at all", "store breach: 1 snapshot is damaged"]),
        ([], ["store breach: has no backup at all", "store watch: no snapshot was ever verified"]),
        ([snapshot("100", HOUR)],
         ["store vm/100 ok: newest backup 1 h old", "store watch: no snapshot was ever verified"]),
    ],
)  # fmt: skip
def test_proxmox_backup_tells_copies_and_their_proof_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: list[dict[str, Any]], says: list[str]
) -> None:
    saying(tmp_path, monkeypatch, "proxmox-backup-client", json.dumps(rows))
    assert told(tmp_path, PBS, NEVER_PBS) == says
    env = dict(line.split("=", 1) for line in (tmp_path / "bin/env").read_text().splitlines())
    assert (env["PBS_REPOSITORY"], env["PBS_PASSWORD_FILE"], env["PBS_FINGERPRINT"]) == (
        "watch@pbs!audit@backup:main", "/secret", "aa:bb",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "status", "reason"),
    [
        ("", 0, "proxmox-backup-client said what nobody understands"),
        ("[1]", 0, "proxmox-backup-client said what nobody understands"),
        ('[{"backup-type": "vm"}]', 0, "proxmox-backup-client said what nobody understands"),
        (b"\xff", 0, "proxmox-backup-client said what nobody understands"),
        ("", 255, "proxmox-backup-client ended with 255"),
    ],
)
def test_a_client_that_does_not_tell_is_a_gap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | bytes, status: int, reason: str
) -> None:
    saying(tmp_path, monkeypatch, "proxmox-backup-client", text, status)
    assert [one.startswith(f"store failed: {reason}") for one in told(tmp_path, PBS, NEVER_PBS)] == [True, True]


def test_a_client_that_is_not_there_is_a_gap(tmp_path: Path) -> None:
    assert told(tmp_path, PBS, NEVER_PBS) == ["store failed: proxmox-backup-client is not installed here"] * 2


def test_what_is_listed_of_proxmox_backup_is_read_and_refused_in_words(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.settings.parent.mkdir(parents=True, exist_ok=True)
    home.settings.write_text('[[pbs]]\nname = "a"\nrepository = "r"\npassword_file = "/p"\n')
    assert settings(home).look_at.pbs == (PbsRepository("a", "r", Path("/p")),)
    home.settings.write_text('[[pbs]]\nname = "a"\nrepository = "r"\npassword = "secret"\n')
    with pytest.raises(ConfigError, match="password"):
        settings(home)


def session(job: str, age: int, state: str, kind: str = "Backup") -> str:
    started = time.strftime("%Y-%m-%d %H:%M", time.localtime(NOW - age))
    return f"{job:12}  {kind:7}  {{381532f7-426a-4e89-b9fc-43d98ab3fd94}}  {state:8}  {started}  {started}\n"


VEEAM_HEAD = "Job name      Type     ID                                      State     Started at        Finished at\n"


def on_veeam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, status: int = 0) -> Path:
    root = tmp_path / "root"
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/veeamconfig").touch()
    saying(tmp_path, monkeypatch, "veeamconfig", text, status)
    return root


def test_veeam_agent_for_linux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (
        VEEAM_HEAD, session("Night job", 30 * HOUR, "Success"), session("Night job", 6 * HOUR, "Failed"),
        session("Files", 5 * HOUR, "Warning"), session("Files", HOUR, "Running"),
        session("Files", 2 * HOUR, "Success", kind="Restore"), "Total amount: 5\n",
    )  # fmt: skip
    assert told(on_veeam(tmp_path, monkeypatch, "".join(lines)), VEEAM) == [
        "Files ok: newest backup 5 h old",
        "Night job watch: newest backup 1 d 6 h old",
        "Files breach: its last run ended otherwise: Warning",
        "Night job breach: its last run ended otherwise: Failed",
    ]


@pytest.mark.parametrize(
    ("text", "status", "says"),
    [
        ("Total amount: 0\n", 0, []),
        ("nonsense\x00\n", 0, []),
        ("Permission denied.\n", 1, ["denied: veeamconfig ended with 1: Permission denied."] * 2),
        ("Cannot connect to service\n", 1, ["failed: veeamconfig ended with 1: Cannot connect to service"] * 2),
    ],
)
def test_a_veeam_agent_that_never_ran_or_does_not_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, status: int, says: list[str]
) -> None:
    assert told(on_veeam(tmp_path, monkeypatch, text, status), VEEAM) == says


NO_DESTINATION = (
    "failed: /Library/Preferences/com.apple.TimeMachine.plist holds no destination that anybody understands"
)


def noted(root: Path, told_: object) -> Path:
    notes = root / "Library/Preferences/com.apple.TimeMachine.plist"
    notes.parent.mkdir(parents=True)
    notes.write_bytes(told_ if isinstance(told_, bytes) else plistlib.dumps(told_, fmt=plistlib.FMT_BINARY))
    return root


def destination(result: int, *ages: int, name: str = "Vault") -> dict[str, object]:
    dates = [datetime.fromtimestamp(NOW - age, UTC).replace(tzinfo=None) for age in ages]
    return {"DestinationID": "1F2E", "LastKnownVolumeName": name, "RESULT": result, "SnapshotDates": dates}


@pytest.mark.parametrize(
    ("notes", "says"),
    [
        ({"Destinations": [destination(0, 50 * HOUR, 3 * HOUR)]},
         ["Vault ok: newest backup 3 h old", "Vault ok: its last run ended well"]),
        ({"Destinations": [destination(21, 60 * HOUR)]},
         ["Vault breach: newest backup 2 d 12 h old", "Vault breach: its last run ended otherwise: result 21"]),
        ({"Destinations": [destination(0)]}, ["Vault breach: has no backup at all"]),
        ({"AutoBackup": False}, [NO_DESTINATION] * 2),
        ({"Destinations": ["x"]}, [NO_DESTINATION] * 2),
    ],
)  # fmt: skip
def test_time_machine(tmp_path: Path, notes: object, says: list[str]) -> None:
    assert told(noted(tmp_path, notes), TIME_MACHINE) == says


def test_a_time_machine_whose_notes_are_damaged_is_a_gap(tmp_path: Path) -> None:
    said = told(noted(tmp_path, b"bplist00garbage"), TIME_MACHINE)
    assert len(said) == 2
    assert all("holds what nobody understands" in one for one in said)


def summary(good: int, last: int, result: int = 0, detail: str = "") -> str:
    return json.dumps({"good": good, "last": last, "result": result, "detail": detail, "target": "E:"})


@pytest.mark.parametrize(
    ("text", "status", "says"),
    [
        (summary(NOW - HOUR, NOW - HOUR), 0, ["ok: newest backup 1 h old", "ok: its last run ended well"]),
        (summary(NOW - 60 * HOUR, NOW - HOUR, -2147024809, "The disk is full"), 0,
         ["breach: newest backup 2 d 12 h old", "breach: its last run ended otherwise: The disk is full"]),
        (summary(0, NOW - HOUR, -2147024809), 0,
         ["breach: has no backup at all", "breach: its last run ended otherwise: result 0x80070057"]),
        (summary(0, 0), 0, ["breach: has no backup at all"]),
        ("null", 0, []),
        ("{}", 0, ["failed: Get-WBSummary said what nobody understands: 'good'"] * 2),
        ("Access is denied.", 1, ["denied: Get-WBSummary failed: Access is denied."] * 2),
    ],
)  # fmt: skip
def test_windows_server_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, status: int, says: list[str]
) -> None:
    monkeypatch.setattr(wbadmin.platform, "system", lambda: "Windows")  # type: ignore[attr-defined]
    saying(tmp_path, monkeypatch, "powershell.exe", text, status)
    assert told(tmp_path, WINDOWS) == says
