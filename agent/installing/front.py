"""`watchbill-agent install` and `uninstall`: what will be done is shown first, and asked once."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from agent.homes import Home
from agent.installing.steps import NotInstalled, Step, carry_out, made, remove
from agent.installing.wanted import ACCOUNT, RECORD, Wanted


class System(Protocol):
    """How one kind of system keeps a service."""

    STATE: Path

    def steps(self, wanted: Wanted) -> Iterator[Step]:
        """Everything that is made, in order. Raises NotInstalled where it could not work here."""

    def after(self, wanted: Wanted) -> tuple[str, ...]:
        """The commands that are left to be said once it is installed."""


def install(said: argparse.Namespace) -> int:
    """Make it a service; 0. Raises NotInstalled."""
    system = _system()
    joined = Home(system.STATE / "agent").identity.exists()
    wanted = Wanted(_program(), said.user, said.pace, said.timer, said.root_helper, joined)
    steps = tuple(system.steps(wanted))
    if not _agreed(said, [one for one in steps if not one.is_done()], "This will be done"):
        return 0
    done: list[str] = []
    carry_out(steps, system.STATE / RECORD, _teller(said, done))
    if said.json:
        _say(json.dumps(done, indent=2))
    elif not joined:
        _say("now join, with a token from the console's `watchbill agents invite`:")
        _say("\n".join(f"  {one}" for one in system.after(wanted)))
    return 0


def uninstall(said: argparse.Namespace) -> int:
    """Take back what an installation made; 0. Raises NotInstalled."""
    system = _system()
    record = system.STATE / RECORD
    names = made(record)
    if not names:
        raise NotInstalled("`watchbill-agent install` made nothing on this machine, so there is nothing to take back")
    account = next((name.partition(" ")[2] for name in names if name.startswith("account ")), ACCOUNT)
    by_timer = any(name.endswith(".timer") for name in names)
    helper = any("watchbill-root" in name for name in names)
    steps = tuple(system.steps(Wanted(_program(), account, by_timer=by_timer, helper=helper)))
    mine = [step for step in steps if step.name in names and (said.purge or not step.stays)]
    if not _agreed(said, mine[::-1], "This will be taken away"):
        return 0
    done: list[str] = []
    remove(steps, record, _teller(said, done), purge=said.purge)
    if said.json:
        _say(json.dumps(done, indent=2))
    return 0


def _system() -> System:
    """How this one does."""
    if sys.platform == "darwin":
        from agent.installing import launchd

        return launchd
    if sys.platform == "win32":
        from agent.installing import scheduled

        return scheduled
    from agent.installing import systemd

    return systemd


def _agreed(said: argparse.Namespace, steps: Sequence[Step], words: str) -> bool:
    """Show what is to come; whether it is to be done. Raises NotInstalled where nobody may, or can be asked."""
    if said.dry_run:
        shown = [{"name": one.name, "says": one.says} for one in steps]
        _say(json.dumps(shown, indent=2) if said.json else "\n".join(_listed(steps, words)))
        return False
    if not _may():
        command = " ".join(["sudo", str(_program()), *sys.argv[1:]])
        raise NotInstalled(f"only root may make or remove a service: {command}")
    if said.yes or not steps:
        return True
    sys.stderr.write("\n".join([*_listed(steps, words), ""]))
    if not sys.stdin.isatty():
        raise NotInstalled("nobody is here to be asked: say --yes, or --dry-run to see it alone")
    return input("go on? [y/N] ").strip().lower() in ("y", "yes")


def _listed(steps: Sequence[Step], words: str) -> list[str]:
    return (
        [f"{words}:", *(f"  {one.says}" for one in steps)]
        if steps
        else ["nothing is to be done: it is as it should be"]
    )


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _teller(said: argparse.Namespace, done: list[str]) -> Callable[[str], object]:
    return done.append if said.json else _say


def _may() -> bool:
    """Whether whoever asks may make services here."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.shell32.IsUserAnAdmin())
    return os.geteuid() == 0


def _program() -> Path:
    """The agent's own command, as a service starts it. Raises NotInstalled where it has none."""
    ends = ".exe" if sys.platform == "win32" else ""  # python3.11 ends with none
    found = Path(sys.executable).with_name(f"watchbill-agent{ends}")
    if not found.exists():
        raise NotInstalled(f"there is no {found}: install the agent's package, as into /opt/watchbill")
    return found
