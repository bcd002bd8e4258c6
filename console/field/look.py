"""One look at a machine over its technician's SSH: the agent's code goes there, looks, and is gone again."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from checks.finding import Status
from checks.text import clean
from console.field.carried import LOOKS_WITH, files_for, packed
from console.field.facts import OLDEST, Facts, facts
from console.field.reach import NotReached, Reached

SECONDS = 240.0
"""For a look: apt alone may take a minute on an old machine."""
_LOOKS = """
import os, shutil, signal, subprocess, sys, tarfile, tempfile
os.umask(0o077)
signal.signal(signal.SIGHUP, lambda *_: sys.exit(129))
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
place = tempfile.mkdtemp(prefix="watchbill-look-")
try:
    tarfile.open(fileobj=sys.stdin.buffer, mode="r|gz").extractall(place)
    code = "import sys; sys.path.insert(0, sys.argv.pop(1)); from agent.__main__ import main; sys.exit(main())"
    command = [sys.executable, "-B", "-I", "-c", code, place, "--home", place + "/home", "look", "--json"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, timeout=%d)
    status = done.returncode
except subprocess.TimeoutExpired:
    status = 124
finally:
    shutil.rmtree(place, ignore_errors=True)
sys.exit(status)
"""
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


def look(there: Reached, wheels: Path | None) -> tuple[Facts, tuple[Found, ...]]:
    """What the machine is, and what is found on it. Raises NotReached."""
    seen = facts(there)
    if not seen.python:
        has = f"has Python {'.'.join(map(str, seen.version))}" if seen.version else "has no Python"
        needs = ".".join(map(str, OLDEST))
        raise NotReached(
            f"{there.where} {has}, and a look takes {needs} or newer: install one there, such as python3.12"
        )
    ran = there.run(
        seen.python, "-c", _LOOKS % (SECONDS - 20), given=packed(files_for(seen, LOOKS_WITH, wheels)), seconds=SECONDS
    )
    if ran.status not in (0, 1):
        said = ran.err.splitlines()[-1:] or ["it said nothing"]
        raise NotReached(f"the look at {there.where} ended with {ran.status}: {said[0]}")
    return seen, _read(ran.out, str(there.where))


def _read(told: bytes, name: str) -> tuple[Found, ...]:
    try:
        rows = msgspec.convert(json.loads(told), list[Found])
    except (ValueError, RecursionError, msgspec.ValidationError) as error:
        raise NotReached(f"what {name} answered is no look: {clean(str(error), 200)}") from error
    return tuple(
        structs.replace(one, **{name: clean(getattr(one, name), most) for name, most in _TEXTS.items()})
        for one in rows[:_MOST]
    )
