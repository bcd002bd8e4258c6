"""Real btrbk on btrfs, from its first run to a target that is gone; and its log read in any state."""

from __future__ import annotations

import fcntl
import subprocess
import time
from pathlib import Path

import pytest
from conftest import needs

from agent.forgetful import Forgetful
from agent.looking import Look, Probe
from agent.probes.backup import btrbk_backups, btrbk_result, btrbk_snapshots
from checks.catalogue import BY_NAME
from checks.reading import Gap

BACKUPS, SNAPSHOTS, RESULT = btrbk_backups.PROBE, btrbk_snapshots.PROBE, btrbk_result.PROBE
NOON = 1_795_694_400  # 2026-11-26 12:00 UTC


def told(probe: Probe, root: Path, now: int) -> list[tuple[str, str, str]]:
    check = BY_NAME[probe.check]
    found = [
        check.finding_of_gap(one) if isinstance(one, Gap) else check.finding(one, check.standard, now)
        for one in probe.look(Look(now, now + 60, Forgetful(), root=root))
    ]
    return [(one.subject, one.status.value, one.sentence) for one in found]


def test_a_real_one_from_its_first_run_to_a_target_that_is_gone(
    btrfs_image: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    needs("btrbk")
    file, disk = btrfs_image
    monkeypatch.setenv("TZ", "Pacific/Auckland")

    def ran(*words: str, status: int = 0) -> None:
        done = subprocess.run(words, capture_output=True, timeout=60, check=False)
        assert done.returncode == status, done.stderr

    def btrbk(status: int = 0) -> None:
        ran("btrbk", "-q", "-c", str(conf), "run", status=status)

    machine = file.parent / "machine"
    conf, data, target = machine / "etc/btrbk/btrbk.conf", str(disk / "data"), disk / "away to"
    conf.parent.mkdir(parents=True)
    for folder in (disk / "snaps", target):
        folder.mkdir()
    ran("btrfs", "subvolume", "create", data)
    assert told(BACKUPS, machine, NOON) == [], "installed, and not configured"
    conf.write_text(
        f"transaction_log {file.parent}/log\nlockfile {file.parent}/lock\nsnapshot_dir snaps\n"
        f"volume {disk}\n  subvolume data\n    target {target}\n"
    )
    btrbk()
    seen = machine / str(file.parent).lstrip("/")  # the same paths below the probe's root
    seen.parent.mkdir(parents=True)
    seen.symlink_to(file.parent)
    now = int(time.time())
    assert [one[:2] for one in told(BACKUPS, machine, now)] == [(f"{target}/data", "ok")]
    assert told(SNAPSHOTS, machine, now)[0][:2] == (f"{disk}/snaps/data", "ok")
    status, sentence = told(RESULT, machine, now)[0][1:]
    assert (status, sentence[:27]) == ("ok", "its last run ended well in ")
    assert told(BACKUPS, machine, now + 51 * 3600)[0][1:] == ("breach", "newest backup 2 d 3 h old")
    ran("mount", "-t", "tmpfs", "tmpfs", str(target))
    try:
        btrbk(status=10)
        assert told(BACKUPS, machine, now)[0][1:] == ("breach", "has no backup: what was there is gone")
    finally:
        ran("umount", str(target))
    assert told(SNAPSHOTS, machine, now)[0][1] == "ok", "the snapshot beside the data is a fact of its own"
    assert told(RESULT, machine, now)[0][1] == "breach"
    assert told(RESULT, machine, now)[0][2].startswith("its last run failed at least in part: abort_target ABORT: ")
    assert told(BACKUPS, machine, now)[0][1] == "ok", "it is connected again, and what it held is there"
    before = (file.parent / "log").read_text()
    with (file.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        btrbk(status=3)
    assert (file.parent / "log").read_text() == before, "one that finds another at work leaves no line"
    with conf.open("a") as more:
        more.write(f"  subvolume gone\n    target {target}\n")
    btrbk(status=10)
    assert "abort_subvolume" in told(RESULT, machine, now)[0][2]


def kept(root: Path, *lines: str, conf: str = "transaction_log /log\n") -> Path:
    (root / "etc").mkdir()
    (root / "etc/btrbk.conf").write_text(conf)
    (root / "log").write_text("".join(f"2026-11-26T{line}\n" for line in lines))
    (root / "snaps/data.20261126T0100").mkdir(parents=True)
    return root


BEGUN = "01:00:00+0000 startup v0.32.5 - - - # btrbk"
FIRST = "01:00:01+0000 snapshot success /snaps/data.20261126T0100 /data - -"
SECOND = "02:00:01+0000 snapshot success /snaps/data.20261126T0200_1 /data - -"


def test_the_newest_that_is_there_counts(tmp_path: Path) -> None:
    assert told(SNAPSHOTS, kept(tmp_path, BEGUN, FIRST, SECOND), NOON) == [
        ("/snaps/data", "ok", "newest snapshot 10 h 59 min old")
    ]


def test_an_attempt_that_failed_is_no_restore_point_and_one_on_another_machine_is_believed(tmp_path: Path) -> None:
    root = kept(tmp_path, BEGUN, "01:00:05+0000 send-receive ERROR ssh://a/b/data.20261126T0100 /snaps/x - -",
                "09:00:00+0100 send-to-raw success ssh://c/d/data.20261126T090000+0100.btrfs.xz /snaps/x - -",
                "10:00:00+0100 send-to-raw starting ssh://c/d/data.20261126T100000+0100.btrfs - - -")  # fmt: skip
    assert told(BACKUPS, root, NOON) == [
        ("ssh://a/b/data", "breach", "has no backup: no attempt went well yet"),
        ("ssh://c/d/data", "ok", "newest backup 4 h old"),
    ]


def test_one_that_runs_is_not_over_and_one_that_another_followed_never_ended(tmp_path: Path) -> None:
    root = kept(tmp_path, BEGUN)
    assert told(RESULT, root, NOON) == []
    assert told(RESULT, root, NOON + 8 * 86_400)[0][1:] == ("breach", "its last run began and never ended")
    with (root / "log").open("a") as more:
        more.write("2026-11-26T03:00:00+0000 startup v0.32.5 - - - #\n")
    assert told(RESULT, root, NOON)[0][1] == "breach"


def test_without_a_log_it_says_what_to_set(tmp_path: Path) -> None:
    for probe in (BACKUPS, SNAPSHOTS, RESULT):
        (tmp_path / probe.check).mkdir()
        root = kept(tmp_path / probe.check, conf="# transaction_log /log\ntransaction_log no\n")
        assert told(probe, root, NOON) == [("", "unknown", "it keeps no log: set transaction_log in /etc/btrbk.conf")]


def test_where_it_is_not_installed_nothing_is_said(tmp_path: Path) -> None:
    assert [told(probe, tmp_path, NOON) for probe in (BACKUPS, SNAPSHOTS, RESULT)] == [[], [], []]


def test_what_is_no_line_is_passed_over_and_a_huge_log_is_read_at_its_end(tmp_path: Path) -> None:
    root = kept(tmp_path)
    with (root / "log").open("wb") as log:
        log.truncate(1 << 30)
        log.seek(0, 2)
        log.write(b"\n\xff\xfe\n2026-99-26T01:00:00+0000 snapshot success /snaps/bad.20261126 /data - -\n")
        log.write(f"2026-11-26T{FIRST}\n".encode())
    began = time.monotonic()
    assert [one[:2] for one in told(SNAPSHOTS, root, NOON)] == [("/snaps/data", "ok")]
    assert time.monotonic() - began < 2


def test_only_what_is_sent_away_is_a_copy() -> None:
    assert BY_NAME[BACKUPS.check].tells_copies
    assert not BY_NAME[SNAPSHOTS.check].tells_copies
