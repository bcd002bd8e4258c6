"""Checks as a monitoring plugin writes them; what goes wrong on the way is UNKNOWN (3), never CRITICAL (2)."""

from __future__ import annotations

import contextlib
import io
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from agent.config import ConfigError, Settings
from agent.forgetful import Forgetful
from agent.looking import Look, Probe
from agent.probes import PROBES
from agent.report import findings
from agent.round import Round
from checks.catalogue import BY_NAME
from checks.plugin import UNKNOWN, Judged, line, local_line, local_lines, safe
from checks.reading import Instant

_MOST_TEXT = 1000
_ITSELF = "Watchbill"
"""The service of Checkmk that tells whether the others can be looked at."""


class NoSuchCheck(Exception):
    """The check that was asked for is not in the catalogue: says which are."""


def check(name: str, wanted: Settings, now: Instant, *, seconds: float, checkmk: bool) -> int:
    """Look for one check, or for all, and print what the convention asks for; the exit code. Raises NoSuchCheck."""
    probes = [one for one in PROBES if name in ("", one.check)]
    if not probes:
        known = ", ".join(one.check for one in PROBES)
        raise NoSuchCheck(f"there is no check {name!r}; known are: {known}")
    found = list(_found(probes, Look(now, now + wanted.pace, Forgetful(), wanted.look_at), seconds))
    if checkmk:
        itself = [] if name else [local_line(0, _ITSELF, f"looked at {len(found)} things")]
        sys.stdout.writelines(f"{text}\n" for text in (*itself, *local_lines(found)))
        return 0
    text, code = line(found, name)
    sys.stdout.write(f"{text}\n")
    return code


def guarded(run: Callable[[], int], *, checkmk: bool) -> int:
    """The exit code of a run, which has stdout alone, in UTF-8, whatever the locale of who asks.

    Wrong usage, a damaged configuration and an unreadable home are UNKNOWN; so are help and the version, which say
    nothing of the machine. Checkmk's agent keeps no output of a local check that ends with another code than 0.
    """
    told, complained = io.StringIO(), io.StringIO()
    code, trouble = UNKNOWN, ""
    try:
        with contextlib.redirect_stdout(told), contextlib.redirect_stderr(complained):
            code = run()
    except SystemExit as left:  # argparse's: 0 after help and version, 2 after wrong usage
        trouble = complained.getvalue().rpartition("error: ")[2] if left.code else ""
    except (ConfigError, NoSuchCheck) as error:
        trouble = str(error)
    except OSError as error:
        trouble = f"{error.filename or 'home'}: {error.strerror}"
    if trouble and checkmk:
        code = 0
    out = _unknown(trouble, checkmk=checkmk) if trouble else told.getvalue()
    sys.stdout.buffer.write(out.encode())
    return code


def _unknown(trouble: str, *, checkmk: bool) -> str:
    text = safe(" ".join(trouble.split()), _MOST_TEXT)
    return f"{local_line(UNKNOWN, _ITSELF, text) if checkmk else f'UNKNOWN: {text}'}\n"


def _found(probes: Iterable[Probe], at: Look, seconds: float) -> Iterator[Judged]:
    """What the probes see; they share what they remember, such as what apt said, and the time that there is."""
    deadline = time.monotonic() + seconds
    for probe in probes:
        left = round(max(0.0, deadline - time.monotonic()), 1)
        limited = replace(probe, seconds=min(probe.seconds, left))
        for one in findings(Round([limited]).gather(at), at.now):
            yield BY_NAME[one.check], one
