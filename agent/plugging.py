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
from agent.round import Round
from checks.catalogue import BY_NAME
from checks.finding import Finding
from checks.plugin import UNKNOWN, gravity, line, local_lines
from checks.reading import CheckName, Instant
from checks.text import clean


def check(name: str, wanted: Settings, now: Instant, *, checkmk: bool) -> int:
    """Look for one check, or for all, and write what the convention asks for; the exit code."""
    probes = [one for one in PROBES if name in ("", one.check)]
    if not probes:
        known = ", ".join(one.check for one in PROBES)
        return _unknown(f"there is no check {name!r}; known are: {known}")
    at = Look(now, now + wanted.pace, Forgetful(), wanted.look_at)
    seen = [(BY_NAME[CheckName(one.check)], _found(one, at)) for one in probes]
    if checkmk:
        local = (text for judged, found in seen for text in local_lines(judged, found, judged.standard))
        sys.stdout.writelines(f"{text}\n" for text in local)
        return 0
    told = [line(judged, found, judged.standard) for judged, found in seen if name or found]
    sys.stdout.writelines(f"{text}\n" for text, _ in told)
    return max((code for _, code in told), key=gravity)


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


def _found(probe: Probe, at: Look) -> list[Finding]:
    """What one probe sees; probes of one look share what they remember, such as what apt said."""
    return findings(Round([probe]).gather(at), at.now)
