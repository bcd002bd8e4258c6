"""Rapid growth, inefficiency, and work that serves no goal (row 48)."""

from __future__ import annotations

from console.operating_model.assess.criterion import Seen
from console.operating_model.assess.practice import QUARTER
from console.operating_model.signs.present_way import noise
from console.operating_model.signs.sign import Sign, listed, read


def signs(seen: Seen) -> tuple[Sign, ...]:
    """Rows 48a, 48b and 48c."""
    return _growth(seen), _inefficiency(seen), _aim(seen)


def _growth(seen: Seen) -> Sign:
    """Hosts or users + 20 % in 90 days, over those of before; without any before there is nothing to compare."""
    since = seen.practice.now - QUARTER
    new = [host for host, at in seen.practice.joined.items() if at > since]
    old = len(seen.practice.joined) - len(new)
    users, were = seen.facts.doc.client.users, seen.practice.users_before or 0
    told: list[tuple[str, bool]] = []
    if old:
        text = f"{len(new)} hosts joined {old} in 90 days ({100 * len(new) // old} %)"
        told.append((f"{text}: {listed(new)}" if new else text, 5 * len(new) >= old))
    if were:
        told.append((f"{users} users, and 90 days ago there were {were}", 5 * (users - were) >= were))
    on = [text for text, is_fast in told if is_fast]
    hours = sum(one.tech_hours_week for one in seen.facts.people.values() if one.org == "msp")
    beside = [f"{hours:g} hours of technicians a week"]
    return read("48a", "does it grow fast?", [*on, *beside] if on else [], [text for text, _ in told])


def _inefficiency(seen: Seen) -> Sign:
    """Noise above its target; more than 5 % of what was resolved came back (K16)."""
    on, off = noise(seen)
    resolved = [one for one in seen.practice.lately() if one.resolved_at is not None and not one.is_cleared]
    back = [one.id for one in resolved if one.reopened]
    if resolved:
        text = f"{len(back)} of {len(resolved)} resolved incidents came back"
        (on if 20 * len(back) > len(resolved) else off).append(f"{text}: {listed(back)}" if back else text)
    return read("48b", "is it inefficient?", on, off)


def _aim(seen: Seen) -> Sign:
    """G14 and G18: services without an outcome, outcomes without a number."""
    aimless = [gap.about for gap in seen.gaps if gap.number == "G18"]
    unproven = [gap.about for gap in seen.gaps if gap.number == "G14"]
    on = [f"services that serve no outcome: {listed(aimless)}"] if aimless else []
    on += [f"outcomes that no number proves: {listed(unproven)}"] if unproven else []
    on += ["no outcome is written down"] if not seen.facts.doc.outcomes else []
    off = [f"{len(seen.facts.doc.services)} services serve {len(seen.facts.doc.outcomes)} outcomes"]
    return read("48c", "does it drift from the goals?", on, off)
