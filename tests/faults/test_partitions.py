"""Agent and console cannot hear each other: nothing is lost, nothing is there twice, the view is soon live again."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Callable

import psutil
import pytest
from conftest import CLIENT, PROVIDER, House, eventually
from fleets import Fleet, Key, kept, told_twice
from networks import FAR, Network
from promises import Measured
from wires import Cuts, EatsAnswers, Passing, Wire, drips, whole

PACE = 15
PASSES_APART = 6
"""At the usual pace of five minutes, half an hour."""
MODEL = CLIENT.replace("3s", f"{2 * PACE}s")


def silent(house: House) -> bool:
    (host,) = house.client.page("hosts").rows
    return "has sent nothing for" in str(host.worst)


def newest(house: House) -> int:
    return max((seq for _, seq in kept(house.home)), default=0)


@pytest.mark.parametrize(
    ("part", "heal"),
    [
        pytest.param(
            Network.pull,
            Network.plug,
            id="link-down",
            marks=pytest.mark.promise(
                "D7", "link down for 6 passes: all delivered, 0 twice, the view live ≤ 2 intervals after it heals"
            ),
        ),
        pytest.param(
            Network.mute,
            Network.unmute,
            id="half-open",
            marks=pytest.mark.promise(
                "D7", "half-open (DROP) for 6 passes: all delivered, 0 twice, live ≤ 2 intervals after it heals"
            ),
        ),
    ],
)
def test_a_partition_delays_and_loses_nothing(
    house: House,
    apart: Network,
    part: Callable[[Network], None],
    heal: Callable[[Network], None],
    measured: Measured,
) -> None:
    log = house.home.parent / "agent.log"
    with apart.inside(apart.far):
        house.start("--bind", FAR)
    house.publish(PROVIDER, MODEL)
    with apart.inside(apart.near):
        house.join("mill", "main", "box")
        agent = house.run_agent("--pace", str(PACE), "--now")
    eventually(lambda: newest(house) >= 2, 3 * PACE)
    # while the agent is in the middle of a delivery, so that both sides are left with an open connection
    eventually(lambda: psutil.Process(agent.pid).children(), 3 * PACE)
    part(apart)
    time.sleep(PASSES_APART * PACE)
    was_silent, before = silent(house), newest(house)
    heal(apart)
    healed = time.monotonic()
    eventually(lambda: not silent(house), 10 * PACE)
    live_after = (time.monotonic() - healed) / PACE
    eventually(lambda: newest(house) >= before + PASSES_APART, 10 * PACE)
    agent.terminate()
    agent.wait(90)
    with apart.inside(apart.near):
        assert house.agent("checkin").returncode == 0
    made = {int(one) for one in re.findall(r"check-in (\d+):", log.read_text())}
    there = [seq for _, seq in kept(house.home)]
    lost, twice = made - set(there), len(there) - len(set(there)) + told_twice(house.home)
    measured(f"{len(lost)} of {len(made)} check-ins lost, {twice} twice, live after {live_after:.1f} intervals")
    assert was_silent, "and the view had said so"
    assert len(made) >= PASSES_APART + 2, "the agent looked on meanwhile"
    assert (lost, twice, set(there)) == (set(), 0, set(range(1, max(there) + 1)))
    assert live_after <= 2


def behind(wire: Wire, fleet: Fleet) -> None:
    """Let the fleet's agents speak through a wire."""
    for home in fleet.homes:
        path = home / "agent" / "identity.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), "address": f"127.0.0.1:{wire.port}"}))


DICE = random.Random(7)
BYTES_OF_A_DELIVERY = 6000
"""About so many come back, and as many go there."""


@pytest.mark.parametrize(
    ("manner", "deliveries"),
    [
        pytest.param(
            lambda: EatsAnswers(DICE.randrange(BYTES_OF_A_DELIVERY)),
            200,
            id="eats-acks",
            marks=pytest.mark.promise("D7", "a proxy that eats answers, 200 deliveries: all delivered once, 0 twice"),
        ),
        pytest.param(
            lambda: Cuts(DICE.randrange(BYTES_OF_A_DELIVERY)),
            200,
            id="cuts",
            marks=pytest.mark.promise("D7", "a proxy that cuts at any byte, 200 deliveries: all delivered once"),
        ),
        pytest.param(
            lambda: drips,
            20,
            id="drips",
            marks=pytest.mark.promise("D7", "a proxy that drips byte by byte, 20 deliveries: all delivered once"),
        ),
    ],
)
def test_a_bad_wire_delays_and_loses_nothing(
    house: House,
    fleet_of: Callable[[House, int], Fleet],
    manner: Callable[[], Passing],
    deliveries: int,
    measured: Measured,
) -> None:
    fleet = fleet_of(house, 8)
    with Wire(house.port) as wire:
        behind(wire, fleet)
        wire.manner = manner
        unheard = set[Key]()
        with fleet.at_work(pause=1.0):  # an agent may send so much a minute, also what is sent again
            while len(fleet.told()) < deliveries:
                unheard |= fleet.waiting().keys() & kept(house.home).keys()
                time.sleep(0.2)
        told = [kind for _, kind in fleet.told()]
        refused, failed = told.count("KeyRefused"), sum(kind != "delivered" for kind in told)
        wire.manner = lambda: whole
        healed = time.time()
        with fleet.at_work():
            eventually(lambda: sum(kind == "delivered" for at, kind in fleet.told() if at > healed) >= 8)
    acked, there = fleet.acked(), kept(house.home)
    lost = [key for key, sha256 in acked.items() if there.get(key) != sha256]
    twice = told_twice(house.home)
    measured(
        f"{len(told)} deliveries, {failed} failed, {len(unheard)} kept before the agent heard so: {len(lost)} of"
        f" {len(acked)} lost, {twice} twice"
    )
    assert (lost, twice, fleet.waiting()) == ([], 0, {})
    assert refused == 0, "a line that broke is no refusal"
    assert len(there) == len(acked) > 0
