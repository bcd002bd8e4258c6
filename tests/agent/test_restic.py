"""Real restic, the system's and a newer one: damaged, locked, unreachable, unreadable; and what it may say."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from conftest import needs, stand_in

from agent.forgetful import Forgetful
from agent.looking import Look, LookAt, Probe, ResticRepository
from agent.probes.backup import restic_check, restic_snapshots
from agent.programs import Ran
from agent.sources.restic import reason
from checks.catalogue import BY_NAME
from checks.reading import Gap, Reading

NEWER = Path(os.environ.get("WATCHBILL_NEWER_RESTIC", "/opt/watchbill-real/restic"))
VERSIONS = ["system", *([pytest.param("newer", marks=pytest.mark.real)] if NEWER.exists() else [])]
"""The system's own, and where `.ci/programs` could fetch one, the newest of Debian."""


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Which restic the path finds first."""
    if request.param == "newer":
        (tmp_path / "bin").mkdir()
        (tmp_path / "bin/restic").symlink_to(NEWER)
        monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    needs("restic")
    return str(request.param)


def restic(repository: Path, *words: str) -> None:
    env = {**os.environ, "RESTIC_PASSWORD_FILE": str(repository.parent / "password")}
    argv = ["restic", "--no-cache", "-q", "-r", str(repository), *words]
    subprocess.run(argv, env=env, check=True, capture_output=True, timeout=60)


@pytest.fixture
def repository(version: str, tmp_path: Path, made: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with two snapshots; made once, because restic takes seconds over a new key."""
    if version not in made:
        made[version] = _repository(tmp_path_factory.mktemp(version))
    shutil.copytree(made[version].parent, tmp_path, dirs_exist_ok=True, symlinks=True)
    return tmp_path / "repository"


@pytest.fixture(scope="module")
def made() -> dict[str, Path]:
    """Where the first repository of each version lies."""
    return {}


def _repository(folder: Path) -> Path:
    (folder / "password").write_text("a password\n")
    (folder / "data").write_bytes(os.urandom(5000))
    place = folder / "repository"
    restic(place, "init")
    restic(place, "backup", str(folder / "data"))
    restic(place, "backup", str(folder / "password"))
    return place


def seen(probe: Probe, place: str, password: Path) -> Reading | Gap:
    now = int(time.time())
    asked = LookAt(restic=(ResticRepository("night", place, password),))
    (one,) = probe.look(Look(now, now + 60, Forgetful(), asked))
    return one


def spoil(folder: Path) -> None:
    file = next(path for path in folder.rglob("*") if path.is_file())
    file.chmod(0o600)
    content = bytearray(file.read_bytes())
    content[20:60] = bytes(40)
    file.write_bytes(content)


def test_one_whose_lock_is_taken_is_read_all_the_same(repository: Path) -> None:
    (repository / "locks" / ("0" * 64)).write_text("of somebody else")
    good = seen(restic_snapshots.PROBE, str(repository), repository.parent / "password")
    assert isinstance(good, Reading)
    assert good.value == pytest.approx(time.time(), abs=60)


@pytest.mark.parametrize("part", ["index", "snapshots"])
def test_damage_is_told_as_damage_whatever_part_it_is_in(repository: Path, part: str) -> None:
    spoil(repository / part)
    damaged = seen(restic_check.PROBE, str(repository), repository.parent / "password")
    assert isinstance(damaged, Reading), damaged
    assert damaged.value == 1


def test_a_snapshot_that_cannot_be_read_is_no_restore_point_and_is_told(repository: Path) -> None:
    check = BY_NAME[restic_snapshots.PROBE.check]
    spoil(repository / "snapshots")
    some = seen(restic_snapshots.PROBE, str(repository), repository.parent / "password")
    assert isinstance(some, Reading)
    assert check.finding(some, check.standard, some.taken_at).sentence.endswith("old; 1 snapshot cannot be read")
    for file in (repository / "snapshots").iterdir():
        file.chmod(0o600)
        file.write_bytes(bytes(100))
    none = seen(restic_snapshots.PROBE, str(repository), repository.parent / "password")
    assert isinstance(none, Reading)
    found = check.finding(none, check.standard, none.taken_at)
    said = "has no snapshot to restore from: 2 snapshots cannot be read"
    assert (found.status.value, found.sentence) == ("breach", said)


def test_what_could_not_be_looked_at_is_never_called_damaged(version: str, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("a password\n")
    for place, password, told in (
        ("sftp:nobody@127.0.0.1:/x", "password", "cannot be reached"),
        (str(tmp_path / "gone"), "password", "no restic repository"),
        (str(tmp_path / "gone"), "no-such-file", "password file cannot be read"),
    ):
        for probe in (restic_check.PROBE, restic_snapshots.PROBE):
            gap = seen(probe, place, tmp_path / password)
            assert isinstance(gap, Gap), (place, probe.check)
            if not place.startswith("sftp:") or shutil.which("ssh"):
                assert told in gap.reason


def test_keys_that_are_gone_are_a_wrong_password(repository: Path) -> None:
    shutil.rmtree(repository / "keys")
    (repository / "keys").mkdir()
    gap = seen(restic_check.PROBE, str(repository), repository.parent / "password")
    assert isinstance(gap, Gap)
    assert "password" in gap.reason


def test_ten_thousand_snapshots_are_read_within_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of its own path, so that `--latest` spares nothing; as long as 0.19 writes them."""
    row = '{"time":"2026-11-26T%02d:%02d:49.331880526Z","paths":["/srv/%d"],"summary":{"pad":"' + "x" * 700 + '"}}'
    rows = ",".join(row % (number // 60 % 24, number % 60, number) for number in range(10_000))
    (tmp_path / "answer").write_text(f"[{rows}]")
    stand_in(tmp_path / "bin", monkeypatch, "restic", f"exec cat {tmp_path}/answer")
    good = seen(restic_snapshots.PROBE, "/srv/repository", tmp_path / "password")
    assert isinstance(good, Reading)
    assert len(good.items) == 5


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("yes", "wrote more than"),
        ("printf '\\377\\376'", "nobody understands"),
        ("echo '{}'", "nobody understands"),
        ("echo '[3]'", "nobody understands"),
        ('echo \'[{"time": "yesterday"}]\'', "nobody understands"),
        ("kill -9 $$", "ended with -9"),
        ("exit 77", "ended with 77"),
    ],
)
def test_a_restic_that_misbehaves_is_a_gap_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, told: str
) -> None:
    stand_in(tmp_path / "bin", monkeypatch, "restic", script)
    gap = seen(restic_snapshots.PROBE, "/srv/repository", tmp_path / "password")
    assert isinstance(gap, Gap)
    assert told in gap.reason
    if script.startswith(("kill", "exit")):
        assert isinstance(seen(restic_check.PROBE, "/srv/repository", tmp_path / "password"), Gap)


def test_the_words_that_newer_versions_wrap_in_json_are_unwrapped() -> None:
    wrapped = '{"message_type":"exit_error","code":1,"message":"Fatal: odd\\nthing"}'
    assert reason(Ran(1, "", f"warning\n{wrapped}\n")) == "restic ended with 1: Fatal: odd thing"
    assert reason(Ran(12, "", "Fatal: wrong password or no key found")).startswith("the password in its")
    sftp = "Fatal: unable to open repository at sftp:a@b:/x: unable to start the sftp session, error: read |0"
    assert reason(Ran(1, "", sftp)) == "its address cannot be reached"
    assert reason(Ran(1, "", "plain words")) == "restic ended with 1: plain words"
