"""What the tests that do harm share: a tier of their own, and a fleet that checks in to a house."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from conftest import CLIENT, PROVIDER, House
from fleets import Fleet
from networks import FAR, Network, network

ONE_HOST = "hosts: {box: {site: main}}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is of its own tier, but for short forms of harm: they run with all other tests."""
    for item in items:
        if "/tests/faults/" in item.path.as_posix() and not item.get_closest_marker("short"):
            item.add_marker(pytest.mark.faults)


@pytest.fixture
def apart() -> Iterator[Network]:
    """A network for one test."""
    with network() as between:
        yield between


@pytest.fixture
def fleet_of(tmp_path: Path) -> Iterator[Callable[..., Fleet]]:
    """Starts a house, publishes its model and joins so many agents; where asked, at the two ends of a network."""
    fleets: list[Fleet] = []

    def joined(house: House, size: int, apart: Network | None = None) -> Fleet:
        fleet = Fleet(tmp_path / f"fleet-{len(fleets)}", size)
        fleets.append(fleet)
        with apart.inside(apart.far) if apart else nullcontext():
            house.start(*(["--bind", FAR] if apart else []))
        services = CLIENT.replace(ONE_HOST, fleet.hosts()).replace("all: [box]", "all: [h0]").replace("3s", "120s")
        house.publish(PROVIDER, services)
        with apart.inside(apart.near) if apart else nullcontext():
            for home in fleet.homes:
                house.join("mill", "main", home.name, home=home)
        return fleet

    yield joined
    for fleet in fleets:
        fleet.stop()
