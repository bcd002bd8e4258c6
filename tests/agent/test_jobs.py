"""`watchbill-agent wrap`: the job is what it was, and it is known whether it ran, how it ended, or that nobody saw."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import eventually, small_disk

from agent.config import settings
from agent.forgetful import Forgetful
from agent.homes import home
from agent.looking import Look
from agent.probes.backup import job, job_result
from agent.sources.jobs import MOST_RUNS, Run, is_name, is_running, keep, runs
from checks.catalogue import BY_NAME
from checks.finding import Finding
from checks.reading import CheckName, Gap, Reading

HOUR = 3600


def argv(folder: Path, name: str, *command: str) -> list[str]:
    return [sys.executable, "-m", "agent", "--home", str(folder), "wrap", name, "--", *command]


def wrapped(folder: Path, name: str, *command: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(argv(folder, name, *command), capture_output=True, check=False, timeout=60)


def kept(folder: Path, name: str) -> list[Run]:
    return dict(runs(folder / "jobs")).get(name, []) if (folder / "jobs").is_dir() else []


def found(folder: Path, now: int = 0) -> dict[tuple[str, str], Finding]:
    now = now or int(time.time())
    look = Look(now, now + 300, Forgetful(), settings(home(folder)).look_at)
    told = {}
    for one in (*job.look(look), *job_result.look(look)):
        assert isinstance(one, Reading)
        check = BY_NAME[one.check]
        told[str(one.check), one.subject] = check.finding(one, check.standard, now)
    return told


@pytest.mark.parametrize("name", ["check", "night"])
def test_a_job_whose_name_or_command_is_our_own_word_runs_as_any_other(tmp_path: Path, name: str) -> None:
    fails = "import sys; sys.stderr.write('no room\\n'); sys.exit(4)"
    ran = wrapped(tmp_path, name, sys.executable, "-c", fails, "check")
    assert (ran.returncode, ran.stderr) == (4, b"no room\n")
    (run,) = kept(tmp_path, name)
    assert (run.status, run.said) == (4, "no room")


def test_a_job_s_output_and_exit_code_pass_through_and_its_last_line_is_kept(tmp_path: Path) -> None:
    done = wrapped(tmp_path, "night", "sh", "-c", "echo copied 3 files; echo quiet >&2")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"copied 3 files\n", b"quiet\n")
    failed = wrapped(tmp_path, "night", "sh", "-c", "echo begun; echo 'disk full' >&2; exit 7")
    assert (failed.returncode, failed.stderr) == (7, b"disk full\n")
    assert [(one.status, one.said) for one in kept(tmp_path, "night")] == [(0, "copied 3 files"), (7, "disk full")]


def test_failed_and_never_ran_are_told_apart_and_each_says_why(tmp_path: Path) -> None:
    wrapped(tmp_path, "good", "true")
    wrapped(tmp_path, "bad", "sh", "-c", "exit 3")
    now = found(tmp_path)
    assert now["job", "good"].status.value == "ok"
    assert now["job_result", "good"].sentence.startswith("its last run ended well in ")
    assert re.fullmatch(
        r"no run of it was good yet; the last run failed after \d s with exit code 3", now["job", "bad"].sentence
    )
    assert (now["job", "bad"].status.value, now["job_result", "bad"].status.value) == ("breach", "breach")
    later = found(tmp_path, int(time.time()) + 51 * HOUR)
    assert later["job", "good"].status.value == "breach", "it never ran again"
    assert later["job_result", "good"].status.value == "ok", "and its last run was good: two facts"
    assert later["job", "good"].sentence.startswith("the last good run began 2 d")


def test_what_is_killed_half_way_began_and_never_ended(tmp_path: Path) -> None:
    with subprocess.Popen(argv(tmp_path, "night", "sleep", "60"), stdout=subprocess.DEVNULL) as running:
        eventually(lambda: kept(tmp_path, "night"))
        (one,) = kept(tmp_path, "night")
        assert is_running(one)
        assert found(tmp_path)["job", "night"].sentence == "no run of it was good yet; it runs now"
        assert ("job_result", "night") not in found(tmp_path), "nothing is over yet"
        child = int(subprocess.run(["pgrep", "-P", str(running.pid)], capture_output=True, check=True).stdout)
        running.kill()
        running.wait()
        os.kill(child, signal.SIGKILL)
    told = found(tmp_path)["job_result", "night"]
    assert (told.status.value, "nobody saw its end" in told.sentence) == ("breach", True)


def test_a_signal_reaches_the_job_and_its_status_is_a_shell_s(tmp_path: Path) -> None:
    script = "trap 'echo tidied; exit 5' TERM; echo ready; while :; do sleep 0.05; done"
    with subprocess.Popen(argv(tmp_path, "night", "sh", "-c", script), stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"ready\n"
        running.terminate()
        assert (running.wait(20), running.stdout.read()) == (5, b"tidied\n")
    assert wrapped(tmp_path, "shot", "sh", "-c", "kill -9 $$").returncode == 137
    assert [one.status for one in kept(tmp_path, "shot")] == [137]


def test_a_flood_passes_through_and_whoever_reads_may_leave(tmp_path: Path) -> None:
    flood = "head -c 60000000 /dev/zero; printf '\\377\\376 caf\\351\\n' >&2; exit 1"
    done = wrapped(tmp_path, "loud", "sh", "-c", flood)
    assert (len(done.stdout), done.returncode) == (60_000_000, 1)
    (one,) = kept(tmp_path, "loud")
    assert "caf" in one.said
    assert max(file.stat().st_size for file in (tmp_path / "jobs" / "loud").iterdir()) < 4096
    with subprocess.Popen(
        argv(tmp_path, "left", "sh", "-c", "yes | head -c 5000000; exit 4"), stdout=subprocess.PIPE
    ) as left:
        assert left.stdout is not None
        left.stdout.read(10)
        left.stdout.close()
        assert left.wait(30) == 4, "the job goes on although nobody reads it"


def test_what_is_not_there_wrong_names_and_a_full_disk_do_not_stop_a_job(tmp_path: Path) -> None:
    assert (wrapped(tmp_path, "gone", "/no/such").returncode, kept(tmp_path, "gone")[0].status) == (127, 127)
    assert wrapped(tmp_path, "../up", "true").returncode == 2
    assert wrapped(tmp_path, "none").returncode == 2
    assert not is_name("a/b")
    with small_disk(tmp_path / "small", "size=64k,nr_inodes=4") as small:
        (small / "fill").write_bytes(b"x" * 50_000)
        (small / "jobs").mkdir()
        done = wrapped(small, "night", "sh", "-c", "echo did it; exit 6")
    assert (done.returncode, done.stdout) == (6, b"did it\n")
    assert b"this run of night is not kept" in done.stderr


def test_runs_beside_each_other_are_both_kept_and_old_ones_go(tmp_path: Path) -> None:
    both = [subprocess.Popen(argv(tmp_path, "twice", "sleep", "0.3")) for _ in range(3)]
    assert [one.wait(30) for one in both] == [0, 0, 0]
    assert len(kept(tmp_path, "twice")) == 3
    for started in range(1, MOST_RUNS + 10):
        keep(tmp_path / "jobs", Run("old", started, 1, started + 1, 0))
    assert [one.started for one in kept(tmp_path, "old")] == list(range(10, MOST_RUNS + 10))
    (tmp_path / "jobs" / "old" / "99-1.json").write_text("{broken")
    assert len(kept(tmp_path, "old")) == MOST_RUNS


def test_no_wrapped_job_and_a_folder_that_may_not_be_read_are_two_things(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(tmp_path) == {}
    wrapped(tmp_path, "night", "true")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    look = Look(1, 2, Forgetful(), settings(home(tmp_path)).look_at)
    (gap,) = job.look(look)
    assert isinstance(gap, Gap)
    assert (gap.check, "Permission denied" in gap.reason) == (CheckName("job"), True)
