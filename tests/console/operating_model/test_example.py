"""The example client: it loads as it is, what the provider says is inherited, and every mistake in it is found."""

from __future__ import annotations

import re

import pytest
from documents import changed

from checks.catalogue import BY_NAME
from console.operating_model.entities import Client, Model
from console.operating_model.examples import example
from console.operating_model.load import load
from console.operating_model.mapping import serving
from console.operating_model.problems import ModelErrors


def problems(*changes: tuple[str, str]) -> list[str]:
    with pytest.raises(ModelErrors) as told:
        load(changed(*changes), BY_NAME)
    return [f"{one.file}:{one.line} {one.where}: {one.text}" for one in told.value.problems]


@pytest.fixture(scope="module")
def model() -> Model:
    return load(example("brackwater"), BY_NAME)


@pytest.fixture(scope="module")
def client(model: Model) -> Client:
    return model.clients["brackwater"]


def test_ten_hosts_six_services_two_suppliers_and_five_people(model: Model, client: Client) -> None:
    assert client.doc is not None
    counts = (len(client.hosts), len(client.services), len(client.doc.suppliers))
    assert counts == (10, 6, 2)
    assert len(client.people) + len(model.provider.people) == 5


def test_what_the_baseline_says_holds_unless_the_client_says_otherwise(client: Client) -> None:
    assert client.doc is not None
    assert client.doc.processes["p-patch"].runbook == "rb-patch"
    assert client.services["erp"].sla == "standard"
    noise = "kpis:\n  noise: {unit: percent, better: lower, target: 10, source: findings}\n"
    own = load(changed(("slas:\n  standard:", noise + "slas:\n  standard:")), BY_NAME).clients["brackwater"]
    assert own.doc is not None
    assert own.doc.kpis["noise"].target == 10
    assert own.doc.kpis["load"].range == (60, 85)


def test_a_hypervisor_serves_everything_that_its_guests_serve(model: Model) -> None:
    served = {service.id for service in serving(model, "brackwater", "hv01")}
    assert served == {"identity", "erp", "files"}
    assert {service.id for service in serving(model, "brackwater", "ws-cad1")} == {"workplace"}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("needs: {all: [fw01, line-main]}", "needs: {all: [fw01, line-mian]}", "did you mean line-main?"),
        ("uses: [fw02]", "uses: [fw03]", "services.connectivity.uses.0: there is no host, service or external 'fw03'"),
        ("fleet: [ws-cad1, ws-front1]", "fleet: [ws-cad2]", "services.workplace.fleet.0"),
        ("fleet: [ws-cad1, ws-front1], ", "", "write what it stands on"),
        ("from fw01\"}\n  erp-app", "from fw09\"}\n  erp-app", "externals.line-main.probe: there is no host 'fw09'"),
        ("probe: \"http erp01:8080/health from erp01\"", "probe: soon", "externals.erp-app.probe: write how and from"),
        ("A: tom, C: [ledgerwood]", "A: tim, C: [ledgerwood]", "raci.0.A: there is no person 'tim'"),
        ("{for: files, R", "{for: erp, R", "erp has 2 rows; exactly one person answers for it"),
        ("{for: backup, R: [priya]", "{for: backup, R: []", "raci.3.R"),
        ("lead: helen, members: [helen, tom]", "lead: helen, members: [helen, tim]", "teams.client.members.1"),
        ("holder: helen, deputy: tom", "holder: hellen, deputy: tom", "did you mean helen?"),
        ("to: field, use: [S1, S2]", "to: feild, use: [S1, S2]", "channels.0.to: there is no person or team 'feild'"),
        ("supplier: ridgeline,", "supplier: ridgelin,", "contracts.c-line.supplier"),
        ("covers: [erp-app]", "covers: [erp-ap]", "contracts.c-erp.covers.0"),
        ("from: 2026-01-01, to: 2026-12-31", "from: 2026-12-31, to: 2026-01-01", "`from` must come before `to`"),
        ("calendar: vendor}", "calendar: vendors}", "contracts.c-erp.calendar: there is no calendar 'vendors'"),
        ("parties: [tom, ledgerwood]", "parties: [tim]", "capabilities.1.parties.0"),
        ("owner: security-officer, limits", "owner: security, limits", "policies.patching.owner"),
        ("protects: [identity]", "protects: [identify]", "did you mean identity?"),
        ("every: 4h, window: 4h", "every: 4h, window: 5h", "runs would overlap"),
        ("{what: spend-over-500, by: helen", "{what: spend-over-500, by: nobody", "decision_rights.2.by"),
        ("outcome: o-ransom,\n                 needs: {all: [fs01", "outcome: x,\n                 needs: {all: [fs01",
         "services.files.outcome"),
        ("met_by: p-patch", "met_by: p-pach", "did you mean p-patch?"),
        ("{id: ms-2,", "{id: ms-1,", "ms-1 stands here twice"),
        ("baseline: 98.6, target", "basline: 98.6, target", "unknown key basline; did you mean baseline?"),
        ("{all: [erp01, erp-app, identity]}", "{all: [erp01, erp-app, erp]}", "needs itself: erp → erp"),
        ("availability: 99.9, window: 28d}}\n  identity", "availability: 120}}\n  identity", "not a promise"),
        ("office: {mon-fri: [\"08:00-18:00\"]", "office: {mon-fri: [\"08:00-18:00\", \"17:00-19:00\"]", "overlap"),
        ("tz: America/New_York, industry", "tz: America/Newyork, industry", "is not a time zone"),
        ("order: [marco, priya], start", "order: [marco, prya], start", "on_call.order.1"),
        ("person: priya, role: lead", "person: pria, role: lead", "provider.yaml:21 access.2.person"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(before: str, after: str, said: str) -> None:
    told = problems((before, after))
    assert any(said in one for one in told), told
    assert all(re.match(r"[a-z]+\.yaml:\d+ ", one) for one in told)


def test_all_mistakes_are_told_at_once_across_files() -> None:
    told = problems(("supplier: ridgeline,", "supplier: x,"), ("person: priya, role", "person: x, role"),
                    ("met_by: p-week", "met_by: x"))  # fmt: skip
    assert len(told) == 3
