"""Time Machine: not run by us. Its preferences stand in as public tools read them (samples/README.md)."""

from __future__ import annotations

import plistlib
from pathlib import Path

import pytest

from agent.forgetful import Forgetful
from agent.looking import Look
from agent.probes.backup import time_machine
from checks.catalogue import BY_NAME
from checks.reading import Gap

SAMPLE = Path(__file__).parent / "samples/time_machine/preferences.plist"
CHECK = BY_NAME[time_machine.PROBE.check]
NOON = 1_795_694_400  # 2026-11-26 12:00 UTC


def told(root: Path, now: int = NOON) -> list[str]:
    found = [
        CHECK.finding_of_gap(one) if isinstance(one, Gap) else CHECK.finding(one, CHECK.standard, now)
        for one in time_machine.look(Look(now, now + 60, Forgetful(), root=root))
    ]
    return [f"{one.subject} {one.status.value}: {one.sentence}".strip() for one in found]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "Library/Preferences").mkdir(parents=True)
    return tmp_path / "Library/Preferences/com.apple.TimeMachine.plist"


@pytest.mark.parametrize("form", [plistlib.FMT_XML, plistlib.FMT_BINARY])
def test_the_newest_backup_of_each_destination_counts(tmp_path: Path, file: Path, form: plistlib.PlistFormat) -> None:
    file.write_bytes(plistlib.dumps(plistlib.loads(SAMPLE.read_bytes()), fmt=form))
    assert told(tmp_path) == [
        "Backups of mac1 ok: newest backup 2 h old",
        "smb://watch@nas.example/tm breach: newest backup 10 d 1 h old; the last attempt failed (result 21)",
        "9D02C1F2-1111-4222-8333-444455556666 breach: has no backup at all",
    ]


def test_disks_that_take_turns_under_one_name_are_told_apart(tmp_path: Path, file: Path) -> None:
    disks = [{"DestinationID": f"{n}394DD36-E843", "LastKnownVolumeName": "Backup"} for n in range(2)]
    file.write_bytes(plistlib.dumps({"Destinations": disks}))
    assert told(tmp_path) == [f"Backup {n}394DD36 breach: has no backup at all" for n in range(2)]


def test_backups_that_are_off_are_told(tmp_path: Path, file: Path) -> None:
    tree = plistlib.loads(SAMPLE.read_bytes())
    file.write_bytes(plistlib.dumps({**tree, "AutoBackup": False}))
    assert told(tmp_path)[0] == "Backups of mac1 ok: newest backup 2 h old; automatic backups are off"


def test_a_mac_without_a_destination_and_what_is_no_mac_say_nothing(tmp_path: Path, file: Path) -> None:
    assert told(tmp_path) == []
    file.write_bytes(plistlib.dumps({"PreferencesVersion": 6}))
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"bplist00" + b"\xff" * 64,
        SAMPLE.read_bytes()[:700],
        plistlib.dumps([1]),
        plistlib.dumps({"Destinations": ["x"]}),
        plistlib.dumps({"Destinations": [{"SnapshotDates": ["yesterday"]}]}),
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><plist version="1.0"><string>&a;</string></plist>',
    ],
)
def test_what_is_no_preferences_is_a_gap(tmp_path: Path, file: Path, content: bytes) -> None:
    file.write_bytes(content)
    (gap,) = told(tmp_path)
    assert gap.startswith("unknown: /Library/Preferences/com.apple.TimeMachine.plist holds what nobody understands")


def test_without_full_disk_access_it_is_denied(tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(path: Path, *_: object) -> None:
        raise PermissionError(1, "Operation not permitted", str(path))

    monkeypatch.setattr(Path, "open", denied)
    (gap,) = time_machine.look(Look(NOON, NOON + 60, Forgetful(), root=tmp_path))
    assert isinstance(gap, Gap)
    assert (gap.why.value, gap.reason) == ("denied", f"cannot read {file}: Operation not permitted")
