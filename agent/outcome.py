"""How a delivery went, and when to try again."""

from __future__ import annotations

import sys

import msgspec
from msgspec import Struct

from agent.homes import Home, write_whole
from checks.reading import Instant

MOST_SECONDS = 600.0
_BASE, _CAP, _CAP_REFUSED = 5.0, 300.0, 600.0
_PASSES = ("unreachable", "later", "again")
"""What may be over at the next try; a refusal is a person's to end."""


class Outcome(Struct, frozen=True, omit_defaults=True):
    """One delivery."""

    at: Instant
    kind: str
    """`delivered`, `unreachable`, `wrong host key`, `revoked`, `copied`, `later` or `again`."""
    text: str
    delivered: int = 0
    wait: int = 0
    """Seconds that the console asked to wait."""
    failures: int = 0
    """How many deliveries in a row have failed, this one included."""
    last_delivered: Instant | None = None

    @property
    def is_delivered(self) -> bool:
        """Whether everything that waited is at the console."""
        return self.kind == "delivered"


def last(home: Home) -> Outcome | None:
    """The last delivery that was tried; None where none was."""
    try:
        return msgspec.json.decode(home.outcome.read_bytes(), type=Outcome)
    except (OSError, msgspec.DecodeError):
        return None


def deliver(home: Home, now: Instant, *more: str) -> Outcome:
    """Deliver in a process of its own that loads SSH and ends; how it went is also kept for `status`.

    `more` is said to that process: `--new-key`.
    """
    before = last(home)
    outcome = _delivered(home, now, more)
    failures = 0 if outcome.is_delivered else (before.failures if before else 0) + 1
    since = outcome.at if outcome.is_delivered else (before.last_delivered if before else None)
    outcome = msgspec.structs.replace(outcome, failures=failures, last_delivered=since)
    try:
        write_whole(home.outcome, msgspec.json.encode(outcome))
    except OSError:
        return outcome  # a full disk: what happened is still told to whoever asked
    return outcome


def pause(outcome: Outcome, pace: int) -> float:
    """Seconds before the next try: 5 s doubling, the upper half of it at random, never sooner than the console asked.

    It doubles up to one and a half passes and to 5 min, so that a console that is back sees every agent within two
    passes, the try included, and is hardly asked more often than usual; where it refused this agent, up to 10 min.
    Were shorter pauses as likely, twice as many as on average would be there in the first second after an outage.
    """
    if outcome.is_delivered:
        return 0.0
    import random

    cap = min(_CAP, 1.5 * max(pace, _BASE)) if outcome.kind in _PASSES else _CAP_REFUSED
    ceiling = min(cap, _BASE * 2 ** min(outcome.failures, 10))
    return max(float(outcome.wait), random.uniform(ceiling / 2, ceiling))  # noqa: S311 - spreads load, hides nothing


def _delivered(home: Home, now: Instant, more: tuple[str, ...]) -> Outcome:
    from agent.programs import ProgramError, run  # the courier itself imports this file, and runs no programs

    try:
        ran = run([sys.executable, "-m", "agent.courier", str(home.folder), *more], seconds=MOST_SECONDS)
        return msgspec.json.decode(ran.out, type=Outcome)
    except ProgramError as error:
        return Outcome(now, "unreachable", f"the delivery did not end: {error}")
    except msgspec.DecodeError:
        words = " ".join(ran.err.split())[-300:]
        return Outcome(now, "unreachable", f"the delivery broke off: {words or f'status {ran.status}'}")
