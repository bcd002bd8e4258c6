"""The agent's front door: `watchbill-agent look | join | run | checkin | status | leave | install …`.

Exit codes: 0 done, all is well · 1 `look` found something · 2 wrong usage or configuration · 3 busy, or the disk is
full · 4 not installed · 10 the console cannot be reached · 11 it refused · 12 somebody else answers there · 13 not
joined.
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

from agent.arguments import parser
from agent.config import ConfigError, NotJoined, Settings, identity, settings
from agent.homes import Home, HomeBusy, home
from agent.spool import Spool, SpoolFull
from checks.version import VERSION

if TYPE_CHECKING:
    from agent.passing import Passing

FOUND, USAGE, BUSY, NOT_INSTALLED, UNREACHABLE, REFUSED, WRONG_KEY, NOT_JOINED = 1, 2, 3, 4, 10, 11, 12, 13
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
    said = parser().parse_args(given)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("paramiko").setLevel(logging.CRITICAL)  # what went wrong is told in our own words
    return _COMMANDS[said.command](said, home(said.home))


def _look(said: argparse.Namespace, where: Home) -> int:
    from agent.once import once
    from agent.report import as_json, lines

    wanted = settings(where)
    if sys.stderr.isatty():
        sys.stderr.write("looking (apt may take a few seconds) …\r")
    found = once(clock(), wanted.pace, wanted.look_at)
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
        with where.as_its_owner().locked():
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

    me = identity(where.as_its_owner())
    with where.locked():
        resident = Resident(where, _passing(where, said.pace), clock)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: resident.stop.set())
        resident.run(me.agent_id, at_once=said.now)
    return 0


def _checkin(said: argparse.Namespace, where: Home) -> int:
    from agent.outcome import deliver

    identity(where.as_its_owner())
    with where.locked():
        _passing(where, None).one(clock())
        outcome = deliver(where, clock(), *(["--new-key"] if said.new_key else []))
    print(outcome.text, file=sys.stdout if outcome.is_delivered else sys.stderr)
    return _CODES.get(outcome.kind, UNREACHABLE)


def _status(said: argparse.Namespace, where: Home) -> int:
    from agent.outcome import last
    from agent.ssh import fingerprint, read_key

    me = identity(where.as_its_owner())
    spool = Spool(where.spool)
    outcome = last(where)
    told = {
        "client": me.client,
        "host": me.host,
        "agent": me.agent_id,
        "key": fingerprint(read_key(where.key.read_text())),
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
        with where.as_its_owner().locked():
            leave(where, force=said.force)
    except NotDelivered as error:
        return _fail(UNREACHABLE, f"{error}; --force forgets the key without telling the console")
    print("left: this machine does not check in any more")
    return 0


def _service(said: argparse.Namespace, _: Home) -> int:
    from agent.installing import front
    from agent.installing.steps import NotInstalled

    try:
        return front.install(said) if said.command == "install" else front.uninstall(said)
    except NotInstalled as error:
        return _fail(NOT_INSTALLED, error)


def _passing(where: Home, pace: int | None) -> Passing:
    from agent.passing import Passing
    from agent.probes import PROBES
    from agent.round import Round

    wanted = settings(where)
    if pace is not None:
        wanted = Settings(pace, wanted.look_at)
    return Passing(Round(PROBES), Spool(where.made().spool), wanted)


def _wants_colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _fail(code: int, error: object) -> int:
    print(f"watchbill-agent: {error}", file=sys.stderr)
    return code


_COMMANDS: dict[str, Callable[[argparse.Namespace, Home], int]] = {
    "look": _look,
    "check": _check,
    "wrap": _wrap,
    "restore-test": _restore_test,
    "join": _join,
    "run": _run,
    "checkin": _checkin,
    "status": _status,
    "leave": _leave,
    "install": _service,
    "uninstall": _service,
}

if __name__ == "__main__":
    raise SystemExit(main())
