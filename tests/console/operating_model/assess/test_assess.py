"""The assessment of the example: W34 to the digit, levels that paper alone does not reach, and what changed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from checks.catalogue import BY_NAME
from console.operating_model.assess import CRITERIA, assess
from console.operating_model.assess.assessment import Assessment, Component, differences, rounded
from console.operating_model.assess.criterion import Answer, Criterion, Result
from console.operating_model.assess.practice import FOUR_WEEKS, Handled, Practice
from console.operating_model.build import client_of
from console.operating_model.examples import example, written_records
from console.operating_model.gaps.gap import Facts
from console.operating_model.load import load
from console.operating_model.records import records
from console.operating_model.schema.records import DecisionRecord
from console.service_levels.underpinning import shortfalls

TODAY = date(2026, 11, 15)
NOW = 1_794_776_400  # Sun 15 Nov 2026, 16:00 in New York
LINE = Handled(
    "i-103", "checkin", "connectivity", "S1", NOW - 4 * 86_400, NOW - 4 * 86_400 + 600, NOW - 4 * 86_400 + 1800,
    cause="supplier", supplier_ref="RF-2291",
)  # fmt: skip
PRACTICE = Practice(now=NOW, incidents=(LINE,))


@pytest.fixture(scope="module")
def brackwater() -> Facts:
    model = load(example("brackwater"), BY_NAME)
    client = model.clients["brackwater"]
    assert client.doc is not None
    written = records(written_records("brackwater"))
    short = shortfalls(client, client.doc, TODAY, written)
    return Facts(client, client.doc, model.provider.doc, TODAY, 1, frozenset(BY_NAME), written, short)


def rewritten(facts: Facts, **sections: Any) -> Facts:
    doc = facts.doc.model_copy(update=sections)
    client = client_of(doc, BY_NAME)
    return replace(facts, doc=doc, client=client, shortfalls=shortfalls(client, doc, facts.today, facts.records))


def component(found: Assessment, name: str) -> Component:
    return next(one for one in found.components if one.name == name)


def words(one: Component) -> list[str]:
    return [answer.result.words for answer in one.answers]


def test_w34_sourcing_is_26_level_0_and_says_what_comes_first(brackwater: Facts) -> None:
    sourcing = component(assess(brackwater, PRACTICE), "sourcing")
    assert words(sourcing) == ["2/3", "2/2", "1/1", "0/2", "0/2"]
    assert sourcing.score == Fraction(8, 3)
    assert (rounded(sourcing.score), sourcing.level, sourcing.advice) == ("2.6", 0, "cover m365 first")


def test_row_16_every_component_has_five_levels_and_a_score(brackwater: Facts) -> None:
    assert len(CRITERIA) == 30
    found = assess(brackwater, PRACTICE)
    assert [one.name for one in found.components] == [
        "processes", "governance", "sourcing", "services", "measurement", "organization",
    ]  # fmt: skip
    assert all([answer.criterion.level for answer in one.answers] == [1, 2, 3, 4, 5] for one in found.components)
    assert {one.name: words(one)[:2] for one in found.components} == {
        "processes": ["5/5", "4/4"],
        "governance": ["3/3", "3/3"],
        "sourcing": ["2/3", "2/2"],
        "services": ["10/10", "4/6"],
        "measurement": ["9/9", "13/13"],
        "organization": ["4/4", "13/14"],
    }


def test_a_document_without_practice_stops_at_level_2(brackwater: Facts) -> None:
    slo = brackwater.doc.services["erp"].slo
    services = {id_: one.model_copy(update={"slo": slo}) for id_, one in brackwater.doc.services.items()}
    contract = brackwater.doc.contracts["c-line"].model_copy(update={"covers": ["line-main", "m365"]})
    contracts = {**brackwater.doc.contracts, "c-line": contract}
    found = assess(rewritten(brackwater, services=services, contracts=contracts), Practice(now=NOW))
    levels = {one.name: one.level for one in found.components}
    assert levels == dict.fromkeys(levels, 2) | {"governance": 3}, "a waiver that was rightly approved is practice"
    assert found.level == 2
    assert {one.name for one in found.weaknesses} == set(levels) - {"governance"}


def test_row_17_one_component_alone_does_not_raise_the_whole(brackwater: Facts) -> None:
    before = assess(brackwater, PRACTICE)
    roles = {id_: one.model_copy(update={"deputy": ""}) for id_, one in brackwater.doc.roles.items()}
    after = assess(rewritten(brackwater, roles=roles), PRACTICE)
    assert component(before, "organization").level == 3
    assert component(after, "organization").level == 1
    assert before.level == after.level == 0
    assert after.mean < before.mean
    assert before.mean == sum((one.score for one in before.components), Fraction(0)) / 6


def test_row_60b_each_check_says_why_it_matters_and_where_it_comes_from() -> None:
    assert all(one.why and one.source and one.text and "{item}" in one.advice for one in CRITERIA)
    assert len({one.why for one in CRITERIA}) == 30


def test_row_04_every_component_says_how_it_stands_or_that_it_is_not_measured(brackwater: Facts) -> None:
    for one in assess(brackwater, PRACTICE).components:
        said = words(one)
        assert any("/" in word for word in said)
        assert all("/" in word or word in ("not measured", "not applicable") for word in said)


def test_row_54_strengths_weaknesses_and_what_changed_since(brackwater: Facts) -> None:
    before = assess(brackwater, PRACTICE)
    assert all(one.result.passed for one in before.strengths)
    assert "processes" in {one.name for one in before.weaknesses}
    slo = brackwater.doc.services["erp"].slo
    targets = brackwater.doc.slas["standard"].incident
    fits = brackwater.doc.slas["standard"].model_copy(
        update={"incident": {**targets, "S1": targets["S1"].model_copy(update={"resolve": 4 * 3600 + 900})}}
    )
    line = brackwater.doc.services["connectivity"].model_copy(update={"slo": slo})
    services = {**brackwater.doc.services, "connectivity": line}
    after = assess(rewritten(brackwater, services=services, slas={"standard": fits}), PRACTICE)
    told = {(one.what, one.about): one.text for one in differences(before, after)}
    assert ("closed", "G5:connectivity:availability") in told
    assert ("closed", "G5:connectivity:resolve c-line") in told
    assert told["score", "sourcing"] == "2.6 → 3.1"
    assert not differences(after, after)


def test_a_score_is_rounded_down_and_never_up() -> None:
    assert [rounded(Fraction(one)) for one in ("8/3", "299/100", "3", "0", "1/20")] == [
        "2.6",
        "2.9",
        "3.0",
        "0.0",
        "0.0",
    ]


def test_four_of_five_are_enough_and_a_level_without_items_neither_lifts_nor_holds() -> None:
    def made(*results: Result) -> Component:
        looks = [Criterion("c", level, "", "", "", "do {item}", lambda _: Result()) for level in (1, 2, 3, 4, 5)]
        return Component("c", tuple(Answer(one, two) for one, two in zip(looks, results, strict=True)))

    good, bad, none = Result(("a", "b", "c", "d"), ("e",)), Result(("a", "b", "c"), ("d",)), Result()
    assert made(good, good, bad, good, good).level == 2
    assert made(good, good, none, good, none).level == 4
    assert made(good, good, none, bad, none).level == 2
    assert made(none, good, none, none, none).level == 2
    assert made(none, bad, none, none, none).level == 0
    assert made(none, none, none, none, none).level is None
    assert made(good, bad, none, none, none).advice == "do d"


def test_what_is_old_is_not_practice_any_more(brackwater: Facts) -> None:
    long_ago = replace(LINE, detected_at=NOW - 2 * FOUR_WEEKS, resolved_at=NOW - FOUR_WEEKS - 1)
    found = component(assess(brackwater, replace(PRACTICE, incidents=(long_ago,))), "sourcing")
    assert words(found)[2] == "not applicable"


def test_live_facts_lift_what_paper_cannot(brackwater: Facts) -> None:
    hosts = frozenset(brackwater.doc.hosts)
    checks = ("security_updates", "updates", "newest_file", "disk", "memory", "checkin")
    lived = Practice(
        now=NOW,
        incidents=(replace(LINE, runbook="rb-incident"),),
        coverage=dict.fromkeys(brackwater.doc.services, Fraction(99, 100)),
        seen=dict.fromkeys(checks, hosts),
        measured=frozenset(brackwater.doc.kpis),
        kpi_weeks=dict.fromkeys(brackwater.doc.kpis, 4),
        budget_weeks=dict.fromkeys(brackwater.doc.services, 4),
        missed_twice=frozenset({"erp"}),
        missed_kpis=frozenset({"noise"}),
        frozen_on_time=("2026-W42", "2026-W43", "2026-W44", "2026-W45"),
        load={"marco": Fraction(17, 20), "priya": Fraction(1, 2), "dana": Fraction(1, 2)},
        handovers={"h-1": True},
        changed_runbooks=frozenset({"rb-incident", "rb-patch", "rb-backup", "rb-week"}),
        citing=frozenset({"d-3"}),
        gaps_before=frozenset({"G1:old", "G6:m365"}),
    )
    found = {one.name: words(one)[2:] for one in assess(brackwater, lived).components}
    assert found == {
        "processes": ["1/1", "4/4", "4/4"],
        "governance": ["1/1", "11/11", "1/1"],
        "sourcing": ["1/1", "0/2", "0/2"],
        "services": ["6/6", "4/4", "0/1"],
        "measurement": ["13/13", "4/4", "0/1"],
        "organization": ["2/2", "9/9", "1/2"],
    }


def test_a_contract_is_reviewed_by_a_decision_before_its_notice_date(brackwater: Facts) -> None:
    def decided(at: date) -> list[str]:
        fields = {"kind": "decision", "client": "brackwater", "id": "d-9", "by": "helen", "what": "keep it"}
        record = DecisionRecord.model_validate({**fields, "at": at, "covers": {"contract": "c-erp"}})
        facts = replace(brackwater, records=(*brackwater.records, record))
        return words(component(assess(facts, PRACTICE), "sourcing"))

    assert decided(date(2026, 11, 1))[4] == "1/2"
    assert decided(date(2026, 11, 2))[4] == "0/2"


def test_a_waiver_approved_by_who_may_not_is_not_followed(brackwater: Facts) -> None:
    roles = {**brackwater.doc.roles, "change-authority": brackwater.doc.roles["incident-lead"]}
    found = component(assess(rewritten(brackwater, roles=roles), PRACTICE), "governance")
    assert words(found)[2] == "0/1"


def test_time_that_nobody_had_it_counts_against_the_organization(brackwater: Facts) -> None:
    lost = replace(LINE, unowned=60)
    assert words(component(assess(brackwater, replace(PRACTICE, incidents=(lost,))), "organization"))[2] == "0/1"
