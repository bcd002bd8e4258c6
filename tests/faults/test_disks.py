"""Disks that fill under load: nothing is acknowledged that is not kept, it is said at once, and room heals it all."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import House, eventually, filled, small_disk
from fleets import Fleet, kept
from promises import Measured

from console.store.room import BALLAST


@pytest.fixture
def cramped_house(tmp_path: Path) -> Iterator[House]:
    """A house on a file system of 16 MiB."""
    with small_disk(tmp_path / "small", "size=16m") as small:
        (small / "home").mkdir()
        house = House(small / "home")
        yield house
        house.close()


def trouble(house: House) -> str:
    return str(house.client.page("house").trouble)


@pytest.mark.promise("D5", "full disk: 0 acks, people go on; said ≤ 10 s, acks again ≤ 30 s without a restart, 0 lost")
def test_a_console_whose_disk_is_full_keeps_or_refuses_and_heals(
    cramped_house: House, fleet_of: Callable[[House, int], Fleet], measured: Measured
) -> None:
    house = cramped_house
    fleet = fleet_of(house, 4)
    big = house.home.parent / "big"
    with fleet.at_work(readings=200):
        time.sleep(3)
        before = len(fleet.acked())
        filled(big)
        full_at = time.time()
        eventually(lambda: trouble(house))
        said = time.time() - full_at
        invited = house.client.do("invite", client="mill", site="main").client
        filled(big)
        time.sleep(1)
        quiet_from = time.time()
        time.sleep(5)
        meanwhile = sum(kind == "delivered" for at, kind in fleet.told() if at > quiet_from)
        freed_at = time.time()
        big.unlink()
        eventually(lambda: any(kind == "delivered" and at > freed_at for at, kind in fleet.told()), 60)
        again = time.time() - freed_at
        eventually(lambda: trouble(house) == "")
        time.sleep(2)
    acked, there = fleet.acked(), kept(house.home)
    lost = [key for key, sha256 in acked.items() if there.get(key) != sha256]
    measured(
        f"{meanwhile} acks while full, said in {said:.1f} s, again in {again:.1f} s, lost {len(lost)} of {len(acked)}; "
        "an invitation was written meanwhile"
    )
    assert invited == "mill"
    assert eventually((house.home / "console" / BALLAST).exists), "and is kept back again"
    assert (meanwhile, lost, fleet.waiting()) == (0, [], {})
    assert said <= 10
    assert again <= 30
    assert len(acked) > before > 0
