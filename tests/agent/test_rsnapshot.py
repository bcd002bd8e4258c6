"""Real rsnapshot: unused, good, late, failed, locked, killed, its disk gone; and its log read in any state."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from conftest import needs

from agent.forgetful import Forgetful
from agent.looking import Look, Probe
from agent.probes.backup import rsnapshot_result, rsnapshot_snapshots
from checks.catalogue import BY_NAME
from checks.reading import Gap, Reading
from checks.standard import Bad

NEWEST, RESULT = rsnapshot_snapshots.PROBE, rsnapshot_result.PROBE


def told(probe: Probe, root: Path, later: int = 0) -> list[tuple[str, str]]:
    now = int(time.time()) + later
    check = BY_NAME[probe.check]
    seen = list(probe.look(Look(now, now + 60, Forgetful(), root=root)))
    found = [
        check.finding_of_gap(one) if isinstance(one, Gap) else check.finding(one, check.standard, now) for one in seen
    ]
    return [(one.status.value, one.sentence) for one in found]


def configure(root: Path) -> None:
    """The same as rsnapshot has it and as the probe sees it, from its root."""
    (root / "etc").mkdir(exist_ok=True)
    (root / "src").mkdir(exist_ok=True)
    for path, base in ((root / "own.conf", str(root)), (root / "etc/rsnapshot.conf", "")):
        path.write_text(
            f"config_version\t1.2\n# snapshot_root\t/no\nsnapshot_root\t{base}/snapshots/\nno_create_root\t1\n"
            f"cmd_cp\t/bin/cp\ncmd_rm\t/bin/rm\ncmd_rsync\t/usr/bin/rsync\nretain\talpha\t3\nretain\tbeta\t2\n"
            f"logfile\t{base}/log\nlockfile\t{base}/pid\nverbose\t1\nloglevel\t3\nbackup\t{base}/src/\there/\n"
        )


def rsnapshot(root: Path, *, well: bool = True) -> None:
    needs("rsnapshot")
    ran = subprocess.run(
        ["rsnapshot", "-c", str(root / "own.conf"), "alpha"], capture_output=True, timeout=60, check=False
    )
    assert (ran.returncode == 0) is well, ran.stderr


@pytest.mark.real
def test_a_real_one_from_its_first_run_to_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    configure(tmp_path)
    (tmp_path / "snapshots").mkdir()
    assert told(NEWEST, tmp_path) == told(RESULT, tmp_path) == [], "as its package leaves it, and never used"
    rsnapshot(tmp_path)
    assert [one[0] for one in told(NEWEST, tmp_path)] == ["ok"], "the log has local time, half a day from UTC"
    assert [one[1].startswith("its last run ended well in") for one in told(RESULT, tmp_path)] == [True]
    assert told(NEWEST, tmp_path, 51 * 3600)[0][0] == "breach"
    (tmp_path / "pid").write_text(str(os.getpid()))
    rsnapshot(tmp_path, well=False)
    assert "Lockfile" in told(RESULT, tmp_path)[0][1]
    (tmp_path / "pid").unlink()
    shutil.rmtree(tmp_path / "src")
    with (tmp_path / "own.conf").open("a") as file:
        file.write("cmd_ssh\t/bin/false\nbackup\tnobody@127.0.0.1:/x\taway/\n")
    (tmp_path / "src").mkdir()
    rsnapshot(tmp_path, well=False)
    status, sentence = told(RESULT, tmp_path)[0]
    assert status == "breach"
    assert "rsync returned" in sentence
    (tmp_path / "snapshots").rename(tmp_path / "unplugged")
    assert told(NEWEST, tmp_path) == [("breach", "has no whole snapshot at all")], "the disk is gone; its log is here"
    monkeypatch.delenv("TZ")
    time.tzset()


def log(root: Path, *lines: tuple[int, str], name: str = "log") -> None:
    now = int(time.time())
    text = [f"[{time.strftime('%Y-%m-%dT%H:%M:%S', time.localtime(now - ago))}] {words}" for ago, words in lines]
    (root / name).write_text("\n".join(text) + "\n")


@pytest.fixture
def used(tmp_path: Path) -> Path:
    configure(tmp_path)
    (tmp_path / "snapshots/alpha.0").mkdir(parents=True)
    return tmp_path


ME = "/usr/bin/rsnapshot -c conf alpha:"


def test_a_failed_run_renews_its_folder_and_is_no_restore_point(used: Path) -> None:
    log(used, (200_000, f"{ME} started"), (199_000, f"{ME} completed successfully"), (50, f"{ME} started"),
        (40, f"{ME} ERROR: rsync returned 255"), (30, f"{ME} ERROR: {ME} completed, but with some errors"))  # fmt: skip
    assert told(NEWEST, used) == [("breach", "newest whole snapshot 2 d 7 h old")]
    assert told(RESULT, used) == [("breach", "its last run failed: rsync returned 255")]


def test_warnings_are_no_failure_and_a_lock_is_not_the_others(used: Path) -> None:
    log(used, (90, f"{ME} started"), (50, f"{ME} started"), (50, f"{ME} ERROR: Lockfile /x exists"),
        (20, f"{ME} completed, but with some warnings"), (9, "/usr/bin/rsnapshot beta: started"))  # fmt: skip
    assert [one[0] for one in told(NEWEST, used) + told(RESULT, used)] == ["ok", "ok"]


def test_one_that_runs_is_not_over_and_one_killed_half_way_never_ended(used: Path) -> None:
    log(used, (7200, f"{ME} started"))
    assert told(RESULT, used) == []
    assert told(RESULT, used, 90_000) == [("breach", "its last run began and never ended")]


def test_a_log_that_was_turned_is_read_and_one_that_tells_nothing_is_a_gap(used: Path) -> None:
    log(used, (900, f"{ME} started"), (800, f"{ME} completed successfully"), name="log.1")
    (used / "log").touch()
    assert told(NEWEST, used) == [("ok", "newest whole snapshot 13 min old")]
    (used / "log.1").write_bytes(b"\xff\xfe\n[2026-99-99T00:00:00] x\n" * 9)
    for probe in (NEWEST, RESULT):
        status, sentence = told(probe, used)[0]
        assert (status, "tells of no run" in sentence) == ("unknown", True)


def test_a_configuration_that_names_nothing_is_a_gap(used: Path) -> None:
    (used / "etc/rsnapshot.conf").write_text("snapshot_root /spaces/for/tabs\n")
    assert told(NEWEST, used)[0][0] == "unknown"
    assert BY_NAME[NEWEST.check].standard.bad is Bad.ABOVE
    assert isinstance(next(iter(NEWEST.look(Look(1, 2, Forgetful(), root=used)))), Gap | Reading)
