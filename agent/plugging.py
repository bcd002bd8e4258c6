"""One check as a monitoring plugin writes it; what goes wrong on the way is UNKNOWN (3), never CRITICAL (2)."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable

from agent.config import ConfigError, Settings
from agent.forgetful import Forgetful
from agent.looking import Look, Probe
from agent.probes import PROBES
from agent.report import findings
from agent.round import Gathered, Round
from checks.catalogue import BY_NAME
from checks.plugin import line, local_lines
from checks.reading import CheckName, Instant
from checks.text import clean

UNKNOWN = 3


def check(name: str, wanted: Settings, now: Instant, *, checkmk: bool) -> int:
    """Look for one check, or for all, and write what the convention asks for; the exit code."""
    probes = [one for one in PROBES if name in ("", one.check)]
    if not probes:
        known = ", ".join(one.check for one in PROBES)
        return _unknown(f"there is no check {name!r}; known are: {known}")
    if checkmk:
        sys.stdout.writelines(f"{one}\n" for probe in probes for one in _local(probe, wanted, now))
        return 0
    told = [one for probe in probes if (one := _told(probe, wanted, now)) and (name or one[2])]
    sys.stdout.writelines(f"{text}\n" for text, _, _ in told)
    return max((code for _, code, _ in told), key=(0, 1, 3, 2).index)


def guarded(run: Callable[[], int]) -> int:
    """The exit code of a run; wrong usage, a damaged configuration and an unreadable home are UNKNOWN."""
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said):  # argparse says there what is wrong, and leaves with 2
            return run()
    except SystemExit as left:
        return _unknown(said.getvalue()) if left.code else 0
    except ConfigError as error:
        return _unknown(str(error))
    except OSError as error:
        return _unknown(f"{error.filename or 'home'}: {error.strerror}")


def _unknown(text: str) -> int:
    sys.stdout.write(f"UNKNOWN: {clean(' '.join(text.split())[-400:], 400)}\n")
    return UNKNOWN


def _told(probe: Probe, wanted: Settings, now: Instant) -> tuple[str, int, bool]:
    """What is written, its exit code, and whether there was anything to look at."""
    judged = BY_NAME[CheckName(probe.check)]
    found = findings(_gathered(probe, wanted, now), now)
    return (*line(judged, found, judged.standard), bool(found))


def _local(probe: Probe, wanted: Settings, now: Instant) -> list[str]:
    judged = BY_NAME[CheckName(probe.check)]
    return list(local_lines(judged, findings(_gathered(probe, wanted, now), now), judged.standard))


def _gathered(probe: Probe, wanted: Settings, now: Instant) -> Gathered:
    return Round([probe]).gather(Look(now, now + wanted.pace, Forgetful(), wanted.look_at))
