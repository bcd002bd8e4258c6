"""At 150 % of the time to solve, a major review is opened for whoever owns the house (4.4)."""

from __future__ import annotations

import json

from builders import an_incident, at

from checks.catalogue import BY_NAME
from checks.finding import Impact
from console.incidents.events import Event, Incident, Kind, Opening
from console.incidents.review import major_review
from console.incidents.states import fold
from console.operating_model.entities import Severity
from console.operating_model.examples import example
from console.operating_model.load import load
from console.operating_model.records import read

MODEL = load(example("brackwater"), BY_NAME)
OPENING = Opening(
    7, "brackwater", "files", "fs01", "disk", "", "fs01: disk full", Impact.DOWN, Severity.S2, at("Mon 10:00")
)


def a_mark(clock: str, percent: int) -> Event:
    return Event(at("Tue 12:00"), "", Kind.MARK, f"{clock} {percent} %", clock, percent=percent)


def case() -> Incident:
    return fold(OPENING, ())


def test_the_review_is_an_action_of_the_house_s_owner_due_in_a_week() -> None:
    fields = major_review(MODEL, case(), a_mark("resolve", 150))
    assert fields is not None
    (record,) = read([json.dumps(fields)])
    assert (record.kind, fields["id"], fields["owner"], fields["due"]) == ("action", "review-7", "dana", "2026-11-17")


def test_no_other_mark_and_no_client_that_is_in_no_model_opens_one() -> None:
    others = (a_mark("resolve", 100), a_mark("own", 150), Event(at("Tue 12:00"), "ana", Kind.NOTE, "150 %"))
    assert [major_review(MODEL, case(), one) for one in others] == [None, None, None]
    assert major_review(MODEL, an_incident(at("Mon 10:00")), a_mark("resolve", 150)) is None
