"""Restore points that shrink or stop to change: folders of files, and a real restic that tells sizes."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest
from conftest import stand_in

from agent.forgetful import Forgetful
from agent.looking import Look, LookAt, Probe, ResticRepository, WatchedPath
from agent.probes.backup import backup_growth, backup_size
from checks.catalogue import BY_NAME
from checks.reading import Gap

NOW = int(time.time())
DAY = 86_400
SIZE, GROWTH = backup_size.PROBE, backup_growth.PROBE
NEWER = Path(os.environ.get("WATCHBILL_NEWER_RESTIC", "/opt/watchbill-real/restic"))
NOTHING = "nothing to compare: too few backups, or their size seldom changes"


def look(asked: LookAt, memory: Forgetful | None = None) -> Look:
    return Look(NOW, NOW + 60, memory or Forgetful(), asked)


def told(probe: Probe, at: Look) -> list[tuple[str, str]]:
    check = BY_NAME[probe.check]
    found = [
        check.finding_of_gap(one) if isinstance(one, Gap) else check.finding(one, check.standard, NOW)
        for one in probe.look(at)
    ]
    return [(one.status.value, one.sentence) for one in found]


def dumps(folder: Path, *sizes: int, newest: int = DAY) -> LookAt:
    """One file a night, the oldest first; the last is `newest` seconds old."""
    folder.mkdir(exist_ok=True)
    for number, size in enumerate(reversed(sizes)):
        file = folder / f"{len(sizes) - number:02}.sql"
        with file.open("wb") as made:
            made.truncate(size)
        at = NOW - newest - number * DAY
        os.utime(file, (at, at))
    return LookAt(files=(WatchedPath("dump", folder),))


@pytest.mark.parametrize(
    ("sizes", "status", "words"),
    [
        ((1000, 1010, 1020, 1030), "ok", "the newest backup (1.0 kB) has 102 % of the usual size"),
        ((1000, 90_000, 1000, 1000, 400), "watch", "the newest backup (400 B) has 40 % of the usual size"),
        ((1000, 1000, 1000, 0), "breach", "the newest backup (0 B) has 0 % of the usual size"),
        ((1000, 1000, 1), "ok", "too few backups to compare sizes"),
        ((0, 0, 0, 0), "ok", "too few backups to compare sizes"),
        ((), "ok", "too few backups to compare sizes"),
    ],
)
def test_a_shrinkage_is_judged_by_the_median_of_those_before(
    tmp_path: Path, sizes: tuple[int, ...], status: str, words: str
) -> None:
    assert told(SIZE, look(dumps(tmp_path / "d", *sizes))) == [(status, words)]


STOPPED = "exactly the size of the one before, and it used to change: new work may not be in them"
CHANGING = (1000, 1010, 1025, 1030, 1045)


@pytest.mark.parametrize(
    ("sizes", "status", "words"),
    [
        (CHANGING, "ok", "the size changes from backup to backup"),
        ((*CHANGING, 1045), "ok", "the last backup has exactly the size of the one before"),
        ((*CHANGING, *[1045] * 6), "ok", "the last 6 backups have exactly the size of the one before"),
        ((*CHANGING, *[1045] * 7), "watch", f"the last 7 backups have {STOPPED}"),
        ((1000, 1010, *[1020] * 9), "ok", NOTHING),
        ((1000, 1000, 1000, 1000, 1010, *[1010] * 8), "ok", NOTHING),
        ([1000] * 12, "ok", NOTHING),
        ((5,), "ok", NOTHING),
    ],
)  # fmt: skip
def test_what_stops_to_change_is_told_after_a_week_and_what_never_did_is_not(
    tmp_path: Path, sizes: tuple[int, ...], status: str, words: str
) -> None:
    assert told(GROWTH, look(dumps(tmp_path / "d", *sizes))) == [(status, words)]


def test_a_stop_is_not_forgotten_when_what_was_before_it_is_out_of_sight(tmp_path: Path) -> None:
    memory = Forgetful()
    assert told(GROWTH, look(dumps(tmp_path / "d", *CHANGING, *[1045] * 7), memory))[0][0] == "watch"
    assert told(GROWTH, look(dumps(tmp_path / "d", *[1045] * 20), memory))[0][0] == "watch"
    assert told(GROWTH, look(dumps(tmp_path / "d", *[1045] * 20, 1046), memory))[0][0] == "ok"
    assert told(GROWTH, look(dumps(tmp_path / "e", *[77] * 20), memory)) == [("ok", NOTHING)]


def test_a_dump_that_is_being_written_is_not_taken_for_a_small_one(tmp_path: Path) -> None:
    asked = dumps(tmp_path / "d", 1000, 1000, 1000, 1000, 4, newest=30)
    before = sizes_print(asked)
    assert told(SIZE, look(asked))[0][0] == "ok"
    os.utime(tmp_path / "d/05.sql", (NOW - 700, NOW - 700))
    assert told(SIZE, look(asked))[0][0] == "breach"
    assert sizes_print(asked) != before, "it is looked at again as soon as it is whole"


def sizes_print(asked: LookAt) -> str:
    assert SIZE.fingerprint is not None
    return SIZE.fingerprint(look(asked))


def test_a_folder_that_cannot_be_looked_at_is_a_gap(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    asked = LookAt(files=(WatchedPath("dump", tmp_path / "d" / ("x" * 300)),))
    assert [status for status, _ in told(SIZE, look(asked)) + told(GROWTH, look(asked))] == ["unknown", "unknown"]
    assert sizes_print(asked) == "not readable"


def answering(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> LookAt:
    """A program in restic's place that says `text`, as a damaged or an older one may."""
    (folder / "said").write_text(text)
    stand_in(folder, monkeypatch, "restic", f"cat {folder}/said")
    return LookAt(restic=(ResticRepository("night", str(folder / "r"), folder / "password"),))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("[]", "ok"),
        ("null", "ok"),
        ('[{"time": "2026-11-26T01:00:00Z", "paths": ["/a"], "hostname": "h"}]', "ok"),
        ('[{"time": "2026-11-26T01:00:00Z", "summary": 7}]', "unknown"),
        ('[{"time": "2026-11-26T01:00:00Z", "summary": {"total_bytes_processed": "much"}}]', "unknown"),
        ("{}", "unknown"),
        ("\x1b[31mno", "unknown"),
    ],
)
def test_what_restic_may_say_is_understood_or_a_gap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, status: str
) -> None:
    asked = answering(tmp_path, monkeypatch, text)
    assert [one[0] for one in told(SIZE, look(asked)) + told(GROWTH, look(asked))] == [status, status]


