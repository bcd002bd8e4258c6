"""A week of a client, and the page that says it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from builders import NEW_YORK, a_client, a_service, an_incident, at, event

from checks.check import Family
from checks.finding import Finding, Status
from checks.reading import CheckName, Item
from console.incidents.events import Kind
from console.operating_model.entities import Host
from console.reports.closing import doubts
from console.reports.text import WIDTH, text
from console.reports.weekly.compose import weekly
from console.reports.weekly.facts import Judged, WeekFacts
from console.reports.weekly.machine_figures import expected
from console.service_levels.timeline import HostRecord
from console.service_levels.weeks import IsoWeek

GOLDEN = Path(__file__).parents[2] / "golden" / "reports" / "week.txt"
WEEK = IsoWeek.parse("2026-W46")
START, END = WEEK.bounds(NEW_YORK)
NOW = at("2026-11-16T09:00")


def finding(check: str, status: Status, sentence: str, value: float | None, *items: Item) -> Finding:
    return Finding(
        CheckName(check), "night" if check == "restic_snapshots" else "", status, sentence, NOW, NOW, None, value, items
    )


_WORDS = "1 security update waits, the oldest for 9 d"
SECURITY = finding("security_updates", Status.WATCH, _WORDS, NOW - 9 * 86_400, Item("zlib"))


def facts() -> WeekFacts:
    """Erp with 99.5 % promised, in office hours; an outage of 42 minutes, an hour nobody saw, and one that cleared."""
    outage = an_incident(
        at("Tue 09:10"),
        event(at("Tue 09:20"), Kind.OWNED, "ana"),
        event(at("Tue 09:30"), Kind.OUTAGE, "ana"),
        event(at("Tue 09:52"), Kind.RECOVERED),
        event(at("Tue 10:00"), Kind.RESOLVED, "ana"),
        service="erp",
    )
    cleared = an_incident(at("Thu 03:00"), event(at("Thu 03:05"), Kind.RECOVERED), event(at("Thu 03:15"), Kind.CLEARED),
                          incident=2, service="erp", title="box: processor: 99 % of its time busy")  # fmt: skip
    client = a_client(
        a_service("erp", "box", hours="office", availability=0.995),
        a_service("files", "nas", hours="always", availability=0.99),
        hosts=(Host("box", "main"), Host("nas", "main")),
    )
    known = ((START, at("Mon 12:00")), (at("Mon 13:00"), END))
    return WeekFacts(
        client=client,
        revision="mill revision 7",
        week=WEEK,
        now=NOW,
        hosts={"box": HostRecord(known, ((at("Tue 09:10"), at("Tue 09:52")),)), "nas": HostRecord()},
        since={"box": START - 86_400, "nas": START - 86_400},
        incidents=(outage, cleared),
        findings={
            "box": (
                Judged(Family.PATCH, finding("updates", Status.OK, "12 updates wait", 12)),
                Judged(Family.PATCH, SECURITY),
                Judged(Family.BACKUP, finding("restic_snapshots", Status.OK, "newest snapshot 10 h old", NOW - 36_000),
                       tells_copies=True),
                Judged(Family.HEALTH, finding("disk", Status.OK, "50 % full", 0.5)),
            ),
        },
    )  # fmt: skip


def test_each_number_is_what_the_seconds_say() -> None:
    week = weekly(facts())
    erp, files = week.services

    assert (erp.eligible, erp.known, erp.down) == (50 * 3600, 49 * 3600, 42 * 60)
    assert (erp.availability, erp.coverage, erp.verdict) == ("98.57 %", "98.00 %", "missed")
    assert (files.availability, files.coverage, files.verdict) == ("no data", "0.00 %", "unproven")
    assert (files.low, files.high) == ("0.00 %", "100.00 %")
    assert [(one.own_verdict, one.solve_verdict) for one in week.incidents] == [("met", "met"), ("", "")]
    assert [(one.host, one.end - one.start) for one in week.silences] == [("box", 3600), ("nas", END - START)]
    assert not week.so_far


def test_the_page_reads_as_it_was_agreed_and_fits_its_width() -> None:
    page = text(weekly(facts()))

    assert page == GOLDEN.read_text()
    assert max(map(len, page.splitlines())) <= WIDTH


def test_nothing_due_before_a_host_was_first_heard() -> None:
    late = replace(facts(), since={"box": at("Fri 08:00")}, hosts={"box": HostRecord(((at("Fri 08:00"), END),))})
    erp, files = weekly(late).services

    assert (erp.eligible, erp.known) == (10 * 3600, 10 * 3600)
    assert files.availability == "nothing due"
    assert weekly(replace(late, since={}, hosts={})).headline.startswith("Nothing was due")


def test_a_week_so_far_ends_now() -> None:
    now = at("Tue 12:00")
    week = weekly(replace(facts(), now=now))

    assert week.so_far
    assert week.services[0].eligible == 14 * 3600
    assert "so far" in text(week)


def test_a_quiet_week_says_so_and_a_blind_one_too() -> None:
    quiet = replace(
        facts(), incidents=(), hosts={"box": HostRecord(((START, END),)), "nas": HostRecord(((START, END),))}
    )
    blind = replace(facts(), incidents=(), hosts={"box": HostRecord(), "nas": HostRecord()})

    assert weekly(quiet).headline == "Nothing stopped; no incidents."
    assert weekly(blind).headline == "Nothing is known: no data; no incidents."


def test_what_is_unknown_of_each_host_is_computed_once_for_the_page_and_its_close() -> None:
    mine = facts()
    before = expected.cache_info().misses
    doubts(weekly(mine), mine, {})
    assert expected.cache_info().misses == before + 1
