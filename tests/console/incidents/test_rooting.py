"""Root cause over symptoms: which silence is explained by which, for how long, and what is left of it in the record."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import a_client, a_service, an_incident, at, event
from hypothesis import given
from hypothesis import strategies as st

from checks.finding import Impact
from console.incidents.clock import own_promise, solve_promise
from console.incidents.events import Event, Incident, Kind, NotAllowed
from console.incidents.rooting import bad_since, freed, is_gone, is_over, merged
from console.incidents.states import allowed, fold, step
from console.operating_model.entities import Host

T = at("Mon 10:00")
HOSTS = (Host("hv", "main"), Host("vm1", "main", runs_on="hv"), Host("vm2", "main", runs_on="hv"),
         Host("box", "main", runs_on="vm1"), Host("alone", "main"))  # fmt: skip
CLIENT = replace(a_client(a_service("work", "box", "vm1", "vm2"), hosts=HOSTS))


def silent(number: int, host: str, when: int = T, *events: Event) -> Incident:
    fields = {"check": "checkin", "subject": "", "impact": Impact.AT_RISK, "title": f"{host} is silent"}
    return an_incident(when, *events, incident=number, host=host, **fields)


def under(*cases: Incident) -> dict[int, tuple[int, int]]:
    return {one.number: (told.parent, told.at) for one, told in merged(CLIENT, cases)}


def child_of(root: int, when: int) -> Event:
    return Event(when, "", Kind.CHILD, f"merged under #{root}", parent=root)


def test_guests_of_a_silent_host_are_its_symptoms() -> None:
    assert under(silent(1, "hv"), silent(2, "vm1", T + 30), silent(3, "vm2", T + 9999)) == {
        2: (1, T + 30), 3: (1, T + 9999),
    }  # fmt: skip


def test_a_root_that_is_found_up_to_two_minutes_later_still_explains_them() -> None:
    assert under(silent(1, "vm1"), silent(2, "hv", T + 120)) == {1: (2, T + 120)}
    assert under(silent(1, "vm1"), silent(2, "hv", T + 121)) == {}


def test_the_lowest_that_is_gone_has_them_all() -> None:
    assert under(silent(1, "box"), silent(2, "vm1"), silent(3, "hv")) == {1: (3, T), 2: (3, T)}


def test_neighbours_and_strangers_explain_nothing() -> None:
    assert under(silent(1, "vm2"), silent(2, "vm1"), silent(3, "alone"), silent(4, "stray")) == {}


def dark(*cases: Incident, speaking: tuple[str, ...] = ("hv", "vm1", "vm2", "box", "alone")) -> dict[int, int]:
    return {one.number: told.parent for one, told in merged(CLIENT, cases, speaking)}


def test_a_site_that_is_silent_as_a_whole_has_one_incident() -> None:
    everyone = [silent(number, host) for number, host in enumerate(("alone", "hv", "vm1", "vm2", "box"), 1)]

    assert dark(*everyone) == {2: 1, 3: 1, 4: 1, 5: 1}
    assert dark(*everyone[:4]) == {3: 2, 4: 2}  # one still speaks: only what runs on hv is explained
    assert dark(*everyone[:4], speaking=("alone", "hv", "vm1", "vm2")) == {2: 1, 3: 1, 4: 1}
    assert dark(*everyone[:2], speaking=("alone", "hv")) == {}


def test_the_edge_of_a_dark_site_has_all_and_stays_so() -> None:
    client = replace(CLIENT, hosts={**CLIENT.hosts, "alone": replace(CLIENT.hosts["alone"], role="firewall")})
    cases = [silent(number, host) for number, host in enumerate(("hv", "vm1", "vm2", "box", "alone"), 1)]
    told = {one.number: (one, event_) for one, event_ in merged(client, cases, CLIENT.hosts)}

    assert {number: event_.parent for number, (_, event_) in told.items()} == {1: 5, 2: 5, 3: 5, 4: 5}
    assert told[1][1].text == "merged under #5: all of Mill is silent"
    again = [step(*told[one.number]) if one.number in told else one for one in cases]
    assert list(merged(client, again, CLIENT.hosts)) == []


def test_a_confirmed_outage_is_a_root_and_a_full_disk_is_none() -> None:
    full = an_incident(T, incident=1, host="hv")
    assert under(full, silent(2, "vm1")) == {}
    down = step(full, event(T + 60, Kind.OUTAGE, "ana"))
    assert under(down, silent(2, "vm1")) == {2: (1, T)}
    assert not is_gone(step(down, event(T + 90, Kind.RECOVERED)))


def test_what_is_merged_already_is_left_alone_until_a_lower_root_is_found() -> None:
    box = silent(1, "box", T, child_of(2, T))
    assert under(box, silent(2, "vm1")) == {}
    assert under(box, silent(2, "vm1"), silent(3, "hv", T + 60)) == {1: (3, T + 60), 2: (3, T + 60)}


def test_a_relapse_counts_from_when_it_came_back() -> None:
    again = silent(1, "hv", T, event(T + 60, Kind.RECOVERED, subject=""), event(T + 900, Kind.RELAPSED, subject=""))
    assert bad_since(again) == T + 900
    assert under(again, silent(2, "vm1", T)) == {}


def test_a_symptom_is_not_counted_until_it_stands_for_itself() -> None:
    child = silent(2, "vm1", T, child_of(1, T))
    assert (child.state, child.parent, allowed(child)) == ("child", 1, ("note", "outage", "log"))
    assert (own_promise(CLIENT, child, T + 99_999), solve_promise(CLIENT, child, T + 99_999)) == (None, None)
    with pytest.raises(NotAllowed, match="symptom of #1"):
        step(child, event(T + 9, Kind.OWNED, "ana"))
    free = step(child, Event(T + 3600, "", Kind.FREED))
    own = own_promise(CLIENT, free, T + 3700)
    assert own is not None
    assert (free.state, free.parent, own.left, own.due_at) == ("new", 0, 1700, T + 3600 + 1800)
    ended = step(step(child, event(T + 60, Kind.RECOVERED, subject="")), event(T + 660, Kind.CLEARED))
    assert (ended.state, ended.parent, own_promise(CLIENT, ended, T + 9999)) == ("resolved", 1, None)


def test_what_was_owned_before_keeps_its_owner_and_its_verdict() -> None:
    mine = silent(2, "vm1", T, event(T + 60, Kind.OWNED, "ana"), child_of(1, T + 90), Event(T + 999, "", Kind.FREED))
    own = own_promise(CLIENT, mine, T + 99_999)
    assert own is not None
    assert (mine.state, mine.owner, own.verdict, own.left) == ("owned", "ana", "met", 1740)


def test_only_what_is_open_is_merged_and_only_a_child_is_freed() -> None:
    with pytest.raises(NotAllowed, match="cannot be freed"):
        step(silent(1, "vm1"), Event(T, "", Kind.FREED))
    with pytest.raises(NotAllowed, match="cannot be child"):
        step(silent(1, "vm1"), child_of(1, T))


def test_it_is_freed_once_its_root_is_over_and_it_is_still_bad() -> None:
    bad, good = silent(2, "vm1", T, child_of(1, T)), silent(3, "vm2", T, child_of(1, T))
    good = step(good, event(T + 60, Kind.RECOVERED, subject=""))
    root = step(silent(1, "hv"), event(T + 60, Kind.RECOVERED, subject=""))
    cases = {one.number: one for one in (root, bad, good)}
    assert list(freed(cases, lambda _: 600, T + 659)) == []
    assert list(freed(cases, lambda _: 600, T + 660)) == [bad]
    del cases[1]
    assert list(freed(cases, lambda _: 600, T + 61)) == [bad]
    assert is_over(step(root, event(T + 660, Kind.CLEARED)), 600, T)


@given(st.permutations(["hv", "vm1", "vm2", "box", "alone"]), st.lists(st.integers(0, 300), min_size=5, max_size=5))
def test_grouping_settles_at_once_and_no_child_has_a_child(order: list[str], delays: list[int]) -> None:
    cases = {n: silent(n, host, T + delays[n - 1]) for n, host in enumerate(order, 1)}
    for one, told in list(merged(CLIENT, cases.values())):
        cases[one.number] = step(one, told)
    assert list(merged(CLIENT, cases.values())) == []
    assert all(not cases[one.parent].parent for one in cases.values() if one.parent)
    assert all(fold(one.opening, one.events) == one for one in cases.values())
    assert not any(one.parent for one in cases.values() if one.opening.host in ("hv", "alone"))


def test_a_pause_ends_where_its_incident_becomes_a_symptom_and_does_not_go_on_behind_it() -> None:
    owned = silent(2, "vm1", T, event(T + 60, Kind.OWNED, "ana"))
    waiting = step(owned, Event(T + 120, "ana", Kind.PAUSED, "asked them", reason="client"))
    child = step(waiting, child_of(1, T + 180))
    assert child.waits[-1].end == T + 180
    again = step(child, Event(T + 3600, "", Kind.FREED, "#1 is over"))
    solve = solve_promise(CLIENT, again, T + 3700)
    assert solve is not None
    assert solve.running


def test_what_a_person_merged_is_over_and_stands_for_itself_no_more() -> None:
    merged_by_hand = step(silent(2, "vm1"), Event(T + 60, "ana", Kind.CHILD, "the same fault", parent=1))
    assert (merged_by_hand.state, merged_by_hand.is_open) == ("child", False)
    assert list(freed({2: merged_by_hand}, lambda root: 600, T + 9999)) == []
