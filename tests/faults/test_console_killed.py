"""The console's daemon is killed at any moment: what was acknowledged is there, once, and the store is whole."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable

import pytest
from conftest import House
from fleets import Fleet, is_sound, kept, told_twice
from promises import Measured

KILLS = 200


@pytest.mark.promise("D1", "200 kills under load: 0 acknowledged lost, 0 told twice, store whole each time")
def test_kill_minus_nine_under_load_loses_nothing_that_was_acknowledged(
    house: House, fleet_of: Callable[[House, int], Fleet], measured: Measured
) -> None:
    fleet = fleet_of(house, 6)
    dice, whole = random.Random(1), 0
    with fleet.at_work(readings=3):
        for _ in range(KILLS):
            time.sleep(dice.uniform(0.0, 0.4))
            house.stop(signal.SIGKILL)
            whole += is_sound(house.home)
            house.start()
    acked, there = fleet.acked(), kept(house.home)
    lost = [key for key, sha256 in acked.items() if there.get(key) != sha256]
    epochs = {epoch for epoch, _ in there}
    twice = told_twice(house.home)
    failed = sum(kind != "delivered" for _, kind in fleet.told())
    measured(
        f"{KILLS} kills, {failed} deliveries cut: {len(lost)} of {len(acked)} lost, {twice} told twice, "
        f"whole {whole}/{KILLS}"
    )
    assert (lost, twice, whole, len(epochs)) == ([], 0, KILLS, 6)
    assert failed >= KILLS / 2, "the kills fell into deliveries"
    with fleet.at_work():
        time.sleep(2)
    assert fleet.waiting() == {}, "and what waited went home"
