"""`watchbill away`: the sheet of a site without the desk, notes and times that are kept, and brought home once.

Works without a daemon and without an uplink, so it is a front door: it reads the clock.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ParamSpec

import click

from checks.text import clean
from console.client.client import Client, NotReachable
from console.commands import options
from console.commands.told import Wish, as_json, fail, local, page, say, table
from console.pages.plain import instant

if TYPE_CHECKING:
    from console.field.cache import Cache, Kept

P = ParamSpec("P")


def _told(command: Callable[P, None]) -> Callable[P, None]:
    """A command whose trouble with the cache is told, and ends it."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        from console.field.cache import NotDone

        try:
            command(*args, **kwargs)
        except NotDone as error:
            click.echo(clean(f"watchbill: {error}", 1000), err=True)
            raise SystemExit(2) from None

    return run


def _now() -> int:
    return int(time.time())  # noqa: TID251 - a front door


def _cache(wish: Wish) -> Cache:
    from console.field.cache import Cache

    return Cache(wish.home)


@click.group()
def away() -> None:
    """Away from the desk: a site's sheet, notes and times without it; home again, each counts once."""


@away.command()
@click.option("--client", required=True, help="Whose sites.")
@click.option("--site", default="", help="Only this one.")
@click.pass_obj
@_told
def prepare(wish: Wish, client: str, site: str) -> None:
    """Before you leave: keep the sheets of a client's sites, with what is open, on this laptop."""
    from console.field.cache import Kept

    open_ = page(wish, "incidents", client=client).rows
    hosts = page(wish, "hosts", client=client).rows
    for one in [site] if site else sorted({row.site for row in hosts if row.site}):
        _cache(wish).keep_site(Kept(page(wish, "site", client=client, site=one), open_))
        say(f"{client}/{one} is kept; without the desk: watchbill away sheet {client}/{one}")


@away.command()
@click.argument("site", metavar="[CLIENT/]SITE")
@options.as_json
@click.pass_obj
@_told
def sheet(wish: Wish, site: str, form: str | None) -> None:
    """The sheet of a site as it was kept: the way in, contacts, hosts, what is due, what was open."""
    from console.field.cache import NotDone
    from console.tui.present.plan import sheet as lines_of

    kept = [one for one in _cache(wish).sites() if site in (one.site.site, f"{one.site.client}/{one.site.site}")]
    if len(kept) != 1:
        known = ", ".join(f"{one.site.client}/{one.site.site}" for one in _cache(wish).sites()) or "none"
        raise NotDone(f"no one sheet of {site!r} is kept here (kept are: {known}); `watchbill away prepare` keeps them")
    if form:
        as_json(kept[0])
        return
    click.echo(f"as the desk told it {local(kept[0].site.now, _now())} ({instant(kept[0].site.now)})\n")
    click.echo("\n".join(lines_of(kept[0].site)))
    click.echo("\nopen then")
    rows = [(f"#{one.incident}", one.severity, one.state, one.owner or "–", one.title) for one in kept[0].incidents]
    table(wish, ("", "sev", "state", "owner", "what"), rows, "  none")


@away.command()
@click.argument("incident", type=click.IntRange(1))
@click.argument("text")
@click.option("--told", default="", help="Told the client by (phone, on site …).")
@click.option("--client", default="", help="Whose incident it is, where no sheet says so.")
@click.pass_obj
@_told
def note(wish: Wish, incident: int, text: str, told: str, client: str) -> None:
    """Keep a note of an incident on this laptop, to be brought home."""
    _add(wish, incident, client, text=_worded(text), told=told)


@away.command("time")
@click.argument("incident", type=click.IntRange(1))
@click.argument("minutes", type=click.IntRange(1, 1440))
@click.option("--travel", type=click.IntRange(0, 1440), default=0, help="How many of them on the way.")
@click.option("--text", default="", help="What you did.")
@click.option("--client", default="", help="Whose incident it is, where no sheet says so.")
@click.pass_obj
@_told
def worked(wish: Wish, /, incident: int, client: str, **said: Any) -> None:  # noqa: ANN401 - the options above
    """Keep minutes that you worked on an incident on this laptop, to be brought home."""
    if said["travel"] > said["minutes"]:
        raise click.UsageError("travel is a part of the minutes, and cannot be more than they are")
    _add(wish, incident, client, **said)


@away.command("list")
@options.as_json
@click.pass_obj
@_told
def list_(wish: Wish, form: str | None) -> None:
    """What this laptop keeps: notes and times to be brought home, and sheets."""
    cache, now = _cache(wish), _now()
    notes, sites = cache.entries(), cache.sites()
    if form:
        told = [{"client": one.site.client, "site": one.site.site, "at": one.site.now} for one in sites]
        as_json({"notes": notes, "sheets": told})
        return
    rows = [(one.id[:8], f"#{one.incident}", f"{one.minutes} min" if one.minutes else "note", one.text,
             local(one.written_at, now), one.refused or "–") for one in notes]  # fmt: skip
    table(wish, ("", "", "kind", "text", "written", "refused"), rows, "nothing waits to be brought home")
    for kept in sites:
        say(f"sheet {kept.site.client}/{kept.site.site}, told {local(kept.site.now, now)}")


@away.command()
@options.as_json
@click.pass_obj
@_told
def merge(wish: Wish, form: str | None) -> None:
    """Bring notes and times home; each counts once. What is refused stays here with its reason (exit code 1)."""
    from console.field.merging import merge as bring

    try:
        brought = bring(_cache(wish), Client(wish.client.path))
    except NotReachable as error:
        fail(error)
    if form:
        as_json([{"id": one.entry.id, "incident": one.entry.incident, "is_refused": one.is_refused, "text": one.told}
                 for one in brought])  # fmt: skip
    else:
        rows = [(one.entry.id[:8], f"#{one.entry.incident}", "refused" if one.is_refused else "home", one.told)
                for one in brought]  # fmt: skip
        table(wish, ("", "", "is", "the desk says"), rows, "nothing waits to be brought home")
    raise SystemExit(1 if any(one.is_refused for one in brought) else 0)


@away.command()
@click.argument("id_", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
@_told
def drop(wish: Wish, id_: str, yes: bool) -> None:
    """Give up one note that was refused, by its number."""
    if not yes:
        click.confirm(f"give up note {id_}, which is nowhere else?", abort=True)
    say(f"given up: {_cache(wish).forget(id_).text or id_}")


def _worded(text: str) -> str:
    if not text.strip() or len(text) > 2000:
        raise click.UsageError("a note has 1 to 2000 characters")
    return text.strip()


def _add(wish: Wish, incident: int, client: str, **said: Any) -> None:  # noqa: ANN401 - fields of an entry
    from console.field.cache import Entry

    cache = _cache(wish)
    entry = cache.add(Entry("", _now(), incident, client=client or _whose(cache.sites(), incident), **said))
    say(f"kept as {entry.id[:8]}, for #{incident}{f' of {entry.client}' if entry.client else ''}; home: away merge")


def _whose(sites: list[Kept], incident: int) -> str:
    """The client of an incident, by the sheets that are kept."""
    return next((row.client for one in sites for row in one.incidents if row.incident == incident), "")


COMMANDS = (away,)
