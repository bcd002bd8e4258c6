"""`watchbill unit`: the daemon as a service of the machine, for several people with logins of their own."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from console.client.where import SHARED, SYSTEM_HOME
from console.commands.told import Wish

UNIT = Path(__file__).parent / "units" / "watchbill.service"
WRONG = 2
_HOMES = ("/home", "/root", "/run/user", "/tmp")  # noqa: S108 - what the service sees nothing of
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./_-:[]")


@click.command()
@click.option("--account", default="watchbill", show_default=True, help="The account that the daemon runs as.")
@click.option("--bind", default="127.0.0.1", show_default=True, help="Address on which agents are heard.")
@click.option("--port", type=click.IntRange(1, 65535), default=2022, show_default=True, help="Port for agents.")
@click.pass_obj
def unit(wish: Wish, account: str, bind: str, port: int) -> None:
    """Print a systemd unit of the daemon, for a console host on which several people have a login.

    It has an account of its own, keeps everything in the home of the machine, and lets every login ask; who has no role
    in provider.yaml is refused.
    """
    socket = wish.socket or SHARED
    for name, value in (("--account", account), ("--bind", bind), ("--socket", str(socket)), ("python", _python())):
        if not value or set(value) - _PLAIN:
            _refuse(f"{name} {value!r} has characters that a unit cannot hold; use letters, digits and ./_-:")
    if any(Path(_python()).resolve().is_relative_to(one) for one in _HOMES):
        _refuse(f"a service does not see {Path(_python()).resolve()}; install Watchbill for all accounts, as in /opt")
    filled = UNIT.read_text().format(
        account=account, python=_python(), home=SYSTEM_HOME, socket=socket, bind=bind, port=port
    )
    click.echo(filled, nl=False)
    for line in _next(account):
        click.echo(line, err=True)


def _next(account: str) -> tuple[str, ...]:
    """How it is brought to work."""
    name = shlex.quote(account)
    return (
        "# as root, with what is above in /etc/systemd/system/watchbill.service:",
        f"useradd --system --user-group --no-create-home --home-dir {SYSTEM_HOME} --shell /usr/sbin/nologin {name}",
        "systemctl daemon-reload && systemctl enable --now watchbill",
        f"runuser -u {name} -- watchbill model publish provider.yaml CLIENT.yaml --reason 'the first model'",
    )


def _python() -> str:
    return sys.executable


def _refuse(why: str) -> None:
    click.echo(f"watchbill: {why}", err=True)
    raise SystemExit(WRONG)


COMMANDS = (unit,)
