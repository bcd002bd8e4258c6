"""The five checks of governance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from console.operating_model.assess.criterion import Criterion, Result, Seen, sorted_out
from console.operating_model.rights import holders
from console.operating_model.schema.governance import PolicyDoc
from console.operating_model.schema.records import DecisionRecord, WaiverRecord

_WHAT = "governance"
_BACKUP_CHECKS = ("newest_file", "restic_snapshots")
_COVERED = Fraction(95, 100)


def _rights(seen: Seen) -> Result:
    written = [one.what for one in seen.facts.doc.decision_rights]
    return sorted_out((what, any(one.startswith(what) for one in written)) for what in ("waive", "publish", "spend"))


def _policies(seen: Seen) -> Result:
    return sorted_out((id_, _is_complete(seen, one)) for id_, one in seen.facts.doc.policies.items())


def _is_complete(seen: Seen, policy: PolicyDoc) -> bool:
    says_something = policy.limits or policy.jobs or policy.checks
    may_be_waived = policy.waive and policy.max_waiver is not None
    return bool(says_something and may_be_waived) and policy.review is not None and policy.review >= seen.facts.today


def _waivers(seen: Seen) -> Result:
    facts = seen.facts
    over = {gap.about for gap in seen.gaps if gap.number == "G12"}
    in_use = [one for one in facts.of(WaiverRecord) if one.at <= facts.today < one.expires or one.id in over]
    return sorted_out(
        (one.id, one.id not in over and one.approved_by in holders(facts.doc, facts.doc.policies[one.policy].waive))
        for one in in_use
        if one.policy in facts.doc.policies
    )


def _checked(seen: Seen) -> Result:
    found = sorted_out(limit for id_, policy in seen.facts.doc.policies.items() for limit in _limits(seen, id_, policy))
    return found if seen.practice.seen else Result(failed=(*found.passed, *found.failed), is_measured=False)


def _limits(seen: Seen, id_: str, policy: PolicyDoc) -> Iterator[tuple[str, bool]]:
    """Each limit of a policy, and whether agents look at it on 95 % of the hosts that it is about."""
    hosts = set(seen.facts.doc.hosts)
    for severity in policy.limits:
        check = "security_updates" if severity in ("critical", "high") else "updates"
        yield f"{id_} {severity}", _reaches(seen, (check,), hosts)
    for name, job in policy.jobs.items():
        yield f"{id_} {name}", _reaches(seen, _BACKUP_CHECKS, {job.host})
    for check in policy.checks:
        yield f"{id_} {check}", _reaches(seen, (check,), hosts)


def _reaches(seen: Seen, checks: tuple[str, ...], hosts: set[str]) -> bool:
    there = hosts & {host for check in checks for host in seen.practice.seen.get(check, frozenset())}
    return bool(hosts) and Fraction(len(there), len(hosts)) >= _COVERED


def _cited(seen: Seen) -> Result:
    since = seen.facts.today - timedelta(days=90)
    made = [one for one in seen.facts.of(DecisionRecord) if since <= one.at <= seen.facts.today]
    return sorted_out((one.id, one.id in seen.practice.citing) for one in made)


CRITERIA = (
    Criterion(
        _WHAT,
        1,
        "a decision right exists for waiving, publishing and spending",
        "without it whoever is loudest decides, and nobody answers for it",
        "COBIT 2019",
        "say who may decide: {item}",
        _rights,
    ),
    Criterion(
        _WHAT,
        2,
        "policies are complete and in review: limits, who may waive, for how long",
        "a rule without a limit cannot be kept or broken",
        "COBIT 2019",
        "complete the policy {item} and set its review",
        _policies,
    ),
    Criterion(
        _WHAT,
        3,
        "waivers in force were approved by who may, and none that expired is in use",
        "an exception that never ends is the real rule",
        "ISO/IEC 20000-1",
        "end or renew the waiver {item} with whoever may approve it",
        _waivers,
    ),
    Criterion(
        _WHAT,
        4,
        "every limit of a policy is checked on 95 % of the hosts in its scope",
        "a limit that nobody looks at is a wish",
        "Cyber Essentials (limits for updates), our practice",
        "let agents check {item} on every host that it is about",
        _checked,
    ),
    Criterion(
        _WHAT,
        5,
        "decisions of the last 90 days cite the numbers they were made from",
        "a decision with its numbers can be judged later, one without cannot",
        "COBIT 2019",
        "write the numbers beside decision {item}",
        _cited,
    ),
)
