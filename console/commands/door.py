"""`watchbill door`: the OpenSSH door in front of a home, written for the sshd that is found here and proven by it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from checks.text import clean
from console.commands import fronting, options
from console.commands.children import CannotStart
from console.commands.fronting import ACCOUNT, NotPossible, Wanted
from console.commands.sshd import NoSshd
from console.commands.told import Wish, as_json, say

WRONG = 2
_ANY = "0.0.0.0"  # noqa: S104 - what this door is for


@click.group()
def door() -> None:
    """The doors for agents: OpenSSH where strangers can reach the port."""


@door.command()
@click.option("--port", type=click.IntRange(1, 65535), default=2222, show_default=True, help="Where sshd listens.")
@click.option("--listen", default=_ANY, show_default=True, help="On which address.")
@click.option("--address", default="", help="HOST or HOST:PORT by which agents reach it (by default this host's name).")
@click.option("--account", default="", help=f"Whom agents log in as ({ACCOUNT}; without root, you).")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the files (/etc/watchbill, or in the home).")
@click.option("--socket", type=click.Path(path_type=Path), help="Where the daemon hears sshd's bridges.")
@click.option("--sshd", "program", default="", help="Which sshd (by default the system's).")
@options.as_json
@click.pass_obj
def openssh(wish: Wish, /, form: str | None, **wanted: Any) -> None:  # noqa: ANN401 - the options above
    """Write a configuration for this machine's sshd, prove it, and say how to start it.

    An sshd of its own: own port, own account, the console's own host key. The system's sshd is left alone.
    """
    asked = Wanted(**wanted)
    try:
        front = fronting.front(wish.home, asked)
        told = fronting.write(front, asked.address)
    except (NoSshd, NotPossible, CannotStart) as error:
        click.echo(clean(f"watchbill: {error}", 800), err=True)
        raise SystemExit(WRONG) from None
    except OSError as error:
        click.echo(f"watchbill: {error.filename}: {error.strerror}; run this as root, or use --out", err=True)
        raise SystemExit(WRONG) from None
    version, start = f"{front.version[0]}.{front.version[1]}", fronting.start(front)
    if form:
        as_json({**msgspec.to_builtins(told), "version": version, "config": str(front.config), "start": start})
        return
    say(f"{front.config}: for OpenSSH {version}, which takes it ({front.sshd} -t)")
    say(f"agents are invited to {told.address} from now on; restart the daemon, then start this sshd:")
    for line in start:
        click.echo(f"    {line}")


COMMANDS = (door,)
