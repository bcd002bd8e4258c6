"""The convention of monitoring plugins: read leniently, written so that it reads back the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.catalogue import BY_NAME
from checks.finding import Status
from checks.plugin import Value, line, local_lines, said
from checks.reading import CheckName, Gap, Reading, Why

NOW = 1_800_000_000
DISK = BY_NAME[CheckName("disk")]


def found(check: str, *values: tuple[str, float | None]) -> list[object]:
    judged = BY_NAME[CheckName(check)]
    readings = [Reading(judged.name, subject, value, NOW, NOW + 60) for subject, value in values]
    return [judged.finding(one, judged.standard, NOW) for one in readings]


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
    text, code = line(DISK, found("disk", ("/", 0.5), ("/srv|x='y'", 0.95)), DISK.standard)  # type: ignore[arg-type]
    assert (text.splitlines()[0].split(" | ")[0], code) == ("DISK CRITICAL: /srv/x='y': 95 % full", 2)
    assert text.splitlines()[1] == "OK /: 50 % full"
    assert said(text).values == (Value("/srv_x_'y'", 95.0, "%", "80;92;0"), Value("/", 50.0, "%", "80;92;0"))


def test_unknown_is_three_and_goes_before_a_warning_and_behind_a_critical() -> None:
    gap = DISK.finding_of_gap(Gap(DISK.name, "/mnt", Why.DENIED, "it may not be read", NOW, NOW + 60))
    assert gap.status is Status.UNKNOWN
    warned = found("disk", ("/", 0.85))
    assert line(DISK, [gap, *warned], DISK.standard) == (  # type: ignore[list-item]
        "DISK UNKNOWN: /mnt: it may not be read | '/'=85%;80;92;0\nWARNING /: 85 % full", 3,
    )  # fmt: skip
    assert line(DISK, [gap, *found("disk", ("/", 0.99))], DISK.standard)[1] == 2  # type: ignore[list-item]
    assert line(DISK, [], DISK.standard) == ("DISK UNKNOWN: nothing of it is listed on this machine", 3)


def test_an_instant_is_written_as_its_age_and_below_is_a_range_from() -> None:
    newest = BY_NAME[CheckName("newest_file")]
    text, code = line(newest, found("newest_file", ("dump", NOW - 3600.0)), newest.standard)  # type: ignore[arg-type]
    assert (text.split(" | ")[1], code) == ("'dump'=3600s;93600;180000;0", 0)
    ends = BY_NAME[CheckName("end_of_life")]
    text, _ = line(ends, found("end_of_life", ("", 1000.0)), ends.standard)  # type: ignore[arg-type]
    assert "15552000:" in text


def test_local_checks_of_checkmk_are_a_line_a_subject() -> None:
    lines = list(local_lines(DISK, found("disk", ("/", 0.5), ('/s "x"', 0.85)), DISK.standard))  # type: ignore[arg-type]
    assert lines == [
        '0 "disk /" /=50%;80;92;0 50 % full',
        '1 "disk /s \'x\'" /s_"x"=85%;80;92;0 85 % full',
    ]
