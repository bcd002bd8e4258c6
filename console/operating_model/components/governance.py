"""Governance: policies, their limits and the hosts that each covers; who decides what; what goes first (22, 23a)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checks.wording import duration
from console.operating_model.components.entry import Component, Entry, Live, counted, nothing, plain
from console.operating_model.people.staff import Staff
from console.operating_model.rights import holders
from console.operating_model.schema.governance import PolicyDoc
from console.operating_model.schema.records import WaiverRecord


def component(staff: Staff, live: Live) -> Component:
    """The policies, then decision rights, then the rule of what goes first."""
    rows = [_policy(staff, live, id_, policy) for id_, policy in staff.doc.policies.items()]
    rows = rows or [nothing("policy", "policies", "the standards that findings are judged by", staff.client)]
    rights = list(_rights(staff))
    rows += rights or [nothing("right", "decision_rights", "who may decide what, within which limit", staff.client)]
    rows.append(_priority(staff))
    over = frozenset(host for policy in staff.doc.policies.values() for host in over_limit(staff, live, policy))
    waived = len(list(in_force(staff)))
    hosts = counted(len(over), "host", "hosts") + " over a limit now"
    words = [counted(len(staff.doc.policies), "policy", "policies"), hosts if live.heard else "no host is heard"]
    words.append(counted(waived, "waiver in force", "waivers in force"))
    return Component(" · ".join(words), tuple(rows), "breach" if over else "ok")


def covers(staff: Staff, policy: PolicyDoc) -> tuple[str, ...]:
    """The hosts that a policy covers: those of its backup jobs, and every host where it has limits or checks."""
    if policy.limits or policy.checks or policy.scan_max_age:
        return tuple(staff.doc.hosts)
    jobs = {job.host for job in policy.jobs.values()}
    return tuple(host for host in staff.doc.hosts if host in jobs)


def over_limit(staff: Staff, live: Live, policy: PolicyDoc) -> frozenset[str]:
    """The covered hosts that are over a limit of the policy now."""
    words = {"patch"} if policy.limits else set()
    words |= {"backup"} if policy.jobs else set()
    words |= set(policy.checks)
    found = frozenset(host for word in words for host in live.breaches.get(word, ()))
    return found & frozenset(covers(staff, policy))


def in_force(staff: Staff, policy: str = "") -> Iterator[WaiverRecord]:
    """The waivers that hold today, of one policy or of all."""
    for one in staff.of(WaiverRecord):
        if one.at <= staff.today < one.expires and one.approved_by and policy in ("", one.policy):
            yield one


def _policy(staff: Staff, live: Live, id_: str, policy: PolicyDoc) -> Entry:
    hosts, over = covers(staff, policy), sorted(over_limit(staff, live, policy))
    owner = holders(staff.doc, policy.owner)[:1]
    now = f"{len(over)} over" if over else f"{len(live.heard & set(hosts))} of {len(hosts)} seen"
    is_late = policy.review is not None and policy.review < staff.today
    row = plain("policy", id_, id_, (staff.called(owner[0] if owner else ""), _limits(policy), now))
    waivers = holders(staff.doc, policy.waive) if policy.waive else ()
    longest = f", for {policy.max_waiver // 86_400} days at most" if policy.max_waiver else ""
    detail = (
        f"policy {id_}",
        "",
        f"owner      {staff.called(owner[0] if owner else '')} ({policy.owner})",
        f"limits     {_limits(policy)}",
        *(f"job        {name}: {job.host} → {job.to}, {job.at}, saves {', '.join(job.protects)}"
          for name, job in policy.jobs.items()),
        f"covers     {', '.join(hosts) or 'no host'}",
        f"over now   {', '.join(over) or 'nobody that is seen'}",
        f"waived by  {' or '.join(staff.called(one) for one in waivers) or 'nobody may'}{longest}",
        *(f"excused    {', '.join(one.scope.values())} until {one.expires} ({one.id}, {staff.called(one.approved_by)})"
          for one in in_force(staff, id_)),
        f"review     {policy.review or 'never'}{' is past' if is_late else ''}",
        *live.to_close(id_),
    )  # fmt: skip
    tone = "breach" if over else "watch" if is_late else ""
    return replace(row, detail=detail, person=owner[0] if owner else "", tone=tone)


def _limits(policy: PolicyDoc) -> str:
    said = [f"{severity} {seconds // 86_400} d" for severity, seconds in policy.limits.items()]
    said += [counted(len(policy.jobs), "job", "jobs")] if policy.jobs else []
    said += [f"restore test every {policy.restore_test_every // 86_400} d"] if policy.restore_test_every else []
    said += [", ".join(policy.checks)] if policy.checks else []
    said += [f"scan every {duration(policy.scan_max_age)}"] if policy.scan_max_age else []
    return ", ".join(said) or "no limit"


def _rights(staff: Staff) -> Iterator[Entry]:
    for right in staff.doc.decision_rights:
        who = holders(staff.doc, right.by)
        named = " or ".join(staff.called(one) for one in who) or "nobody"
        says = f"up to {right.limit}" if right.limit else "no limit"
        row = plain("right", right.what, right.what, (named, says, ""))
        detail = (
            f"{right.what}: {named} ({right.by})",
            f"limit      {right.limit or 'none'}",
            f"needs      {', '.join(right.needs) or 'nothing'}",
            f"then told  {', '.join(staff.called(one) for one in right.informs) or 'nobody'}",
        )
        yield replace(row, detail=detail, person=who[0] if who else "", tone="" if who else "breach")


def _priority(staff: Staff) -> Entry:
    if staff.doc.priorities is None:
        return nothing("priority", "priorities", "what goes first when several things need somebody", staff.client)
    order = [word.replace("-", " ") for word in staff.doc.priorities.order]
    row = plain("priority", "priorities", "what goes first", ("", ", then ".join(order), ""))
    return replace(row, detail=("what goes first", "", *(f"{place}. {word}" for place, word in enumerate(order, 1))))
