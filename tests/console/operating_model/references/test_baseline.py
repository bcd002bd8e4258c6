"""The provider's baseline: what no client could inherit is wrong at once, the rest where a client uses it."""

from __future__ import annotations

import pytest
from documents import Doc

from checks.catalogue import BY_NAME
from console.operating_model.load import load
from console.operating_model.problems import ModelErrors

PROVIDER = """schema: 1
provider: {name: Us}
people: {ana: {name: Ana}}
baseline:
  offerings:
    gold: {sla: golden}
  processes:
    p-patch: {name: Patching, triggers: [calendar], runbook: rb-patch}
"""
ONE = """schema: 1
client: {id: one, name: One, tz: UTC}
sites: {s: {name: S}}
hosts: {h: {site: s}}
slas: {golden: {incident: {S1: {own: 15m, resolve: 4h}}}}
services: {web: {owner: ana, criticality: A, offering: gold, needs: {all: [h]}}}
"""
TWO = ONE.replace("id: one", "id: two").replace("slas: {golden: {incident: {S1: {own: 15m, resolve: 4h}}}}\n", "")


def problems(provider: str, *clients: str) -> list[str]:
    docs = [Doc(f"c{place}.yaml", text) for place, text in enumerate(clients)]
    with pytest.raises(ModelErrors) as told:
        load([Doc("provider.yaml", provider), *docs], BY_NAME)
    return [f"{one.file}:{one.line}:{one.column} {one.where}: {one.text}" for one in told.value.problems]


def test_what_a_client_does_not_use_of_the_baseline_concerns_it_not() -> None:
    model = load([Doc("p", PROVIDER), Doc("1", ONE), Doc("2", TWO.replace("offering: gold, ", ""))], BY_NAME)
    assert set(model.clients) == {"one", "two"}


def test_what_a_client_uses_of_it_is_told_with_its_place_in_the_providers_file() -> None:
    assert problems(PROVIDER, ONE, TWO) == [
        "provider.yaml:6:12 baseline.offerings.gold.sla: there is no SLA 'golden' (two uses it)"
    ]
    raci = "raci: [{for: p-patch, R: [ana], A: ana}]\n"
    (told,) = problems(PROVIDER, ONE + raci)
    assert told.startswith("provider.yaml:8:53 baseline.processes.p-patch.runbook: there is no runbook 'rb-patch'")


def test_without_the_providers_file_at_hand_the_path_is_told() -> None:
    provider = load([Doc("provider.yaml", PROVIDER)], BY_NAME).provider
    with pytest.raises(ModelErrors, match=r"provider.yaml:1:1: there is no SLA 'golden' \(two uses it\)"):
        load([Doc("two.yaml", TWO)], BY_NAME, provider)


def test_a_client_that_says_otherwise_is_told_in_its_own_file() -> None:
    own = TWO + "offerings: {gold: {sla: silver}}\n"
    assert problems(PROVIDER, own) == ["c0.yaml:6:20 offerings.gold.sla: there is no SLA 'silver'"]


def test_what_no_client_could_inherit_is_told_once() -> None:
    wrong = """  standards: {dsk: {crit: 90 %}, disk: {hosts: {h: {crit: 80 %}}}}
  policies: {backups: {owner: ana, jobs: {n: {host: h, to: x, at: "01:00", every: 1d, window: 1h, protects: [web]}}}}
"""
    own = "write them in that client's file"
    assert problems(PROVIDER + wrong, ONE) == [
        "provider.yaml:9:15 baseline.standards.dsk: there is no check 'dsk'; did you mean disk?",
        f"provider.yaml:9:41 baseline.standards.disk.hosts: limits of single hosts are one client's own; {own}",
        f"provider.yaml:10:36 baseline.policies.backups.jobs: backup jobs name hosts and services of one client; {own}",
    ]
