"""One look at a machine over its technician's SSH: the agent's code goes into its memory, looks, and is gone again."""

from __future__ import annotations

import json
from importlib.resources import files

import msgspec
from msgspec import Struct, structs

from checks.finding import Status
from checks.text import clean
from console.field.carried import looking, zipped
from console.field.facts import OLDEST, Facts, facts
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


def look(there: Reached) -> tuple[Found, ...]:
    """What is found on a machine. Raises NotReached."""
    seen = facts(there)
    if why := _cannot(seen):
        raise NotReached(f"{there.where} {why}")
    text = (files("console.field") / "looked.py").read_text()
    given = zipped(looking())
    ran = there.run(seen.python, "-I", "-B", "-c", text, str(int(SECONDS) + _LEFT_ALONE), given=given, seconds=SECONDS)
    if ran.status:
        raise NotReached(f"the look at {there.where} ended with {ran.status}: {ran.err[-200:] or 'it said nothing'}")
    return _read(ran.out, str(there.where))


def _cannot(seen: Facts) -> str:
    """Why such a machine cannot be looked at; empty where it can."""
    if seen.system != "Linux":
        return f"runs {seen.system}, and a look this way is for Linux: `watchbill-agent look` there tells the same"
    if seen.python:
        return ""
    has = f"has Python {'.'.join(map(str, seen.version))}" if seen.version else "has no Python"
    return f"{has}, and a look takes {'.'.join(map(str, OLDEST))} or newer: install one there, such as python3.12"


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
