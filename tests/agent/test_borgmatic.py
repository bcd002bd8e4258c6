"""Real borgmatic: good, failed, locked, killed, damaged, never run; and its log in any state, of 1.x and of 2.x."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from conftest import needs

from agent.forgetful import Forgetful
from agent.looking import Look, Probe
from agent.probes.backup import borgmatic_check, borgmatic_result
from checks.catalogue import BY_NAME
from checks.reading import Gap

RESULT, CHECKED = borgmatic_result.PROBE, borgmatic_check.PROBE
NIGHT, OK = "etc/borgmatic/config.yaml", ("ok", "its last backup ended well")


def told(probe: Probe, root: Path, later: int = 0) -> list[tuple[str, str]]:
    now = int(time.time()) + later
    check = BY_NAME[probe.check]
    seen = list(probe.look(Look(now, now + 60, Forgetful(), root=root)))
    found = [
        check.finding_of_gap(one) if isinstance(one, Gap) else check.finding(one, check.standard, now) for one in seen
    ]
    return [(one.status.value, one.sentence) for one in found]


class Machine:
    """A root of its own with one source, one repository and one configuration."""

    def __init__(self, root: Path) -> None:
        self.root, self.repository, self.log = root, root / "repository", root / "var/log/borgmatic.log"
        for name in ("src", "root", "var/log", "etc/borgmatic"):
            (root / name).mkdir(parents=True)
        (root / "src/precious").write_bytes(os.urandom(1 << 20))
        (root / NIGHT).write_text(
            f"location:\n    source_directories: [{root}/src]\n    repositories: [{self.repository}]\n"
            "retention:\n    keep_daily: 7\nconsistency:\n    checks: [{name: repository}, {name: archives}]\n"
        )

    def argv(self, *words: str) -> list[str]:
        return ["borgmatic", "-c", str(self.root / NIGHT), "--log-file", str(self.log),
                "--log-file-verbosity", "1", *words]  # fmt: skip

    @property
    def env(self) -> dict[str, str]:
        return {**os.environ, "HOME": str(self.root / "root"), "BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK": "yes"}

    def run(self, *words: str, status: int = 0) -> None:
        ran = subprocess.run(self.argv(*words), env=self.env, capture_output=True, timeout=60, check=False)
        assert ran.returncode == status, ran.stderr

    def damage(self) -> None:
        """What borg finds only by reading: a byte of the data turned."""
        biggest = max((self.repository / "data/0").iterdir(), key=lambda one: one.stat().st_size)
        data = bytearray(biggest.read_bytes())
        data[len(data) // 2] ^= 255
        biggest.write_bytes(data)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    needs("borgmatic")
    return Machine(tmp_path)


@pytest.mark.real
def test_a_real_run_that_went_well_and_one_that_failed(machine: Machine) -> None:
    assert told(RESULT, machine.root / "src") == [], "nobody configured borgmatic there"
    assert told(RESULT, machine.root)[0][0] == "unknown", "configured, and never run"
    machine.run("init", "-e", "none")
    assert "tells of no run" in told(RESULT, machine.root)[0][1], "a new repository is no backup"
    machine.run()
    assert told(RESULT, machine.root) == [OK]
    machine.run("list")
    machine.repository.rename(machine.root / "away")
    machine.run("list", status=1)
    assert told(RESULT, machine.root) == [OK], "a list that fails is no failed backup"
    machine.run(status=1)
    assert told(RESULT, machine.root) == [
        ("breach", f"its last backup failed: Repository {machine.repository} does not exist.")
    ]
    (machine.root / "away").rename(machine.repository)
    machine.run("list")
    assert told(RESULT, machine.root)[0][0] == "breach", "a list that works is no backup"
    machine.run("create")
    assert told(RESULT, machine.root) == [OK]


@pytest.mark.real
def test_a_real_lock_and_a_real_kill(machine: Machine) -> None:
    machine.run("init", "-e", "none")
    machine.run("create")
    holder = subprocess.Popen(["borg", "with-lock", str(machine.repository), "sleep", "60"], env=machine.env)
    deadline = time.monotonic() + 20
    while not (machine.repository / "lock.exclusive").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    machine.run("create", status=1)
    assert "Failed to create/acquire the lock" in told(RESULT, machine.root)[0][1]
    before = machine.log.stat().st_size
    waiting = subprocess.Popen(
        [*machine.argv("create"), "--override", "storage.lock_wait=60"],
        env=machine.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    while machine.log.stat().st_size == before and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(waiting.pid, signal.SIGKILL)
    waiting.wait()
    holder.terminate()
    holder.wait()
    assert "acquire the lock" in told(RESULT, machine.root)[0][1], "it may still run: the one before it counts"
    assert told(RESULT, machine.root, 90_000) == [("breach", "its last backup began and never ended")]


@pytest.mark.real
def test_a_real_check_that_fails_is_not_mended_by_the_next_backup(machine: Machine) -> None:
    machine.run("init", "-e", "none")
    machine.run()
    shutil.copytree(machine.repository, machine.root / "sound")
    machine.damage()
    machine.run("check", "--force", status=1)
    failed = [("breach", "its last check failed: Finished full repository check, errors found.")]
    assert told(RESULT, machine.root) == failed
    shutil.rmtree(machine.repository)
    (machine.root / "sound").rename(machine.repository)
    machine.run("create")
    assert told(RESULT, machine.root) == failed, "a backup is no check"
    machine.run("check", "--force")
    assert told(RESULT, machine.root) == [OK]


def log(root: Path, *lines: str, name: str = "var/log/borgmatic.log", ago: int = 60) -> None:
    """Lines as borgmatic writes them, `LEVEL: words`."""
    at = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(time.time() - ago))
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    with (root / name).open("a") as file:
        file.writelines(f"[{at},123] {line}\n" for line in lines)


def configure(root: Path, text: str = "") -> None:
    (root / NIGHT).parent.mkdir(parents=True)
    (root / NIGHT).write_text(text)


def well(config: str) -> tuple[str, ...]:
    return ("INFO: here: Creating archive", "INFO: ", "INFO: summary:",
            f"INFO: {config}: Successfully ran configuration file")  # fmt: skip


def failed(config: str) -> tuple[str, ...]:
    """As 2.x says it."""
    return ("INFO: here: Creating archive", "ERROR: Repository /r does not exist.",
            "CRITICAL: here: Error running actions for repository", "CRITICAL: here: Command 'borg create' returned 2.",
            f"CRITICAL: {config}: Error running configuration", f"CRITICAL: {config}: An error occurred", "CRITICAL: ",
            "CRITICAL: summary:", "CRITICAL: An error occurred", "CRITICAL: Error running actions for repository",
            "CRITICAL: ", "CRITICAL: Need some help? See its page")  # fmt: skip


def test_each_configuration_is_judged_by_its_own_last_run(tmp_path: Path) -> None:
    configure(tmp_path, "keep_daily: 7\nlog_file: '/srv/own.log'\n")
    log(tmp_path, *failed("/etc/a.yaml"), *well("/etc/b.yaml"), name="srv/own.log")
    assert told(RESULT, tmp_path) == [("breach", "its last backup failed: Repository /r does not exist."), OK]
    log(tmp_path, *failed("/etc/b.yaml"), *well("/etc/a.yaml"), name="srv/own.log")
    assert [one[0] for one in told(RESULT, tmp_path)] == ["ok", "breach"]


def test_a_check_that_could_not_begin_is_a_check_that_failed(tmp_path: Path) -> None:
    configure(tmp_path)
    log(tmp_path, *well("/etc/a.yaml"), "INFO: here: Running consistency checks", *failed("/etc/a.yaml")[1:])
    assert told(RESULT, tmp_path) == [("breach", "its last check failed: Repository /r does not exist.")]
    log(tmp_path, "INFO: here: Running consistency checks", "INFO: here: Skipping archives check", *well("/etc/a.yaml"))
    assert told(RESULT, tmp_path)[0][0] == "breach", "a check that was skipped mends nothing"


def test_a_log_of_failures_alone_proves_nothing(tmp_path: Path) -> None:
    configure(tmp_path)
    log(tmp_path, *(line for line in failed("/etc/a.yaml") if line.startswith("CRITICAL")))
    status, sentence = told(RESULT, tmp_path)[0]
    assert (status, "failures alone" in sentence) == ("unknown", True)


def test_a_trial_and_what_was_only_asked_are_no_backup(tmp_path: Path) -> None:
    configure(tmp_path)
    log(tmp_path, *failed("/etc/a.yaml"))
    trial = well("/etc/a.yaml")
    log(tmp_path, "INFO: here: Creating archive (dry run; not actually creating archive)", *trial[1:])
    log(tmp_path, "ANSWER: here: Listing archives", *trial[1:])
    assert told(RESULT, tmp_path)[0][0] == "breach"


def test_a_log_that_was_turned_is_read_and_bad_bytes_are_passed_over(tmp_path: Path) -> None:
    configure(tmp_path)
    log(tmp_path, *well("/etc/a.yaml"), name="var/log/borgmatic.log.1")
    (tmp_path / "var/log/borgmatic.log").write_bytes(b"\xff\xfe\n[2026-99-99 00:00:00,1] INFO: summary:\n" * 9)
    assert told(RESULT, tmp_path) == [OK]


def test_of_a_log_of_a_gigabyte_the_end_is_read(tmp_path: Path) -> None:
    configure(tmp_path)
    (tmp_path / "var/log").mkdir(parents=True)
    with (tmp_path / "var/log/borgmatic.log").open("wb") as file:
        file.truncate(1 << 30)
    log(tmp_path, "", *well("/etc/a.yaml"))
    began = time.monotonic()
    assert told(RESULT, tmp_path) == [OK]
    assert time.monotonic() - began < 2


def test_ten_thousand_runs_are_told_apart(tmp_path: Path) -> None:
    configure(tmp_path)
    log(tmp_path, *(line for _ in range(10_000) for line in failed("/etc/a.yaml")))
    assert told(RESULT, tmp_path)[0][0] == "breach"
    log(tmp_path, *well("/etc/a.yaml"))
    assert told(RESULT, tmp_path) == [OK]


def test_a_log_is_read_again_when_it_grew_and_when_nothing_came_for_a_day(tmp_path: Path) -> None:
    def mark(later: int = 0) -> str:
        assert RESULT.fingerprint is not None
        return RESULT.fingerprint(Look(int(time.time()) + later, 2_000_000_000, Forgetful(), root=tmp_path))

    assert mark() == ""
    configure(tmp_path)
    none = mark()
    log(tmp_path, *well("/etc/a.yaml"))
    one = mark()
    assert one == mark(3600)
    log(tmp_path, *failed("/etc/a.yaml"))
    assert len({none, one, mark(), mark(25 * 3600)}) == 4


def test_a_log_that_is_a_folder_or_may_not_be_read_is_a_gap(tmp_path: Path) -> None:
    configure(tmp_path)
    (tmp_path / "var/log/borgmatic.log").mkdir(parents=True)
    assert told(RESULT, tmp_path)[0][0] == "unknown"


DAY = 86_400


@pytest.mark.real
def test_a_real_check_is_noted_grows_late_and_is_not_renewed_by_one_that_fails(machine: Machine) -> None:
    machine.run("init", "-e", "none")
    machine.run("create")
    never = [("watch", "no check that ended well is noted")]
    assert told(CHECKED, machine.root) == never
    machine.run("check")
    (found,) = CHECKED.look(Look(int(time.time()), 2_000_000_000, Forgetful(), root=machine.root))
    assert (found.subject, {one.name for one in found.items}) == (str(machine.repository), {"repository", "archives"})  # type: ignore[union-attr]
    assert told(CHECKED, machine.root)[0][0] == "ok"
    for note in (machine.root / "root/.borgmatic/checks").rglob("*"):
        if note.is_file():
            os.utime(note, (time.time() - 40 * DAY,) * 2)
    assert told(CHECKED, machine.root) == [("watch", "last checked, and found well, 40 d ago")]
    machine.damage()
    machine.run("check", "--force", status=1)
    assert told(CHECKED, machine.root, 31 * DAY)[0][0] == "breach"


def test_the_notes_of_2x_and_of_1x_of_one_repository_are_read_together(tmp_path: Path) -> None:
    configure(tmp_path)
    ident, old, new = "ab" * 32, "root/.borgmatic/checks", "root/.local/state/borgmatic/checks"
    for name, ago in ((f"{old}/{ident}/repository", 90), (f"{new}/{ident}/archives/{'c' * 64}", 9),
                      (f"{new}/{ident}/archives/{'d' * 64}", 50), (f"{new}/{ident}/repository", 60)):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (time.time() - ago * DAY,) * 2)
    (found,) = CHECKED.look(Look(int(time.time()), 2_000_000_000, Forgetful(), root=tmp_path))
    assert found.subject == ident[:12], "borg does not know here where it is"
    assert [one.name for one in found.items] == ["archives", "repository"]  # type: ignore[union-attr]
    assert told(CHECKED, tmp_path) == [("ok", "last checked, and found well, 9 d ago")]


def test_notes_that_may_not_be_read_are_a_gap_and_no_copies_are_told_of(tmp_path: Path) -> None:
    configure(tmp_path)
    (tmp_path / "root/.borgmatic/checks").mkdir(parents=True)
    (tmp_path / "root/.borgmatic/checks/stray").write_bytes(b"\xff")
    assert told(CHECKED, tmp_path)[0][0] == "unknown"
    assert not BY_NAME[CHECKED.check].tells_copies


@pytest.mark.real
def test_a_real_wrong_passphrase_is_said(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BORG_PASSPHRASE", "right")
    machine.run("init", "-e", "repokey")
    machine.run("create")
    monkeypatch.setenv("BORG_PASSPHRASE", "wrong")
    machine.run("create", status=1)
    status, sentence = told(RESULT, machine.root)[0]
    assert (status, "passphrase" in sentence) == ("breach", True)
