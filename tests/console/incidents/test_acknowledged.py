"""Acknowledged until it is good again: not before, not for another time."""

from __future__ import annotations

from builders import an_incident, at, event

from console.incidents.acknowledged import acknowledgement
from console.incidents.events import Event, Kind

T = at("Mon 10:00")


def who(*events: Event) -> str:
    found = acknowledgement(an_incident(T, *events))
    return f"{found.by}: {found.text}" if found else ""


ACK = event(T + 60, Kind.ACKNOWLEDGED, "ana", "waits for Thursday's window")


def test_an_acknowledgement_holds_while_it_is_bad_and_ends_when_all_of_it_is_good() -> None:
    joined = event(T + 90, Kind.JOINED, subject="/home")

    assert who() == ""
    assert who(ACK) == "ana: waits for Thursday's window"
    assert who(ACK, joined, event(T + 99, Kind.RECOVERED)) == "ana: waits for Thursday's window"
    assert who(ACK, event(T + 99, Kind.RECOVERED)) == ""
    assert who(ACK, event(T + 99, Kind.RECOVERED), event(T + 120, Kind.RELAPSED)) == ""
    assert an_incident(T, ACK).owner == ""  # who knows of it does not own it


def test_the_newest_word_counts() -> None:
    later = event(T + 70, Kind.ACKNOWLEDGED, "tom", "the part is ordered")

    assert who(ACK, later) == "tom: the part is ordered"
