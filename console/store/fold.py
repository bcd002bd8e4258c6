"""The fold: how a check-in, the passing of time or a new standard moves what stands. Pure; times are arguments.

Whatever turns "because time passed" is computed from the two instants that every finding carries, so the same change
comes out whether the daemon was awake at that second or reads about it tomorrow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import msgspec

from checks.check import Check, Verdict
from checks.finding import Finding, Status
from checks.reading import CheckIn, CheckName, Gap, Instant, Reading
from checks.standard import Standard
from console.operating_model.entities import Client
from console.store.outliving import Sight, Stood, sights, stood
from console.store.standing import AgentState, Change, Held, key_of

StandardOf = Callable[[Check, str], Standard]
"""The standard in force for a check and a subject on one host."""


@dataclass(frozen=True, slots=True)
class Judging:
    """What judging one host takes: the checks there are, and the standards of that client's model."""

    checks: Mapping[CheckName, Check]
    standard_of: StandardOf
    recorded_at: Instant
    client: Client | None = None
    """Whose weeks end when; None where there is no such client."""

    def verdict(self, seen: Reading | Gap, now: Instant) -> Verdict:
        """How the evidence stands at `now`, without the words: what every check-in needs for every finding."""
        check = self.checks[seen.check]
        if isinstance(seen, Gap):
            return check.judge_gap(seen)
        return check.judge(seen, self.standard_of(check, seen.subject), now)

    def finding(self, seen: Reading | Gap, now: Instant) -> Finding:
        """The evidence judged and put into words, as seen at `now`. The check must be a known one."""
        check = self.checks[seen.check]
        if isinstance(seen, Gap):
            return check.finding_of_gap(seen)
        return check.finding(seen, self.standard_of(check, seen.subject), now)


@dataclass(frozen=True, slots=True)
class Folded:
    """What came of a fold: how it stands now, and what changed on the way, in order."""

    state: AgentState
    changes: tuple[Change, ...] = ()
    silence: tuple[Instant, Instant] | None = None
    """The stretch without evidence that this check-in closed."""
    sights: tuple[Sight, ...] = ()
    """Which backup copies it shows that were not shown before."""
    stood: Stood | None = None
    """How the host stood when a week ended that this check-in is the first one after."""


def fold_check_in(state: AgentState, check_in: CheckIn, judging: Judging) -> Folded:
    """Add the next check-in in order. Its instants must already be placed on the console's clock."""
    turned = fold_time(state, check_in.taken_at, judging)
    changes = list(turned.changes)
    before = turned.state.held
    held = {**_still_held(before, check_in)}
    for seen in _known(check_in, judging):
        now_held, change = _step(state, before.get(key_of(seen.check, seen.subject)), seen, judging)
        held[now_held.key] = now_held
        changes.extend(change)
    for key in before.keys() - held.keys():
        changes.extend(_gone(state, before[key], check_in.taken_at, judging))
    silence = _silence(state, check_in.taken_at)
    grown = msgspec.structs.replace(
        turned.state,
        first_taken=check_in.taken_at if state.first_taken is None else state.first_taken,
        taken_at=check_in.taken_at,
        pace=check_in.pace,
        version=check_in.agent,
        machine=check_in.machine,
        held=held,
    )
    copies = tuple(sights(turned.state, held, check_in.taken_at, judging.checks))
    return Folded(grown, tuple(changes), silence, copies, stood(state, check_in.taken_at, judging.client))


def fold_time(state: AgentState, until: Instant, judging: Judging) -> Folded:
    """Let verdicts run out that run out at or before `until`, each at its own second, while their evidence lasts."""
    changes: list[Change] = []
    held = dict(state.held)
    for key, one in state.held.items():
        check = judging.checks.get(one.seen.check)
        if check is not None and check.turns_with_time:
            held[key] = _turned(state, one, until, judging, changes)
    if not changes:
        return Folded(state)
    changes.sort(key=lambda change: change.at)
    return Folded(msgspec.structs.replace(state, held=held), tuple(changes))


