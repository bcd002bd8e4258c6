"""What agents had found by a cut-off: how each finding stood, in the words and numbers of its last look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from msgspec import structs

from checks.check import evidence_until
from checks.finding import Finding, Status
from checks.reading import CheckName, Instant, Reading
from console.desk.office import Office
from console.desk.week.then import model_then
from console.operating_model.mapping import standard_for
from console.reports.weekly.facts import Judged
from console.reports.wording import moment
from console.store.enrolment import Agent
from console.store.fold import Judging
from console.store.standing import Change, key_of

_TOLD = (Status.OK, Status.WATCH, Status.BREACH)


def findings_now(office: Office, client: str, agents: list[Agent], now: Instant) -> dict[str, tuple[Judged, ...]]:
    """The same as they stand: what was seen in this very second, too."""
    return _found(office, client, agents, (now + 1, now))


def findings_of(office: Office, client: str, agents: list[Agent], cut: Instant) -> dict[str, tuple[Judged, ...]]:
    """Findings as the record has them just before the cut-off, with what was seen last of each.

    A status changes seldom, and what it is made of (how many updates wait) at every look: the words and the numbers
    are the last look's, by the standards that were in force.
    """
    return _found(office, client, agents, (cut, cut))


def _found(
    office: Office, client: str, agents: list[Agent], place: tuple[Instant, Instant]
) -> dict[str, tuple[Judged, ...]]:
    """What the record has before one instant, as it looks from another."""
    before, cut = place
    found: dict[str, list[Judged]] = {}
    seen = _last_seen(office, agents, before)
    model, _ = model_then(office, client, cut)
    for change in office.history.standing_at([agent.agent for agent in agents], before):
        check = office.ledger.checks.get(CheckName(change.check))
        if check is not None:
            last = seen.get((change.agent, key_of(change.check, change.subject)))
            host = change.host
            judging = Judging(office.ledger.checks, lambda *of, host=host: standard_for(model, client, host, *of), cut)
            judged = _judged(judging, change, last, cut)
            if not judged.is_seen and change.status in _TOLD:
                when = moment(change.at, model.clients[client].zone)
                said = structs.replace(judged.finding, sentence=f"as of {when}: {change.sentence}")
                judged = replace(judged, finding=said)
            found.setdefault(host, []).append(judged)
    return {host: tuple(judged) for host, judged in found.items()}


def _last_seen(office: Office, agents: list[Agent], cut: Instant) -> dict[tuple[str, str], Reading]:
    """By agent and finding, its last reading before the cut-off: the present one, else as it outlived its look."""
    states = {one.agent: office.ledger.states[one.agent] for one in agents}
    now = {agent for agent, state in states.items() if state.taken_at is not None and state.taken_at < cut}
    found = {
        (agent, key): held.seen
        for agent in now
        for key, held in states[agent].held.items()
        if isinstance(held.seen, Reading)
    }
    earlier = [one for one in states if one not in now]
    looks = {agent: look.readings for agent, look in office.history.last_looks(earlier, cut).items()}
    for agent, readings in {**looks, **office.history.stood_at(earlier, cut)}.items():
        found.update({(agent, key_of(one.check, one.subject)): one for one in readings})
    return found


def _judged(judging: Judging, change: Change, last: Reading | None, cut: Instant) -> Judged:
    """The last look in numbers and words, where it says what the record says; else the status alone."""
    check = judging.checks[CheckName(change.check)]
    finding = Finding(
        check=check.name,
        subject=change.subject,
        status=change.status,
        sentence=change.sentence,
        taken_at=change.at,
        evidence_until=change.at,
    )
    for seen in _as_seen(judging, last, cut):
        if seen.status is change.status:
            told = structs.replace(finding, sentence=seen.sentence, value=seen.value, items=seen.items)
            return Judged(check.family, told, check.tells_copies)
    return Judged(check.family, finding, check.tells_copies, is_seen=False)


def _as_seen(judging: Judging, last: Reading | None, cut: Instant) -> Iterator[Finding]:
    """As it looks from the cut-off; else from the end of its evidence, after which the record turns nothing."""
    if last is not None:
        yield judging.finding(last, cut)
        yield judging.finding(last, min(cut, evidence_until(last.taken_at, last.next_look)))
