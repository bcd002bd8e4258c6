"""`watchbill door`: an OpenSSH door, written for the sshd that is found and proven by it; the key of the doors."""

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
from console.commands.told import Wish, as_json, do, local, page, say, table
from console.pages.doors import Doors

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


@door.command()
@options.as_json
@click.pass_obj
def keys(wish: Wish, form: str | None) -> None:
    """Where agents come in, by which host key, and which agents do not know the next one."""
    shown: Doors = page(wish, "doors")
    if form:
        as_json(shown)
        return
    say(f"agents are invited to {shown.address}, key {shown.host_key}")
    if not shown.announced_at:
        return
    say(f"next {shown.next_host_key}, announced {local(shown.announced_at, shown.now)}")
    rows = [(one.agent, one.client, one.host, local(one.last_seen, shown.now)) for one in shown.unaware]
    table(wish, ("does not know it", "client", "host", "last seen"), rows, "every agent knows it")


@door.command("announce-key")
@click.pass_obj
def announce_key(wish: Wish) -> None:
    """Make the next host key of the doors, and announce it to every agent that comes."""
    say(do(wish, "announce-key").text)


@door.command("switch-key")
@click.option("--force", is_flag=True, help="Even where agents do not know it: they have to join again.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def switch_key(wish: Wish, force: bool, yes: bool) -> None:
    """Show the announced host key from now on."""
    if not yes:
        click.confirm("show the next host key to every agent from now on?", abort=True)
    say(do(wish, "switch-key", force="yes" if force else "").text)


COMMANDS = (door,)
