"""SMART through the root helper: run for real here, where disks tell nothing; documented answers of disks that do.

The answers have the shape that smartctl(8) of smartmontools 7.3 documents for `--json`; not run by us on a real disk.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import stand_in

from agent import root as helper
from agent.forgetful import Forgetful
from agent.looking import Look
from agent.probes.health import disk_health, disk_sectors, disk_wear
from agent.sources import rooted, smart
from checks.catalogue import BY_NAME
from checks.finding import Finding
from checks.reading import Gap, Reading, Why

NOW = int(time.time())
PROBES = (disk_health.PROBE, disk_sectors.PROBE, disk_wear.PROBE)


def ata(passed: bool, moved: int = 0, waiting: int = 0, unread: int = 0) -> dict[str, Any]:
    """A SATA disk's answer."""
    rows = ((5, "Reallocated_Sector_Ct", moved), (194, "Temperature_Celsius", 31),
            (197, "Current_Pending_Sector", waiting), (198, "Offline_Uncorrectable", unread))  # fmt: skip
    table = [{"id": number, "name": name, "raw": {"value": raw, "string": str(raw)}} for number, name, raw in rows]
    return {
        "smartctl": {"exit_status": 0 if passed else 8},
        "model_name": "Example 4T",
        "serial_number": "S3CR3T",
        "smart_support": {"available": True, "enabled": True},
        "smart_status": {"passed": passed},
        "ata_smart_attributes": {"revision": 16, "table": table},
    }


def nvme(used: int, warning: int = 0, errors: int = 0) -> dict[str, Any]:
    """An NVMe disk's answer."""
    log = {"critical_warning": warning, "temperature": 41, "available_spare": 100, "available_spare_threshold": 10,
           "percentage_used": used, "media_errors": errors}  # fmt: skip
    status = {"passed": not warning, "nvme": {"value": warning}}
    return {"smartctl": {"exit_status": 0}, "smart_status": status, "nvme_smart_health_information_log": log}


ASLEEP = {"smartctl": {"exit_status": 2}, "power_mode": {"ata_value": 0}}
MUTE = {"smartctl": {"exit_status": 0}, "smart_support": {"available": False}}


def look(root: Path) -> Look:
    """A look now: what a test writes is no file of the future, however long the tests before it took."""
    now = int(time.time())
    return Look(now, now + 300, Forgetful(), root=root)


def answers(folder: Path, monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any]) -> None:
    """A smartctl that finds one disk, which answers so."""
    (folder / "scan").write_text(json.dumps({"devices": [{"name": "/dev/sda", "type": "sat"}]}))
    (folder / "disk").write_text(json.dumps(answer))
    body = f'case "$*" in *--scan*) cat {folder}/scan;; *) cat {folder}/disk; exit 4;; esac'
    stand_in(folder / "bin", monkeypatch, "smartctl", body)


def seen(root: Path) -> list[Finding | Gap]:
    """What the three checks make of it."""
    told: list[Finding | Gap] = []
    for probe in PROBES:
        for one in probe.look(look(root)):
            check = BY_NAME[one.check]
            told.append(check.finding(one, check.standard, NOW) if isinstance(one, Reading) else one)
    return told


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (ata(True), ["ok", "ok", "not here"]),
        (ata(True, moved=3, waiting=1), ["ok", "watch", "not here"]),
        (ata(False, moved=900, unread=8), ["breach", "breach", "not here"]),
        (nvme(4), ["ok", "ok", "ok"]),
        (nvme(85, errors=2), ["ok", "watch", "watch"]),
        (nvme(120, warning=5), ["breach", "ok", "breach"]),
        (MUTE, ["not here", "not here", "not here"]),
        (ASLEEP, ["failed", "failed", "failed"]),
        ({**ata(True), "smart_status": {"passed": "maybe"}}, ["failed", "ok", "not here"]),
        (ata(True, moved=-1), ["ok", "failed", "not here"]),
        (nvme(999), ["ok", "ok", "failed"]),
        ({**nvme(1), "nvme_smart_health_information_log": [1]}, ["failed", "failed", "failed"]),
    ],
)
def test_each_disk_is_judged_by_what_it_says_of_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any], expected: list[str]
) -> None:
    answers(tmp_path, monkeypatch, answer)
    assert helper.main([], tmp_path) == 0
    told = seen(tmp_path)
    assert [one.why.value if isinstance(one, Gap) else one.status.value for one in told] == expected
    assert {one.subject for one in told} == {"/dev/sda"}
    assert "S3CR3T" not in (tmp_path / smart.FILE).read_text(), "a serial number is nobody's business here"


def test_a_failing_disk_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(tmp_path, monkeypatch, nvme(3, warning=4))
    helper.main([], tmp_path)
    (told, *_) = seen(tmp_path)
    assert isinstance(told, Finding)
    assert told.sentence == "the disk says: its own test says that it fails; reliability is degraded"


