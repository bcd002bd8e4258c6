"""What the agents themselves saw at the end of the week: updates, backups, silences."""

from __future__ import annotations

from collections.abc import Iterator

from checks.check import Family
from checks.finding import Finding
from console.pages.week import BackupLine, PatchLine, Silence
from console.reports.weekly.facts import WeekFacts
from console.service_levels.intervals import clip, difference

_DAY = 86_400


def patch_lines(facts: WeekFacts) -> Iterator[PatchLine]:
    """How each host stands with updates."""
    for host, judged in sorted(facts.findings.items()):
        by_name = {one.finding.check: one.finding for one in judged if one.family is Family.PATCH}
        if not by_name:
            continue
        worst = max(by_name.values(), key=lambda finding: finding.status.rank)
        security = by_name.get("security_updates")  # type: ignore[call-overload]  # names are plain strings inside
        updates, lists = by_name.get("updates"), by_name.get("package_lists")  # type: ignore[call-overload]
        yield PatchLine(
            host=host,
            status=worst.status.value,
            pending=_count(updates),
            security=len(security.items) if security else None,
            oldest_security_days=_days(facts, security),
            lists_age_days=_days(facts, lists),
            sentence=worst.sentence,
        )


def backup_lines(facts: WeekFacts) -> Iterator[BackupLine]:
    """How each backup stands that an agent can see."""
    for host, judged in sorted(facts.findings.items()):
        for one in judged:
            finding = one.finding
            if one.family is Family.BACKUP:
                is_since = finding.check in ("restic_snapshots", "newest_file") and finding.value is not None
                newest = int(finding.value or 0) if is_since else None
                yield BackupLine(host, finding.check, finding.subject, finding.status.value, newest, finding.sentence)


def silences(facts: WeekFacts) -> Iterator[Silence]:
    """The stretches in which a host's state is not known."""
    start, cut = facts.start, facts.cut
    for host, record in sorted(facts.hosts.items()):
        begins = max(start, facts.since.get(host, cut))
        for silent in difference(clip(((begins, cut),), begins, cut), record.known):
            yield Silence(host, *silent)


def _count(finding: Finding | None) -> int | None:
    return None if finding is None or finding.value is None else round(finding.value)


def _days(facts: WeekFacts, finding: Finding | None) -> int | None:
    """Whole days since the instant that a finding names, rounded down."""
    if finding is None or finding.value is None:
        return None
    return max(0, int(facts.now - finding.value)) // _DAY
