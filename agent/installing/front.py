"""`watchbill-agent install` and `uninstall`: what will be done is shown first, and asked once."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from agent.homes import Home
from agent.installing import systemd
from agent.installing.steps import NotInstalled, Step, carry_out, made, remove


def install(said: argparse.Namespace) -> int:
    """Make it a service; 0. Raises NotInstalled."""
    joined = Home(systemd.STATE / "agent").identity.exists()
    wanted = systemd.Wanted(_program(), said.user, said.pace, said.timer, said.root_helper, joined)
    steps = tuple(systemd.steps(wanted))
    if not _agreed(said, [one for one in steps if not one.is_done()], "This will be done"):
        return 0
    done: list[str] = []
    carry_out(steps, systemd.RECORD, _teller(said, done))
    if said.json:
        _say(json.dumps(done, indent=2))
    elif not joined:
        asked = f"sudo -u {wanted.account} {wanted.program} --home {systemd.STATE} join"
        _say(f"now join, with a token from the console's `watchbill agents invite`:\n  {asked}")
        _say(f"  sudo systemctl start {wanted.unit}")
    return 0


def uninstall(said: argparse.Namespace) -> int:
    """Take back what an installation made; 0. Raises NotInstalled."""
    names = made(systemd.RECORD)
    if not names:
        raise NotInstalled("`watchbill-agent install` made nothing on this machine, so there is nothing to take back")
    account = next((name.partition(" ")[2] for name in names if name.startswith("account ")), "watchbill")
    by_timer = any(name.endswith("watchbill-agent.timer") for name in names)
    steps = tuple(systemd.steps(systemd.Wanted(_program(), account, by_timer=by_timer, helper=True)))
    mine = [step for step in steps if step.name in names and (said.purge or not step.stays)]
    if not _agreed(said, mine[::-1], "This will be taken away"):
        return 0
    done: list[str] = []
    remove(steps, systemd.RECORD, _teller(said, done), purge=said.purge)
    if said.json:
        _say(json.dumps(done, indent=2))
    return 0


def _agreed(said: argparse.Namespace, steps: Sequence[Step], words: str) -> bool:
    """Show what is to come; whether it is to be done. Raises NotInstalled where nobody may, or can be asked."""
    if said.dry_run:
        shown = [{"name": one.name, "says": one.says} for one in steps]
        _say(json.dumps(shown, indent=2) if said.json else "\n".join(_listed(steps, words)))
        return False
    if os.geteuid():
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


def _program() -> Path:
    """The agent's own command, as a service starts it. Raises NotInstalled where it has none."""
    if not Path("/run/systemd/system").is_dir():
        raise NotInstalled(
            "this machine has no systemd: let cron start it (`@reboot watchbill-agent run`, as an account of its own), "
            "or your supervisor"
        )
    found = Path(sys.executable).with_name("watchbill-agent")
    if not found.exists():
        raise NotInstalled(f"there is no {found}: install the agent's package, as into /opt/watchbill")
    return found
