"""One pass: look, make a check-in of it, make it durable."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from agent.config import Settings
from agent.looking import Look
from agent.machine import boot_id, machine, uptime
from agent.round import Gathered, Round
from agent.sameness import is_change, shape
from agent.spool import Spool
from checks.reading import CheckIn, Instant
from checks.version import VERSION

_LAST = "last shape"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Passing:
    """What every pass of one agent works with."""

    rounds: Round
    spool: Spool
    settings: Settings

    def one(self, now: Instant) -> CheckIn:
        """Look, and keep what was seen. Raises SpoolFull."""
        gathered = self.rounds.gather(look_at(self.settings, self.spool, now))
        check_in = check_in_of(gathered, now, self.settings.pace)
        seq = self.spool.add(check_in, is_change=is_change(self.spool.recall(_LAST), check_in))
        self.spool.keep(_LAST, shape(check_in))
        took = sum(gathered.durations.values())
        log.info("check-in %d: %d readings, %d gaps, %.2f s", seq, len(check_in.readings), len(check_in.gaps), took)
        return check_in


def look_at(settings: Settings, spool: Spool, now: Instant) -> Look:
    """What this pass's probes are given."""
    return Look(now, now + settings.pace, spool, settings.look_at)


def check_in_of(gathered: Gathered, now: Instant, pace: int) -> CheckIn:
    """What was gathered, as a check-in that the spool will number."""
    return CheckIn(
        epoch="",
        seq=0,
        taken_at=now,
        boot_id=boot_id(),
        uptime=uptime(),
        pace=pace,
        agent=VERSION,
        machine=machine(),
        readings=tuple(gathered.readings),
        gaps=tuple(gathered.gaps),
        durations=gathered.durations,
    )
