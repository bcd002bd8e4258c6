"""The pages of the desk over a story, what its verbs do, and whom it refuses."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from checks.reading import CheckName, Reading
from console.access.identity import Visitor
from console.desk.refusal import DeskRefusal

NOW = 1_795_510_800


def full(at: int, value: float) -> Reading:
    return Reading(CheckName("disk"), "/", value, at, at + 60)


async def test_triage_says_what_breaks_first_and_what_is_only_on_watch(story: Any) -> None:
    page = await story.page("triage")

    assert [(row.host, row.check, row.status.value, row.severity) for row in page.rows] == [
        ("box", "disk", "breach", "S2"),
        ("nas", "checkin", "unknown", "S4"),
        ("web", "updates", "watch", ""),
    ]
    first = page.rows[0]
    assert (first.service_name, first.answers, first.owner, first.next_step) == (
        "Web shop",
        "Ana Ruiz",
        "",
        "own it (o)",
    )
    assert (first.clock.promise, first.clock.left, first.clock.due_at) == ("own", 30 * 60 - 19 * 60, NOW + 11 * 60)
    assert page.needs_you == 2
    assert page.soonest == first.clock


async def test_a_silent_host_is_unknown_not_down(story: Any) -> None:
    hosts = {row.host: row for row in (await story.page("hosts")).rows}
    services = {row.service: row for row in (await story.page("services")).rows}

    assert (hosts["nas"].status.value, services["files"].state) == ("unknown", "unknown")
    assert hosts["nas"].worst == "heard: has sent nothing for 9 min"
    assert (hosts["new"].agent, hosts["new"].worst) == ("", "no agent has joined for it")
    assert (services["shop"].state, services["shop"].status.value) == ("degraded", "breach")


async def test_a_hosts_page_has_history_numbers_and_whose_it_is(story: Any) -> None:
    page = await story.page("host", client="mill", host="box")

    (disk,) = [row for row in page.findings if row.check == "disk"]
    assert (disk.status.value, disk.sentence, disk.since) == ("breach", "97 % full", NOW - 19 * 60)
    assert [(piece.status.value, piece.end - piece.start) for piece in page.history["disk /"]] == [
        ("ok", 60),
        ("breach", 1140),
    ]
    (memory,) = [series for series in page.series if series.check == "memory"]
    assert len(memory.points) == 21
    assert [one.name for one in page.serves] == ["Web shop"]


async def test_who_takes_it_second_learns_who_has_it(story: Any) -> None:
    ana = Visitor(12345, "ana", "Ana Ruiz", is_daemon=False)
    await story.do("own", incident="1")
    assert (await story.do("own", incident=1)).text == "incident 1 is yours already"
    story.daemon.ledger.model.provider.people.clear()

    with pytest.raises(DeskRefusal, match="ana is nobody at this desk"):
        await story.daemon.desk.do("own", {"incident": 1}, ana)
    other = Visitor(0, "tom", "Tom", is_daemon=True)
    with pytest.raises(DeskRefusal, match="is root's"):
        await story.daemon.desk.do("own", {"incident": 1}, other)


async def test_an_account_that_is_no_persons_owns_nothing(story: Any) -> None:
    """Whose something is can be reached; the account that a daemon runs as is nobody's."""
    alone = (
        "schema: 1\nprovider: {name: Hilltop IT}\npeople: {ana: {name: A, login: ana}, tom: {name: T, login: tom}}\n"
    )
    await story.do("publish", documents=[{"name": "provider.yaml", "text": alone, "base": 1}], reason="root left")
    with pytest.raises(DeskRefusal, match="root is nobody's login") as refused:
        await story.do("own", incident=1)
    assert "login: root" in refused.value.what_to_do
    assert story.daemon.ledger.cases.open[1].owner == ""


async def test_an_incident_lives_from_detection_to_resolution(story: Any) -> None:
    await story.do("own", incident=1)
    await story.do("note", incident=1, text="told Bo by phone")
    with pytest.raises(DeskRefusal, match="still bad"):
        await story.do("resolve", incident=1, cause="logs")
    story.time[0] += 60
    await story.hear("box", 22, full(story.time[0], 0.5))
    await story.do("resolve", incident=1, cause="logs were not rotated")

    page = await story.page("incident", incident=1)
    assert [entry.kind for entry in page.timeline] == ["detected", "owned", "note", "recovered", "resolved"]
    assert (page.row.own_verdict, page.row.solve_verdict, page.row.state) == ("met", "met", "resolved")
    assert 1 not in [row.incident for row in (await story.page("incidents")).rows]
    assert 1 in [row.incident for row in (await story.page("incidents", state="all")).rows]
    week = await story.page("week", client="mill")
    assert [(one.incident, one.state) for one in week.incidents] == [(1, "resolved"), (2, "new")]


async def test_the_same_fault_after_its_hour_is_an_incident_that_says_of_which_it_is_a_recurrence(
    story: Any,
) -> None:
    await story.do("own", incident=1)
    story.time[0] += 60
    await story.hear("box", 22, full(story.time[0], 0.5))
    await story.do("resolve", incident=1, cause="logs were not rotated")
    assert (await story.page("incident", incident=1)).recurrence_of == 0

    story.time[0] += 2 * 3600
    for seq in (23, 24):
        story.time[0] += 60
        await story.hear("box", seq, full(story.time[0], 0.97))
    number = max(story.daemon.ledger.cases.open)
    page = await story.page("incident", incident=number)
    assert (number > 2, page.row.host, page.recurrence_of) == (True, "box", 1)
    assert [entry.text for entry in page.timeline if entry.kind == "recurs"] == [
        "recurrence of #1, which ended Tue 24 Nov 09:01"
    ]


