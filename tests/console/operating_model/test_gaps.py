"""Gaps: exactly those that the example is meant to have, each of them closed by what its fix says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from checks.catalogue import BY_NAME
from console.operating_model.entities import Client
from console.operating_model.examples import example, written_records
from console.operating_model.gaps import gaps
from console.operating_model.gaps.gap import Facts, Gap
from console.operating_model.load import load
from console.operating_model.problems import ModelErrors
from console.operating_model.records import records
from console.service_levels.underpinning import expected, shortfalls

REPORT_DATE = date(2026, 11, 15)


def facts(client: Client, today: date = REPORT_DATE) -> Facts:
    assert client.doc is not None
    return Facts(
        client=client,
        doc=client.doc,
        provider=None,
        today=today,
        revision=1,
        checks=frozenset(BY_NAME),
        records=records(written_records("brackwater")),
        shortfalls=shortfalls(client, client.doc, today),
    )


@pytest.fixture(scope="module")
def brackwater() -> Facts:
    model = load(example("brackwater"), BY_NAME)
    return replace(facts(model.clients["brackwater"]), provider=model.provider.doc)


def names(found: tuple[Gap, ...]) -> list[str]:
    return [f"{gap.number} {gap.about}" for gap in found]


def test_exactly_the_gaps_that_the_example_is_meant_to_have(brackwater: Facts) -> None:
    assert names(gaps(brackwater)) == [
        "G4 erp",
        "G5 connectivity", "G5 connectivity", "G5 erp",
        "G6 m365",
        "G7 c-erp",
        "G11 files", "G11 identity",
        "G15 n-3",
        "G16 tom",
        "G21 connectivity",
        "EOL fs01", "END w-1", "EOL ws-cad1",
    ]  # fmt: skip


def test_each_gap_says_what_was_seen_who_owns_it_and_what_closes_it(brackwater: Facts) -> None:
    told = {f"{gap.number} {gap.about}": gap for gap in gaps(brackwater)}
    assert told["G4 erp"].evidence == "only marco can do it"
    assert told["G4 erp"].owner == "tom"
    assert told["G7 c-erp"].evidence == "the notice date 2026-11-01 passed; it ends 2026-12-31"
    assert told["G11 identity"].evidence == "it was never restore-tested"
    assert told["EOL fs01"].evidence == "support of windows-server-2016 ends 2027-01-12 (in 58 days)"
    assert told["EOL ws-cad1"].evidence.endswith("(33 days ago)")
    assert told["END w-1"].evidence == "it ends in 5 days, on 2026-11-20"
    assert all(gap.evidence and gap.fix for gap in told.values())


def test_promises_are_set_beside_what_underpins_them(brackwater: Facts) -> None:
    told = {(one.service, one.kind): one.evidence for one in brackwater.shortfalls}
    assert told["connectivity", "availability"] == "99.90 % is promised, and line-main promises 99.50 %"
    assert told["connectivity", "resolve"] == "S1 is promised in 4 h; with c-line it can take 15 min more"
    assert told["erp", "resolve"] == "S1 is promised in 4 h; with c-erp it can take 4 d 20 h more"
    assert told["erp", "hours"] == "2 d of its hours a week lie outside the support hours of c-erp"
    assert "ends 2026-12-31" in told["erp", "dates"]
    assert expected(brackwater.client, brackwater.doc, "erp") == pytest.approx(0.999)


def test_files_is_overdue_from_the_day_after_its_ninety_days(brackwater: Facts) -> None:
    on = [names(gaps(replace(brackwater, today=date(2026, 11, day)))) for day in (12, 13)]
    assert ["G11 files" in told for told in on] == [False, True]


def test_dates_that_pass_become_gaps(brackwater: Facts) -> None:
    later = names(gaps(replace(brackwater, today=date(2026, 12, 1))))
    assert {"G12 w-1", "G17 a-2", "G17 ms-2", "G17 ms-3"} <= set(later)
    assert "END w-1" not in later
    assert {"G8 p-patch", "G8 patching"} <= set(names(gaps(replace(brackwater, today=date(2027, 3, 1)))))


@pytest.mark.parametrize(
    ("before", "after", "gap"),
    [
        ("needs: {all: [bkp01]}", "needs: {all: [fs01]}", "G1 bkp01"),
        ("offering: backup-vault, ", "", "G2 backup"),
        ("sla_own", "sla_else", "G2 erp"),
        ("better: lower, target: 40, source", "better: lower, source", "G3 noise"),
        ("deputy: marco, C: [], I: [helen, tom]", "C: [], I: [helen, tom]", "G4 backup"),
        ("covers: [line-main]", "covers: [backup]", "G6 line-main"),
        ("runbook: rb-patch, kpi", "kpi", "G8 p-patch"),
        ("triggers: [finding.backup]", "triggers: [call]", "G9 finding.backup"),
        ("at: \"00:00\", every: 4h, window: 4h,", "at: \"00:00\", every: 4h, window: 4h, takes: 2h,", "G10 erp"),
        ("kpi: availability, service: erp, baseline: 98.6, ", "kpi: availability, service: erp, ", "G14 o-orders"),
        ("outcome: o-ransom,\n                 needs: {all: [bkp01]}", "needs: {all: [bkp01]}", "G18 backup"),
        ("rpo: 26h, rto: 8h, recovery_order: 3", "rpo: 26h, rto: 8h", "G19 files"),
        ("checks: {disk: {", "checks: {mood: {", "G20 health"),
        ("S1: {own: 15m, resolve: 4h, clock: always}", "S1: {own: 45m, resolve: 4h, clock: always}", "G22 standard"),
        ("on_call: {calendar: always, rota: weekly, order: [marco, priya], start: 2026-11-09}\n", "", "G13 erp"),
    ],
)  # fmt: skip
def test_every_gap_is_found_where_it_is_made(before: str, after: str, gap: str) -> None:
    docs = [replace(doc, text=doc.text.replace(before, after)) for doc in example("brackwater")]
    assert docs != list(example("brackwater")), before
    model = load(docs, BY_NAME)
    found = names(gaps(replace(facts(model.clients["brackwater"]), provider=model.provider.doc)))
    assert gap in found
    assert gap not in names(gaps(facts_of_the_example()))


def facts_of_the_example() -> Facts:
    model = load(example("brackwater"), BY_NAME)
    return replace(facts(model.clients["brackwater"]), provider=model.provider.doc)


def test_a_host_without_an_agent_is_monitoring_that_was_sold_and_not_given(brackwater: Facts) -> None:
    all_but_one = frozenset(brackwater.doc.hosts) - {"fs01"}
    told = [gap.evidence for gap in gaps(replace(brackwater, heard=all_but_one)) if gap.about == "files"]
    assert any("no agent checks in from fs01" in text for text in told)


def test_every_bad_line_of_the_records_is_told_with_its_number() -> None:
    good = written_records("brackwater")
    lines = good.text.splitlines()
    lines[1] = lines[1].replace('"approved_by": "helen"', '"approved_by": "priya"')
    lines[4] = lines[4].replace("2026-11-12T21:00:00", "2026-11-12T18:00:00")
    lines.append("{nothing")
    lines.append('{"kind": "wish", "client": "brackwater"}')
    with pytest.raises(ModelErrors) as told:
        records(replace(good, text="\n".join(lines)))
    said = {one.line: one.text for one in told.value.problems}
    assert said[2] == "nobody approves what they asked for; approved_by must be somebody else"
    assert said[5] == "end must come after start"
    assert said[9].startswith("is not JSON")
    assert "does not match any of the expected tags" in said[10]


def test_announced_at_its_start_is_late(brackwater: Facts) -> None:
    from console.operating_model.schema.records import MaintenanceRecord

    (patch_night, _) = brackwater.of(MaintenanceRecord)
    assert patch_night.is_planned
    assert not patch_night.model_copy(update={"announced": patch_night.start}).is_planned
    assert patch_night.model_copy(update={"announced": patch_night.start - timedelta(seconds=1)}).is_planned
