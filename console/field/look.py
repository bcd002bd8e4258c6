"""One look at a machine over its technician's SSH: the agent's code goes into its memory, looks, and is gone again."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from checks.finding import Status
from checks.text import clean
from console.field.carried import looking, zipped
from console.field.facts import OLDEST, Facts, facts
from console.field.interpreter import RUNS, interpreter
from console.field.reach import NotReached, Reached

SECONDS = 240.0
"""For a look: apt alone may take a minute on an old machine."""
_LEFT_ALONE = 60
"""Seconds for which a look goes on that nobody has ended: the line to it may be dead and not say so."""
_MOST = 5_000
_TEXTS = {"check": 60, "subject": 120, "sentence": 400, "advice": 400}
"""What comes as text, and how much of it is shown."""


class Found(Struct, frozen=True):
    """A finding as that machine's look told it, by default standards; cleaned."""

    check: str
    subject: str
    status: Status
    sentence: str
    advice: str = ""
    taken_at: int = 0


def look(there: Reached, archive: Path | None) -> tuple[Found, ...]:
    """What is found on a machine. `archive` has a Python to take instead of its own. Raises NotReached."""
    seen = facts(there)
    if seen.system != "Linux":
        told = "a look this way is for Linux: `watchbill-agent look` there tells the same"
        raise NotReached(f"{there.where} runs {seen.system}, and {told}")
    text = (files("console.field") / "looked.py").read_text()
    given, lasts = zipped(looking()), str(int(SECONDS) + _LEFT_ALONE)
    if archive is not None:
        loader, given = interpreter(archive, seen, given)
        ran = there.run("sh", "-c", RUNS, "sh", loader, text, lasts, given=given, seconds=SECONDS)
    elif seen.python:
        ran = there.run(seen.python, "-I", "-B", "-c", text, lasts, given=given, seconds=SECONDS)
    else:
        raise NotReached(f"{there.where} {_lacks(seen)}")
    if ran.status:
        raise NotReached(f"the look at {there.where} ended with {ran.status}: {ran.err[-200:] or 'it said nothing'}")
    return _read(ran.out, str(there.where))


def _lacks(seen: Facts) -> str:
    has = f"has Python {'.'.join(map(str, seen.version))}" if seen.version else "has no Python"
    bring = f"bring one: --python watchbill-agent-…-linux-{seen.machine}.tar.xz, which `make dist` makes"
    return f"{has}, and a look takes {'.'.join(map(str, OLDEST))} or newer: {bring}"


def _read(told: bytes, name: str) -> tuple[Found, ...]:
    """The last line: what stands before it comes from a login's own files, which greet whoever comes."""
    try:
        rows = msgspec.convert(json.loads(told.rpartition(b"\n")[2]), list[Found])
    except (ValueError, RecursionError, msgspec.ValidationError) as error:
        raise NotReached(f"what {name} answered is no look: {clean(str(error), 200)}") from error
    return tuple(
        structs.replace(one, **{name: clean(getattr(one, name), most) for name, most in _TEXTS.items()})
        for one in rows[:_MOST]
    )
