"""Where no scan is recorded, what an agent saw of updates: by severity where makers tell it, else the strictest."""

from __future__ import annotations

from dataclasses import replace

from builders import at
from golden_week import golden, without

from checks.check import Family
from checks.finding import Finding, Status
from checks.reading import CheckName, Item
from console.reports.weekly.agents import patch_lines
from console.reports.weekly.facts import Judged, WeekFacts
from console.reports.weekly.updates import updates

NOW = at("Sun 23:00")
GRAVE = {"critical": "within", "high": "within"}


def judged(check: str, value: float | None, *items: Item, subject: str = "") -> Judged:
    status = Status.OK if value is None else Status.WATCH
    finding = Finding(
        check=CheckName(check), subject=subject, status=status, sentence="so",
        taken_at=NOW, evidence_until=NOW, value=value, items=items,
    )  # fmt: skip
    return Judged(Family.PATCH, finding)


def seen(*found: Judged) -> WeekFacts:
    return replace(without(golden(), "patch-scan", "patch-item"), findings={"fw01": found})


def stood(*found: Judged) -> dict[str, str]:
    told = updates(seen(*found))
    assert told is not None
    return {one.severity: one.state for one in told.stood if one.host == "fw01" and one.state != "unseen"}


def test_nothing_waits_anywhere_or_no_security_update_does() -> None:
    none = judged("security_updates", None)
    assert stood(none, judged("updates", 0.0)) == {**GRAVE, "moderate": "within", "low": "within"}
    assert stood(none, judged("updates", 0.0), judged("updates", 2.0, subject="snap")) == GRAVE
    assert stood(none, judged("updates", 0.0), judged("updates", None, subject="snap")) == GRAVE
    assert stood(none) == GRAVE
    assert stood(judged("updates", 0.0)) == {}


def test_a_severity_that_its_maker_tells_is_held_to_its_own_limit() -> None:
    old = NOW - 20 * 86_400
    high = Item("kernel", since=old, severity="high")
    assert stood(judged("security_updates", old, high)) == {"critical": "within", "high": "late"}
    low = Item("nano", since=old, severity="low")
    assert stood(judged("security_updates", old, low)) == {**GRAVE, "low": "within"}


def test_one_of_which_nobody_tells_is_held_to_the_strictest() -> None:
    old = NOW - 20 * 86_400
    rated, not_rated = Item("nano", since=old, severity="low"), Item("libc6", since=old)
    assert stood(judged("security_updates", old, rated, not_rated)) == {"critical": "late", "low": "within"}
    assert stood(judged("security_updates", old)) == {"critical": "late"}


def test_what_waits_is_summed_over_the_package_managers_of_a_host() -> None:
    (line,) = patch_lines(seen(judged("updates", 3.0), judged("updates", 2.0, subject="snap")))
    assert (line.host, line.pending, line.security) == ("fw01", 5, None)
