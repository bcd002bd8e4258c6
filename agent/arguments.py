"""What may be said to the agent's front door: commands, options and their words."""

from __future__ import annotations

import argparse
from pathlib import Path

from checks.version import VERSION

_WORDS = "The agent of Watchbill: looks at this machine, and carries home what it found."


def parser() -> argparse.ArgumentParser:
    """Everything that may be said; `command` is then the name of what was asked for."""
    whole = argparse.ArgumentParser(prog="watchbill-agent", description=_WORDS, epilog=_EPILOG)
    whole.add_argument("--version", action="version", version=f"watchbill-agent {VERSION}")
    _add_home(whole, default=None)
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    look = _command(commands, "look", "look at this machine now, by default standards; needs no console")
    look.add_argument("--json", action="store_true", help="findings as JSON")
    check = _command(commands, "check", "one check as a monitoring plugin: for Icinga, Nagios and Checkmk")
    check.add_argument("name", nargs="?", default="", help="which check, such as disk; all of them where none is named")
    check.add_argument("--checkmk", action="store_true", help="as local checks of Checkmk, a line a subject")
    check.add_argument("-t", "--timeout", type=_seconds, default=50, help="seconds in all; what is late is unknown")
    check.add_argument("-V", "--version", action="version", version=f"watchbill-agent {VERSION}")
    words = "run a job, and keep when it began and ended, and how: wrap JOB -- COMMAND"
    wrap = _command(commands, "wrap", words)
    wrap.add_argument("job", help="its name, in small letters")
    wrap.add_argument("argv", nargs=argparse.REMAINDER, metavar="-- COMMAND", help="the command, as it is")
    _add_restore_test(commands)
    join = _command(commands, "join", "join a console with a token (from a pipe, a file, or typed)")
    join.add_argument("--token-file", type=Path, help="read the token from this file")
    join.add_argument("--force", action="store_true", help="forget an earlier key")
    run = _command(commands, "run", "stay, and check in again and again")
    run.add_argument("--pace", type=_seconds, help="seconds between two passes, instead of the configured ones")
    run.add_argument("--now", action="store_true", help="the first pass at once")
    checkin = _command(commands, "checkin", "one pass and one delivery, for timers and cron")
    checkin.add_argument("--new-key", action="store_true", help="then change this agent's key for a fresh one")
    status = _command(commands, "status", "who this agent is, and how delivery goes")
    status.add_argument("--json", action="store_true", help="as JSON")
    leave = _command(commands, "leave", "leave the console, and forget the key")
    leave.add_argument("--force", action="store_true", help="also where the console cannot be told")
    _add_install(commands)
    return whole


def _add_install(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    install = _command(
        commands, "install", "make the agent a service of this machine: hardened, with an account of its own"
    )
    install.add_argument("--user", default="watchbill", metavar="NAME", help="the account that it runs as")
    install.add_argument("--timer", action="store_true", help="a check-in by a timer, instead of a process that stays")
    install.add_argument("--pace", type=_seconds, default=300, help="seconds between two check-ins of the timer")
    install.add_argument("--root-helper", action="store_true", help="also what writes down what only root may see")
    uninstall = _command(commands, "uninstall", "take back what install made here; key and spool stay")
    uninstall.add_argument("--purge", action="store_true", help="also the account, the key, the spool and wrapped jobs")
    for one in (install, uninstall):
        one.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        one.add_argument("--json", action="store_true", help="what would be done, or was, as JSON")
        one.add_argument("--yes", action="store_true", help="do not ask")


def _add_restore_test(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    words = (
        "keep that a restore was tried: restore-test JOB --minutes 40 --checked WORDS, or restore-test JOB -- COMMAND"
    )
    test = _command(commands, "restore-test", words)
    test.add_argument("--minutes", type=int, choices=range(100_000), metavar="N", default=0, help="how long it took")
    test.add_argument("--checked", default="", metavar="WORDS", help="what was restored and looked at")
    test.add_argument("--failed", action="store_true", help="it went wrong; WORDS say how")
    test.add_argument("job", help="which backup, in small letters")
    test.add_argument("argv", nargs="*", metavar="-- COMMAND", help="a command that restores and compares")


_EPILOG = (
    "exit codes: 0 well · 1 something found · 2 usage · 3 busy · 4 not installed · 10 unreachable · 11 refused · "
    "12 wrong host key · 13 not joined"
)


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    words: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=words, description=words)
    _add_home(parser, default=argparse.SUPPRESS)  # what stood before the command holds where nothing stands after it
    parser.set_defaults(command=name)
    return parser


def _add_home(parser: argparse.ArgumentParser, *, default: str | None) -> None:
    words = "where the agent keeps its key and spool (or WATCHBILL_HOME)"
    parser.add_argument("--home", type=Path, default=default, help=words)


def _seconds(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 86_400:
        raise argparse.ArgumentTypeError("a whole number of seconds from 1 to 86400")
    return int(text)
