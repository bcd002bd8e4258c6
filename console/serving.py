"""The daemon's front door: `python -m console.serving --home DIR`, which `watchbill serve` and `watchbill up` run.

It prints one line, `ready DOOR SOCKET`, once both doors are open. Whether another daemon holds the home is asked before
the daemon's code is loaded, which takes longer than all else that a refusal needs.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys
from datetime import datetime
from pathlib import Path

from console.store.holding import CannotOpen, HomeTaken, held

TAKEN = 12
CANNOT = 13


def main(arguments: list[str] | None = None) -> int:
    """Run until SIGTERM or SIGINT; the exit code."""
    said = _said(arguments)
    os.umask(0o077)  # what others may reach is opened to them by name: the shared socket
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("asyncssh").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        with held(said.home / "console"):
            pass
        return _served(said)
    except HomeTaken as error:
        return _refused(error, TAKEN)
    except CannotOpen as error:
        return _refused(error, CANNOT)


def _served(said: argparse.Namespace) -> int:
    from console.api.server import CannotAnswer
    from console.daemon import Wanted, serve
    from console.intake.door import LOGIN_SECONDS, CannotListen

    wanted = Wanted(
        said.home, said.bind, said.port, said.starter, said.now, said.demo, shared=said.shared,
        doubts=said.now is None, grace=said.grace or LOGIN_SECONDS,
    )  # fmt: skip
    try:
        asyncio.run(serve(wanted))
    except (CannotListen, CannotAnswer) as error:
        return _refused(error, TAKEN)
    return 0


def _refused(error: Exception, code: int) -> int:
    sys.stderr.write(f"watchbill: {error}\n")
    return code


def _said(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="watchbill serve", description="the daemon of one Watchbill home")
    parser.add_argument("--home", type=Path, required=True, help="where everything is kept")
    parser.add_argument("--bind", default="127.0.0.1", help="the address on which agents are heard")
    parser.add_argument(
        "--port", type=int, default=0, help="the port on which agents are heard (0: the one of last time)"
    )
    parser.add_argument(
        "--starter", action="store_true", help="publish a starter model for this machine if there is none"
    )
    parser.add_argument("--shared", type=Path, help="a socket at which every login of this machine may ask")
    parser.add_argument("--now", type=_instant, help=argparse.SUPPRESS)
    parser.add_argument("--demo", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--grace", type=int, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _instant(text: str) -> int:
    """UTC seconds of an instant with its zone."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} names no zone")
    return int(found.timestamp())


if __name__ == "__main__":
    raise SystemExit(main())
