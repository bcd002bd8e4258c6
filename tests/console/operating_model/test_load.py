"""Documents in, a model out: or everything that is wrong with them, at once."""

from __future__ import annotations

import pytest
from documents import Doc
from hypothesis import example, given
from hypothesis import strategies as st

from checks.check import Check, Family, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard
from console.operating_model.entities import Criticality, Severity
from console.operating_model.load import load
from console.operating_model.mapping import role_of, serving, standard_for
from console.operating_model.problems import ModelErrors
from console.operating_model.starter import Facts, starter


def a_check(name: str, unit: Unit, bad: Bad = Bad.ABOVE) -> Check:
    return Check(
        CheckName(name), Family.HEALTH, name, "?", unit, Standard(0.8, 0.9, bad, "a test"), lambda seen: "", "do it"
    )


CHECKS = {
    CheckName("disk"): a_check("disk", Unit.RATIO),
    CheckName("newest_file"): a_check("newest_file", Unit.SINCE),
    CheckName("backup_size"): a_check("backup_size", Unit.RATIO, Bad.BELOW),
}


PROVIDER = Doc(
    "provider.yaml",
    """schema: 1
provider: {name: Hilltop IT}
people:
  ana: {name: Ana, login: ana}
access:
  - {person: ana, role: lead, clients: [mill]}
""",
)
CLIENT = Doc(
    "mill.yaml",
    """schema: 1
client: {id: mill, name: The Mill, tz: Europe/Berlin}
calendars:
  office: {mon-fri: ["08:00-12:00", "13:00-17:00"], holidays: de}
holiday_sets: {de: [2026-12-25]}
people:
  bo: {name: Bo, org: client}
sites: {main: {name: Mill}}
hosts:
  hv: {site: main}
  db: {site: main, runs_on: hv}
  web: {site: main}
services:
  shop: {owner: ana, criticality: A, hours: office, needs: {all: [web, data]}, sla: std, slo: {availability: 99.5}}
  data: {owner: bo, criticality: B, needs: {at_least: 1, of: [db]}}
slas:
  std: {incident: {S1: {own: 15m, resolve: 4h, clock: office}}, clear_after: 2s}
standards:
  disk: {warn: 70 %, crit: 0.95, hosts: {db: {crit: 80 %}}}
  newest_file: {warn: 20h, crit: 26h}
""",
)


HEAD = "schema: 1\nclient: {id: m, name: M, tz: UTC}\n"


def problems_of(*documents: Doc) -> list[str]:
    with pytest.raises(ModelErrors) as caught:
        load(documents, CHECKS)
    return [f"{one.file}:{one.line}:{one.column} {one.where}: {one.text}" for one in caught.value.problems]


def test_a_whole_model_is_read() -> None:
    model = load([CLIENT, PROVIDER], CHECKS)

    mill = model.clients["mill"]
    assert mill.services["shop"].criticality is Criticality.A
    assert mill.services["shop"].availability == 0.995
    assert mill.slas["std"].incident[Severity.S1].own == 900
    assert mill.slas["std"].clear_after == 2
    assert mill.calendars["office"].windows[0] == ((480, 720), (780, 1020))
    assert mill.calendars["office"].windows[5] == ()
    assert mill.calendars["always"].is_always


def test_a_host_carries_what_needs_it_through_guests_and_services() -> None:
    model = load([PROVIDER, CLIENT], CHECKS)

    assert [service.id for service in serving(model, "mill", "hv")] == ["shop", "data"]
    assert [service.id for service in serving(model, "mill", "web")] == ["shop"]
    assert serving(model, "mill", "nobody") == ()


def test_the_most_particular_standard_is_in_force() -> None:
    model = load([PROVIDER, CLIENT], CHECKS)
    disk = CHECKS[CheckName("disk")]

    assert standard_for(model, "mill", "web", disk, "/").crit == 0.95
    assert standard_for(model, "mill", "db", disk, "/").crit == 0.8
    assert standard_for(model, "mill", "db", disk, "/").warn == 0.7
    assert standard_for(model, "other", "db", disk, "/") == disk.standard


def test_roles_are_the_highest_that_the_provider_gave() -> None:
    model = load([PROVIDER, CLIENT], CHECKS)

    assert role_of(model, "ana", "mill") == "lead"
    assert role_of(model, "ana", "other") is None
    assert role_of(model, "", "mill") is None


_NO_WINDOW = (
    "mill.yaml:4:3 calendars.office: '18:00-08:00' is not a window; write \"HH:MM-HH:MM\" in quotes, "
    "the end after the start, up to 24:00"
)


