"""Models that drawings are made of: the example, a big one, one of a single host, a hostile one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from documents import Doc

from checks.catalogue import BY_NAME
from console.operating_model.draw.graph import Graph, graph_of
from console.operating_model.entities import Model
from console.operating_model.examples import example
from console.operating_model.load import load

HEAD = "schema: 1\nclient: {id: mill, name: The Mill, tz: UTC}\nsites: {main: {name: Main}}\n"
PROVIDER = "schema: 1\nprovider: {name: Hilltop IT}\npeople: {ana: {name: Ana Ruiz}, tom: {name: Tom Berg}}\n"


@pytest.fixture(scope="session")
def brackwater() -> Model:
    return load(example("brackwater"), BY_NAME)


@pytest.fixture(scope="session")
def graph(brackwater: Model) -> Graph:
    return graph_of(brackwater.clients["brackwater"], brackwater.provider)


@pytest.fixture(scope="session")
def drawn() -> Callable[[str], Graph]:
    """The graph of a client whose body this is."""

    def made(body: str) -> Graph:
        model = load([Doc("p", PROVIDER), Doc("c", HEAD + body)], BY_NAME)
        return graph_of(model.clients["mill"], model.provider)

    return made


@pytest.fixture(scope="session")
def big(drawn: Callable[[str], Graph]) -> Graph:
    """Sixty hosts, three of them hypervisors, and fifteen services of which some need others."""
    hosts = [f"  h{n}: {{site: main{f', runs_on: h{n % 3}' if 3 <= n < 20 else ''}}}\n" for n in range(60)]
    services = [
        f"  s{n}: {{name: Service {n}, owner: {('ana', 'tom')[n % 2]}, criticality: B, needs: {{all: ["
        f"h{3 + n}, h{18 + n * 7 % 15}, h{33 + n * 11 % 27}{f', s{n - 1}' if n % 4 == 3 else ''}]}}}}\n"
        for n in range(15)
    ]
    return drawn("hosts:\n" + "".join(hosts) + "services:\n" + "".join(services))


@pytest.fixture(scope="session")
def lone(drawn: Callable[[str], Graph]) -> Graph:
    return drawn("hosts: {box: {site: main, os: debian-12}}\n")
