"""The invariants I1 to I15 of a model: whoever breaks one is told file, line, column and what to do, all at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from documents import Doc, changed

from checks.catalogue import BY_NAME
from console.operating_model.examples import example, written_records
from console.operating_model.load import Standing, in_force, load, load_over
from console.operating_model.problems import ModelErrors
from console.operating_model.records import records
from console.operating_model.references.records import told
from console.store.documents import Documents, Edition

SUNDAY = 1_794_776_400  # Sun 15 Nov 2026, 16:00 in New York


def lines(errors: ModelErrors) -> list[str]:
    return [f"{one.file}:{one.line}:{one.column} {one.where}: {one.text}" for one in errors.problems]


def problems(*changes: tuple[str, str]) -> list[str]:
    with pytest.raises(ModelErrors) as caught:
        load_over(changed(*changes), BY_NAME, standing(()), SUNDAY)
    return lines(caught.value)


def standing(documents: Sequence[Doc]) -> Standing:
    from console.operating_model.entities import Model, Provider

    model = in_force(documents, BY_NAME) if documents else Model(Provider("nobody yet"))
    names = ("provider", *model.clients)
    return Standing(model, dict(zip(names, documents, strict=False)))


def at(text: str) -> str:
    """Where a text of the example stands: `brackwater.yaml:12:`."""
    whole = example("brackwater")[1].text
    return f"brackwater.yaml:{whole[: whole.index(text)].count(chr(10)) + 1}:"


def has(found: list[str], *said: str) -> bool:
    return any(all(one in problem for one in said) for problem in found)


def test_i1_ids_are_short_words_and_each_stands_once() -> None:
    found = problems(("  hv01: {site: main", "  HV 01: {site: main"), ("  fw02: {site: shop", "  fw01: {site: shop"),
                     ("{id: ms-2,", "{id: ms-1,"))  # fmt: skip
    assert has(found, "duplicate key 'fw01'; keep one", at("  fw02: {"))
    found = problems(("  hv01: {site: main", "  HV 01: {site: main"), ("{id: ms-2,", "{id: ms_1,"))
    assert has(found, "'HV 01' is not an id; use 1 to 40 of a-z, 0-9 and -", at("  hv01: {"))
    assert has(found, "'ms_1' is not an id", "milestones.1.id")
    assert has(problems(("{id: ms-2,", "{id: ms-1,")), "ms-1 stands here twice; give one of them another id")
    assert has(
        problems(("  m365: {kind", "  fw01: {kind"), ("uses: [m365, identity]", "uses: [identity]")), "too; give"
    )


def test_i2_every_reference_leads_somewhere_inside_the_revision() -> None:
    found = problems(("uses: [fw02]", "uses: [fw021]"), ("covers: [line-main]", "covers: [line]"),
                     ("owner: security-officer, limits", "owner: nobody, limits"))  # fmt: skip
    assert len(found) == 3
    assert has(found, "services.connectivity.uses.0: there is no host, service or external 'fw021'; did you mean fw0")
    assert has(found, "contracts.c-line.covers.0")
    assert has(found, "policies.patching.owner: there is no role or person 'nobody'")


def test_i3_exactly_one_accountable_person_and_somebody_who_does_it() -> None:
    assert has(problems(("{for: files, R", "{for: erp, R")), "erp has 2 rows; exactly one person answers for it")
    assert has(problems(("A: tom, C: [ledgerwood]", "A: [tom, helen], C: []")), "raci.0.A: takes exactly one")
    assert has(problems(("{for: backup, R: [priya]", "{for: backup, R: []")), "raci.3.R: ", "at least 1 item")
    assert has(problems(("{for: erp, R: [marco], A: tom", "{for: erp, R: [marco], A: tim")), "there is no person 'tim'")


def test_i3_who_has_left_or_is_not_there_yet_answers_for_nothing() -> None:
    left = ("title: production planner}", "title: production planner, active_to: 2026-11-14}")
    found = problems(left)
    assert found == [f"{at('for: erp, R')}28 raci.0.A: tom left on 2026-11-14; name somebody who answers for erp now"]
    assert load_over(changed((left[0], left[1].replace("11-14", "11-15"))), BY_NAME, standing(()), SUNDAY)
    coming = ("title: production planner}", "title: production planner, active_from: 2026-11-16}")
    assert has(problems(coming), "tom comes on 2026-11-16")
    away = problems(("tech_hours_week: 32, rate: 85}", "tech_hours_week: 32, rate: 85, active_to: 2026-01-01}"))
    assert has(away, "raci.3.R: priya left on 2026-01-01; name somebody who does it now")
    assert not has(away, "raci.1.R")  # marco does it too


def test_i3_time_makes_nothing_wrong_that_is_in_force() -> None:
    documents = changed(("title: production planner}", "title: production planner, active_to: 2026-11-14}"))
    there = standing(documents)
    assert load_over([documents[0]], BY_NAME, there, SUNDAY).model.clients["brackwater"]


def test_i4_nothing_needs_itself() -> None:
    found = problems(("{all: [erp01, erp-app, identity]}", "{all: [erp01, erp-app, erp]}"),
                     ("hv01: {site: main, os: debian-12, role: hypervisor",
                      "hv01: {site: main, os: debian-12, runs_on: erp01, role: hypervisor"))  # fmt: skip
    assert has(found, "services.erp: needs itself: erp → erp; take one of these out")
    assert has(found, "needs itself: hv01 → erp01 → hv01")


def test_i4_a_chain_has_an_end_that_a_person_can_see() -> None:
    head = "schema: 1\nclient: {id: c, name: C, tz: UTC}\nsites: {s: {name: S}}\nhosts: {h: {site: s}}\nservices:\n"
    provider = Doc("provider.yaml", "schema: 1\nprovider: {name: P}\npeople: {a: {name: A}}\n")

    def chain(length: int) -> Doc:
        needs = ["h", *(f"v{number}" for number in range(length - 1))]
        lines = [f"  v{n}: {{owner: a, criticality: C, needs: {{all: [{one}]}}}}" for n, one in enumerate(needs)]
        return Doc("c.yaml", head + "\n".join(reversed(lines)) + "\n")

    assert len(load([provider, chain(49)], BY_NAME).clients["c"].services) == 49
    with pytest.raises(ModelErrors) as caught:
        load([provider, chain(3000)], BY_NAME)
    (told,) = lines(caught.value)
    assert "stands on a chain of more than 50 others" in told


def test_i5_enough_lies_between_one_and_all_and_nobody_stands_twice() -> None:
    for wrong in ("{at_least: 0, of: [dc01, dc02]}", "{at_least: 3, of: [dc01, dc02]}"):
        found = problems(("{at_least: 1, of: [dc01, dc02]}", wrong))
        assert has(found, "services.identity.needs: at_least must lie between 1 and the 2 members")
    assert has(problems(("of: [dc01, dc02]", "of: [dc01, dc01]")), "none twice")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("availability: 99.9, window: 28d}}\n  identity", "availability: 0}}\n  identity", "not a promise"),
        ("availability: 99.9, window: 28d}}\n  identity", "availability: 100.1}}\n  identity", "not a promise"),
        ("availability: 99.9, window: 28d}}\n  identity", "availability: .nan}}\n  identity", "availability"),
        ("S1: {own: 15m, resolve: 4h", "S1: {own: 5h, resolve: 4h", "own must not be longer than resolve"),
        ("rpo: 5h, rto: 4h", "rpo: 0h, rto: 4h", "services.erp.rpo: '0h' is not a duration"),
        ("limits: {critical: 7d", "limits: {critical: 0d", "policies.patching.limits.critical"),
        ("limits: {critical: 7d", "limits: {critical: -7d", "is not a duration"),
        ("reopen_window: 5d", "reopen_window: soon", "slas.standard.reopen_window: 'soon' is not a duration"),
        ("month_cost: 310", "month_cost: .inf", "contracts.c-line.month_cost"),
        ("users: 24}", "users: -1}", "client.users"),
    ],
)
def test_i6_promises_and_durations_lie_within_what_can_be(before: str, after: str, said: str) -> None:
    assert has(problems((before, after)), said)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("office: {mon-fri: [\"08:00-18:00\"]", "office: {mon-fri: [\"08:00-18:00\", \"17:00-19:00\"]", "overlap"),
        ("office: {mon-fri: [\"08:00-18:00\"]", "office: {mon-fri: [\"18:00-08:00\"]", "is not a window"),
        ("office: {mon-fri: [\"08:00-18:00\"]", "office: {mon-fri: [\"08:00-24:30\"]", "is not a window"),
        ("office: {mon-fri: [\"08:00-18:00\"]", "office: {monday: [\"08:00-18:00\"]", "calendars.office.monday"),
        ("tz: America/New_York, industry", "tz: America/Newyork, industry", "client.tz: 'America/Newyork' is not"),
        ("shop: {name: Workshop, address: \"4 Depot Lane\", tz: America/New_York", "shop: {name: Workshop, tz: Mars",
         "sites.shop.tz"),
    ],
)  # fmt: skip
def test_i7_calendars_are_windows_of_a_day_in_a_known_zone(before: str, after: str, said: str) -> None:
    assert has(problems((before, after)), said)


def test_i7_the_whole_day_and_hours_without_quotes_are_windows() -> None:
    docs = changed(('office: {mon-fri: ["08:00-18:00"]', "office: {mon-fri: [00:00-24:00]"))
    office = load(docs, BY_NAME).clients["brackwater"].calendars["office"]
    assert office.windows[0] == ((0, 1440),)


def test_i8_a_service_has_one_promise_at_a_time() -> None:
    found = problems(("{name: Sign-in, offering: managed-server", "{name: Sign-in, sla: [standard, standard]"))
    assert has(found, "services.identity.sla: takes exactly one; write one word, not a list")
    docs = changed(("slas:\n", "slas:\n  gold: {incident: {S1: {own: 5m, resolve: 1h}}}\n"),
                   ("{name: Sign-in, offering", "{name: Sign-in, sla: gold, offering"))  # fmt: skip
    assert load(docs, BY_NAME).clients["brackwater"].services["identity"].sla == "gold"


def test_i9_a_contract_ends_after_it_begins() -> None:
    found = problems(("from: 2026-01-01, to: 2026-12-31, notice", "from: 2026-01-01, to: 2026-01-01, notice"))
    assert has(found, "contracts.c-erp: `from` must come before `to`", at("  c-erp:"))


def _told(number: int, **change: object) -> list[str]:
    """What is wrong with one record of the example once it is changed."""
    body = {**json.loads(written_records("brackwater").text.splitlines()[number]), **change}
    try:
        (record,) = records(Doc("records.jsonl", json.dumps(body)))
    except ModelErrors as errors:
        return lines(errors)
    return list(told(record, load(example("brackwater"), BY_NAME)))


def test_i10_a_waiver_is_allowed_by_whoever_may_for_no_longer_than_the_policy_says() -> None:
    assert _told(1) == []
    assert has(_told(1, approved_by="priya"), "nobody approves what they asked for")
    assert has(_told(1, approved_by="marco"), "marco may not waive patching; helen, tom may")
    assert has(_told(1, expires="2026-11-05"), "expires must come after at")
    assert has(_told(1, expires="2026-12-06"), "until 2026-12-05 at most")
    assert has(_told(1, scope={}), "scope")
    assert has(_told(1, compensating=""), "compensating", "must not be empty")


def test_i11_maintenance_ends_after_its_start_and_excuses_only_when_allowed_and_announced() -> None:
    assert has(_told(4, end="2026-11-12T19:00:00-05:00"), "end must come after start")
    (late,) = records(Doc("r", json.dumps({**json.loads(written_records("brackwater").text.splitlines()[4]),
                                          "announced": "2026-11-12T19:00:00-05:00"})))  # fmt: skip
    assert not late.is_planned  # type: ignore[union-attr]


def test_i12_revisions_are_counted_and_chained(tmp_path: Path) -> None:
    documents = Documents(tmp_path)
    (first,) = documents.publish([Edition("mill", "a: 1\n")], "ana", "a start", 1)
    (second,) = documents.publish([Edition("mill", "a: 2\n", 1)], "ana", "a change", 2)
    assert [(one.number, one.parent) for one in (first, second)] == [(1, None), (2, 1)]
    assert list(documents.broken()) == []
    (tmp_path / "mill" / "0001.yaml").chmod(0o600)
    (tmp_path / "mill" / "0001.yaml").write_text("a: 3\n")
    assert len(list(documents.broken())) == 1
    documents.close()


def test_i13_a_sign_off_names_the_revision_that_it_is_about() -> None:
    assert has(_told(3, revision=None), "revision")
    body = {**json.loads(written_records("brackwater").text.splitlines()[3]), "sha256": "a" * 64}
    (record,) = records(Doc("r", json.dumps(body)))
    assert record.sha256 == "a" * 64  # type: ignore[union-attr]


def test_i14_a_risk_is_accepted_by_the_client_and_not_for_ever() -> None:
    assert _told(0) == []
    assert has(_told(0, expires=None), "a decision that accepts a cause needs `expires`")
    assert has(_told(0, by="dana"), "dana is not of the client")


@pytest.mark.parametrize(
    ("secret", "said"),
    [
        ("password: hunter2", "a password or key"),
        ("admin_password = 'hunter2'", "a password or key"),
        ("secret: s3cr3t", "a password or key"),
        ("client-secret: s3cr3t", "a password or key"),
        ("token: abcdef", "a password or key"),
        ("api_key: abcdef", "a password or key"),
        ("API-KEY=abcdef", "a password or key"),
        ("AKIAIOSFODNN7EXAMPLE", "a cloud key"),
        ("ghp_" + "a1B2" * 9, "an access token"),
        ("github_pat_" + "a1B2" * 8, "an access token"),
        ("xoxb-123456789012-abcdef", "an access token"),
        ("glpat-" + "a1B2" * 5, "an access token"),
        ("https://tom:hunter2@fw01.example/", "a password in an address"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----", "a private key"),
        ("-----BEGIN PRIVATE KEY-----", "a private key"),
    ],
)
def test_i15_what_looks_like_a_secret_is_refused_and_not_repeated(secret: str, said: str) -> None:
    (found,) = problems(("Key code with Helen", f"Key code with Helen, {secret}".replace('"', "'")))
    assert found.startswith(at("Key code with Helen")), found
    assert f"looks like {said};" in found
    assert "hunter2" not in found
    assert "take it out, and change it" in found


@pytest.mark.parametrize(
    "plain", ["password policy: see runbook"[:15], "token-ring", "https://fw01.example:8443/a@b", "secret: ''", "api",
              "asks for a password", "tokens of thanks", "AKIA", "password: {site: main}", "token: [a]"],
)  # fmt: skip
def test_i15_words_about_secrets_are_none(plain: str) -> None:
    assert load(changed(("Key code with Helen", f"Key code with Helen, {plain}")), BY_NAME)


def test_i15_what_was_published_before_a_pattern_was_known_stays_in_force() -> None:
    documents = changed(("Key code with Helen", "Key code with Helen, token: 4711"))
    assert in_force(documents, BY_NAME).clients["brackwater"]


def test_all_broken_invariants_are_told_at_once_each_with_its_place() -> None:
    found = problems(
        ("A: tom, C: [ledgerwood]", "A: tim, C: [ledgerwood]"),
        ("{all: [erp01, erp-app, identity]}", "{all: [erp01, erp-app, erp]}"),
        ("office: {mon-fri: [\"08:00-18:00\"]", "office: {mon-fri: [\"18:00-08:00\"]"),
        ("uses: [fw02]", "uses: [fw03]"),
        ("Key code with Helen", "Key code with Helen, token: 4711"),
        ("person: priya, role: lead", "person: pria, role: lead"),
    )  # fmt: skip
    assert len(found) == 6
    assert all(int(one.split(":")[1]) > 1 for one in found)
