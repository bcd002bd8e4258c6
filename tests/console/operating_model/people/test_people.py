"""People: what each holds, who is on call, how word travels, and what hangs on nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from checks.catalogue import BY_NAME
from console.operating_model.examples import example, written_records
from console.operating_model.load import load
from console.operating_model.people.duties import KINDS, TELLS, Duty, alone, duties
from console.operating_model.people.falling_due import due
from console.operating_model.people.orphans import orphans
from console.operating_model.people.reach import address, channel_for, processes_of, telling_steps, ways
from console.operating_model.people.staff import Staff, meant, named, turn, turns
from console.operating_model.records import records
from console.operating_model.schema.organization import OnCallDoc

SUNDAY = date(2026, 11, 15)


@pytest.fixture(scope="module")
def staff() -> Staff:
    model = load(example("brackwater"), BY_NAME)
    doc = model.clients["brackwater"].doc
    assert doc is not None
    return Staff(doc, model.provider.doc, SUNDAY, records(written_records("brackwater")))


def kind(found: tuple[Duty, ...], wanted: str) -> list[str]:
    return [one.id for one in found if one.kind == wanted]


def test_each_of_the_five_holds_what_the_model_says(staff: Staff) -> None:
    marco, dana, helen = duties(staff, "marco"), duties(staff, "dana"), duties(staff, "helen")
    assert kind(marco, "owns") == ["connectivity", "erp", "workplace", "health"]
    assert kind(marco, "stands in for") == ["backup", "p-backup"]
    assert "erp" not in kind(dana, "answers for")
    assert len(kind(dana, "answers for")) == 9
    assert kind(dana, "roles") == ["service-delivery-manager", "security-officer", "incident-lead"]
    assert kind(helen, "decides") == ["waive-patching", "spend-over-500", "patching", "backups"]
    assert kind(duties(staff, "tom"), "is asked about") == ["p-patch"]
    assert [KINDS.index(one.kind) for one in marco] == sorted(KINDS.index(one.kind) for one in marco)


def test_dates_come_in_order_and_those_that_passed_say_so(staff: Staff) -> None:
    priya = [one for one in duties(staff, "priya") if one.kind == "dates"]
    assert [one.id for one in priya] == ["a-2", "w-1", "ms-3", "backups", "patching"]
    (late,) = [one for one in duties(staff, "tom") if one.is_late]
    assert (late.id, late.due) == ("c-erp", date(2026, 11, 1))
    assert {one.id for one in due(staff, "dana")} >= {"ms-2", "c-line", "p-week"}


def test_who_can_do_a_service_alone_is_told(staff: Staff) -> None:
    assert alone(staff, "marco") == ("erp",)
    assert alone(staff, "priya") == ()


@pytest.mark.parametrize(
    ("day", "who"),
    [
        (date(2026, 11, 8), ""),
        (date(2026, 11, 9), "marco"),
        (date(2026, 11, 15), "marco"),
        (date(2026, 11, 16), "priya"),
        (date(2026, 11, 23), "marco"),
        (date(2027, 11, 1), "priya"),
    ],
)
def test_the_turn_goes_round_by_weeks_from_its_start(day: date, who: str) -> None:
    assert turn(OnCallDoc(order=["marco", "priya"], start=date(2026, 11, 9)), day) == who


def test_four_weeks_ahead_begin_with_the_one_that_runs_and_before_the_start_with_the_first() -> None:
    rota = OnCallDoc(order=["marco", "priya"], start=date(2026, 11, 9))
    ahead = [(f"{day:%m-%d}", who) for day, who in turns(rota, date(2026, 11, 18), 4)]
    assert ahead == [("11-16", "priya"), ("11-23", "marco"), ("11-30", "priya"), ("12-07", "marco")]
    assert next(turns(rota, date(2026, 1, 1), 4)) == (date(2026, 11, 9), "marco")


def opens(calendar: str) -> int | None:
    return {"always": 0, "office": 3600}.get(calendar)


def test_row_33c_the_worst_is_told_by_phone_and_the_mild_by_mail_once_it_opens(staff: Staff) -> None:
    found = [one for severity in ("S1", "S2", "S3", "S4") if (one := channel_for(staff, severity, opens))]
    assert [(one.kind, at) for one, at in found] == [("phone", 0), ("phone", 0), ("email", 3600), ("email", 3600)]
    assert channel_for(staff, "S9", opens) is None
    assert [(way.kind, way.use, way.at) for way in ways(staff, "helen")] == [
        ("phone", ("S1", "S2"), "+1-865-555-0110"), ("email", ("S3", "S4"), "helen@brackwater.example"),
    ]  # fmt: skip


def test_of_two_channels_the_one_that_is_open_is_taken(staff: Staff) -> None:
    night = staff.doc.channels[0].model_copy(update={"id": "ch-night", "use": ["S4"]})
    both = replace(staff, doc=staff.doc.model_copy(update={"channels": [*staff.doc.channels, night]}))
    found = channel_for(both, "S4", opens)
    assert found is not None
    assert found[0].id == "ch-night"


def test_an_end_of_a_channel_is_a_team_a_role_a_person_or_everybody_of_a_house(staff: Staff) -> None:
    assert staff.members("field") == ["dana", "marco"]
    assert staff.members("change-authority") == ["helen", "tom"]
    assert staff.members("tom") == ["tom"]
    assert staff.members("msp") == ["dana", "marco", "priya"]


def test_a_mail_goes_to_the_mail_address_and_a_call_to_the_phone(staff: Staff) -> None:
    helen = staff.people["helen"]
    assert (address(helen, "phone"), address(helen, "email")) == ("+1-865-555-0110", "helen@brackwater.example")
    assert address(helen.model_copy(update={"email": ""}), "report") == "+1-865-555-0110"


def test_row_34_who_is_informed_is_named_at_the_step_that_tells_them(staff: Staff) -> None:
    assert telling_steps(staff, "p-incident") == ("tell-client",)
    assert telling_steps(staff, "p-patch") == ("announce", "report")
    assert telling_steps(staff, "p-backup") == ("resolve",)
    told = {one.id: one.text for one in duties(staff, "helen") if one.kind == "is told of"}
    assert told["p-incident"] == "Incident handling, at the step tell-client"
    (helen,) = [one for one in duties(staff, "marco") if one.kind == TELLS]
    assert helen.text == (
        "Helen Brandt, by phone (+1-865-555-0110) for S1, S2; by email (helen@brackwater.example) for S3, S4, "
        "in office hours"
    )


def test_row_18_a_finding_leads_to_the_same_steps_every_time(staff: Staff) -> None:
    assert processes_of(staff, "files") == ("p-incident", "p-backup")
    assert processes_of(staff, "connectivity") == ("p-incident",)


def test_row_35_what_somebody_held_is_listed_from_the_day_after_they_left(staff: Staff) -> None:
    assert orphans(staff) == ()
    assert staff.provider is not None
    people = dict(staff.provider.people)
    people["priya"] = people["priya"].model_copy(update={"active_to": date(2026, 11, 30)})
    leaving = replace(staff, provider=staff.provider.model_copy(update={"people": people}))
    assert orphans(replace(leaving, today=date(2026, 11, 30))) == ()
    found = {(one.thing, one.id, one.part) for one in orphans(replace(leaving, today=date(2026, 12, 1)))}
    assert {("service", "files", "owner"), ("role", "security-officer", "holder"), ("team", "infra", "lead")} <= found
    assert {("process", "p-backup", "R"), ("on call", "brackwater", "turn"), ("milestone", "ms-3", "owner")} <= found
    assert all(one.text == "Priya Nair left on 2026-11-30" for one in orphans(replace(leaving, today=date(2027, 1, 1))))


def test_row_33a_a_role_that_nobody_holds_is_listed(staff: Staff) -> None:
    role = staff.doc.roles["incident-lead"].model_copy(update={"holder": "", "deputy": ""})
    bare = replace(staff, doc=staff.doc.model_copy(update={"roles": {"incident-lead": role}}))
    assert [(one.thing, one.id, one.text) for one in orphans(bare)] == [
        ("role", "incident-lead", "nobody holds it"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "ids"),
    [
        ("marco", ["marco"]),
        ("Marco Reyes", ["marco"]),
        ("REYES", ["marco"]),
        ("an", ["dana", "helen"]),
        ("nobody", []),
        ("", []),
    ],
)
def test_a_person_is_found_by_id_login_or_a_part_of_the_name(staff: Staff, word: str, ids: list[str]) -> None:
    assert named(staff.people, word) == ids


def test_a_word_that_names_nobody_is_answered_with_the_nearest(staff: Staff) -> None:
    assert meant(staff.people, "marko") == "; did you mean marco?"