@pytest.mark.real
@pytest.mark.skipif(not NEWER.exists(), reason="a restic of 0.17 or later is not installed")
def test_a_real_restic_tells_that_a_backup_shrank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/restic").symlink_to(NEWER)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    (tmp_path / "password").write_text("a password\n")
    data, other = tmp_path / "data", tmp_path / "other"
    data.mkdir()
    other.mkdir()

    def restic(*words: str) -> None:
        argv = ["restic", "--no-cache", "-q", "-r", str(tmp_path / "r"), "-p", str(tmp_path / "password"), *words]
        subprocess.run(argv, check=True, capture_output=True, timeout=60)

    restic("init")
    for size in (1000, 1010, 1030, 1040, 20):
        (data / "file").write_bytes(b"x" * size)
        restic("backup", "--host", "web", str(data))
    restic("backup", "--host", "web", str(other))
    asked = LookAt(restic=(ResticRepository("night", str(tmp_path / "r"), tmp_path / "password"),))
    assert told(SIZE, look(asked)) == [
        ("breach", "the newest backup (20 B) has 2 % of the usual size"),
        ("ok", "too few backups to compare sizes"),
    ]
    assert [one.subject for one in SIZE.look(look(asked))] == [f"night web:{data}", f"night web:{other}"]
    assert [one[1] for one in told(GROWTH, look(asked))] == ["the size changes from backup to backup", NOTHING]
