"""Gaps: exactly those that the example is meant to have, each of them closed by what its fix says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from checks.catalogue import BY_NAME
from console.operating_model.build import client_of
from console.operating_model.entities import Client
from console.operating_model.examples import example, written_records
from console.operating_model.gaps import gaps
from console.operating_model.gaps.gap import Facts, Gap
from console.operating_model.gaps.reasons import REASONS
from console.operating_model.load import load
from console.operating_model.problems import ModelErrors
from console.operating_model.records import records
from console.operating_model.schema.records import ActionRecord
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
    assert "known are: " in said[10]


def test_announced_at_its_start_is_late(brackwater: Facts) -> None:
    from console.operating_model.schema.records import MaintenanceRecord

    (patch_night, _) = brackwater.of(MaintenanceRecord)
    assert patch_night.is_planned
    assert not patch_night.model_copy(update={"announced": patch_night.start}).is_planned
    assert patch_night.model_copy(update={"announced": patch_night.start - timedelta(seconds=1)}).is_planned


def changed(facts: Facts, **sections: object) -> list[str]:
    """The gaps of the example with these parts of its document written otherwise."""
    doc = facts.doc.model_copy(update=sections)
    return names(gaps(replace(facts, doc=doc, client=client_of(doc, BY_NAME))))


def with_one(entries: dict[str, Any], name: str, **fields: object) -> dict[str, Any]:
    return {**entries, name: entries[name].model_copy(update=fields)}


def test_a_part_of_a_promise_without_its_kpi_is_named(brackwater: Facts) -> None:
    kpis = {name: one for name, one in brackwater.doc.kpis.items() if name != "sla_own"}
    doc = brackwater.doc.model_copy(update={"kpis": kpis})
    told = [gap for gap in gaps(replace(brackwater, doc=doc)) if gap.number == "G2"]
    assert {gap.evidence for gap in told} == {"nothing measures time to own of its promise"}
    assert {gap.fix for gap in told} == {"register sla_own in kpis"}


def test_a_promise_and_a_contract_make_one_gap_whatever_the_contract_covers(brackwater: Facts) -> None:
    contracts = with_one(brackwater.doc.contracts, "c-line", covers=["line-main", "erp-app"])
    told = gaps(replace(brackwater, doc=brackwater.doc.model_copy(update={"contracts": contracts})))
    keys = [gap.key for gap in told if gap.number == "G5"]
    assert sorted(keys) == ["G5:connectivity:availability", "G5:connectivity:resolve c-line", "G5:erp:resolve c-erp"]
    assert len({gap.key for gap in told}) == len(told)


def test_a_contract_that_ended_covers_nothing(brackwater: Facts) -> None:
    told = [gap.evidence for gap in gaps(replace(brackwater, today=date(2027, 1, 1))) if gap.number == "G6"]
    assert "no contract covers it any more: c-erp ended" in told


def test_an_rto_is_proven_by_one_restore_that_was_fast_enough(brackwater: Facts) -> None:
    assert "G11 erp" in changed(brackwater, services=with_one(brackwater.doc.services, "erp", rto=3600))
    assert "G11 erp" not in changed(brackwater, services=with_one(brackwater.doc.services, "erp", rto=110 * 60))
    assert "G11 workplace" in changed(brackwater, services=with_one(brackwater.doc.services, "workplace", rto=3600))


def test_what_a_waiver_excused_is_a_gap_from_the_midnight_on_which_it_ends(brackwater: Facts) -> None:
    done = [one.model_copy(update={"done": REPORT_DATE}) for one in brackwater.of(ActionRecord)]
    rest = [one for one in brackwater.records if not isinstance(one, ActionRecord)]
    ended = replace(brackwater, records=(*rest, *done), today=date(2026, 11, 20))
    assert "G12 w-1" not in names(gaps(ended))
    seen = [gap for gap in gaps(replace(ended, deviating=frozenset({"w-1"}))) if gap.number == "G12"]
    assert [gap.evidence for gap in seen] == ["it ended 2026-11-20: agents still see what it excused"]


def test_hours_that_a_person_who_left_covered_are_covered_by_nobody(brackwater: Facts) -> None:
    assert brackwater.provider is not None
    alone = {"on_call": None, "people": {"dana": brackwater.provider.people["dana"]}}
    provider = brackwater.provider.model_copy(update=alone)
    services = with_one(brackwater.doc.services, "files", hours="day")
    doc = brackwater.doc.model_copy(
        update={"services": services, "calendars": {**brackwater.doc.calendars, "day": {"mon-fri": ["09:00-16:00"]}}}
    )
    now = replace(brackwater, provider=provider, doc=doc, client=client_of(doc, BY_NAME))
    assert "G13 files" not in names(gaps(now))
    left = provider.people["dana"].model_copy(update={"active_to": date(2026, 11, 1)})
    gone = replace(now, provider=provider.model_copy(update={"people": {"dana": left}}))
    assert "G13 files" in names(gaps(gone))


def test_jobs_and_patching_that_nothing_checks_are_gaps(brackwater: Facts) -> None:
    kpis = {name: one for name, one in brackwater.doc.kpis.items() if name != "backup_success"}
    assert "G20 backups" in changed(brackwater, kpis=kpis)
    assert "G21 erp" in changed(brackwater, policies=with_one(brackwater.doc.policies, "patching", limits={}))


def test_row_07b_no_service_without_an_outcome_and_no_outcome_without_a_number(brackwater: Facts) -> None:
    assert "G18 erp" in changed(brackwater, services=with_one(brackwater.doc.services, "erp", outcome=""))
    bare = [one.model_copy(update={"kpi": ""}) for one in brackwater.doc.outcomes]
    assert {"G14 o-orders", "G14 o-ransom"} <= set(changed(brackwater, outcomes=bare))


def test_row_21_two_people_cannot_both_be_accountable() -> None:
    row = "  - {for: erp, R: [marco], A: tom, C: [ledgerwood], I: [helen]}"
    for twice in (row.replace("A: tom", "A: [tom, dana]"), f"{row}\n{row.replace('A: tom', 'A: dana')}"):
        docs = [replace(doc, text=doc.text.replace(row, twice)) for doc in example("brackwater")]
        with pytest.raises(ModelErrors) as told:
            load(docs, BY_NAME)
        assert all("raci" in one.where for one in told.value.problems)


def test_every_gap_says_why_it_matters_and_where_that_comes_from(brackwater: Facts) -> None:
    assert {f"G{number}" for number in range(1, 23)} <= REASONS.keys()
    assert {gap.number for gap in gaps(brackwater)} <= REASONS.keys()
    assert all(one.title and one.why and one.source for one in REASONS.values())


def test_row_15_an_empty_section_is_shown_as_a_gap(brackwater: Facts) -> None:
    empty = {"processes": {}, "kpis": {}, "outcomes": [], "milestones": [], "roles": {}, "raci": []}
    told = changed(brackwater, policies={}, decision_rights=[], suppliers={}, contracts={}, capabilities=[], **empty)
    assert {one for one in told if one.startswith("EMPTY")} == {
        "EMPTY processes", "EMPTY governance", "EMPTY sourcing", "EMPTY measurement", "EMPTY organization",
        "EMPTY outcomes", "EMPTY plan",
    }  # fmt: skip


def test_row_25_a_capability_without_a_reason_is_a_gap(brackwater: Facts) -> None:
    plain = [one.model_copy(update={"why": ""}) for one in brackwater.doc.capabilities]
    assert "CAP cap-helpdesk" in changed(brackwater, capabilities=plain)


def test_row_29_what_is_sold_and_not_delivered_or_delivered_and_not_used_is_listed(brackwater: Facts) -> None:
    backups = brackwater.doc.policies["backups"]
    jobs = {id_: job for id_, job in backups.jobs.items() if id_ not in ("files-night", "offsite-week")}
    doc = brackwater.doc.model_copy(update={"policies": with_one(brackwater.doc.policies, "backups", jobs=jobs)})
    told = {gap.key: gap.evidence for gap in gaps(replace(brackwater, doc=doc))}
    assert told["G21:files:backup"] == "managed-server includes backup, and no job protects it"
    assert "IDLE workplace" in changed(brackwater, services=with_one(brackwater.doc.services, "workplace", users=0))


def test_row_33a_a_role_without_holder_or_deputy_is_a_gap(brackwater: Facts) -> None:
    roles = with_one(brackwater.doc.roles, "incident-lead", holder="", deputy="")
    doc = brackwater.doc.model_copy(update={"roles": roles})
    told = [gap.evidence for gap in gaps(replace(brackwater, doc=doc)) if gap.number == "ROLE"]
    assert told == ["nobody holds it", "nobody stands in for its holder"]


def test_row_35_who_leaves_is_listed_with_everything_that_is_still_theirs(brackwater: Facts) -> None:
    assert brackwater.provider is not None
    people = with_one(brackwater.provider.people, "marco", active_to=date(2026, 11, 13))
    gone = replace(brackwater, provider=brackwater.provider.model_copy(update={"people": people}))
    (left,) = [gap for gap in gaps(gone) if gap.number == "LEFT"]
    assert (left.about, left.owner) == ("marco", "dana")
    assert left.evidence.startswith("left on 2026-11-13 and still has service connectivity, service erp")
    assert "R of erp" in left.evidence
    assert "role incident-lead" in left.evidence
    assert "a turn of on-call" in left.evidence
    assert "G4 connectivity" in names(gaps(gone)), "who left cannot do it any more"
