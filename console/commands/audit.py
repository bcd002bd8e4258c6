"""`watchbill audit`: who did what, from the desk; `audit verify` looks the log over on the files, without the desk."""

from __future__ import annotations

from pathlib import Path

import click

from checks.wording import counted
from console.commands import options
from console.commands.keeping import kept
from console.commands.told import PROBLEMS, Wish, as_json, page, say, table
from console.pages.audit import Audit, AuditRow
from console.pages.plain import instant


@click.group(invoke_without_command=True)
@options.only_client
@click.option("--most", type=click.IntRange(1, 10_000), default=100, show_default=True, help="How many rows.")
@options.as_json
@click.pass_context
def audit(context: click.Context, client: str, most: int, form: str | None) -> None:
    """Who did what to what, and who was refused, the newest first; for leads and owners."""
    if context.invoked_subcommand is not None:
        return
    shown: Audit = page(context.obj, "audit", client=client, most=most)
    if form:
        as_json(shown.rows)
        return
    rows = [
        (f"{row.number}", instant(row.at), _who(row), row.action, row.client, row.outcome, row.about, row.why)
        for row in shown.rows
    ]  # fmt: skip
    head = ("", "at", "who", "did", "client", "outcome", "about", "why")
    table(context.obj, head, rows, "nothing was done yet")


def _who(row: AuditRow) -> str:
    uid = f" ({row.uid})" if row.uid >= 0 else ""
    return f"{row.login}{uid}" + (f", who came as {row.behind}" if row.behind else "")


@audit.command()
@click.option(
    "--anchor", "file", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A text with anchors from elsewhere: a journal, mails.",
)  # fmt: skip
@options.as_json
@click.pass_obj
def verify(wish: Wish, file: Path | None, form: str | None) -> None:
    """Whether the log is as it was written: by its chain, the anchors beside the store, and those in FILE.

    It reads the files of this home, so it is for the daemon's own account, and needs no daemon. Exit code 1 where a row
    was changed, taken out or cut off, or rows were written anew; the first of them is named.
    """
    told = kept(wish, "audit", "reading", file)
    if form:
        as_json(told)
    elif told["problems"]:
        first = [f"first broken row: {told['first_broken']}"] if told["first_broken"] else []
        say("\n".join([*first, *told["problems"]]))
    else:
        vouched = f"{counted(told['anchors'], 'anchor', 'anchors')} held against it, the last at row {told['covered']}"
        rows = counted(told["rows"], "row", "rows")
        said = [f"{rows}, each as it was written; {vouched}", f"head {told['head']}", *told["notes"]]
        say("\n".join(said))
    raise SystemExit(PROBLEMS if told["problems"] else 0)


COMMANDS = (audit,)
