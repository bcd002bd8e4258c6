"""Restore tests: kept by hand or by running one, and read as what was proven last."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from agent.__main__ import main
from agent.forgetful import Forgetful
from agent.homes import home
from agent.looking import Look, LookAt
from agent.probes.backup import restore_test
from agent.proving import NOT_KEPT, USAGE, Told, prove
from checks.catalogue import BY_NAME
from checks.finding import Finding
from checks.reading import Gap

CHECK = BY_NAME[restore_test.PROBE.check]


def found(folder: Path, later: int = 0) -> list[Finding]:
    now = int(time.time())
    at = Look(now, now + 60, Forgetful(), LookAt(jobs=home(folder).jobs))
    seen = list(restore_test.look(at))
    return [
        CHECK.finding_of_gap(one) if isinstance(one, Gap) else CHECK.finding(one, CHECK.standard, now + later)
        for one in seen
    ]


def record(folder: Path, *words: str) -> int:
    return main(["--home", str(folder), "restore-test", *words])


def test_what_somebody_did_by_hand_is_proven_until_it_is_too_old(tmp_path: Path) -> None:
    assert found(tmp_path) == []
    assert record(tmp_path, "night", "--minutes", "40", "--checked", "three files, \x1b[2Jcompared") == 0
    (fresh,) = found(tmp_path)
    assert (fresh.subject, fresh.status.value) == ("night", "ok")
    assert "min ago; it took 40 min: three files, " in fresh.sentence
    assert "\x1b" not in fresh.sentence
    assert [one.status.value for one in found(tmp_path, 91 * 86_400)] == ["watch"]
    assert [one.status.value for one in found(tmp_path, 181 * 86_400)] == ["breach"]


def test_a_failed_test_proves_nothing_whatever_went_well_before(tmp_path: Path) -> None:
    record(tmp_path, "night", "--minutes", "9")
    assert record(tmp_path, "night", "--failed", "--minutes", "2", "--checked", "the key is lost") == 0
    (failed,) = found(tmp_path)
    assert (failed.status.value, failed.value) == ("breach", None)
    assert failed.sentence == "the last restore test failed after 2 min: the key is lost"


def test_one_that_a_command_does_is_kept_with_its_exit_code(tmp_path: Path) -> None:
    me = [sys.executable, "-m", "agent", "--home", str(tmp_path), "restore-test"]
    for job, script, status in (("good", "echo 12 files are the same", 0), ("bad", "echo differs >&2; exit 4", 4)):
        ran = subprocess.run([*me, job, "--", "sh", "-c", script], capture_output=True, timeout=30, check=False)
        assert ran.returncode == status
    bad, good = found(tmp_path)
    assert (good.status.value, bad.status.value) == ("ok", "breach")
    assert good.sentence.endswith("12 files are the same")
    assert re.fullmatch(r"the last restore test failed after \d s: differs", bad.sentence)


def test_one_that_was_killed_half_way_proves_nothing(tmp_path: Path) -> None:
    folder = home(tmp_path).restore_tests / "night"
    folder.mkdir(parents=True)
    (folder / "1000-1.json").write_text(json.dumps({"job": "night", "started": 1000, "pid": 1 << 22}))
    (killed,) = found(tmp_path)
    assert (killed.status.value, killed.sentence) == ("breach", "the last restore test began, and nobody saw its end")


def test_a_name_that_is_none_and_a_disk_that_takes_nothing_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert record(tmp_path, "../etc") == USAGE
    (tmp_path / "file").touch()
    assert prove(tmp_path / "file", "night", [], Told(), lambda: 1000) == NOT_KEPT
    assert "is not kept in" in capsys.readouterr().err


def test_its_instants_are_of_no_copy() -> None:
    assert not CHECK.tells_copies
    assert BY_NAME[CHECK.name] is CHECK
