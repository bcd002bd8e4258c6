"""The six components of the example: every row, what is live beside it, and what an empty section says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from checks.catalogue import BY_NAME
from console.operating_model.components import COMPONENTS
from console.operating_model.components.blocks import BLOCKS, blocks
from console.operating_model.components.entry import NOT_MEASURED, Component, Entry, Lacking, Live, ServiceNow
from console.operating_model.components.governance import covers, in_force, over_limit
from console.operating_model.components.measurement import FORMULAS, restore_age
from console.operating_model.components.organization import shift_words
from console.operating_model.components.services import needs_of
from console.operating_model.components.sourcing import contract_words
from console.operating_model.examples import example, written_records
from console.operating_model.load import load
from console.operating_model.people.staff import Staff
from console.operating_model.records import records
from console.operating_model.schema.client import ClientDoc

SUNDAY = date(2026, 11, 15)
EMPTY = ClientDoc.model_validate({"schema": 1, "client": {"id": "mill", "name": "Mill", "tz": "UTC"}})


@pytest.fixture(scope="module")
def staff() -> Staff:
    model = load(example("brackwater"), BY_NAME)
    doc = model.clients["brackwater"].doc
    assert doc is not None
    return Staff(doc, model.provider.doc, SUNDAY, records(written_records("brackwater")))


def of(staff: Staff, tab: str, live: Live | None = None) -> Component:
    return COMPONENTS[tab](staff, live or Live())


def row(component: Component, kind: str, id_: str) -> Entry:
    return next(one for one in component.rows if (one.kind, one.id) == (kind, id_))


@pytest.mark.parametrize("tab", list(COMPONENTS))
def test_row_04_each_tab_has_a_live_number_or_says_that_it_is_not_measured(staff: Staff, tab: str) -> None:
    component = of(staff, tab)
    assert any(char.isdigit() for char in component.answer)
    if tab in ("services", "processes", "measurement"):
        assert any(NOT_MEASURED in line for one in component.rows for line in one.detail)


@pytest.mark.parametrize("tab", list(COMPONENTS))
def test_row_15_an_empty_section_is_shown_and_says_what_would_be_there_and_how_it_gets_there(tab: str) -> None:
    empty = of(Staff(EMPTY, None, SUNDAY), tab)
    missing = [one for one in empty.rows if not one.id]
    assert missing
    assert all(one.cells["says"].startswith("none written yet: ") for one in missing)
    assert all("watchbill model edit mill" in one.detail[-1] for one in missing)


def test_row_28_a_service_has_all_eight_blocks_and_none_is_empty(staff: Staff) -> None:
    for service in staff.doc.services:
        made = blocks(staff, Live(), service)
        assert tuple(made) == BLOCKS
        assert all(made.values()), service
    erp = {title: [line.text for line in lines] for title, lines in blocks(staff, Live(), "erp").items()}
    assert "mon-fri 06:00-22:00" in erp["hours"]
    assert "nobody stands in" in erp["people"]
    assert "recovered as number 2" in erp["promise"]
    assert "needs Sign-in: not measured" in erp["stands on"]
    assert erp["contracts"][0].startswith("c-erp: Ledgerwood Software owes respond 4 h")


def test_row_02_a_service_leads_to_its_hosts_its_people_and_its_outcome_and_back(staff: Staff) -> None:
    lines = [line for one in blocks(staff, Live(), "identity").values() for line in one]
    led = {(line.thing, line.id) for line in lines if line.thing}
    assert {("host", "dc01"), ("host", "dc02"), ("person", "dana"), ("service", "erp"), ("service", "files")} <= led
    assert any("o-orders: Orders can be entered" in line.text for line in lines)


def test_row_34_a_services_page_says_whom_to_tell_by_what_and_at_which_step(staff: Staff) -> None:
    told = [line.text for line in blocks(staff, Live(), "files")["people"] if line.text.startswith("tell")]
    assert told[0].startswith("tell (I): Helen Brandt, by phone (+1-865-555-0110) for S1, S2; by email")
    assert told[0].endswith("at the step Incident handling: tell-client; Backup failure: resolve")


def test_row_21_every_service_and_process_has_one_who_answers_for_it(staff: Staff) -> None:
    assert {one.cells["answers"] for one in of(staff, "services").rows} == {"Dana Whitlock", "Tom Osei"}
    assert {one.cells["who"] for one in of(staff, "processes").rows} == {"A Dana Whitlock"}


def test_row_33b_the_raci_of_the_example_is_thin_at_erp_alone(staff: Staff) -> None:
    rows = [one for one in of(staff, "organization").rows if one.kind == "raci"]
    assert len(rows) == 10
    assert [one.id for one in rows if one.tone == "watch"] == ["erp"]
    assert "is told (I)     Helen Brandt" in row(of(staff, "organization"), "raci", "p-patch").detail


def test_row_33a_a_role_without_a_holder_stands_out(staff: Staff) -> None:
    role = staff.doc.roles["incident-lead"].model_copy(update={"holder": ""})
    bare = replace(staff, doc=staff.doc.model_copy(update={"roles": {"incident-lead": role}}))
    one = row(of(bare, "organization"), "role", "incident-lead")
    assert (one.tone, one.cells["who"], one.cells["now"]) == ("breach", "nobody", "nobody holds it")


def test_row_35_what_hangs_on_somebody_who_left_stands_before_everything_else(staff: Staff) -> None:
    people = {**staff.doc.people, "tom": staff.doc.people["tom"].model_copy(update={"active_to": date(2026, 11, 1)})}
    left = of(replace(staff, doc=staff.doc.model_copy(update={"people": people})), "organization")
    first = left.rows[0]
    assert (left.tone, first.kind, first.cells["says"]) == (
        "breach",
        "orphan",
        "service erp: Tom Osei left on 2026-11-01",
    )
    assert "hang on nobody who is here" in left.answer


def test_row_22c_each_policy_says_which_hosts_it_covers_and_which_are_over_its_limit(staff: Staff) -> None:
    backups, health = staff.doc.policies["backups"], staff.doc.policies["health"]
    assert covers(staff, backups) == ("hv01", "fs01", "erp01", "bkp01")
    assert len(covers(staff, health)) == 10
    live = Live(
        breaches={"disk": frozenset({"erp01", "unplanned"}), "cpu": frozenset({"fs01"})}, heard=frozenset({"erp01"})
    )
    assert over_limit(staff, live, health) == {"erp01"}
    one = row(of(staff, "governance", live), "policy", "health")
    assert (one.tone, one.cells["now"]) == ("breach", "1 over")
    assert "over now   erp01" in one.detail


def test_row_23a_a_policy_past_its_review_stands_out_and_a_waiver_says_whom_it_excuses(staff: Staff) -> None:
    assert [one.id for one in in_force(staff, "patching")] == ["w-1"]
    patching = row(of(staff, "governance"), "policy", "patching")
    assert "excused    erp01, postgresql-security-2026-11 until 2026-11-20 (w-1, Helen Brandt)" in patching.detail
    assert "waived by  Helen Brandt or Tom Osei, for 30 days at most" in patching.detail
    later = replace(staff, today=date(2027, 1, 16))
    assert row(of(later, "governance"), "policy", "patching").tone == "watch"
    assert list(in_force(later)) == []


def test_row_25_each_capability_says_why_it_is_done_so_and_one_that_does_not_stands_out(staff: Staff) -> None:
    assert (
        "why        process knowledge stays in house"
        in row(of(staff, "sourcing"), "capability", "cap-erp-admin").detail
    )
    silent = [one.model_copy(update={"why": ""}) for one in staff.doc.capabilities]
    bare = replace(staff, doc=staff.doc.model_copy(update={"capabilities": silent}))
    assert row(of(bare, "sourcing"), "capability", "cap-line").tone == "watch"


def test_a_notice_date_that_passed_and_a_thing_without_a_contract_stand_out(staff: Staff) -> None:
    sourcing = of(staff, "sourcing")
    assert {one.id: one.tone for one in sourcing.rows if one.kind == "contract"} == {"c-line": "", "c-erp": "breach"}
    assert {one.id: one.tone for one in sourcing.rows if one.kind == "external"} == {
        "line-main": "", "erp-app": "", "m365": "watch",
    }  # fmt: skip
    assert contract_words(staff.doc.contracts["c-line"]) == "99.5 % a month, respond 1 h, solve 4 h, at any hour"


def test_row_30_every_kpi_says_its_formula_its_inputs_and_its_target(staff: Staff) -> None:
    rows = {one.id: one for one in of(staff, "measurement", Live(kpis={"sla_own": "85.71 % (6 of 7)"})).rows}
    assert set(rows) == set(FORMULAS)
    assert rows["sla_own"].cells == {"who": "K15", "says": "at least 95 percent", "now": "85.71 % (6 of 7)"}
    assert rows["load"].cells == {"who": "K18", "says": "60 to 85 percent", "now": NOT_MEASURED}
    assert "target     ERP 99.5 %" in rows["availability"].detail
    assert any(line.startswith("made from  ") for line in rows["noise"].detail)


def test_row_10_no_number_that_counts_needs_a_price_or_a_sale(staff: Staff) -> None:
    money = {"price", "revenue", "sales", "month_cost", "rate"}
    assert not [name for name, formula in FORMULAS.items() if money & set(f"{formula.text} {formula.inputs}".split())]
    assert {kpi.unit for kpi in staff.doc.kpis.values()} == {"percent", "days"}


def test_the_age_of_restore_tests_is_measured_from_the_records(staff: Staff) -> None:
    assert restore_age(staff) == {"restore_test_age_days": "never: identity"}
    policies = {"backups": staff.doc.policies["backups"].model_copy(update={"jobs": {
        name: job for name, job in staff.doc.policies["backups"].jobs.items() if name != "vm-night"
    }})}  # fmt: skip
    assert restore_age(replace(staff, doc=staff.doc.model_copy(update={"policies": policies}))) == {
        "restore_test_age_days": "93 days",
    }  # fmt: skip


def test_row_29_what_does_not_fit_stands_below_the_services(staff: Staff) -> None:
    gaps = [Lacking("G21", "files", "promised backup, none found", "add a job"), Lacking("G4", "erp", "x", "y")]
    rows = [one for one in of(staff, "services", Live(gaps=gaps)).rows if one.kind == "misfit"]
    assert [(one.name, one.cells["says"]) for one in rows] == [("G21 files", "promised backup, none found")]
    unused = {**staff.doc.services, "backup": staff.doc.services["backup"].model_copy(update={"users": 0})}
    idle = of(replace(staff, doc=staff.doc.model_copy(update={"services": unused})), "services")
    assert [one.cells["says"] for one in idle.rows if one.kind == "misfit"] == ["nobody is said to use it"]


def test_a_service_that_is_down_turns_the_answer(staff: Staff) -> None:
    live = Live(services={"erp": ServiceNow("down", "breach", "disk full", ("#1 S1 disk full, marco",), "97.91 %")})
    services = of(staff, "services", live)
    assert (services.tone, services.answer) == ("breach", "0 of 1 run · 1 open incident")
    erp = row(services, "service", "erp")
    assert {"available  99.5 % over 28 days promised; this week 97.91 %", "open       #1 S1 disk full, marco"} <= set(
        erp.detail
    )


def test_hours_and_needs_are_said_in_words(staff: Staff) -> None:
    assert shift_words(staff.people["priya"]) == "tue–fri 09:00–18:00"
    assert shift_words(staff.people["helen"]) == ""
    assert needs_of(staff.doc.services["identity"]) == "1 of dc01, dc02"
    assert needs_of(staff.doc.services["workplace"]) == "any of ws-cad1, ws-front1"
