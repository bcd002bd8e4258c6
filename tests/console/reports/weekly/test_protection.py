"""Section 3 of the golden week, to the digit: W21 to W25, and the page of 5.2."""

from __future__ import annotations

from dataclasses import replace

from builders import at
from golden_week import golden, without

from console.pages.figures import Figure
from console.reports.weekly.backups import job_weeks
from console.reports.weekly.job_lines import job_lines
from console.reports.weekly.protection import protection_figures
from console.reports.weekly.updates import update_lines, updates


def figures() -> dict[tuple[str, str], Figure]:
    return {(one.name, one.about): one for one in protection_figures(golden())}


def test_the_backup_lines_are_those_of_the_page() -> None:
    lines = job_lines(golden(), job_weeks(golden()))
    assert [(one.name, f"{one.good}/{one.due}", one.nights, one.worst_age, one.restore) for one in lines] == [
        ("ERP", "42/42", "▪▪▪▪▪▪▪", "never older than 5 h", "restore proven 20 Oct, 1 h 50"),
        ("Files", "5/7", "▪×–▪▪▪▪", "oldest 72 h 40 (limit 26)", "restore test 3 days overdue"),
        ("VMs", "7/7", "▪▪▪▪▪▪▪", "", "never restore-tested"),
    ]


def test_the_update_lines_are_those_of_the_page() -> None:
    lines = update_lines(golden(), updates(golden()))
    assert [(", ".join(one.severities), one.words, one.light) for one in lines] == [
        ("critical", "8 good, 1 waived (ERP, to 20 Nov), 1 not visible", "watch"),
        ("high", "8 good, 1 late 4 days (dc01 restart), 1 not visible", "missed"),
        ("moderate, low", "9 good, 1 not visible", "watch"),
    ]


def test_w21_policy_exposure_and_verdict_of_each_severity() -> None:
    found = figures()
    said = {
        severity: (
            found["patch compliance", severity].shows,
            found["patch exposure", severity].shows,
            found["patch compliance", severity].verdict,
        )
        for severity in ("critical", "high", "moderate", "low")
    }
    assert said == {
        "critical": ("100.00 %", "88.88 %", "unproven"),
        "high": ("88.88 %", "88.88 %", "missed"),
        "moderate": ("100.00 %", "100.00 %", "unproven"),
        "low": ("100.00 %", "100.00 %", "unproven"),
    }
    assert (found["patch compliance", "critical"].low, found["patch compliance", "critical"].high) == (
        (9, 10),
        (10, 10),
    )
    assert (found["patch compliance", "high"].low, found["patch compliance", "high"].high) == ((8, 10), (9, 10))


def test_w22_to_w25_in_figures() -> None:
    found = figures()
    assert (found["overdue patch-days", ""].shows, found["overdue patch-days", ""].note) == ("9", "5 of them waived")
    assert (found["backup success", ""].value, found["backup success", ""].shows) == ((55, 57), "96.49 %")
    assert (found["backup success", ""].target, found["backup success", ""].verdict) == ("98 %", "missed")
    assert found["first try", ""].shows == "94.73 %"
    files = found["RPO compliance", "files"]
    assert (files.value, files.shows, files.note) == ((436_800, 604_800), "72.22 %", "worst age 72 h 40 min")
    assert found["RPO reachable", "files"].shows == "yes, slack 1 h 20"
    assert found["RPO compliance", "erp"].shows == "100.00 %"
    assert found["restore proof", ""].value == (1, 3)
    assert found["restore proof", "files"].value == (93, 1)


def test_every_figure_says_what_it_was_made_from() -> None:
    assert all(one.inputs for one in figures().values())
    tuesday = [line for one in figures()["backup success", ""].inputs for line in one.evidence]
    assert "files-night, due Tue 10 Nov 23:00: failed" in tuesday
    assert "files-night, due Wed 11 Nov 23:00: missed" in tuesday
    assert "erp-dump, due Fri 13 Nov 12:00: good after 2 tries" in tuesday


def test_where_no_run_is_recorded_the_copies_that_an_agent_saw_count_and_nothing_else_is_made_up() -> None:
    seen = {"fs01": {"restic_snapshots night": (at("Thu 23:02"), at("Fri 23:01"), at("Sun 23:01"))}}
    facts = replace(without(golden(), "backup-run"), copies=seen)
    lines = {one.job: one for one in job_lines(facts, job_weeks(facts))}
    assert (lines["files-night"].nights, lines["files-night"].good, lines["files-night"].due) == ("???▪▪–▪", 3, 4)
    assert lines["erp-dump"].nights == "???????"
    found = {(one.name, one.about): one for one in protection_figures(facts)}
    assert (found["backup success", "files-night"].value, found["backup success", "files-night"].low) == (
        (3, 4),
        (3, 7),
    )
    assert (found["backup success", "erp-dump"].shows, found["backup success", "erp-dump"].verdict) == (
        "no data",
        "unproven",
    )

    two = replace(facts, copies={"fs01": {**seen["fs01"], "newest_file dump": (at("Mon 23:00"),)}})
    assert {one.job: one.nights for one in job_lines(two, job_weeks(two))}[
        "files-night"
    ] == "???????"  # whose they are is not known
    named = replace(facts, copies={"fs01": {"newest_file files-night": (at("Mon 23:00"),), "newest_file x": ()}})
    assert {one.job: one.nights for one in job_lines(named, job_weeks(named))}["files-night"] == "▪–––––?"
    heard = replace(named, after={"fs01": ((at("2026-11-16T05:00"), at("2026-11-16T06:00")),)})
    assert {one.job: one.nights for one in job_lines(heard, job_weeks(heard))}["files-night"] == "▪––––––"
