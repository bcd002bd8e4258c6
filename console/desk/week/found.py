"""What agents had found by a cut-off: how each finding stood, in the words and numbers of its last look."""

from __future__ import annotations

from msgspec import structs

from checks.finding import Finding
from checks.reading import CheckName, Instant, Reading
from console.desk.office import Office
from console.reports.weekly.facts import Judged
from console.store.enrolment import Agent
from console.store.standing import Change, key_of


def findings_of(office: Office, agents: list[Agent], cut: Instant) -> dict[str, tuple[Judged, ...]]:
    """Findings as the record has them just before the cut-off, with what was seen last of each.

    A status changes seldom, and what it is made of (how many updates wait) at every look: where the last look is still
    kept, it has the words and the numbers.
    """
    found: dict[str, list[Judged]] = {}
    seen = _last_seen(office, agents, cut)
    for change in office.history.standing_at([agent.agent for agent in agents], cut):
        check = office.ledger.checks.get(CheckName(change.check))
        if check is not None:
            last = seen.get((change.agent, key_of(change.check, change.subject)))
            judged = Judged(check.family, _finding(office, change, last, cut), check.tells_copies)
            found.setdefault(change.host, []).append(judged)
    return {host: tuple(judged) for host, judged in found.items()}


def _last_seen(office: Office, agents: list[Agent], cut: Instant) -> dict[tuple[str, str], Reading]:
    """By agent and finding, its last reading before the cut-off: the present one, else of the last look kept."""
    states = {one.agent: office.ledger.states[one.agent] for one in agents}
    now = {agent for agent, state in states.items() if state.taken_at is not None and state.taken_at < cut}
    found = {
        (agent, key): held.seen
        for agent in now
        for key, held in states[agent].held.items()
        if isinstance(held.seen, Reading)
    }
    for agent, look in office.history.last_looks([one for one in states if one not in now], cut).items():
        found.update({(agent, key_of(one.check, one.subject)): one for one in look.readings})
    return found


def _finding(office: Office, change: Change, last: Reading | None, cut: Instant) -> Finding:
    stood = Finding(
        check=CheckName(change.check),
        subject=change.subject,
        status=change.status,
        sentence=change.sentence,
        taken_at=change.at,
        evidence_until=change.at,
        value=change.value,
    )
    if last is None:
        return stood
    seen = office.ledger.judging(change.client, change.host, cut).finding(last, cut)
    if seen.status is not change.status:
        return stood  # its evidence ran out, or it was judged by another standard then
    return structs.replace(stood, sentence=seen.sentence, value=seen.value, items=seen.items)
