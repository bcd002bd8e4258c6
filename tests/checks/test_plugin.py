"""The convention of monitoring plugins: read leniently, written so that it reads back the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.catalogue import BY_NAME
from checks.check import Check
from checks.finding import Status
from checks.plugin import MOST_BYTES, Judged, Value, line, local_line, local_lines, said
from checks.reading import CheckName, Gap, Reading, Why

NOW = 1_800_000_000
DISK = BY_NAME[CheckName("disk")]


def found(check: str, *values: tuple[str, float | None]) -> list[Judged]:
    judged = BY_NAME[CheckName(check)]
    readings = [Reading(judged.name, subject, value, NOW, NOW + 60) for subject, value in values]
    return [(judged, judged.finding(one, judged.standard, NOW)) for one in readings]


@pytest.mark.parametrize(
    ("out", "text", "values"),
    [
        ("DISK OK - free: / 3326 MB (56%);| /=2643MB;5948;5958;0;5968\n", "DISK OK - free: / 3326 MB (56%);",
         (Value("/", 2643.0, "MB", "5948;5958;0;5968"),)),  # the guidelines' own example
        ("OK | 'a b'=1 'it''s'=2.5%;~:10;@1:2 c=U d=,5s", "OK",
         (Value("a b", 1.0, "", ""), Value("it's", 2.5, "%", "~:10;@1:2"), Value("c", None, "", ""),
          Value("d", 0.5, "s", ""))),
        ("LOAD WARNING\nlong one\nlong two | x=1\ny=2;;;0", "LOAD WARNING",
         (Value("x", 1.0, "", ""), Value("y", 2.0, "", ";;0"))),
        ("", "", ()),
        ("no data at all", "no data at all", ()),
        ("broken | = 'a= b=x c=1e400000 d=3", "broken", None),
        ("red\x1b[31m text | 'l\x1b[0m'=1", "red\ufffd[31m text", None),
    ],
)  # fmt: skip
def test_what_plugins_write_is_read_as_far_as_it_can_be(out: str, text: str, values: tuple[Value, ...] | None) -> None:
    told = said(out)
    assert told.text == text
    if values is not None:
        assert told.values == values


def test_long_text_is_kept_apart_from_values() -> None:
    assert said("A | x=1\nlong one\nlong two | y=2").long == ("long one", "long two")


@given(st.text(max_size=400))
def test_whatever_a_plugin_writes_is_read_without_an_error_and_bounded(out: str) -> None:
    told = said(out)
    assert len(told.text) <= 300
    assert all(len(one.label) <= 60 and "\n" not in one.label for one in told.values)


def test_a_finding_is_one_line_with_its_limits_in_percent_and_an_exit_code() -> None:
    text, code = line(found("disk", ("/", 0.5), ("/srv|x='y'", 0.95)), "disk")
    assert (text.splitlines()[0].split(" | ")[0], code) == ("DISK CRITICAL: /srv/x='y': 95 % full", 2)
    assert text.splitlines()[1] == "OK /: 50 % full"
    assert said(text).values == (Value("/srv_x_'y'", 95.0, "%", "80;92;0"), Value("/", 50.0, "%", "80;92;0"))


def test_unknown_is_three_and_goes_before_a_warning_and_behind_a_critical() -> None:
    gap = (DISK, DISK.finding_of_gap(Gap(DISK.name, "/mnt", Why.DENIED, "it may not be read", NOW, NOW + 60)))
    assert gap[1].status is Status.UNKNOWN
    assert line([gap, *found("disk", ("/", 0.85))], "disk") == (
        "DISK UNKNOWN: /mnt: it may not be read | '/'=85%;80;92;0\nWARNING /: 85 % full", 3,
    )  # fmt: skip
    assert line([gap, *found("disk", ("/", 0.99))], "disk")[1] == 2
    assert line([], "disk") == ("DISK UNKNOWN: nothing of it is listed on this machine", 3)


def test_all_checks_together_have_one_line_with_the_performance_data_of_all() -> None:
    text, code = line([*found("memory", ("", 0.5)), *found("disk", ("/", 0.85), ("/srv", 0.5))])
    assert (text.splitlines(), code) == ([
        "WATCHBILL WARNING: 1 of 3 are not well | 'disk /'=85%;80;92;0 'disk /srv'=50%;80;92;0 'memory'=50%;90;97;0",
        "WARNING disk /: 85 % full", "OK disk /srv: 50 % full", "OK memory: 50 % used"], 1)  # fmt: skip


def test_output_beyond_the_limit_is_cut_between_values_and_between_lines() -> None:
    many = found("disk", *((f"/srv/{'é' * 40}/{place:03}", 0.95 if place == 77 else 0.5) for place in range(100)))
    text, code = line(many, "disk")
    assert (len(text.encode()) <= MOST_BYTES, code) == (True, 2)
    first, *rest, last = text.splitlines()
    assert first.startswith("DISK CRITICAL: /srv/")
    assert all(one.limits == "80;92;0" and one.label[-3:].isdigit() for one in said(text).values)
    assert all(one.endswith(" full") for one in rest)
    assert last == f"and {99 - len(rest)} more"


def test_an_instant_is_written_as_its_age_and_below_is_a_range_from_that_may_be_passed() -> None:
    text, code = line(found("newest_file", ("dump", NOW - 3600.0)), "newest_file")
    assert (text.split(" | ")[1], code) == ("'dump'=3600s;93600;180000;0", 0)
    text, _ = line(found("end_of_life", ("", -1000.0)), "end_of_life")
    assert text.split(" | ")[1] == "'end_of_life'=-1000s;15552000:;0:"


@given(st.floats(min_value=0, max_value=1e18))
def test_numbers_are_digits_and_a_point_and_no_exponent(value: float) -> None:
    (written,) = re.findall(r"'x'=([^;]*);", line(found("updates", ("x", value)), "updates")[0])
    assert re.fullmatch(r"[0-9.]+", written)
    assert float(written) == pytest.approx(value, abs=1e-6)


CHECKMK = re.compile(r"""[0-3] "[^"']+" (-|(?P<metric>[^ =:/\\]+)=[-0-9.;:]+) +\S.*""")
"""What Checkmk's own parser of the section `local` takes, and what its `Metric` takes as a name."""


def test_local_checks_of_checkmk_are_a_line_a_subject() -> None:
    lines = list(local_lines(found("disk", ("/", 0.5), ('/s "x"', 0.85), ("C:\\new", 0.1))))
    assert lines == [
        '0 "disk /" disk=50;80;92;0 50 % full',
        '1 "disk /s ’x’" disk=85;80;92;0 85 % full',
        '0 "disk C:\\new" disk=10;80;92;0 10 % full',
    ]
    told = local_line(3, "Watchbill", "cannot read C:\\new | old")
    assert told == '3 "Watchbill" - cannot read C:/new / old'


@pytest.mark.parametrize("check", BY_NAME.values(), ids=BY_NAME)
def test_every_check_is_a_local_check_that_checkmk_takes(check: Check) -> None:
    gap = (check, check.finding_of_gap(Gap(check.name, 'it\'s "x"', Why.DENIED, "it may not be read", NOW, NOW + 60)))
    for told in local_lines([*found(check.name, ("a/b: c", 3e11)), gap]):
        assert CHECKMK.fullmatch(told), told
