"""Many services that lean on the same ones: each is judged once, however many ways lead to it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from checks.catalogue import BY_NAME
from console.operating_model.entities import Client
from console.operating_model.load import load
from console.operating_model.starter import Starter
from console.service_levels.state import HostNow, service_state, service_states
from console.service_levels.timeline import HostRecord, services_stood
from console.service_levels.underpinning import expected, shortfalls

LAYERS = 25
HEAD = """schema: 1
client: {id: deep, name: Deep, tz: UTC}
people: {ana: {name: Ana, org: client}}
sites: {main: {name: Main}}
hosts: {box: {site: main}}
services:
"""


def service(id_: str, needs: str) -> str:
    return f"  {id_}: {{name: {id_}, owner: ana, criticality: A, needs: {{all: [{needs}]}}}}\n"


@pytest.fixture(scope="module")
def client() -> Client:
    """25 layers of two services, each of which needs both of the layer below: 2 ** 25 ways to the host."""
    rows = [service("l0-a", "box"), service("l0-b", "box")]
    for layer in range(1, LAYERS):
        rows += [service(f"l{layer}-{side}", f"l{layer - 1}-a, l{layer - 1}-b") for side in "ab"]
    texts = [Starter("provider.yaml", "schema: 1\nprovider: {name: P}\n"), Starter("deep.yaml", HEAD + "".join(rows))]
    return load(texts, BY_NAME).clients["deep"]


def test_the_state_of_a_deep_diamond_is_that_of_the_host_below(client: Client) -> None:
    top = f"l{LAYERS - 1}-a"
    assert service_state(client, top, {"box": HostNow(is_known=True)}).state == "up"
    down = service_states(client, {"box": HostNow(is_known=True, is_down=True, why="the plug was out")})
    assert {one.state for one in down.values()} == {"down"}
    assert down[top].why == "the plug was out"


def test_the_time_line_of_a_deep_diamond_is_that_of_the_host_below(client: Client) -> None:
    stood = services_stood(client, {"box": HostRecord(known=((0, 100),), outages=((40, 60),))})
    top = stood[f"l{LAYERS - 1}-b"]
    assert (top.up, top.down) == (((0, 40), (60, 100)), ((40, 60),))


def test_what_a_deep_diamond_can_promise_is_found(client: Client) -> None:
    assert client.doc is not None
    assert expected(client, client.doc, f"l{LAYERS - 1}-a") == 1
    assert shortfalls(client, client.doc, datetime(2026, 11, 15, tzinfo=UTC).date()) == ()