@pytest.mark.skipif(shutil.which("smartctl", path="/usr/sbin:/usr/bin") is None, reason="smartctl is not installed")
def test_the_real_smartctl_is_asked_and_a_virtual_disk_is_not_counted_bad(tmp_path: Path) -> None:
    assert helper.main([], tmp_path) == 0
    told = seen(tmp_path)
    assert told
    assert all(not isinstance(one, Gap) or one.why in (Why.NOT_HERE, Why.FAILED, Why.DENIED) for one in told)
    assert "error" not in json.loads((tmp_path / smart.FILE).read_text())


@pytest.mark.parametrize(
    ("body", "words"),
    [("exit 1", "ended with 1 and no JSON"), ("echo '[1]'", "not what its documentation says"),
     ("printf '\\377\\376'", "no JSON"), ("printf '{\"devices\": ['; kill -9 $$", "no JSON"),
     ("sleep 60", "ran longer than"), ("cat /dev/zero", "wrote more than")],
)  # fmt: skip
def test_a_smartctl_that_fails_is_a_gap_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, words: str
) -> None:
    stand_in(tmp_path / "bin", monkeypatch, "smartctl", body)
    monkeypatch.setattr(helper, "_SECONDS", 2.0)
    assert helper.main([], tmp_path) == 0
    for one in seen(tmp_path):
        assert isinstance(one, Gap)
        assert one.why is Why.FAILED
        assert words in one.reason


def test_a_disk_with_a_name_that_is_none_is_never_handed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(tmp_path, monkeypatch, ata(True))
    (tmp_path / "scan").write_text(json.dumps({"devices": [{"name": "-s off", "type": "sat"}, "odd", {}]}))
    helper.main([], tmp_path)
    assert all(isinstance(one, Gap) and "that is none" in one.reason for one in seen(tmp_path))


def test_the_helper_takes_no_arguments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert helper.main(["/dev/sda"], tmp_path) == 2
    assert "takes no arguments" in capsys.readouterr().err
    assert not (tmp_path / smart.FILE).exists()


def test_where_nobody_asks_real_disks_are_unknown_and_virtual_ones_not_due(tmp_path: Path) -> None:
    (none,) = disk_health.look(look(tmp_path))
    (tmp_path / "sys/block/vda").mkdir(parents=True)
    (virtual,) = disk_health.look(look(tmp_path))
    (tmp_path / "sys/block/nvme0n1").mkdir()
    (real,) = disk_health.look(look(tmp_path))
    assert [one.why for one in (none, virtual, real) if isinstance(one, Gap)] == [
        Why.NOT_HERE, Why.NOT_HERE, Why.DENIED,
    ]  # fmt: skip
    assert isinstance(real, Gap)
    assert "only root may ask nvme0n1" in real.reason
    found = [gap for one in (disk_sectors, disk_wear) for gap in one.look(look(tmp_path))]
    others = [gap.why for gap in found if isinstance(gap, Gap)]
    assert others == [Why.NOT_HERE, Why.NOT_HERE], "one fact is told once"


def written(root: Path, text: bytes, mode: int = 0o644) -> Path:
    path = root / smart.FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)
    path.chmod(mode)
    return path


@pytest.mark.parametrize(
    ("text", "mode", "words"),
    [(b'{"disks": []}', 0o666, "somebody else"), (b"", 0o644, "not what the root helper writes"),
     (b'{"disks": [1]}', 0o644, "not what the root helper writes"), (b"[" * 100_000, 0o644, "not what the root"),
     (b" " * (rooted.MOST_BYTES + 1), 0o644, "not what the root helper writes")],
)  # fmt: skip
def test_a_file_that_the_helper_did_not_write_is_not_believed(
    tmp_path: Path, text: bytes, mode: int, words: str
) -> None:
    written(tmp_path, text, mode)
    (one,) = disk_health.look(look(tmp_path))
    assert isinstance(one, Gap)
    assert one.why is Why.FAILED
    assert words in one.reason


def test_what_the_helper_saw_is_dated_by_when_it_saw_it(tmp_path: Path) -> None:
    path = written(tmp_path, json.dumps({"disks": [{"name": "/dev/sda", **ata(True)}]}).encode())
    os.utime(path, (NOW - 5000, NOW - 5000))
    (one,) = disk_health.look(look(tmp_path))
    assert isinstance(one, Reading)
    assert (one.taken_at, one.next_look) == (NOW - 5000, NOW - 5000 + smart.EVERY)
    os.utime(path, (NOW + 5000, NOW + 5000))
    (future,) = disk_health.look(look(tmp_path))
    assert isinstance(future, Gap)
    assert "future" in future.reason
