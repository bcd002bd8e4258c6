"""Who comes next when an incident needs more power (4.4)."""

from __future__ import annotations

from builders import at

from checks.catalogue import BY_NAME
from checks.finding import Impact
from console.incidents.events import Event, Incident, Kind, Opening
from console.incidents.states import fold
from console.letters.incident import letters
from console.letters.ladder import next_rung, rungs
from console.letters.letter import Accounts
from console.letters.reach import Desk, Reach, reach
from console.operating_model.entities import Severity
from console.operating_model.examples import example
from console.operating_model.load import load

MODEL = load(example("brackwater"), BY_NAME)
NOW = at("Tue 10:00")
DESK = Desk(MODEL, Accounts(has_mail=True), NOW)


def case(*events: Event) -> Incident:
    place = (7, "brackwater", "files", "fs01", "disk", "", "fs01: disk full", Impact.DOWN, Severity.S2, NOW - 600)
    return fold(Opening(*place), (Event(NOW - 300, "marco", Kind.OWNED, "took it"), *events))


def way() -> Reach:
    found = reach(DESK, MODEL.clients["brackwater"], "S2")
    assert found is not None
    return found


def test_the_chain_goes_from_the_lead_to_the_house_and_names_each_person_once() -> None:
    found = rungs(way(), case())
    assert [(one.person, one.role) for one in found] == [
        ("priya", "team lead"),
        ("dana", "service delivery manager, answers for the service, owner of the house"),
    ]
    assert "marco" not in [one.person for one in found], "who has it is not called"
    assert all(one.address.startswith(one.name) for one in found)


def test_who_was_called_is_passed_over_and_anybody_of_the_chain_can_be_named() -> None:
    first = next_rung(way(), case())
    assert first is not None
    called = Event(NOW, "marco", Kind.ESCALATED, "please", to=first.person)
    second = next_rung(way(), case(called))
    assert second is not None
    assert second.person != first.person
    assert next(one.called_at for one in rungs(way(), case(called)) if one.person == first.person) == NOW
    assert next_rung(way(), case(), "dana") == next_rung(way(), case(), "Dana Whitlock")
    assert next_rung(way(), case(), "nobody") is None


def test_who_is_called_gets_a_letter_with_what_is_needed() -> None:
    event = Event(NOW, "marco", Kind.ESCALATED, "Dana Whitlock: we need a second pair of hands", to="dana")
    (posting,) = letters(DESK, case(event), event, ())
    assert (posting.letter.about, posting.letter.person) == ("escalation", "dana")
    assert posting.letter.subject.startswith("Marco Reyes needs you: S2 #7")
    assert "a second pair of hands" in "\n".join(posting.letter.lines)
