"""Real duplicity: good, late, encrypted, killed half-way, empty, volumes lost, a full disk; a target in any state."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import needs, small_disk

from agent.config import ConfigError, settings
from agent.forgetful import Forgetful
from agent.homes import Home
from agent.looking import DuplicityTarget, Look, LookAt, Probe
from agent.probes.backup import duplicity_backups, duplicity_result
from checks.catalogue import BY_NAME
from checks.reading import Gap, Reading

NEWEST, RESULT = duplicity_backups.PROBE, duplicity_result.PROBE


def look(place: Path, later: int = 0) -> Look:
    now = int(time.time()) + later
    return Look(now, now + 60, Forgetful(), LookAt(duplicity=(DuplicityTarget("night", place),)))


def told(probe: Probe, place: Path, later: int = 0) -> tuple[str, str]:
    check, at = BY_NAME[probe.check], look(place, later)
    (one,) = probe.look(at)
    found = check.finding_of_gap(one) if isinstance(one, Gap) else check.finding(one, check.standard, at.now)
    return found.status.value, found.sentence


def kinds(place: Path) -> list[str]:
    (one,) = NEWEST.look(look(place))
    assert isinstance(one, Reading)
    return [item.name for item in one.items]


class Night:
    """A source, a target, and duplicity's own home."""

    def __init__(self, root: Path) -> None:
        self.root, self.source, self.place = root, root / "source", root / "target"
        self.source.mkdir()
        self.place.mkdir()
        self.write("precious", 3)

    def write(self, name: str, megabytes: int) -> None:
        (self.source / name).write_bytes(os.urandom(megabytes << 20))

    def start(self, *words: str, encrypted: bool = False) -> subprocess.Popen[bytes]:
        own = [] if encrypted else ["--no-encryption"]
        argv = [
            "duplicity",
            *words,
            *own,
            "--volsize",
            "1",
            "--num-retries",
            "1",
            str(self.source),
            f"file://{self.place}",
        ]
        env = {**os.environ, "HOME": str(self.root), "TMPDIR": str(self.root), "PASSPHRASE": "secret"}
        return subprocess.Popen(
            argv, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )

    def run(self, *words: str, well: bool = True, encrypted: bool = False) -> None:
        time.sleep(1.1)  # a set is named by its second
        with self.start(*words, encrypted=encrypted) as running:
            try:
                assert (running.wait(timeout=60) == 0) is well
            finally:
                running.kill()

    def kill_half_way(self, *words: str) -> None:
        before, deadline = len(self.volumes()), time.monotonic() + 60
        time.sleep(1.1)
        running = self.start(*words)
        while len(self.volumes()) < before + 3 and time.monotonic() < deadline:
            time.sleep(0.01)
        os.killpg(running.pid, signal.SIGKILL)
        assert running.wait() == -signal.SIGKILL

    def volumes(self, kind: str = "") -> list[Path]:
        return sorted(self.place.glob(f"duplicity-{kind}*.vol*"))

    def age(self, seconds: int) -> None:
        for file in self.place.iterdir():
            os.utime(file, (time.time() - seconds,) * 2)


@pytest.fixture
def night(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Night]:
    """Local time is half a day from UTC, duplicity's and ours."""
    needs("duplicity")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    yield Night(tmp_path)
    monkeypatch.delenv("TZ")
    time.tzset()
    if (tmp_path / ".gnupg").exists():  # an agent of gpg's stays behind
        subprocess.run(["gpgconf", "--homedir", str(tmp_path / ".gnupg"), "--kill", "all"], check=True, timeout=20)


@pytest.mark.real
def test_a_real_chain_is_as_old_as_its_newest_set(night: Night) -> None:
    assert told(NEWEST, night.place) == ("breach", "has no backup at all")
    night.run("full")
    assert kinds(night.place) == ["full"]
    night.write("more", 1)
    before = NEWEST.fingerprint(look(night.place))  # type: ignore[misc]
    night.run("incremental")
    assert NEWEST.fingerprint(look(night.place)) != before, "a new set is seen at once"  # type: ignore[misc]
    assert kinds(night.place) == ["incremental", "full"]
    assert told(NEWEST, night.place)[0] == "ok", "names are in UTC, half a day from here"
    assert told(NEWEST, night.place, 30 * 3600)[0] == "watch"
    assert told(NEWEST, night.place, 51 * 3600) == ("breach", "newest restore point 2 d 3 h old")


@pytest.mark.real
def test_a_real_chain_that_lost_a_volume_is_usable_up_to_it(night: Night) -> None:
    night.run("full")
    night.write("more", 3)
    night.run("incremental")
    night.run("incremental")
    full, middle = night.volumes("full"), night.volumes("inc")
    middle[0].unlink()
    assert kinds(night.place) == ["full", "fault"], "the last set is whole, and what it builds on is not"
    assert told(NEWEST, night.place)[1].endswith("incremental: volume 1 is lost")
    full[-1].write_bytes(b"")
    status, sentence = told(NEWEST, night.place)
    assert (status, sentence.startswith("has nothing to restore from; ")) == ("breach", True)


@pytest.mark.real
def test_a_real_encrypted_one_needs_no_passphrase_here(night: Night) -> None:
    night.run("full", encrypted=True)
    assert all(file.suffix == ".gpg" for file in night.place.iterdir())
    assert kinds(night.place) == ["full"]
    night.volumes()[1].unlink()
    assert told(NEWEST, night.place) == ("breach", "has nothing to restore from; full: volume 2 is lost")


