"""Which findings incidents are told of, when, and what is held back meanwhile, with a log of all that was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from msgspec import structs

from checks.check import Check
from checks.finding import Status
from checks.reading import CheckName, Gap, Instant
from checks.standard import Standard
from checks.wording import duration
from console.incidents import holding
from console.incidents.events import Event, Kind
from console.incidents.flapping import STILL, TURNS, still_at
from console.incidents.holding import Bad, HeldBack
from console.incidents.opening import Turn
from console.operating_model.entities import Client, Model
from console.service_levels.windows import Window
from console.store.standing import AgentState, Held
from console.store.writer import Batch

WindowsOf = Callable[[Client, str, Instant], tuple[Window, ...]]
"""The windows that count as planned for a host of a client, around an instant."""


@dataclass(frozen=True, slots=True)
class Told:
    """By what incidents are told: the model in force, the checks there are, the instant, and what is planned."""

    model: Model
    checks: Mapping[CheckName, Check]
    now: Instant = 0
    standard_of: Callable[[Check, str], Standard] | None = None
    """The standard in force on the host that is told of."""
    planned: WindowsOf | None = None

    def windows(self, client: str, host: str) -> tuple[Window, ...]:
        """The windows that count as planned for a host."""
        mine = self.model.clients.get(client)
        return self.planned(mine, host, self.now) if mine and self.planned else ()

    def standard(self, one: Held) -> Standard:
        """What a finding is held to."""
        check = self.checks[one.check]
        return self.standard_of(check, one.seen.subject) if self.standard_of else check.standard


def is_due(state: AgentState, now: Instant) -> bool:
    """Whether the passing of time alone tells incidents something of this host by `now`."""
    return any(_due(one, now) for one in state.held.values())


def _due(one: Held, now: Instant) -> bool:
    until = one.back.until if one.back is not None else None
    return (until is not None and until <= now) or (one.told_flapping and not one.flaps(now))


def stands(one: Held, now: Instant) -> Status:
    """How a finding stands for incidents: bad while it flaps."""
    return Status.BREACH if one.flaps(now) else one.status


def is_news(one: Held, now: Instant) -> bool:
    """Whether incidents should hear of a finding."""
    return one.told is not stands(one, now) or one.back is not None or one.told_flapping is not one.flaps(now)


def back_of(state: AgentState, one: Held, told: Told) -> HeldBack | None:
    """Why a bad finding is not told yet; None where it is."""
    flaps = one.flaps(told.now)
    since = one.flapping_since if flaps and one.flapping_since is not None else one.since
    standard = told.standard(one)
    bad = Bad(since, standard.in_a_row if flaps else one.looks, None if flaps else one.evidence_until)
    return holding.held_back(bad, standard, told.windows(state.client, state.host), told.now)


def turn_of(state: AgentState, one: Held, told: Told, batch: Batch) -> Turn:
    """What incidents are told of a finding."""
    status, since = stands(one, told.now), one.since
    sentence = _sentence(one, told, batch) if status is Status.BREACH else ""
    if one.flaps(told.now) and one.flapping_since is not None:
        since, sentence = one.flapping_since, f"changed {TURNS} times within the hour, {sentence}".rstrip(", ")
    at = holding.detected_at(since, told.windows(state.client, state.host)) if status is Status.BREACH else since
    return Turn(state.client, state.host, one.seen.subject, status, at, sentence)


def flapping_event(one: Held, flaps: bool, detected: Instant) -> Event:
    """The event that says that a finding began to flap, or has been still."""
    if flaps:
        text = f"changed {TURNS} times within the hour: told again once it has been still for {duration(STILL)}"
        return Event(max(detected, one.flapping_since or detected), "", Kind.FLAPPING, text, one.seen.subject)
    text = f"still for {duration(STILL)}, and {one.status.value}"
    return Event(max(detected, still_at(one.turns)), "", Kind.STEADY, text, one.seen.subject)


def _sentence(one: Held, told: Told, batch: Batch) -> str:
    """What was said when it changed; of what was held back, what its evidence says."""
    place = one.check, one.seen.subject
    rows = (row for row in reversed(batch.changes) if (row["check"], row["subject"]) == place)
    said = next((str(row["sentence"]) for row in rows), "")
    if said:
        return said
    check = told.checks[one.check]
    if isinstance(one.seen, Gap):
        return check.finding_of_gap(one.seen).sentence
    return check.finding(one.seen, told.standard(one), told.now).sentence


def noted(state: AgentState, one: Held, back: HeldBack | None, told: Told, batch: Batch) -> Held:
    """The finding with why it is held back; what held it back before is over, and is logged."""
    before = one.back
    if before is not None and (back is None or (before.why, before.about) != (back.why, back.about)):
        came = "held on" if back else "raised" if stands(one, told.now) is Status.BREACH else "passed"
        log(batch, state, (one.check, one.seen.subject), before, (told.now, came))
    return one if before == back else structs.replace(one, back=back)


def log(batch: Batch, state: AgentState, what: tuple[str, str], back: HeldBack, ended: tuple[Instant, str]) -> None:
    """Write down what was held back, until when, and what came of it: `raised`, `passed` or `held on`."""
    batch.suppressed.append(
        {
            "client": state.client,
            "host": state.host,
            "check": what[0],
            "subject": what[1],
            "why": back.why,
            "about": back.about,
            "since": back.since,
            "until": ended[0],
            "came": ended[1],
        }
    )
