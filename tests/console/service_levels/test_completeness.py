"""K4 and K5: expected, known, enrolled."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from builders import NEW_YORK, a_client, a_service, at

from console.operating_model.entities import Client, Host
from console.service_levels.completeness import Heard, completeness, share, working
from console.service_levels.intervals import length
from console.service_levels.timeline import HostRecord, all_stood
from console.service_levels.weeks import IsoWeek

WEEK = IsoWeek.parse("2026-W46").bounds(NEW_YORK)
START, END = WEEK


def client(presence: str = "always") -> Client:
    return a_client(a_service("work", "box"), hosts=(Host("box", "main", presence=presence),))


def seen(mine: Client, record: HostRecord, heard: Heard) -> tuple[int, int]:
    found = completeness(mine, all_stood(mine, {"box": record}), heard, WEEK)["box"]
    return found.expected, length(found.unknown)


def test_nothing_is_expected_before_a_host_enrolled_or_after_it_was_retired() -> None:
    known = HostRecord(((START, END),))

    assert seen(client(), known, Heard({"box": START - 1})) == (604_800, 0)
    assert seen(client(), known, Heard({"box": at("Wed 12:00")})) == (4 * 86_400 + 43_200, 0)
    gone = Heard({"box": START}, {"box": at("Thu 00:00")})
    assert seen(client(), HostRecord(((START, at("Wed 12:00")),)), gone) == (3 * 86_400, 43_200)


def test_a_host_that_never_enrolled_is_not_expected_and_not_working() -> None:
    mine = client()

    assert completeness(mine, all_stood(mine, {}), Heard(), WEEK) == {}
    assert share({}) is None
    assert working(mine, {}, END) == {"box": False}


def test_a_workstation_that_is_off_at_night_is_silent_in_office_hours_only() -> None:
    day = HostRecord(tuple((at(f"{name} 08:00"), at(f"{name} 18:00")) for name in ("Mon", "Tue", "Wed", "Thu")))

    assert seen(client("office"), day, Heard({"box": START})) == (180_000, 36_000)
    assert working(client("office"), {"box": day}, END) == {"box": True}  # its last 24 h reach back to Wednesday
    gone = HostRecord(((at("Mon 08:00"), at("Tue 18:00")),))
    assert working(client("office"), {"box": gone}, END) == {"box": False}


def test_a_machine_that_travels_is_expected_once_in_seven_days() -> None:
    once = HostRecord(((at("Tue 09:00"), at("Tue 09:10")),))
    unknown = at("Tue 09:00") - START

    assert seen(client("roaming"), once, Heard({"box": START})) == (604_800, unknown)
    assert working(client("roaming"), {"box": once}, END) == {"box": True}
    assert working(client("always"), {"box": once}, END) == {"box": False}


def test_what_is_confirmed_down_is_known_and_what_is_in_doubt_is_not() -> None:
    record = HostRecord(((START, at("Fri 00:00")),), outages=((at("Fri 00:00"), at("Sat 00:00")),))

    assert seen(client(), record, Heard({"box": START})) == (604_800, 2 * 86_400)
    doubted = replace(record, outages=(), doubted=record.outages)
    assert seen(client(), doubted, Heard({"box": START})) == (604_800, 3 * 86_400)


def test_all_hosts_are_pooled() -> None:
    hosts = (Host("box", "main"), Host("ws", "main", presence="office"))
    mine = a_client(a_service("work", "box"), hosts=hosts)
    stood = all_stood(mine, {"box": HostRecord((WEEK,))})
    found = completeness(mine, stood, Heard({"box": START, "ws": START}), WEEK)

    assert share(found) == Fraction(604_800, 784_800)  # and not the mean of 100 % and 0 %
