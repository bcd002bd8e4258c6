"""Probes against the real machine, real restic, and machines in a certain state."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest
from conftest import needs, small_disk

from agent.forgetful import Forgetful
from agent.looking import Look, LookAt, ResticRepository, WatchedPath
from agent.probes import PROBES
from agent.probes.backup import newest_file, restic_check, restic_snapshots
from agent.probes.health import cpu, disk, network_errors, read_only, restart_required
from agent.probes.patch import end_of_life
from checks.catalogue import BY_NAME
from checks.reading import Gap, Reading, Why

NOW = 1_800_000_000


def look(root: Path = Path("/"), asked: LookAt | None = None, memory: Forgetful | None = None, now: int = NOW) -> Look:
    return Look(now, now + 60, memory or Forgetful(), asked or LookAt(), root)


@pytest.mark.parametrize("probe", [one for one in PROBES if not one.is_dear], ids=lambda probe: probe.check)
def test_every_cheap_probe_looks_at_this_machine_or_says_why_not(probe: object) -> None:
    at = look(now=int(time.time()))
    for seen in probe.look(at):  # type: ignore[attr-defined]
        check = BY_NAME[seen.check]
        assert seen.check == probe.check  # type: ignore[attr-defined]
        if isinstance(seen, Reading):
            assert check.finding(seen, check.standard, at.now).sentence
        else:
            assert seen.reason


def test_a_file_system_that_fills_is_seen_as_its_users_see_it(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", "size=1m,nr_inodes=20") as small:
        (small / "half").write_bytes(b"x" * (512 * 1024))
        seen = {one.subject: one for one in disk.look(look())}
        assert seen[str(small)].value == pytest.approx(0.5, abs=0.02)  # type: ignore[union-attr]
        memory = Forgetful()
        assert {one.subject: one.value for one in read_only.look(look(memory=memory))}[str(small)] == 0  # type: ignore[union-attr]
        subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
        assert {one.subject: one.value for one in read_only.look(look(memory=memory))}[str(small)] == 1  # type: ignore[union-attr]


def test_processor_time_is_measured_between_two_looks() -> None:
    memory = Forgetful()
    (first,) = cpu.look(look(memory=memory))
    time.sleep(0.6)
    (second,) = cpu.look(look(memory=memory))

    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert 0 <= (first.value or 0) <= 1
    assert 0 <= (second.value or 0) <= 1


def test_network_errors_are_counted_since_the_look_before() -> None:
    memory = Forgetful()
    memory.keep("network_errors", {"eth-gone": [5, 100]})

    assert all(isinstance(one, Reading) and one.subject != "lo" for one in network_errors.look(look(memory=memory)))


def test_a_restart_is_asked_for_by_a_file_and_by_a_kernel_that_is_gone(tmp_path: Path) -> None:
    assert [one.value for one in restart_required.look(look(tmp_path))] == [0]  # type: ignore[union-attr]
    (tmp_path / "run").mkdir()
    (tmp_path / "run/reboot-required").touch()
    (tmp_path / "run/reboot-required.pkgs").write_text("linux-image\nlibc6\nlibc6\n")
    (asked,) = restart_required.look(look(tmp_path))
    assert isinstance(asked, Reading)
    assert (asked.value, [item.name for item in asked.items]) == (1, ["libc6", "linux-image"])
    (tmp_path / "run/reboot-required").unlink()
    (tmp_path / "lib/modules/0.0.1-of-yesterday").mkdir(parents=True)
    assert [one.value for one in restart_required.look(look(tmp_path))] == [1]  # type: ignore[union-attr]


def a_system(root: Path, os_id: str, version: str, **more: str) -> None:
    (root / "etc").mkdir(parents=True, exist_ok=True)
    lines = [f"ID={os_id}", f'VERSION_ID="{version}"', f'PRETTY_NAME="{os_id} {version}"']
    (root / "etc/os-release").write_text("\n".join([*lines, *(f"{key}={value}" for key, value in more.items())]))


def test_the_end_of_life_is_told_by_the_system_then_its_distribution_then_our_table(tmp_path: Path) -> None:
    a_system(tmp_path, "debian", "12")
    (ours,) = end_of_life.look(look(tmp_path))
    assert isinstance(ours, Reading)
    assert "2028-06-30" in ours.items[0].detail
    csv = tmp_path / "usr/share/distro-info/debian.csv"
    csv.parent.mkdir(parents=True)
    csv.write_text(
        "version,codename,series,created,release,eol,eol-lts\n12,Bookworm,bookworm,,,2026-06-10,2028-06-29\n"
    )
    (theirs,) = end_of_life.look(look(tmp_path))
    assert isinstance(theirs, Reading)
    assert "2028-06-29" in theirs.items[0].detail
    a_system(tmp_path, "fedora", "44", SUPPORT_END="2027-05-19")
    (own,) = end_of_life.look(look(tmp_path))
    assert isinstance(own, Reading)
    assert "2027-05-19 (os-release)" in own.items[0].detail
    a_system(tmp_path, "plan9", "4")
    (unknown,) = end_of_life.look(look(tmp_path))
    assert isinstance(unknown, Gap)


def a_backup(folder: Path, name: str, size: int, age: int) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"x" * size)
    os.utime(folder / name, (NOW - age, NOW - age))


def test_the_newest_file_that_matches_is_seen(tmp_path: Path) -> None:
    folder = tmp_path / "dumps"
    asked = LookAt(files=(WatchedPath("dump", folder, "*.sql"),))
    (none,) = newest_file.look(look(asked=asked))
    assert isinstance(none, Reading)
    assert none.value is None
    for day in range(1, 6):
        a_backup(folder, f"d{day}.sql", 1000, day * 86_400)
    a_backup(folder, "today.sql", 40, 60)
    a_backup(folder, "notes.txt", 9, 1)
    (newest,) = newest_file.look(look(asked=asked))

    assert isinstance(newest, Reading)
    assert (newest.value, newest.items[0].name) == (NOW - 60, "today.sql")


def restic(repository: Path, *words: str) -> None:
    env = {
        **os.environ,
        "RESTIC_PASSWORD_FILE": str(repository.parent / "password"),
        "RESTIC_REPOSITORY": str(repository),
    }
    subprocess.run(["restic", "--no-cache", "-q", *words], env=env, check=True, capture_output=True)


@pytest.mark.parametrize("place", ["sftp:nobody@127.0.0.1:/srv/restic", "rest:http://127.0.0.1:9/"])
def test_a_restic_repository_that_cannot_be_reached_is_unknown_and_never_damaged(place: str, tmp_path: Path) -> None:
    needs("restic")
    (tmp_path / "password").write_text("a password\n")
    asked = LookAt(restic=(ResticRepository("night", place, tmp_path / "password"),))
    (gap,) = restic_check.look(look(asked=asked))
    assert isinstance(gap, Gap), gap
    assert gap.why is Why.FAILED


def test_a_real_restic_repository_good_empty_wrong_and_damaged(tmp_path: Path) -> None:
    needs("restic")
    (tmp_path / "password").write_text("a password\n")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/file").write_bytes(os.urandom(10_000))
    repository = tmp_path / "repository"
    asked = LookAt(restic=(ResticRepository("night", str(repository), tmp_path / "password"),))
    restic(repository, "init")
    (empty,) = restic_snapshots.look(look(asked=asked))
    assert isinstance(empty, Reading)
    assert empty.value is None
    before = restic_snapshots.PROBE.fingerprint(look(asked=asked))  # type: ignore[misc]
    restic(repository, "backup", str(tmp_path / "data"))
    assert restic_snapshots.PROBE.fingerprint(look(asked=asked)) != before  # type: ignore[misc]
    (good,) = restic_snapshots.look(look(asked=asked))
    (sound,) = restic_check.look(look(asked=asked))
    assert isinstance(good, Reading)
    assert isinstance(sound, Reading)
    assert abs((good.value or 0) - time.time()) < 60
    assert str(tmp_path / "data") in good.items[0].name
    assert sound.value == 0
    assert not any((repository / "locks").iterdir())

    (tmp_path / "wrong").write_text("another\n")
    wrong = LookAt(restic=(ResticRepository("night", str(repository), tmp_path / "wrong"),))
    (gap,) = restic_snapshots.look(look(asked=wrong))
    assert isinstance(gap, Gap)
    assert "password" in gap.reason
    nowhere = LookAt(restic=(ResticRepository("night", str(tmp_path / "nowhere"), tmp_path / "password"),))
    (gone,) = restic_snapshots.look(look(asked=nowhere))
    assert isinstance(gone, Gap)
    assert "no restic repository" in gone.reason

    packs = [path for path in (repository / "data").rglob("*") if path.is_file()]
    max(packs, key=lambda path: path.stat().st_size).unlink()  # of data: for a lost tree restic tries again for long
    (damaged,) = restic_check.look(look(asked=asked))
    assert isinstance(damaged, Reading)
    assert damaged.value == 1
