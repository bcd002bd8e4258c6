"""A real borg repository: good, empty, encrypted, wrong, locked, damaged, in another zone; and what borg may say."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import needs

from agent.forgetful import Forgetful
from agent.looking import BorgRepository, Look, LookAt
from agent.probes.backup import borg_archives
from agent.programs import Ran
from agent.sources.borg import reason
from checks.catalogue import BY_NAME
from checks.reading import Gap, Reading


def borg(tmp: Path, *words: str, passphrase: str = "") -> None:
    needs("borg")
    env = {**os.environ, "BORG_BASE_DIR": str(tmp / "base"), "BORG_PASSPHRASE": passphrase,
           "BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK": "yes"}  # fmt: skip
    subprocess.run(["borg", *words], env=env, check=True, capture_output=True, timeout=60)


def look(*repositories: BorgRepository) -> Look:
    now = int(time.time())
    return Look(now, now + 60, Forgetful(), LookAt(borg=repositories))


def seen(repository: BorgRepository) -> Reading | Gap:
    (one,) = borg_archives.look(look(repository))
    return one


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Borg's own notes stay in the test's folder; local time is half a day from UTC."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    yield
    monkeypatch.delenv("TZ")
    time.tzset()


def test_the_newest_archive_is_as_old_as_it_is_whatever_the_zone(tmp_path: Path) -> None:
    place = tmp_path / "repository"
    borg(tmp_path, "init", "-e", "none", str(place))
    mine = BorgRepository("night", str(place))
    check, empty = BY_NAME[borg_archives.PROBE.check], seen(mine)
    assert isinstance(empty, Reading)
    assert (empty.value, check.finding(empty, check.standard, empty.taken_at).status.value) == (None, "breach")
    before = borg_archives.PROBE.fingerprint(look(mine))  # type: ignore[misc]
    (tmp_path / "data").write_text("precious")
    borg(tmp_path, "create", f"{place}::monday", str(tmp_path / "data"))
    borg(tmp_path, "create", f"{place}::tuesday", str(tmp_path / "data"))
    assert borg_archives.PROBE.fingerprint(look(mine)) != before  # type: ignore[misc]
    good = seen(mine)
    assert isinstance(good, Reading)
    assert good.value == pytest.approx(time.time(), abs=30), "borg tells local time, without an offset"
    assert [item.name for item in good.items] == ["tuesday", "monday"]
    assert check.finding(good, check.standard, good.taken_at).status.value == "ok"
    late = check.finding(good, check.standard, good.taken_at + 51 * 3600)
    assert (late.status.value, late.sentence) == ("breach", "newest archive 2 d 3 h old")


def test_an_encrypted_one_is_read_by_its_file_and_says_why_where_it_is_not(tmp_path: Path) -> None:
    place, file = tmp_path / "repository", tmp_path / "pass phrase"
    borg(tmp_path, "init", "-e", "repokey", str(place), passphrase="secret")
    borg(tmp_path, "create", f"{place}::monday", str(Path(__file__)), passphrase="secret")
    file.write_text("secret")
    assert isinstance(seen(BorgRepository("night", str(place), file)), Reading)
    file.write_text("wrong")
    wrong, none = seen(BorgRepository("night", str(place), file)), seen(BorgRepository("night", str(place)))
    assert isinstance(wrong, Gap)
    assert isinstance(none, Gap)
    assert "passphrase in its file is wrong" in wrong.reason
    assert "no password_file is named" in none.reason or "passphrase" in none.reason


def test_no_repository_and_a_damaged_one_are_gaps_and_a_locked_one_is_read(tmp_path: Path) -> None:
    gone = seen(BorgRepository("night", str(tmp_path / "gone")))
    assert isinstance(gone, Gap)
    assert gone.reason == "there is no borg repository at its address"
    place = tmp_path / "repository"
    borg(tmp_path, "init", "-e", "none", str(place))
    borg(tmp_path, "create", f"{place}::monday", str(Path(__file__)))
    (place / "lock.exclusive").mkdir()
    (place / "lock.exclusive" / "other.host@1.1-0").touch()
    assert isinstance(seen(BorgRepository("night", str(place))), Reading), "no lock is taken, so none stands in the way"
    (place / "config").write_text("[repository]\nversion = 9\n")
    damaged = seen(BorgRepository("night", str(place)))
    assert isinstance(damaged, Gap)
    assert damaged.reason


def test_what_borg_says_in_failing_is_told_in_words() -> None:
    assert reason(Ran(2, "", "Failed to create/acquire the lock /x (timeout).")) == "another borg works in it"
    assert reason(Ran(2, "", "odd\n  thing")) == "borg ended with 2: odd thing"
