"""The digest: once a day, when the shift begins, and only where something waits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from builders import at

from checks.catalogue import BY_NAME
from checks.finding import Impact
from console.incidents.events import Event, Kind, Opening
from console.incidents.states import fold
from console.letters import digest
from console.letters.letter import Accounts
from console.letters.reach import Desk
from console.operating_model.entities import Severity
from console.operating_model.examples import example, written_records
from console.operating_model.load import load
from console.operating_model.records import records
from console.pages.model import Document

MODEL = load(example("brackwater"), BY_NAME)
PAPERS = records(written_records("brackwater"))


def desk(when: str) -> Desk:
    return Desk(MODEL, Accounts(has_mail=True), at(when))


def papers(*cases: Any) -> digest.Papers:
    return digest.Papers(cases, lambda client, *kinds: [one for one in PAPERS if one.kind in kinds])


def case(service: str, *events: Event) -> Any:
    opening = Opening(
        7, "brackwater", service, "fs01", "disk", "", "fs01: disk full", Impact.DOWN, Severity.S2, at("Tue 08:00")
    )
    return fold(opening, events)


def test_who_is_at_work_has_a_digest_from_the_beginning_of_the_shift() -> None:
    assert digest.keys(desk("Tue 07:59")) == {}
    assert digest.keys(desk("Tue 08:00")) == {
        "dana": "digest 2026-11-10 dana", "marco": "digest 2026-11-10 marco",
    }  # fmt: skip
    assert set(digest.keys(desk("Tue 09:00"))) == {"dana", "marco", "priya"}
    assert set(digest.keys(desk("Mon 09:00"))) == {"dana", "marco"}
    assert digest.keys(desk("Sat 10:00")) == {}


def test_it_tells_what_is_open_of_mine_and_by_when() -> None:
    taken = Event(at("Tue 08:05"), "marco", Kind.OWNED)
    (mine, hers) = (
        digest.letter(desk("Tue 09:00"), one, f"k {one}", papers(case("files", taken))) for one in ("marco", "priya")
    )
    assert mine is not None
    assert "  #7 S2 fs01: fs01: disk full; solve by Tue 10 Nov 16:00" in mine.letter.lines
    assert hers is None or not any("#7" in line for line in hers.letter.lines)


def test_what_nobody_took_stands_with_who_owns_the_service() -> None:
    found = digest.letter(desk("Tue 09:00"), "priya", "k", papers(case("files")))
    assert found is not None
    assert "  #7 S2 fs01: fs01: disk full; late since Tue 10 Nov 08:30" in found.letter.lines


def test_it_tells_what_falls_due_today_and_what_is_overdue() -> None:
    found = digest.letter(desk("2026-11-20T09:00:00"), "dana", "k", papers())
    assert found is not None
    assert any(line.startswith("  today: Walk both shifts through") for line in found.letter.lines)


def test_there_is_none_where_nothing_waits() -> None:
    empty = digest.Papers((), lambda *_: [])
    assert digest.letter(desk("Mon 09:00"), "nobody", "k", empty) is None


def test_a_shift_is_meant_where_the_person_is_else_where_their_services_are() -> None:
    berlin = "schema: 1\nclient: {id: anlage, name: Anlage, tz: Europe/Berlin}\nsites: {hier: {name: Hier}}\n"
    served = "hosts: {till: {site: hier}}\n"
    served += "services: {tills: {name: T, owner: priya, criticality: C, needs: {all: [till]}}}\n"
    documents = [*example("brackwater"), Document("anlage.yaml", berlin + served)]
    model = load(documents, BY_NAME)
    assert next(iter(model.clients)) == "brackwater"
    first = replace(model, clients=dict(reversed(model.clients.items())))
    early = Desk(first, Accounts(has_mail=True), at("Tue 03:30"))
    assert set(digest.keys(early)) == {"priya"}, "half past nine in Berlin"
    assert set(digest.keys(Desk(first, Accounts(has_mail=True), at("Tue 08:30")))) >= {"dana", "marco"}

    doc = model.provider.doc
    assert doc is not None
    people = {**doc.people, "dana": doc.people["dana"].model_copy(update={"tz": ZoneInfo("Europe/Berlin")})}
    provider = replace(model.provider, doc=doc.model_copy(update={"people": people}))
    assert "dana" in digest.keys(Desk(replace(model, provider=provider), Accounts(has_mail=True), at("Tue 03:30")))