@pytest.mark.real
def test_a_real_one_killed_half_way_is_no_restore_point(night: Night) -> None:
    night.run("full")
    (one,) = NEWEST.look(look(night.place))
    night.write("much", 60)
    night.kill_half_way("full")
    (after,) = NEWEST.look(look(night.place))
    assert isinstance(one, Reading)
    assert isinstance(after, Reading)
    assert (after.value, after.items) == (one.value, one.items), "it may still be written"
    night.age(4 * 3600)
    assert "so it did not come to its end" in told(NEWEST, night.place)[1]


@pytest.mark.real
def test_the_last_real_run_goes_on_is_broken_off_and_is_taken_up_again(night: Night) -> None:
    assert list(RESULT.look(look(night.place))) == [], "never ran: the other check says so"
    night.run("full")
    night.write("much", 60)
    night.kill_half_way("incremental")
    assert told(RESULT, night.place) == ("ok", "its last backup (full) ended well"), "it may still be written"
    night.age(4 * 3600)
    assert told(RESULT, night.place) == (
        "breach",
        "its last backup (incremental) is not whole: no manifest, so it did not come to its end",
    )
    assert kinds(night.place) == ["full", "fault"]
    prints = {RESULT.fingerprint(look(night.place, later)) for later in (0, 3600, 4 * 3600)}  # type: ignore[misc]
    assert len(prints) == 2, "that nothing comes any more is seen when it is so, not at the next dear look"
    night.run("incremental")
    assert told(RESULT, night.place) == ("ok", "its last backup (incremental) ended well")
    night.volumes("inc")[-1].unlink()
    assert told(RESULT, night.place)[1].endswith("is lost"), "a plain manifest tells how many there are"
    assert told(RESULT, night.root / "unplugged")[0] == "unknown"


@pytest.mark.real
def test_a_real_full_disk_leaves_no_restore_point(night: Night, tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", "size=2m") as small:
        night.place = small
        night.run("full", well=False)
        assert told(NEWEST, small)[0] == "breach"


def touch(place: Path, *names: str) -> None:
    for name in names:
        (place / name).write_bytes(b"x")


def test_ten_thousand_sets_are_listed_within_seconds(tmp_path: Path) -> None:
    day = [f"2026{month:02}{day:02}T{hour:02}{minute:02}00Z" for month in range(1, 13) for day in range(1, 29)
           for hour in range(24) for minute in (0, 30)][:10_000]  # fmt: skip
    touch(tmp_path, f"duplicity-full.{day[0]}.manifest.gpg", f"duplicity-full.{day[0]}.vol1.difftar.gpg")
    for start, end in pairwise(day):
        name = f"duplicity-inc.{start}.to.{end}"
        touch(tmp_path, f"{name}.manifest.gpg", f"{name}.vol1.difftar.gpg")
    began = time.monotonic()
    assert kinds(tmp_path) == ["incremental"] * 5
    assert time.monotonic() - began < 5


def test_names_of_others_and_of_no_time_are_passed_over(tmp_path: Path) -> None:
    touch(tmp_path, "duplicity-full.20269999T000000Z.manifest", "duplicity-full.20260101T000000Z.vol1.difftar.gpg.par2",
          "duplicity-inc.20260102T000000Z.to.20260101T000000Z.manifest", "notes.txt",
          os.fsdecode(b"duplicity-full.\xff.manifest"))  # fmt: skip
    assert told(NEWEST, tmp_path) == ("breach", "has no backup at all")
    touch(
        tmp_path,
        "own-duplicity-full.20260101T000000Z.manifest.gpg",
        "own-duplicity-full.20260101T000000Z.vol1.difftar.gpg",
    )
    assert kinds(tmp_path) == ["full"], "a prefix is duplicity's own option"


def test_a_manifest_that_is_damaged_or_huge_is_no_list_of_volumes(tmp_path: Path) -> None:
    name = "duplicity-full.20260101T000000Z"
    touch(tmp_path, f"{name}.vol1.difftar.gz", f"{name}.vol3.difftar.gz")
    with (tmp_path / f"{name}.manifest").open("wb") as file:
        file.write(b"\xff\xfe\x00")
        file.truncate(1 << 30)
    assert told(NEWEST, tmp_path)[1].endswith("volume 2 is lost"), "then the numbers tell"


def test_a_target_that_is_not_there_is_a_gap(tmp_path: Path) -> None:
    assert told(NEWEST, tmp_path / "unplugged")[0] == "unknown"
    assert NEWEST.fingerprint(look(tmp_path / "unplugged"))  # type: ignore[misc]
    (tmp_path / "file").touch()
    assert told(NEWEST, tmp_path / "file")[0] == "unknown"


def test_a_target_is_a_folder_and_no_address(tmp_path: Path) -> None:
    (tmp_path / "agent.toml").write_text('[[duplicity]]\nname = "a"\npath = "sftp://nas/x"\n')
    with pytest.raises(ConfigError, match="duplicity 1: path must be a folder"):
        settings(Home(tmp_path))
    (tmp_path / "agent.toml").write_text('[[duplicity]]\nname = "a"\npath = "/mnt/x"\n')
    assert settings(Home(tmp_path)).look_at.duplicity == (DuplicityTarget("a", Path("/mnt/x")),)
