"""Whether restic's own check finds each repository sound; at most once a day, it reads a lot."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import restic
from checks.reading import CheckName, Instant, Reading

_DAY = 86_400


def look(at: Look) -> Looked:
    """0 where the check found nothing, 1 where it found errors; yesterday's answer until a day has passed."""
    for repository in at.asked.restic:
        key = f"restic_check {repository.name}"
        taken_at, errors = _kept(at.memory.recall(key))
        if at.now - taken_at >= _DAY:
            try:
                taken_at, errors = at.now, 0.0 if restic.is_sound(repository) else 1.0
            except restic.ResticSilent as error:
                yield restic.gap(at, "restic_check", repository, error)
                continue
            at.memory.keep(key, [taken_at, errors])
        yield Reading(CheckName("restic_check"), repository.name, errors, taken_at, taken_at + _DAY)


def _kept(remembered: object) -> tuple[Instant, float]:
    """When it was last checked and what was found; long ago where it never was."""
    if isinstance(remembered, list) and len(remembered) == 2:
        return int(remembered[0]), float(remembered[1])
    return 0, 0.0


PROBE = Probe(CheckName("restic_check"), look, restic.fingerprint, seconds=2000)