async def test_an_unowned_incident_ends_by_itself_after_ten_good_minutes_to_the_second(story: Any) -> None:
    story.time[0] += 60
    good_since = story.time[0]
    await story.hear("box", 22, full(good_since, 0.5))
    story.time[0] = good_since + 599
    story.look()
    assert 1 in story.daemon.ledger.cases.open
    story.time[0] = good_since + 4000
    story.look()
    await asyncio.sleep(0.1)

    page = await story.page("incident", incident=1)
    assert [(entry.kind, entry.at) for entry in page.timeline if entry.kind != "mark"][-2:] == [
        ("recovered", good_since), ("cleared", good_since + 600),
    ]  # fmt: skip
    assert page.row.resolved_at == good_since


async def test_a_backup_grows_late_at_its_own_second_with_nothing_new_arriving(story: Any) -> None:
    story.time[0] += 60
    now = story.time[0]
    dump = Reading(CheckName("newest_file"), "dump", float(now - 49 * 3600), now, now + 3600)
    await story.hear("web", 22, dump, pace=3600)
    story.time[0] = now + 2 * 3600 - 10
    story.look()
    await asyncio.sleep(0.1)

    changes = story.daemon.ledger.states["a-web"].held["newest_file dump"]
    assert (changes.status.value, changes.since) == ("breach", now + 3600)


async def test_a_confirmed_outage_is_what_availability_counts(story: Any) -> None:
    before = {one.service: one for one in (await story.page("week", client="mill")).services}
    await story.do("outage", incident=2, text="Tom saw it dark")
    after = {one.service: one for one in (await story.page("week", client="mill")).services}

    assert (before["files"].down, after["files"].down) == (0, NOW - (NOW - 9 * 60 + 120))
    assert after["shop"].down == 0
    assert {row.service: row.state for row in (await story.page("services")).rows}["files"] == "down"


async def test_a_new_standard_is_in_force_at_once(story: Any) -> None:
    text = (await story.do("show-model", model="mill")).text
    milder = text + "standards: {disk: {warn: 98 %, crit: 99 %}}\n"
    await story.do("publish", documents=[{"name": "c", "text": milder, "base": 1}], reason="the Mill agreed")

    (disk,) = [row for row in (await story.page("findings", host="box")).rows if row.check == "disk"]
    assert (disk.status.value, disk.standard) == ("ok", "watch from 98 %, breach from 99 % (model of mill, revision 2)")


async def test_strangers_see_nothing_and_do_nothing(story: Any) -> None:
    stranger = Visitor(4711, "mallory", "Mallory", is_daemon=False)
    desk = story.daemon.desk

    for page, about in (("hosts", {}), ("triage", {}), ("house", {}), ("incident", {"incident": 1})):
        with pytest.raises(DeskRefusal, match="mallory is nobody at this desk"):
            await desk.page(page, about, stranger)
    for verb, arguments in (
        ("own", {"incident": 1}),
        ("invite", {"client": "mill", "site": "main"}),
        ("revoke", {"agent": "a-box", "reason": "x"}),
        ("publish", {"documents": [{"name": "c", "text": "x"}], "reason": "x"}),
    ):
        with pytest.raises(DeskRefusal, match="is nobody"):
            await desk.do(verb, arguments, stranger)


@pytest.mark.parametrize(
    ("page", "arguments", "said"),
    [
        ("nothing", {}, "there is no page"),
        ("incident", {"incident": "99"}, "no incident 99"),
        ("incident", {"incident": "one"}, "whole number"),
        ("host", {"client": "mill", "host": "gone"}, "no host 'gone'"),
        ("hosts", {"client": "nobody"}, "no client nobody"),
        ("week", {"client": "mill", "week": "2026-W99"}, "not an ISO week"),
    ],
)
async def test_a_wrong_question_is_answered_with_what_to_do(
    story: Any, page: str, arguments: dict[str, str], said: str
) -> None:
    with pytest.raises(DeskRefusal, match=said) as refused:
        await story.page(page, **arguments)
    assert refused.value.what_to_do


@pytest.mark.parametrize(
    ("verb", "arguments", "said"),
    [
        ("nothing", {}, "there is no verb"),
        ("note", {"incident": 1}, "needs text"),
        ("note", {"incident": 1, "text": "x" * 2001}, "2001 characters long"),
        ("invite", {"client": "mill", "site": "moon"}, "no site mill/moon"),
        ("invite", {"client": "mill", "site": "main", "host": "gone"}, "no host gone"),
        ("revoke", {"agent": "a-gone", "reason": "x"}, "no agent"),
        ("publish", {"documents": "x", "reason": "x"}, "no model file"),
        ("publish", {"documents": [{"name": "c", "text": "client: 1"}], "reason": "x"}, "schema is missing"),
        ("show-model", {"model": "gone"}, "no model"),
    ],
)
async def test_a_wrong_wish_changes_nothing(story: Any, verb: str, arguments: dict[str, Any], said: str) -> None:
    before = story.daemon.ledger.cases.open, (await story.page("model")).heads
    with pytest.raises(DeskRefusal, match=said):
        await story.do(verb, **arguments)
    assert (story.daemon.ledger.cases.open, (await story.page("model")).heads) == before
