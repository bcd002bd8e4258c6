"""What goes to the next shift (4.4, J8): S1, S2, what is due before its owner is back, and nothing silently."""

from __future__ import annotations

from dataclasses import replace

from builders import at

from checks.catalogue import BY_NAME
from checks.finding import Impact
from console.incidents.events import Event, Incident, Kind, Opening
from console.incidents.handing import last_end, next_shift, shift_end, to_hand_over
from console.incidents.passing import passed
from console.incidents.states import fold, step
from console.operating_model.entities import Model, Severity
from console.operating_model.examples import example
from console.operating_model.load import load

MODEL = load(example("brackwater"), BY_NAME)
ZONE = MODEL.clients["brackwater"].zone
SAID = "priya's shift is over, and nobody was offered it; the lead is told"
PRIYA = MODEL.provider.doc.people["priya"].shift if MODEL.provider.doc else ()


def case(owner: str, severity: str = "S2", begins: str = "Wed 10:00", number: int = 7) -> Incident:
    opening = Opening(
        number, "brackwater", "files", "fs01", "disk", "", "fs01: disk", Impact.DOWN, Severity(severity), at(begins)
    )
    return fold(opening, (Event(at(begins) + 60, owner, Kind.OWNED, "took it"),))


def orphans(model: Model, one: Incident, now: int) -> list[tuple[int, str]]:
    return [(each.at, each.text) for each in passed(model, one, now) if each.kind is Kind.ORPHANED]


def test_the_turns_of_a_shift_are_found_over_the_days_without_one() -> None:
    assert shift_end(PRIYA, ZONE, at("Fri 17:00")) == at("Fri 18:00")
    assert shift_end(PRIYA, ZONE, at("Fri 20:00")) == at("Fri 20:00"), "none is on"
    assert next_shift(PRIYA, ZONE, at("2026-11-13T17:00:00")) == at("2026-11-17T09:00:00"), "not on Monday"
    assert last_end(PRIYA, ZONE, at("2026-11-14T12:00:00")) == at("2026-11-13T18:00:00")
    assert (next_shift((), ZONE, at("Fri 17:00")), last_end((), ZONE, at("Fri 17:00"))) == (None, None)


def test_the_list_has_what_is_grave_and_what_is_due_before_its_owner_is_back() -> None:
    minor = case("priya", "S3", "Wed 10:00", 8)
    soon = case("priya", "S3", "2026-11-13T08:00:00", 9)  # due Tue 12:00, and she is back at 09:00
    over_the_weekend = case("priya", "S3", "2026-11-12T09:00:00", 10)  # due Mon 13:00, when she does not work
    cases = [minor, soon, over_the_weekend, case("priya"), case("marco", number=11)]
    found = to_hand_over(MODEL, cases, "priya", at("Wed 16:50"))
    assert [(each.incident.number, each.why) for each in found] == [(7, "S2")]
    found = to_hand_over(MODEL, [soon, over_the_weekend], "priya", at("2026-11-13T16:50:00"))
    assert [(each.incident.number, each.why) for each in found] == [(10, "due before your next shift")]


def test_what_nobody_was_offered_at_the_end_of_a_shift_is_an_orphan_15_minutes_later_and_once() -> None:
    one, at_end = case("priya"), at("Wed 18:15")
    assert orphans(MODEL, one, at_end - 1) == []
    assert orphans(MODEL, one, at_end) == [(at_end, SAID)]
    again = step(one, next(each for each in passed(MODEL, one, at_end) if each.kind is Kind.ORPHANED))
    assert orphans(MODEL, again, at_end + 3600) == []
    assert len(orphans(MODEL, again, at("Thu 20:00"))) == 1, "and again after the next shift"


def test_who_is_on_call_keeps_what_they_have_and_what_was_taken_after_the_shift_is_nobodys_miss() -> None:
    assert orphans(MODEL, case("marco"), at("Wed 23:00")) == [], "Marco is on call this week"
    late = case("priya", begins="Wed 19:00")
    assert orphans(MODEL, late, at("Wed 23:00")) == []
    light = case("priya", "S3")
    assert orphans(MODEL, light, at("Wed 23:00")) == []
    doc = MODEL.provider.doc
    assert doc is not None
    alone = replace(MODEL, provider=replace(MODEL.provider, doc=doc.model_copy(update={"on_call": None})))
    assert len(orphans(alone, case("marco"), at("Wed 23:00"))) == 1, "without a rota his night is nobody's"