def test_ten_mistakes_are_told_at_once_each_with_its_place() -> None:
    broken = Doc(
        "mill.yaml",
        """schema: 1
client: {id: mill, name: The Mill, tz: Europe/Berlin}
calendars:
  office: {mon-fri: ["18:00-08:00"]}
sites: {main: {name: Mill}}
hosts:
  web: {site: mian}
  app: {site: main, runs_on: app}
services:
  shop: {owner: anna, criticality: A, hours: ofice, needs: {all: [web, datta]}, sla: std}
  loop: {owner: ana, criticality: C, needs: {all: [pool]}}
  pool: {owner: ana, criticality: C, needs: {all: [loop]}}
slas:
  std: {incident: {S1: {own: 15m, resolve: 4h, clock: nights}}}
standards:
  dsik: {crit: 90 %}
  disk: {warn: 95 %, crit: 90 %}
  backup_size: {warn: 0.1, crit: 0.5}
""",
    )

    assert problems_of(PROVIDER, broken) == [
        _NO_WINDOW,
        "mill.yaml:7:9 hosts.web.site: there is no site 'mian'; did you mean main?",
        "mill.yaml:8:3 hosts.app: needs itself: app → app; take one of these out",
        "mill.yaml:10:10 services.shop.owner: there is no person 'anna'; did you mean ana?",
        "mill.yaml:10:39 services.shop.hours: there is no calendar 'ofice'; did you mean office?",
        "mill.yaml:10:72 services.shop.needs.all.1: there is no host, service or external 'datta'",
        "mill.yaml:11:3 services.loop: needs itself: loop → pool → loop; take one of these out",
        "mill.yaml:14:48 slas.std.incident.S1.clock: there is no calendar 'nights'",
        "mill.yaml:16:3 standards.dsik: there is no check 'dsik'; did you mean disk?",
        "mill.yaml:17:3 standards.disk: warn must come before crit: for disk more is worse",
        "mill.yaml:18:3 standards.backup_size: warn must come before crit: for backup_size less is worse",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty or not a mapping"),
        ("- a\n- b\n", "is not a mapping"),
        ("schema: 1\nschema: 1\n", "duplicate key"),
        ("schema: [\n", "is not YAML as we take it"),
        ("a: &x [1]\nb: *x\n", "anchors and aliases"),
        ("schema: 1\nclient: {id: m, name: M, tz: Mars/Base}\n", "is not a time zone"),
        ("schema: 1\nclient: {id: m, name: M, tz: UTC, week_starts: sat}\n", "'sat' is not one of"),
        ("schema: 1\nclient: {id: M M, name: M, tz: UTC}\n", "is not an id"),
        (HEAD + "servcies: {}\n", "unknown key servcies; did you mean services?"),
        (HEAD + "sites: {s: {name: S, acces: x}}\n", "did you mean access?"),
        ("schema: 2\nclient: {id: m, name: M, tz: UTC}\n", "2 is not one of 1"),
        ("client: {id: m, name: M, tz: UTC}\n", "schema is missing"),
        ("schema: 1\nclient: {id: m, name: 'password: hunter2', tz: UTC}\n", "looks like a password or key"),
        (HEAD + "slas: {a: {incident: {S1: {own: 2h, resolve: 1h}}}}\n", "own must not"),
        (HEAD + "slas: {a: {incident: {S1: {own: soon, resolve: 1h}}}}\n", "duration"),
        ("x" * (8 << 20) + "y", "larger than"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_what_is_wrong(text: str, said: str) -> None:
    assert any(said in problem for problem in problems_of(PROVIDER, Doc("bad.yaml", text)))


def test_a_client_alone_needs_a_provider_in_force() -> None:
    assert problems_of(CLIENT) == ["provider.yaml:1:1 : no provider.yaml is published; give one too"]
    provider = load([PROVIDER], CHECKS).provider
    assert load([CLIENT], CHECKS, provider).clients["mill"].name == "The Mill"


@given(st.text(max_size=200))
def test_no_text_makes_the_loader_stumble(text: str) -> None:
    try:
        load([PROVIDER, Doc("any.yaml", text)], CHECKS)
    except ModelErrors as errors:
        told = [problem.text for problem in errors.problems]
    else:
        told = ["it is a model after all"]
    assert all(told)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
@example("", "", "PASSWORD")
@example("no", "", "FALSE")
@example("null", "~", "1e3")
@example("2026-11-24", "", "0x10")
def test_the_starter_model_is_valid_whatever_the_machine_is_called(login: str, name: str, hostname: str) -> None:
    model = load(starter(Facts(login, name, hostname, "debian-12", "Europe/Berlin")), CHECKS)

    here = model.clients["here"]
    (host,) = here.hosts
    assert [service.id for service in serving(model, "here", host)] == ["this-machine"]
