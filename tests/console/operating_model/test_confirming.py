"""Standards that ask a breach to stand for a while: written, inherited by hosts, explained, and refused where wrong."""

from __future__ import annotations

import pytest

from checks.catalogue import BY_NAME
from checks.reading import CheckName
from console.operating_model.explain import explained
from console.operating_model.load import load
from console.operating_model.mapping import standard_for
from console.operating_model.problems import ModelErrors
from console.pages.model import Document

PROVIDER = Document(
    "provider.yaml", "schema: 1\nprovider: {name: Hilltop IT}\nbaseline: {standards: {cpu: {for: 10m}}}\n"
)
HEAD = (
    "schema: 1\nclient: {id: m, name: M, tz: UTC}\nsites: {main: {name: M}}\n"
    "hosts: {a: {site: main}, b: {site: main}}\n"
)


def standard(written: str, check: str, host: str = "a") -> tuple[int, int]:
    model = load([PROVIDER, Document("m.yaml", f"{HEAD}standards: {written}\n")], BY_NAME)
    found = standard_for(model, "m", host, BY_NAME[CheckName(check)], "")
    return found.stands_for, found.in_a_row


def problem_of(written: str) -> str:
    with pytest.raises(ModelErrors) as caught:
        standard(written, "disk")
    return "; ".join(f"{one.line} {one.where}: {one.text}" for one in caught.value.problems)


def test_a_standard_says_how_long_or_how_often_and_hosts_may_say_otherwise() -> None:
    assert standard("{disk: {for: 15m}}", "disk") == (900, 1)
    assert standard("{disk: {in_a_row: 3}}", "disk") == (0, 3)
    assert standard("{disk: {for: 15m, hosts: {b: {crit: 80 %}}}}", "disk", "b") == (900, 1)
    assert standard("{disk: {for: 15m, hosts: {b: {in_a_row: 2}}}}", "disk", "b") == (0, 2)
    assert standard("{disk: {for: 15m}}", "memory") == (0, 1)
    assert standard("{disk: {for: 15m}}", "cpu") == (600, 1)


def test_what_may_be_written_is_explained() -> None:
    told = explained("standards.disk.for")
    assert (told.kind, told.meaning.split(";")[0]) == (
        "duration", "How long a breach must have stood before it alarms anybody",
    )  # fmt: skip
    assert "date or place" in explained("holiday_sets").kind


def test_confirmation_alone_leaves_the_limits_as_they_are() -> None:
    model = load([PROVIDER, Document("m.yaml", f"{HEAD}standards: {{disk: {{for: 15m}}}}\n")], BY_NAME)
    default = BY_NAME[CheckName("disk")].standard
    found = standard_for(model, "m", "a", BY_NAME[CheckName("disk")], "/")
    assert (found.warn, found.crit) == (default.warn, default.crit)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{disk: {for: -1}}", "-1 is not a duration"),
        ("{disk: {for: forever}}", "'forever' is not a duration"),
        ("{disk: {for: 0m}}", "'0m' is not a duration"),
        ("{disk: {for: 2d}}", "for is a day at most"),
        ("{disk: {for: 999999999w}}", "for is a day at most"),
        ("{disk: {in_a_row: 0}}", "standards.disk.in_a_row"),
        ("{disk: {in_a_row: 1000000}}", "standards.disk.in_a_row"),
        ("{disk: {for: 15m, in_a_row: 3}}", "write either for or in_a_row"),
        ("{checkin: {for: 15m}}", "checkin is no look of an agent"),
    ],
)
def test_what_never_alarms_or_cannot_be_meant_is_refused(written: str, said: str) -> None:
    assert said in problem_of(written)
