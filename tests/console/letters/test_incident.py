"""Who is told what of an incident, by which way and when: 4.4, and the channels of 2.2."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from builders import at, utc
from msgspec import structs

from checks.catalogue import BY_NAME
from checks.finding import Impact
from console.incidents.events import Event, Incident, Kind, Opening
from console.incidents.states import fold
from console.letters.incident import letters
from console.letters.letter import Accounts, Posting, Way
from console.letters.reach import Desk
from console.operating_model.entities import Severity
from console.operating_model.examples import example
from console.operating_model.load import load

MODEL = load(example("brackwater"), BY_NAME)
TUESDAY = at("Tue 10:00")
MAIL = Accounts(has_mail=True)


def case(severity: str = "S1", service: str = "files", *events: Event, start: int = TUESDAY) -> Incident:
    opening = Opening(
        7, "brackwater", service, "fs01", "disk", "", "fs01: disk full", Impact.DOWN, Severity(severity), start
    )
    return fold(opening, events)


def told(incident: Incident, event: Event | None, now: int = TUESDAY, accounts: Accounts = MAIL) -> list[Posting]:
    return list(letters(Desk(MODEL, accounts, now), incident, event, ()))


def people(found: Iterable[Posting]) -> list[str]:
    return [one.letter.person for one in found]


def a_mark(text: str, when: int = TUESDAY) -> Event:
    clock, percent = text.split()
    return Event(when, "", Kind.MARK, f"{text} %", clock, percent=int(percent))


@pytest.mark.parametrize(
    ("mark", "whom"),
    [
        ("own 75", ["marco", "priya"]),  # the queue and on call
        ("own 100", ["priya"]),  # who leads the owner's team
        ("own 150", ["dana"]),  # the provider's owner
        ("resolve 50", ["priya"]),  # whoever has it
        ("resolve 75", ["priya"]),
        ("resolve 100", ["dana"]),  # service delivery, who answers for the service as well
        ("resolve 150", ["dana"]),
    ],
)
def test_a_mark_is_told_to_whom_4_4_names(mark: str, whom: list[str]) -> None:
    owned = Event(TUESDAY, "priya", Kind.OWNED)
    found = told(case("S1", "files", *([owned] if mark.startswith("resolve") else [])), a_mark(mark))
    assert people(found) == whom
    assert [one.key for one in found] == [f"incident 7 mark {mark} {person}" for person in whom]


def test_a_broken_promise_says_whom_to_tell_at_the_client_by_which_channel() -> None:
    owned = Event(TUESDAY, "priya", Kind.OWNED)
    found = told(case("S1", "files", owned), a_mark("resolve 100"))
    lines = found[0].letter.lines
    assert lines[:2] == (
        "The promise to resolve it is broken.",
        "Tell the client by phone: Helen Brandt +1-865-555-0110; Tom Osei +1-865-555-0111",
    )


def test_where_the_channel_is_mail_the_client_is_written_to() -> None:
    owned = Event(TUESDAY, "priya", Kind.OWNED)
    found = told(case("S3", "files", owned), a_mark("resolve 100"))
    client = [one for one in found if one.letter.person in ("helen", "tom")]
    assert people(client) == ["helen", "tom"]
    assert client[0].letter.lines == ("We have not solved it in the time that was promised: fs01: disk full",)


def test_quiet_hours_hold_back_all_but_s1() -> None:
    night = at("Tue 02:00")
    owned = Event(night, "priya", Kind.OWNED)
    (mild,) = told(case("S3", "files", owned, start=night), a_mark("resolve 50", night), night)
    assert mild.due_at == at("Tue 08:00")
    worst = told(case("S1", start=night), None, night)
    assert {one.due_at for one in worst} == {night}


def test_what_is_a_symptom_is_told_of_by_its_root_alone() -> None:
    child = case("S1", "files", Event(TUESDAY, "", Kind.CHILD, parent=3))
    assert told(child, None) == []


def test_nobody_hears_of_a_mark_of_what_is_over() -> None:
    owned = Event(TUESDAY, "priya", Kind.OWNED)
    over = Event(TUESDAY + 60, "priya", Kind.RESOLVED, restored_at=TUESDAY + 60)
    assert told(case("S1", "files", owned, over), a_mark("resolve 50")) == []


def test_an_offer_goes_to_whom_it_names() -> None:
    owned = Event(TUESDAY, "marco", Kind.OWNED)
    offer = Event(TUESDAY, "marco", Kind.OFFERED, "my shift ends", to="priya")
    (one,) = told(structs.replace(case("S2", "files", owned), events=(owned, offer)), offer)
    assert (one.letter.person, one.letter.about) == ("priya", "offer")
    assert one.letter.subject.startswith("Marco Reyes offers you S2 #7 Brackwater Cabinetry: Files")


def test_a_phone_is_a_chat_account_where_there_is_one_and_a_mail_where_there_is_none() -> None:
    accounts = Accounts(True, frozenset({"marco", "ch-phone"}))
    ways = {(one.letter.person, one.letter.way, one.letter.account) for one in told(case(), None, TUESDAY, accounts)}
    assert ways == {("marco", Way.CHAT, "marco"), ("priya", Way.MAIL, ""), ("", Way.CHAT, "ch-phone")}


def test_a_letter_says_by_when_in_the_clients_zone() -> None:
    (first, *_) = told(case("S2"), None)
    assert "since     Tue 10 Nov 10:00 EST" in first.letter.lines
    assert any(line.startswith("own by    Tue 10 Nov 10:30 EST") for line in first.letter.lines)


def test_of_a_client_that_no_model_has_nobody_is_told() -> None:
    stranger: Any = structs.replace(case().opening, client="nobody")
    assert list(letters(Desk(MODEL, MAIL, utc("2026-11-10T15:00")), fold(stranger, ()), None, ())) == []
