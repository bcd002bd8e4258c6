"""A home that is copied or restored from an old copy: it is said at once, and nothing that was known is touched."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import House
from fleets import Fleet, kept
from promises import Measured


def note(house: House) -> str:
    (row,) = house.rows("agents", "list", "--json")
    return str(row)


@pytest.mark.promise("D13", "a clone beside its original: said ≤ 2 check-ins, 0 merged, 0 overwritten")
@pytest.mark.promise("D9", "same number, other digest: refused, kept apart, said; the original intact")
def test_a_clone_that_checks_in_beside_its_original_is_said_and_overwrites_nothing(
    house: House, fleet_of: Callable[[House, int], Fleet], measured: Measured, tmp_path: Path
) -> None:
    (original,) = fleet_of(house, 1).homes
    assert house.agent("checkin", home=original).returncode == 0
    clone = tmp_path / "clone"
    shutil.copytree(original, clone)
    said_after = None
    before = {}
    for number in range(1, 4):
        assert house.agent("checkin", home=original).returncode == 0
        before |= kept(house.home)
        house.agent("checkin", home=clone)
        if said_after is None and "clone" in note(house):
            said_after = number
    there = kept(house.home)
    changed = [key for key, sha256 in before.items() if there[key] != sha256]
    aside = quarantined(house)
    measured(f"said after {said_after} check-ins, {aside} kept apart, {len(changed)} of {len(before)} overwritten")
    assert said_after is not None
    assert (said_after <= 2, aside >= 1, changed) == (True, True, [])


def quarantined(house: House) -> int:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(f"file:{house.home}/console/watchbill.db?mode=ro", uri=True)) as store:
        return int(store.execute("select count(*) from quarantine").fetchone()[0])


@pytest.mark.promise("D13", "an old copy put back: begins anew ≤ 2 check-ins, 0 overwritten, 0 lost")
def test_an_old_copy_that_is_put_back_begins_anew_and_goes_on(
    house: House, fleet_of: Callable[[House, int], Fleet], measured: Measured, tmp_path: Path
) -> None:
    (home,) = fleet_of(house, 1).homes
    assert house.agent("checkin", home=home).returncode == 0
    shutil.copytree(home, tmp_path / "old")
    for _ in range(3):
        assert house.agent("checkin", home=home).returncode == 0
    before = kept(house.home)
    shutil.rmtree(home)
    (tmp_path / "old").rename(home)
    tries = next(number for number in range(1, 5) if house.agent("checkin", home=home).returncode == 0)
    there = kept(house.home)
    changed = [key for key, sha256 in before.items() if there.get(key) != sha256]
    epochs = {epoch for epoch, _ in there}
    measured(f"delivered at try {tries}, {len(epochs)} numberings, {len(changed)} of {len(before)} overwritten")
    assert (tries <= 2, len(epochs), changed) == (True, 2, [])
