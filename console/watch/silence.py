"""Is it silent? Pure: decides from what stands, when the door opened, and the instant."""

from __future__ import annotations

from checks.check import GRACE_FACTOR, Check, Seen
from checks.finding import Status
from checks.reading import Instant, Reading
from console.operating_model.entities import Client
from console.service_levels.presence import MISSED_AFTER, missed_at, presence_of
from console.store.fold import Judging
from console.store.standing import AgentState, Change


def grace(state: AgentState, check: Check, judging: Judging, client: Client | None = None) -> int:
    """Seconds of its hours after which no news is a finding: what the client's own standard says, else two looks.

    A host that is not always there is given longer (`presence`).
    """
    standard = judging.standard_of(check, "")
    if standard.crit in (None, check.standard.crit):
        return max(GRACE_FACTOR * max(1, state.pace), MISSED_AFTER.get(presence_of(client, state.host), 0))
    return round(standard.crit or 0)


def fell_silent(
    state: AgentState, check: Check, judging: Judging, door_opened_at: Instant, client: Client | None = None
) -> Change | None:
    """The change that says so, dated to the second at which its grace ended; None while there is nothing to say.

    A door that was shut hears nobody: silence is declared only after it has been open for two looks.
    """
    now = judging.recorded_at
    if state.received_at is None or state.taken_at is None or state.silent_since is not None:
        return None
    allowed = grace(state, check, judging, client)
    if now <= state.received_at + allowed or now <= door_opened_at + GRACE_FACTOR * max(1, state.pace):
        return None
    missed = missed_at(client, state.host, state.taken_at, allowed)
    heard = missed_at(client, state.host, state.received_at, allowed)
    if missed is None or heard is None or now <= heard:
        return None
    return _change(state, check, (Status.OK, Status.BREACH), missed, judging)


def heard_again(state: AgentState, check: Check, judging: Judging, client: Client | None = None) -> Change | None:
    """The change that ends a declared silence; None while there is none, or history is still catching up."""
    if state.silent_since is None or state.taken_at is None or state.received_at is None:
        return None
    missed = missed_at(client, state.host, state.taken_at, grace(state, check, judging, client))
    if missed is None or judging.recorded_at > missed or state.taken_at < state.silent_since:
        return None
    return _change(state, check, (Status.BREACH, Status.OK), state.taken_at, judging)


def still_silent(state: AgentState, check: Check, judging: Judging) -> Change | None:
    """The change that began a silence that was held back, once more; None where none was."""
    if state.silent_since is None or state.quiet is None:
        return None
    return _change(state, check, (Status.OK, Status.BREACH), state.silent_since, judging)


def _change(state: AgentState, check: Check, step: tuple[Status, Status], at: Instant, judging: Judging) -> Change:
    heard = state.taken_at or at
    reading = Reading(check.name, "", heard, heard, at)
    said = check.sentence(Seen(reading, step[1], judging.standard_of(check, ""), at))
    return Change(
        agent=state.agent,
        client=state.client,
        host=state.host,
        check=check.name,
        subject="",
        was=step[0],
        status=step[1],
        at=at,
        recorded_at=judging.recorded_at,
        value=float(heard),
        sentence=said,
        cause="silence",
    )
