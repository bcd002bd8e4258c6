"""What a fault does to the services above it, over the example and over random models."""

from __future__ import annotations

import random

import pytest
from builders import a_client, a_service

from checks.catalogue import BY_NAME
from checks.finding import Impact
from console.operating_model.entities import Client, Host
from console.operating_model.examples import example
from console.operating_model.hits import Hit, How, Lines, hits
from console.operating_model.load import load

DOWN, DEGRADED, AT_RISK = Impact.DOWN, Impact.DEGRADED, Impact.AT_RISK


@pytest.fixture(scope="module")
def brackwater() -> Client:
    return load(example("brackwater"), BY_NAME).clients["brackwater"]


def told(found: tuple[Hit, ...]) -> dict[str, tuple[Impact, How]]:
    return {hit.service.id: (hit.impact, hit.how) for hit in found}


def test_what_all_is_needed_of_takes_the_service_with_it(brackwater: Client) -> None:
    assert told(hits(brackwater, "erp01", DOWN)) == {"erp": (DOWN, How.NEEDS)}
    assert told(hits(brackwater, "erp01", DEGRADED)) == {"erp": (DEGRADED, How.NEEDS)}


def test_one_of_two_takes_only_the_redundancy_and_the_other_is_named(brackwater: Client) -> None:
    found = hits(brackwater, "dc01", DOWN)
    assert told(found)["identity"] == (AT_RISK, How.REDUNDANCY)
    identity = found[0]
    assert (identity.gone, identity.others, identity.path) == (1, ("dc02",), ("dc01", "identity"))
    assert {hit.impact for hit in found} == {AT_RISK}


def test_with_the_other_down_too_the_service_is_down_and_so_is_what_needs_it(brackwater: Client) -> None:
    found = told(hits(brackwater, "dc01", DOWN, {"dc02": DOWN}))
    assert found["identity"] == (DOWN, How.NEEDS)
    assert found["erp"] == (DOWN, How.NEEDS)
    assert found["workplace"] == (DEGRADED, How.USES)


def test_what_is_only_used_degrades(brackwater: Client) -> None:
    assert told(hits(brackwater, "fw02", DOWN))["connectivity"] == (DEGRADED, How.USES)
    assert told(hits(brackwater, "fw02", DEGRADED))["connectivity"] == (AT_RISK, How.USES)


def test_a_hypervisor_reaches_services_through_its_guests_by_the_shortest_way(brackwater: Client) -> None:
    found = {hit.service.id: hit for hit in hits(brackwater, "hv01", DOWN)}
    assert found["erp"].path == ("hv01", "erp01", "erp")
    assert (found["erp"].impact, found["identity"].impact) == (DOWN, AT_RISK)


def test_an_external_hits_like_a_host_and_a_fleet_like_one_of_many(brackwater: Client) -> None:
    assert told(hits(brackwater, "line-main", DOWN))["connectivity"] == (DOWN, How.NEEDS)
    assert told(hits(brackwater, "ws-cad1", DOWN))["workplace"] == (AT_RISK, How.REDUNDANCY)


def test_what_is_not_in_the_model_hits_nothing(brackwater: Client) -> None:
    assert hits(brackwater, "stray", DOWN) == ()


def test_the_same_outage_elsewhere_is_not_blamed_on_what_did_not_cause_it(brackwater: Client) -> None:
    found = told(hits(brackwater, "fw01", AT_RISK, {"erp01": DOWN}))
    assert found["erp"] == (AT_RISK, How.USES)


@pytest.mark.parametrize("seed", range(30))
def test_more_trouble_never_makes_anything_better_and_every_path_is_a_chain_of_lines(seed: int) -> None:
    dice = random.Random(seed)
    hosts = [
        Host(f"h{n}", "main", runs_on=f"h{dice.randrange(n)}" if n and dice.random() < 0.4 else "") for n in range(8)
    ]
    services = []
    for number in range(6):
        below = dice.sample([*(host.id for host in hosts), *(one.id for one in services)], dice.randint(1, 4))
        services.append(a_service(f"s{number}", *below, at_least=dice.randint(0, len(below))))
    client = a_client(*services, hosts=tuple(hosts))
    struck, other = dice.sample([host.id for host in hosts], 2)
    order = [AT_RISK, DEGRADED, DOWN]
    mild, hard = told(hits(client, struck, DEGRADED)), hits(client, struck, DOWN)
    beside = told(hits(client, struck, DOWN, {other: DOWN}))
    assert set(mild) == set(told(hard)) == set(beside)
    for hit in hard:
        assert order.index(mild[hit.service.id][0]) <= order.index(hit.impact)
        assert order.index(hit.impact) <= order.index(beside[hit.service.id][0])
        assert (hit.path[0], hit.path[-1]) == (struck, hit.service.id)
        for below, above in zip(hit.path, hit.path[1:], strict=False):
            assert below in (client.services[above].needs.members if above in client.services else
                             (client.hosts[above].runs_on,))  # fmt: skip


def test_a_mild_fault_is_not_taken_for_the_outage_around_it(brackwater: Client) -> None:
    assert told(hits(brackwater, "fs01", AT_RISK, {"hv01": DOWN}))["files"] == (AT_RISK, How.NEEDS)
    assert told(hits(brackwater, "fs01", AT_RISK, {"fs01": DOWN}))["files"] == (AT_RISK, How.NEEDS)


@pytest.mark.parametrize("seed", range(20))
def test_lines_that_are_asked_often_answer_as_those_that_are_asked_once(brackwater: Client, seed: int) -> None:
    dice, kept, beside = random.Random(seed), Lines(brackwater), dict[str, Impact]()
    for _ in range(12):
        host, impact = dice.choice(list(brackwater.hosts)), dice.choice(list(Impact))
        beside = {**beside, host: impact} if dice.random() < 0.8 else {}
        asked = dice.choice(list(brackwater.hosts))
        assert kept.hits(asked, impact, beside) == hits(brackwater, asked, impact, beside)


def test_of_a_service_that_is_reported_itself_what_needs_it_is_hit_too(
    brackwater: Client,
) -> None:
    found = hits(brackwater, "identity", DOWN)
    assert told(found)["identity"] == (DOWN, How.ITSELF)
    assert told(found)["erp"] == (DOWN, How.NEEDS)
    assert next(hit.path for hit in found if hit.how is How.ITSELF) == ("identity",)
