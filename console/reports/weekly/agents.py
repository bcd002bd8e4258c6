"""What the agents themselves saw at the end of the week: updates, backups, silences."""

from __future__ import annotations

from collections.abc import Iterator

from checks.check import Family
from checks.finding import Finding
from console.pages.week import BackupLine, PatchLine, Silence
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.machine_figures import expected
from console.service_levels.intervals import clip, difference

_DAY = 86_400


def patch_lines(facts: WeekFacts) -> Iterator[PatchLine]:
    """How each host stands with updates."""
    for host, judged in sorted(facts.findings.items()):
        found = [one.finding for one in judged if one.family is Family.PATCH]
        if not found:
            continue
        worst = max(found, key=lambda finding: finding.status.rank)
        seen = [one.finding for one in judged if one.family is Family.PATCH and one.is_seen]
        own = {str(one.check): one for one in seen if not one.subject}  # the system's; others stand beside it
        security, lists = own.get("security_updates"), own.get("package_lists")
        yield PatchLine(
            host=host,
            status=worst.status.value,
            pending=_pending(seen),
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
                newest = int(finding.value) if one.tells_copies and finding.value is not None else None
                yield BackupLine(host, finding.check, finding.subject, finding.status.value, newest, finding.sentence)


def silences(facts: WeekFacts) -> Iterator[Silence]:
    """The stretches in which a host's state is not known while it is expected (K4); of one in no model, whenever."""
    seen = {host: one.unknown for host, one in expected(facts).items()}
    for host, record in facts.hosts.items():
        if host not in facts.client.hosts and host not in facts.client.externals:
            begins = max(facts.start, facts.since.get(host, facts.cut))
            seen[host] = difference(clip(((begins, facts.cut),), begins, facts.cut), record.known)
    for host, unknown in sorted(seen.items()):
        yield from (Silence(host, *silent) for silent in unknown)


def _pending(found: list[Finding]) -> int | None:
    """What waits, over all package managers; None where none told."""
    told = [one.value for one in found if one.check == "updates" and one.value is not None]
    return round(sum(told)) if told else None


def _days(facts: WeekFacts, finding: Finding | None) -> int | None:
    """Whole days from the instant that a finding names to the cut-off, rounded down."""
    if finding is None or finding.value is None:
        return None
    return max(0, int(facts.cut - finding.value)) // _DAY
