"""Tells a program of the provider's: an argv list from `outlets.toml`, JSON on its standard input, a time limit."""

from __future__ import annotations

import json
import os
import signal
import subprocess

from checks.text import clean
from console.letters.letter import Fate, Letter, Outcome
from console.outlets.accounts import HookAccount

_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}


def carry(account: HookAccount, letter: Letter, key: str) -> Outcome:
    """Run the program once; `key` lets it tell what it was told already. What it prints is not kept."""
    try:
        program = subprocess.Popen(
            account.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            cwd="/",
            start_new_session=True,
        )
    except OSError as error:
        return Outcome(Fate.LATER, f"{account.command[0]} cannot be started: {error.strerror}")
    try:
        program.communicate(_told(letter, key), timeout=account.seconds)
    except subprocess.TimeoutExpired:
        os.killpg(program.pid, signal.SIGKILL)
        program.communicate()
        return Outcome(Fate.LATER, f"{account.command[0]} did not end within {account.seconds} s")
    if program.returncode:
        return Outcome(Fate.LATER, f"{account.command[0]} ended with {program.returncode}")
    return Outcome(Fate.SENT, f"told {account.command[0]}")


def check(account: HookAccount) -> str:
    """Whether there is such a program; it is not run to find out."""
    ready = os.access(account.command[0], os.X_OK) and not os.path.isdir(account.command[0])  # noqa: PTH112
    return "" if ready else f"{account.command[0]} is no program that can be run"


def _told(letter: Letter, key: str) -> bytes:
    facts = {name: clean(text, 500) for name, text in letter.facts.items()}
    lines = [clean(line, 500) for line in letter.lines]
    told = {"version": 1, "key": key, "about": letter.about, "subject": clean(letter.subject), "text": lines}
    return json.dumps({**told, "facts": facts}, ensure_ascii=False).encode()
