"""How far a host is in a window, by evidence; in which order hosts are worked on; which days are kept free (J4)."""

from __future__ import annotations

from datetime import datetime

import pytest

from checks.catalogue import BY_NAME
from console.operating_model import words
from console.operating_model.examples import example
from console.operating_model.load import load
from console.operating_model.plan.keeping_free import forbidding
from console.operating_model.plan.progress import Evidence, Seen, batches, stage

CLIENT = load(example("brackwater"), BY_NAME).clients["brackwater"]
START = 1_000_000
LATER = START + 600


def host(
    before: Seen, now: Seen, *, looked_at: int | None = LATER, silent: bool = False, trouble: str = ""
) -> Evidence:
    return Evidence(before, now, looked_at, is_silent=silent, trouble=trouble)


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (host(Seen(), Seen(), looked_at=None), "unseen"),
        (host(Seen(5), Seen(5)), "pending"),
        (host(Seen(5), Seen(0), looked_at=START - 1), "pending"),  # a scan of before proves nothing (f)
        (host(Seen(5, False), Seen(0, True)), "installed"),  # a pending restart keeps it unfinished (c)
        (host(Seen(5), Seen(2, False)), "healthy"),
        (host(Seen(5, False), Seen(0, False), silent=True), "reboot"),
        (host(Seen(5), Seen(0, False), trouble="the disk is full"), "trouble"),
        (host(Seen(0, True), Seen(0, False)), "healthy"),  # the window was for the restart alone
        (host(Seen(None, True), Seen(None, True)), "pending"),
    ],
)
def test_the_stage_of_a_host_follows_from_what_is_seen(evidence: Evidence, expected: str) -> None:
    assert stage(evidence, START, LATER)[0] == expected


def test_before_the_window_everything_is_pending() -> None:
    assert stage(host(Seen(5), Seen(5, True)), START, START - 60) == ("pending", "5 updates wait, a restart is due")


def test_batches_never_take_a_redundant_service_down_whole_and_a_hypervisor_comes_last() -> None:
    assert batches(CLIENT, ["dc01", "dc02", "fs01", "dc01"]) == (("dc01", "fs01"), ("dc02",))
    assert batches(CLIENT, ["hv01", "fs01"]) == (("fs01",), ("hv01",))
    assert batches(CLIENT, []) == ()


@pytest.mark.parametrize(
    ("start", "end", "forbidden"),
    [
        ("2026-11-26T19:00", "2026-11-26T21:00", False),  # a holiday before the last two working days
        ("2026-11-27T06:00", "2026-11-27T08:00", True),  # Friday: the last but one, Thursday being a holiday
        ("2026-11-28T19:00", "2026-11-28T21:00", True),  # the weekend between them
        ("2026-11-30T22:00", "2026-12-01T00:00", True),
        ("2026-12-01T00:00", "2026-12-01T02:00", False),
        ("2026-11-24T22:00", "2026-11-27T01:00", True),  # it reaches into Friday
    ],
)
def test_the_last_two_working_days_of_a_month_are_kept_free(start: str, end: str, forbidden: bool) -> None:
    span = [datetime.fromisoformat(one).replace(tzinfo=CLIENT.zone) for one in (start, end)]
    assert [need.id for need in forbidding(CLIENT, *span)] == (["n-1"] if forbidden else [])


def test_days_are_named_in_a_way_that_is_understood_or_refused() -> None:
    assert words.kept_free("last 2 working days of a month") == ("last", 2)
    assert words.kept_free("First  working day of the month") == ("first", 1)
    for phrase in ("", "last 0 working days of a month", "payday", "last 2 days"):
        with pytest.raises(ValueError, match="names no days"):
            words.kept_free(phrase)
