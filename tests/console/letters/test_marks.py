"""TL6 of 4.5: the marks of an S1 that nobody owned at night, to the second."""

from __future__ import annotations

from builders import at

from checks.catalogue import BY_NAME
from checks.finding import Impact
from console.incidents.events import Event, Kind, Opening, fold
from console.letters.marks import passed
from console.operating_model.entities import Severity
from console.operating_model.examples import example
from console.operating_model.load import load

CLIENT = load(example("brackwater"), BY_NAME).clients["brackwater"]
OPENING = Opening(
    7, "brackwater", "erp", "erp01", "disk", "", "t", Impact.DOWN, Severity("S1"), at("2026-11-14T02:00:00")
)  # fmt: skip


def marks(when: str, *events: Event) -> set[tuple[str, int]]:
    return set(passed(CLIENT, fold(OPENING, events), at(f"2026-11-14T{when}")))


def test_tl6_an_unowned_night() -> None:
    owned = Event(at("2026-11-14T02:22:00"), "marco", Kind.OWNED)
    assert marks("02:11:14") == set()
    assert marks("02:11:15") == {("own", 75)}
    assert marks("02:15") == {("own", 75)}
    assert marks("02:15:01") == {("own", 75), ("own", 100)}
    assert marks("03:59:59", owned) == set()
    assert marks("04:00", owned) == {("resolve", 50)}
    assert marks("05:00", owned) == {("resolve", 50), ("resolve", 75)}
    assert marks("06:00:01", owned) == {("resolve", 50), ("resolve", 75), ("resolve", 100)}
    assert ("resolve", 150) not in marks("07:10", owned)
    assert ("resolve", 150) in marks("08:00", owned)
