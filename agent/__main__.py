"""The agent's front door: `watchbill-agent look | join | run | checkin | status | leave`.

Exit codes: 0 done, all is well · 1 `look` found something · 2 wrong usage or configuration · 3 busy, or the disk is
full · 10 the console cannot be reached · 11 it refused · 12 somebody else answers there · 13 not joined.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from agent.config import ConfigError, NotJoined, Settings, identity, settings
from agent.homes import Home, HomeBusy, home
from agent.spool import Spool, SpoolFull
from checks.version import VERSION

if TYPE_CHECKING:
    from agent.passing import Passing

FOUND, USAGE, BUSY, UNREACHABLE, REFUSED, WRONG_KEY, NOT_JOINED = 1, 2, 3, 10, 11, 12, 13
CHECK_SECONDS = 50  # Icinga and Nagios end a plugin after 60 s, and Nagios then calls it CRITICAL
_CODES = {"delivered": 0, "revoked": REFUSED, "copied": REFUSED, "wrong host key": WRONG_KEY}


def clock() -> int:
    """The agent's clock."""
    return int(time.time())


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    if _command_of(given) == "check":  # it speaks the plugins' convention, also of what goes wrong
        from agent.plugging import guarded

        return guarded(lambda: _done(given), checkmk="--checkmk" in given)
    try:
        return _done(given)
    except NotJoined as error:
        return _fail(NOT_JOINED, error)
    except ConfigError as error:
        return _fail(USAGE, error)
    except (HomeBusy, SpoolFull) as error:
        return _fail(BUSY, error)
    except OSError as error:
        return _fail(USAGE, f"{error.filename or 'home'}: {error.strerror}; use --home DIR for another place")
    except KeyboardInterrupt:
        return 130


def _command_of(given: list[str]) -> str:
    """The command that is named, before anything is known to be right: the first word that is no option's."""
    words = (word for before, word in zip(["", *given], given, strict=False) if before != "--home")
    return next((word for word in words if not word.startswith("-")), "")


def _done(given: list[str]) -> int:
    said = _parser().parse_args(given)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("paramiko").setLevel(logging.CRITICAL)  # what went wrong is told in our own words
    command: Callable[[argparse.Namespace, Home], int] = said.command
    return command(said, home(said.home))


def _look(said: argparse.Namespace, where: Home) -> int:
    from agent.forgetful import Forgetful
    from agent.looking import Look
    from agent.probes import PROBES
    from agent.report import as_json, findings, lines
    from agent.round import Round

    now = clock()
    wanted = settings(where)
    if sys.stderr.isatty():
        sys.stderr.write("looking (apt may take a few seconds) …\r")
    gathered = Round(PROBES).gather(Look(now, now + wanted.pace, Forgetful(), wanted.look_at))
    found = findings(gathered, now)
    if sys.stderr.isatty():
        sys.stderr.write("\x1b[2K\r")
    if said.json:
        print(json.dumps(as_json(found), indent=2))
    else:
        print("\n".join(lines(found, colour=_wants_colour())))
    return FOUND if any(one.status.rank > 1 for one in found) else 0


def _check(said: argparse.Namespace, where: Home) -> int:
    from agent.plugging import check

    return check(said.name, settings(where), clock(), seconds=said.timeout, checkmk=said.checkmk)


def _wrap(said: argparse.Namespace, where: Home) -> int:
    from agent.wrapping import wrap

    return wrap(where.jobs, said.job, said.argv[1:] if said.argv[:1] == ["--"] else said.argv, clock)


def _restore_test(said: argparse.Namespace, where: Home) -> int:
    from agent.proving import Told, prove

    told = Told(said.minutes, said.checked, said.failed)
    return prove(where.restore_tests, said.job, said.argv, told, clock)


def _join(said: argparse.Namespace, where: Home) -> int:
    from agent.joining import AlreadyJoined, TokenRefused, join
    from agent.ssh import NotDelivered, WrongHostKey
    from checks.token import NotAToken, read

    try:
        token = read(_token(said.token_file))
        with where.locked():
            me = join(where, token, force=said.force)
    except (NotAToken, AlreadyJoined) as error:
        return _fail(USAGE, error)
    except TokenRefused as error:
        return _fail(REFUSED, error)
    except WrongHostKey as error:
        return _fail(WRONG_KEY, error)
    except NotDelivered as error:
        return _fail(UNREACHABLE, error)
    print(f"joined as {me.client}/{me.host} (site {me.site}); now run `watchbill-agent run`, or `checkin` from a timer")
    return 0


def _token(path: Path | None) -> str:
    """The token, from a file, from a pipe or typed; never from the command line, where others can read it."""
    if path is not None:
        return path.read_text()
    if sys.stdin.isatty():
        import getpass

        return getpass.getpass("join token: ")
    return sys.stdin.read(4096)


def _run(said: argparse.Namespace, where: Home) -> int:
    from agent.resident import Resident

    me = identity(where)
    with where.locked():
        resident = Resident(where, _passing(where, said.pace), clock)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: resident.stop.set())
        resident.run(me.agent_id, at_once=said.now)
    return 0


def _checkin(said: argparse.Namespace, where: Home) -> int:
    from agent.outcome import deliver

    identity(where)
    with where.locked():
        _passing(where, None).one(clock())
        outcome = deliver(where, clock(), *(["--new-key"] if said.new_key else []))
    print(outcome.text, file=sys.stdout if outcome.is_delivered else sys.stderr)
    return _CODES.get(outcome.kind, UNREACHABLE)