def fold_standards(state: AgentState, now: Instant, judging: Judging) -> Folded:
    """Judge what stands again, by standards that have just changed."""
    changes: list[Change] = []
    held = dict(state.held)
    for key, one in state.held.items():
        if one.seen.check not in judging.checks or one.evidence_until <= now:
            continue
        if judging.verdict(one.seen, now).status is not one.status:
            finding = judging.finding(one.seen, now)
            changes.append(_change(state, one, finding, now, replace(_BY_STANDARD, recorded_at=now)))
            held[key] = msgspec.structs.replace(one, status=finding.status, since=now, looks=1)
    return Folded(msgspec.structs.replace(state, held=held), tuple(changes)) if changes else Folded(state)


@dataclass(frozen=True, slots=True)
class _Cause:
    cause: str
    recorded_at: Instant = 0


_BY_STANDARD = _Cause("standard")


def _turned(state: AgentState, one: Held, until: Instant, judging: Judging, changes: list[Change]) -> Held:
    """One finding with its verdict run out as often as it does by `until`."""
    last = min(until, one.evidence_until)
    stands = judging.verdict(one.seen, max(one.since, one.seen.taken_at))
    while stands.holds_until is not None and stands.holds_until <= last:
        at = stands.holds_until
        stands = judging.verdict(one.seen, at)
        if stands.status is not one.status:
            looked = judging.finding(one.seen, at)
            changes.append(_change(state, one, looked, at, _Cause("time", judging.recorded_at)))
            one = one.moved(looked.status, at)
    return one


def _step(state: AgentState, before: Held | None, seen: Reading | Gap, judging: Judging) -> tuple[Held, list[Change]]:
    """One subject's new evidence beside what stood."""
    if before is not None and before.seen == seen:
        return before, []
    was = Held(Status.UNKNOWN, seen.taken_at).with_seen(seen) if before is None else before.seen_again(seen)
    if was.status is judging.verdict(seen, seen.taken_at).status:
        return was, []
    finding = judging.finding(seen, seen.taken_at)
    change = _change(state, was, finding, seen.taken_at, _Cause("reading", judging.recorded_at))
    return was.moved(finding.status, seen.taken_at), [change]


def _still_held(before: Mapping[str, Held], check_in: CheckIn) -> dict[str, Held]:
    """What a check-in leaves as it was: subjects of checks that could not be looked at as a whole."""
    blind = {gap.check for gap in check_in.gaps if not gap.subject}
    return {key: one for key, one in before.items() if one.check in blind and one.seen.subject}


def _known(check_in: CheckIn, judging: Judging) -> Iterable[Reading | Gap]:
    """The evidence of checks that this console knows; a newer agent may look at more."""
    everything: tuple[Reading | Gap, ...] = (*check_in.readings, *check_in.gaps)
    return (seen for seen in everything if seen.check in judging.checks)


def _gone(state: AgentState, one: Held, at: Instant, judging: Judging) -> list[Change]:
    """A subject that is not there any more: an unmounted disk, a repository taken out of the configuration."""
    if one.status is Status.NOT_DUE or one.check not in judging.checks:
        return []
    finding = msgspec.structs.replace(
        judging.finding(one.seen, at), status=Status.NOT_DUE, sentence="is no longer there", value=None
    )
    return [_change(state, one, finding, at, _Cause("gone", judging.recorded_at))]


def _silence(state: AgentState, taken_at: Instant) -> tuple[Instant, Instant] | None:
    ended = state.evidence_until
    return (ended, taken_at) if ended is not None and taken_at > ended else None


def _change(state: AgentState, was: Held, finding: Finding, at: Instant, why: _Cause) -> Change:
    return Change(
        agent=state.agent,
        client=state.client,
        host=state.host,
        check=was.seen.check,
        subject=was.seen.subject,
        was=was.status,
        status=finding.status,
        at=at,
        recorded_at=why.recorded_at,
        value=finding.value,
        sentence=finding.sentence,
        cause=why.cause,
    )
