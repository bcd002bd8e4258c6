"""The lines of services from facts that a week may have: windows, late joins, odd zones, records that make no sense."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from builders import NEW_YORK, a_client, a_service, an_incident, at, event
from golden_week import golden
from hypothesis import given as given_
from hypothesis import strategies as st

from checks.catalogue import BY_NAME
from console.incidents.events import Kind
from console.operating_model.entities import Client, Host, Service
from console.operating_model.examples import example
from console.operating_model.load import in_force
from console.operating_model.schema.records import MaintenanceRecord
from console.pages.figures import Figure
from console.pages.week import Availability
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.headline import week_headline
from console.reports.weekly.help import help_figures
from console.reports.weekly.kept import kept_of, stood_of
from console.reports.weekly.service_inputs import burn_words, burning
from console.reports.weekly.services import service_figures, service_lines, services
from console.service_levels.intervals import Intervals, difference, normal
from console.service_levels.timeline import HostRecord
from console.service_levels.weeks import IsoWeek

WEEK = IsoWeek.parse("2026-W46")
START, END = WEEK.bounds(NEW_YORK)


def facts(service: Service, *down: tuple[int, int], client: Client | None = None, **more: object) -> WeekFacts:
    """One service that was always seen since the week began, but for these outages."""
    mine = client or a_client(service)
    start, end = WEEK.bounds(mine.zone)
    fields: dict[str, object] = {
        "client": mine,
        "revision": "mill revision 1",
        "week": WEEK,
        "now": end + 3600,
        "hosts": {"box": HostRecord(((start, end),), tuple(down), causes={"own": tuple(down)})},
        "since": {"box": start},
        "incidents": (),
        "findings": {},
        **more,
    }
    return WeekFacts(**fields)  # type: ignore[arg-type]


def window(start: int, end: int, announced: int | None, **more: object) -> MaintenanceRecord:
    def moment(seconds: int) -> str:
        return datetime.fromtimestamp(seconds, UTC).isoformat()

    fields = {
        "kind": "maintenance", "client": "mill", "id": "m-1", "services": ["work"], "start": moment(start),
        "end": moment(end), "why": "work", "approved_by": "ana", **more,
    }  # fmt: skip
    return MaintenanceRecord(**({**fields, "announced": moment(announced)} if announced is not None else fields))  # type: ignore[arg-type]


def one(given: WeekFacts) -> Availability:
    (line,) = service_lines(given)
    return line


def figure(given: WeekFacts, name: str, span: str = "week") -> Figure:
    return next(found for found in service_figures(given) if (found.name, found.span) == (name, span) and found.about)


def test_w10_a_window_that_was_entered_after_it_began_excuses_nothing() -> None:
    day = at("Sun 00:00")
    late = window(at("Sun 20:00"), at("Sun 22:00"), at("Sun 20:10"))
    given = facts(
        a_service(availability=0.99),
        (at("Sun 20:10"), at("Sun 23:00")),
        since={"box": day},
        papers={"maintenance": (late,)},
    )
    line = one(given)

    assert (line.eligible, line.down, line.availability) == (86_400, 10_200, "88.19 %")  # and not 95.48
    assert line.notes == ("late window: m-1 was announced after its start, so it excuses nothing.",)


def test_an_announcement_a_second_before_is_in_time_and_one_in_the_same_second_is_late() -> None:
    start = at("Sun 20:00")
    down = (start, start + 3600)
    for announced, lost in ((start - 1, 0), (start, 3600), (None, 3600)):
        papers = {"maintenance": (window(start, start + 7200, announced),)}
        assert one(facts(a_service(), down, papers=papers)).down == lost


@pytest.mark.parametrize(
    ("changed", "is_planned"),
    [
        ({"services": ["other"]}, False),
        ({"services": [], "hosts": ["box"]}, False),
        ({"approved_by": ""}, False),
        ({"cancelled": "2026-11-15T00:00:00-05:00"}, False),
        ({}, True),
    ],
)
def test_a_window_excuses_the_services_that_it_lists_and_no_others(
    changed: dict[str, object], is_planned: bool
) -> None:
    start = at("Sun 20:00")
    papers = {"maintenance": (window(start, start + 7200, start - 60, **changed),)}
    line = one(facts(a_service(), (start, start + 3600), papers=papers))

    assert (line.eligible, line.down) == ((604_800 - 7200, 0) if is_planned else (604_800, 3600))


def test_windows_that_overlap_or_repeat_are_counted_once() -> None:
    start = at("Sun 10:00")
    papers = {
        "maintenance": (
            window(start, start + 3600, START),
            window(start + 1800, start + 5400, START, id="m-2"),
            window(start + 1800, start + 5400, START, id="m-3"),
        )
    }
    assert one(facts(a_service(), papers=papers)).eligible == 604_800 - 5400


def test_a_window_to_come_is_no_budget_already() -> None:
    start = at("Sun 10:00")
    given = facts(
        a_service(availability=0.5),
        now=at("Fri 00:00"),
        papers={"maintenance": (window(start, start + 86_400, START),)},
    )
    line = one(given)

    assert (line.eligible, line.budget) == (4 * 86_400, (604_800 - (END - start)) // 2)


def test_w3_a_draft_that_cannot_be_met_any_more_says_so() -> None:
    given = facts(
        a_service(hours="office", availability=0.995), (at("Tue 09:00"), at("Tue 09:20")), now=at("Thu 15:00")
    )
    line = one(given)

    assert (line.availability, line.notes) == ("99.09 %", ("So far; best possible 99.33 % – cannot be met.",))
    assert figure(given, "availability, best possible").shows == "99.33 %"
    assert figure(given, "availability, best possible").note == "cannot be met"


def test_w4_a_service_that_joined_on_wednesday_is_due_from_then_on() -> None:
    joined = at("Wed 12:00")
    hosts = {"box": HostRecord(((joined, END),), ((at("Thu 09:00"), at("Thu 09:15")),))}
    line = one(facts(a_service(hours="office", availability=0.995), since={"box": joined}, hosts=hosts))

    assert (line.eligible, line.availability, line.coverage) == (93_600, "99.03 %", "100.00 %")
    assert line.budget == 468


def test_a_guest_that_joined_late_is_not_due_since_its_hypervisor_was_heard() -> None:
    hosts = (Host("box", "main", runs_on="hyper"), Host("hyper", "main"))
    client = a_client(a_service(), hosts=hosts)
    joined = at("Wed 12:00")
    known = {"box": HostRecord(((joined, END),)), "hyper": HostRecord(((START, END),))}
    line = one(facts(a_service(), client=client, since={"box": joined, "hyper": START}, hosts=known))

    assert (line.eligible, line.coverage) == (END - joined, "100.00 %")


def test_w14_no_sample_all_week_is_no_data_and_never_good() -> None:
    given = facts(a_service(availability=0.9), hosts={"box": HostRecord()}, since={"box": START - 86_400})
    line = one(given)

    assert (line.availability, line.verdict, line.light) == ("no data", "unproven", "watch")
    assert figure(given, "availability").value is None
    assert line.strip == ("·" * 24,) * 7
    assert (line.budget_left, line.burn) == ("not known", ())
    assert (budget_figure(given).shows, budget_figure(given).value) == ("not known", None)


def test_nothing_is_lost_never_or_none_where_nothing_is_known() -> None:
    pair = a_service("work", "box", "nas", at_least=1, users=10)
    client = a_client(pair, hosts=(Host("box", "main"), Host("nas", "main")))
    deaf = {"box": HostRecord(), "nas": HostRecord()}
    given = facts(pair, client=client, hosts=deaf, since={"box": START, "nas": START})
    for name in ("redundancy lost", "user-hours lost", "user-hours delivered"):
        assert (figure(given, name).shows, figure(given, name).value) == ("no data", None), name
    known = {"box": HostRecord(((START, END),)), "nas": HostRecord(((START, END),))}
    given = facts(pair, client=client, hosts=known, since={"box": START, "nas": START})
    assert [figure(given, name).shows for name in ("redundancy lost", "user-hours lost")] == ["never", "0.0"]
    reopened = next(found for found in help_figures(given) if found.name == "reopen share")
    assert reopened.shows == "nothing due", "where nothing was solved, nothing can have come back"


def budget_figure(given: WeekFacts) -> Figure:
    return next(one for one in service_figures(given) if one.name == "error budget left")


def test_a_budget_of_which_nothing_is_known_to_be_lost_is_not_all_there_while_it_is_unproven() -> None:
    seen = HostRecord(((START, END - 86_400),))
    given = facts(a_service(availability=0.99), hosts={"box": seen})
    line, left = one(given), budget_figure(given)

    assert (line.verdict, line.budget_left) == ("unproven", "not proven")
    assert left.note == "unproven: 24 h were not seen, and may have taken of it"
    seen = HostRecord(((START, END - 60),))
    line = one(facts(a_service(availability=0.99), hosts={"box": seen}))
    assert (line.verdict, line.budget_left) == ("met", "all")


def test_what_was_promised_and_never_heard_did_not_hold() -> None:
    given = facts(a_service(availability=0.9), hosts={}, since={})
    line = one(given)

    assert (line.availability, line.light, line.budget_left) == ("nothing due", "", "")
    assert week_headline(given, [line], []) == "Nothing was due; no incidents. Not watched: Work."
    stopped = one(facts(a_service(availability=0.9999), (START, START + 86_400)))
    said = week_headline(given, [stopped, line], [])
    assert said.startswith("■ Work stopped")
    assert said.endswith("Not watched: Work.")


def test_w15_nothing_due_is_grey() -> None:
    given = facts(a_service(hours="office", availability=0.99), since={"box": at("Sat 00:00")})
    line = one(given)

    assert (line.availability, line.verdict, line.light, line.budget_left) == ("nothing due", "", "", "")
    assert figure(given, "availability").shows == "nothing due"


def test_a_service_without_a_promise_is_grey_and_has_no_budget() -> None:
    given = facts(a_service(), (START, START + 3600))
    line = one(given)

    assert (line.light, line.verdict, line.target, line.budget_left, line.burn) == ("", "", "", "", ())
    assert not [found for found in service_figures(given) if found.kpi == "K3"]


def test_records_that_overlap_repeat_or_lie_ahead_count_once_and_up_to_now() -> None:
    first = (at("Tue 09:00"), at("Tue 10:00"))
    record = HostRecord(((START, END),), (first, (at("Tue 09:30"), at("Tue 11:00")), (END, END + 86_400)))
    assert one(facts(a_service(), hosts={"box": record})).down == 7200


@pytest.mark.parametrize(
    ("zone", "week", "seconds"),
    [
        ("Europe/Berlin", "2026-W13", 601_200),
        ("Europe/Berlin", "2026-W43", 608_400),
        ("Asia/Kolkata", "2026-W43", 604_800),
        ("UTC", "2026-W13", 604_800),
        ("Australia/Lord_Howe", "2026-W14", 606_600),
    ],
)
def test_a_week_is_as_long_as_the_zone_makes_it(zone: str, week: str, seconds: int) -> None:
    named = IsoWeek.parse(week)
    start, end = named.bounds(ZoneInfo(zone))
    client = a_client(a_service(availability=0.5), zone=ZoneInfo(zone))
    given = facts(a_service(), client=client, week=named, now=end, since={"box": start},
                  hosts={"box": HostRecord(((start, end),))})  # fmt: skip
    line = one(given)

    assert (line.eligible, line.budget, line.availability) == (seconds, seconds // 2, "100.00 %")
    assert [len(day) for day in line.strip] == [24] * 7


def test_a_target_that_changed_inside_the_window_is_judged_by_both() -> None:
    monday = IsoWeek.parse("2026-W45").bounds(NEW_YORK)[0]
    given = facts(
        a_service(availability=0.9),
        (START, START + 604_800 // 10),
        since={"box": monday},
        hosts={"box": HostRecord(((monday, END),), ((START, START + 604_800 // 10),))},
        promised={"work": ((0, Fraction(1)), (START, Fraction(9, 10)))},
    )
    assert (one(given).target, one(given).verdict, one(given).budget) == ("90.00 %", "met", 60_480)
    assert figure(given, "availability", "28d").target == "95.00 %"
    assert figure(given, "error budget left", "28d").value == (0, 1)
    assert one(given).budget_left == "none"


def test_everything_of_the_section_comes_from_one_evaluation() -> None:
    given = facts(a_service(availability=0.9))
    section = services(given)

    assert (section.lines, section.figures) == (service_lines(given), service_figures(given))
    assert section.evidence == "100.00 %"


def test_a_record_of_a_host_that_is_not_in_the_model_changes_nothing() -> None:
    given = facts(a_service(availability=0.9))
    ghost = {"ghost": HostRecord(((START, END),), ((START, END),))}

    assert services(replace(given, hosts={**given.hosts, **ghost}, since={**given.since, "ghost": START})) == services(
        given
    )


def test_an_outage_that_was_confirmed_at_an_incident_is_evidence() -> None:
    incident = an_incident(
        at("Tue 09:10"),
        event(at("Tue 09:20"), Kind.OWNED, "ana"),
        event(at("Tue 09:30"), Kind.OUTAGE, "ana"),
        event(at("Tue 09:52"), Kind.RECOVERED),
    )
    given = facts(a_service(availability=0.9), (at("Tue 09:10"), at("Tue 09:52")), incidents=(incident,))
    down = next(given for given in figure(given, "availability").inputs if given.name.startswith("D"))

    assert down.evidence[-1] == "box down Tue 10 Nov 09:10 to 09:52: confirmed at incident 1"


@pytest.mark.parametrize(
    ("window", "span", "budget"),
    [("week", "week", 604_800 // 1000), ("28d", "28d", 2_422), ("month", "month", (30 * 86_400 + 3600) // 1000)],
)
def test_a_promise_is_judged_over_its_own_window(window: str, span: str, budget: int) -> None:
    old = "slo: {availability: 99.9, window: 28d}"
    texts = [replace(one, text=one.text.replace(old, old.replace("28d", window))) for one in example("brackwater")]
    client = in_force(texts, BY_NAME).clients["brackwater"]
    section = services(replace(golden(), client=client))
    line = next(one for one in section.lines if one.service == "connectivity")
    left = [one.span for one in section.figures if (one.name, one.about) == ("error budget left", "connectivity")]

    assert (line.budget, left) == (budget, [span])
    assert line.light == {"week": "missed", "28d": "watch", "month": "watch"}[window]
    assert line.burn[0][1] == budget


SPANS = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), max_size=4)


def _hours_of(raw: list[tuple[int, int]]) -> Intervals:
    return normal((START + 6000 * start, START + 6000 * end) for start, end in raw)


@given_(SPANS, SPANS, SPANS, st.integers(990, 1000))
def test_less_evidence_never_makes_anything_better(
    seen: list[tuple[int, int]], lost: list[tuple[int, int]], down: list[tuple[int, int]], target: int
) -> None:
    more = _hours_of(seen)
    outages, pair = _hours_of(down), a_service("work", "box", "nas", at_least=1, availability=target / 1000)
    client = a_client(pair, hosts=(Host("box", "main"), Host("nas", "main")))
    since = {"box": START, "nas": START}

    def figures(known: Intervals) -> tuple[Figure, Figure]:
        causes = {"client-accepted-risk": outages}
        hosts = {"box": HostRecord(known, outages, causes=causes), "nas": HostRecord((), outages, causes=causes)}
        given = facts(pair, client=client, hosts=hosts, since=since)
        return figure(given, "availability"), figure(given, "availability, contract terms")

    for richer, poorer in zip(figures(more), figures(difference(more, _hours_of(lost))), strict=True):
        assert _low(poorer) <= _low(richer)
        assert poorer.high == richer.high
        assert poorer.verdict != "met" or richer.verdict == "met"


def _low(one: Figure) -> Fraction:
    return Fraction(*one.low) if one.low else Fraction(-1)


@pytest.mark.parametrize("name", ["2026-W40", "2026-W47", "2030-W01"])
def test_a_week_before_anything_was_heard_and_one_that_has_not_begun_are_nothing_due(name: str) -> None:
    given = facts(a_service(availability=0.9), week=IsoWeek.parse(name), now=END)
    section = services(given)

    assert section.lines[0].availability == "nothing due"
    assert section.evidence == "nothing due"
    assert section.lines[0].verdict == ""


@pytest.mark.parametrize(("lost", "words"), [
    (240, "burns 13.33 times over 1 h of service, alarm above 4.00"),
    (0, ""),
])  # fmt: skip
def test_a_budget_that_goes_too_fast_is_an_alarm_in_hours_of_the_service(lost: int, words: str) -> None:
    month = WEEK.month(NEW_YORK)[0]
    cut = at("Fri 18:00")
    down = ((at("Fri 17:30"), at("Fri 17:30") + lost),)
    hosts = {"box": HostRecord(((month, cut),), normal(down))}
    given = facts(a_service(hours="office", availability=0.995), hosts=hosts, since={"box": month}, now=cut)
    (kept,) = kept_of(given, stood_of(given))

    assert burn_words(kept) == words
    assert [float(one.threshold) for one in burning(kept)] == pytest.approx([4, 10 / 6, 0.2777778])


def test_a_window_to_come_counts_from_when_it_was_announced() -> None:
    down, ahead = (at("Sun 22:00"), at("Sun 23:20")), at("2026-11-17T00:00")
    plain = facts(a_service(availability=0.99), down)
    for announced, is_moved in ((END - 60, True), (END + 60, False)):
        papers = {"maintenance": (window(ahead, ahead + 86_400, announced),)}
        assert (one(replace(plain, papers=papers)).forecast != one(plain).forecast) is is_moved
    assert one(plain).forecast.startswith("at this pace the promise breaks ")