def _status(said: argparse.Namespace, where: Home) -> int:
    from agent.outcome import last

    me = identity(where)
    spool = Spool(where.spool)
    outcome = last(where)
    told = {
        "client": me.client,
        "host": me.host,
        "agent": me.agent_id,
        "console": me.address,
        "version": VERSION,
        "newest": spool.newest,
        "waiting": spool.waiting,
        "last_delivered": None if outcome is None else outcome.last_delivered,
        "last_try": None if outcome is None else outcome.kind,
        "text": "nothing was delivered yet" if outcome is None else outcome.text,
    }
    spool.close()
    print(json.dumps(told, indent=2) if said.json else "\n".join(f"{key:>14}  {value}" for key, value in told.items()))
    return 0


def _leave(said: argparse.Namespace, where: Home) -> int:
    from agent.joining import leave
    from agent.ssh import NotDelivered

    try:
        with where.locked():
            leave(where, force=said.force)
    except NotDelivered as error:
        return _fail(UNREACHABLE, f"{error}; --force forgets the key without telling the console")
    print("left: this machine does not check in any more")
    return 0


def _passing(where: Home, pace: int | None) -> Passing:
    from agent.passing import Passing
    from agent.probes import PROBES
    from agent.round import Round

    wanted = settings(where)
    if pace is not None:
        wanted = Settings(pace, wanted.look_at)
    return Passing(Round(PROBES), Spool(where.made().spool), wanted)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="watchbill-agent", description=__doc__.split("\n")[0], epilog=_EPILOG)
    parser.add_argument("--version", action="version", version=f"watchbill-agent {VERSION}")
    _add_home(parser, default=None)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    look = _command(commands, "look", _look, "look at this machine now, by default standards; needs no console")
    look.add_argument("--json", action="store_true", help="findings as JSON")
    check = _command(commands, "check", _check, "one check as a monitoring plugin: for Icinga, Nagios and Checkmk")
    check.add_argument("name", nargs="?", default="", help="which check, such as disk; all of them where none is named")
    check.add_argument("--checkmk", action="store_true", help="as local checks of Checkmk, a line a subject")
    check.add_argument("-t", "--timeout", type=_seconds, default=50, help="seconds in all; what is late is unknown")
    check.add_argument("-V", "--version", action="version", version=f"watchbill-agent {VERSION}")
    words = "run a job, and keep when it began and ended, and how: wrap JOB -- COMMAND"
    wrap = _command(commands, "wrap", _wrap, words)
    wrap.add_argument("job", help="its name, in small letters")
    wrap.add_argument("argv", nargs=argparse.REMAINDER, metavar="-- COMMAND", help="the command, as it is")
    _add_restore_test(commands)
    join = _command(commands, "join", _join, "join a console with a token (from a pipe, a file, or typed)")
    join.add_argument("--token-file", type=Path, help="read the token from this file")
    join.add_argument("--force", action="store_true", help="forget an earlier key")
    run = _command(commands, "run", _run, "stay, and check in again and again")
    run.add_argument("--pace", type=_seconds, help="seconds between two passes, instead of the configured ones")
    run.add_argument("--now", action="store_true", help="the first pass at once")
    checkin = _command(commands, "checkin", _checkin, "one pass and one delivery, for timers and cron")
    checkin.add_argument("--new-key", action="store_true", help="then change this agent's key for a fresh one")
    status = _command(commands, "status", _status, "who this agent is, and how delivery goes")
    status.add_argument("--json", action="store_true", help="as JSON")
    leave = _command(commands, "leave", _leave, "leave the console, and forget the key")
    leave.add_argument("--force", action="store_true", help="also where the console cannot be told")
    return parser


def _add_restore_test(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    words = (
        "keep that a restore was tried: restore-test JOB --minutes 40 --checked WORDS, or restore-test JOB -- COMMAND"
    )
    test = _command(commands, "restore-test", _restore_test, words)
    test.add_argument("--minutes", type=int, choices=range(100_000), metavar="N", default=0, help="how long it took")
    test.add_argument("--checked", default="", metavar="WORDS", help="what was restored and looked at")
    test.add_argument("--failed", action="store_true", help="it went wrong; WORDS say how")
    test.add_argument("job", help="which backup, in small letters")
    test.add_argument("argv", nargs="*", metavar="-- COMMAND", help="a command that restores and compares")


_EPILOG = (
    "exit codes: 0 well · 1 something found · 2 usage · 3 busy · 10 unreachable · 11 refused · 12 wrong host key · "
    "13 not joined"
)


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    call: Callable[[argparse.Namespace, Home], int],
    words: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=words, description=words)
    _add_home(parser, default=argparse.SUPPRESS)  # what stood before the command holds where nothing stands after it
    parser.set_defaults(command=call)
    return parser


def _add_home(parser: argparse.ArgumentParser, *, default: str | None) -> None:
    words = "where the agent keeps its key and spool (or WATCHBILL_HOME)"
    parser.add_argument("--home", type=Path, default=default, help=words)


def _seconds(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 86_400:
        raise argparse.ArgumentTypeError("a whole number of seconds from 1 to 86400")
    return int(text)


def _wants_colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _fail(code: int, error: object) -> int:
    print(f"watchbill-agent: {error}", file=sys.stderr)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
