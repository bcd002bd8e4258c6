"""Writes what is made from the code: a page a check, pages, verbs and keys, the schema of a week. `make docs`."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from pathlib import Path

import click

from checks.catalogue import CATALOGUE
from checks.check import Check, Unit
from checks.finding import Status
from checks.standard import Bad
from checks.wording import duration, ratio
from console.commands.cli import EVERYWHERE, cli
from console.pages.verbs import PAGES, VERBS
from console.reports.printed.machine import schema

HERE = Path(__file__).parent
_UNITS = {
    Unit.RATIO: "a fraction (0 to 1)",
    Unit.COUNT: "a count",
    Unit.SECONDS: "seconds",
    Unit.BYTES: "bytes",
    Unit.CELSIUS: "degrees Celsius",
    Unit.SINCE: "an instant (UTC seconds); what is judged is its age, so the verdict turns by itself at a known second",
}
_FIXED = HERE / "commands.in.md"


def check_page(check: Check) -> str:
    """The page of one check."""
    standard = check.standard
    side = "or more" if standard.bad is Bad.ABOVE else "or less"
    limits = [("watch", standard.warn), ("breach", standard.crit)]
    told = [f"- **{word}**: {_limit(check, limit)} {side}" for word, limit in limits if limit is not None]
    looked = "the console itself" if check.console_looks else f"`agent/probes/{check.family.value}/{check.name}.py`"
    judged = f"`checks/catalogue/{check.family.value}/{check.name}.py`"
    lines = [
        f"# {check.name}",
        "",
        f"*{check.question}*",
        "",
        f"Family {check.family.value} · looked at by {looked} · judged by {judged}",
        "",
        f"- **raw value**: {_UNITS[check.unit]}",
        f"- **nothing there** means: {check.none_means.sign} {check.none_means.value}",
        f"- **a breach** leaves what needs the host {check.impact.value}",
        f"- **needs**: {check.needs}",
        f"- **was run for real**: {check.ran}",
        "",
        "## Default standard",
        "",
        *(told or ["- no limit: it only informs"]),
        f"- **who says so**: {standard.source}",
        "",
        "Override it per client or host in the model:",
        "",
        "```yaml",
        "standards:",
        f"  {check.name}: {{{_example(check)}}}",
        "```",
        "",
        "## When it is bad",
        "",
        check.advice,
        "",
    ]
    return "\n".join(lines)


def index_page() -> str:
    """The list of checks."""
    rows = [f"| [{one.name}]({one.name}.md) | {one.family.value} | {one.question} | {one.ran} |" for one in CATALOGUE]
    head = ["| check | family | question | was run for real |", "|---|---|---|---|"]
    return "\n".join([f"# {len(CATALOGUE)} checks", "", *head, *rows, ""])


def commands_page() -> str:
    """What is written by hand in commands.in.md, then pages, verbs and signs from the registry."""
    pages = [f"| `{one.name}` | {one.key} | {one.help} |" for one in PAGES]
    verbs = [f"| `{one.name}` | {one.key} | {one.help} | {one.permission.name.lower()} |" for one in VERBS]
    signs = [f"| {one.sign} | {one.value} |" for one in Status]
    commands = [f"| `{line}` | {helped} |" for line, helped in command_lines(cli)]
    parts = [
        _FIXED.read_text().rstrip(),
        "## Every command of `watchbill`",
        "\n".join(["| command | what it does |", "|---|---|", *commands]),
        "## Pages",
        "\n".join(["| page | key | answers |", "|---|---|---|", *pages]),
        "## Verbs",
        "\n".join(["| verb | key | does | needs |", "|---|---|---|---|", *verbs]),
        "## Signs",
        "\n".join(["| sign | word |", "|---|---|", *signs]),
    ]
    return "\n\n".join(parts) + "\n"


def command_lines(group: click.Group, before: str = "watchbill") -> Iterator[tuple[str, str]]:
    """Every command with its arguments and options, and its one line of help."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from command_lines(command, f"{before} {name}")
            continue
        shown = [_shown(one) for one in command.params if one not in EVERYWHERE and not getattr(one, "hidden", False)]
        line = " ".join([before, name, *shown]).replace("|", "\\|")
        whole = copy(command)
        whole.short_help = None  # lists of commands have it shorter
        yield line, whole.get_short_help_str(200)


def _shown(one: click.Parameter) -> str:
    if isinstance(one, click.Argument):
        word = (one.name or "").upper() + ("…" if one.nargs == -1 else "")
        return word if one.required else f"[{word}]"
    flag = max(one.opts, key=len)
    word = flag if getattr(one, "is_flag", False) else f"{flag} {(one.name or '').upper()}"
    return word if one.required else f"[{word}]"


def main() -> None:
    """Write every page."""
    folder = HERE / "checks"
    folder.mkdir(exist_ok=True)
    for check in CATALOGUE:
        (folder / f"{check.name}.md").write_text(check_page(check))
    (folder / "README.md").write_text(index_page())
    (HERE / "commands.md").write_text(commands_page())
    (HERE / "week.schema.json").write_bytes(schema())


def _limit(check: Check, limit: float) -> str:
    if check.unit is Unit.RATIO:
        return ratio(limit)
    if check.unit in (Unit.SECONDS, Unit.SINCE):
        return duration(limit)
    return f"{limit:g}"


def _example(check: Check) -> str:
    limit = check.standard.crit if check.standard.crit is not None else check.standard.warn
    if check.unit is Unit.RATIO:
        return f"crit: {ratio(limit or 0)}"
    if check.unit in (Unit.SECONDS, Unit.SINCE):
        return f"crit: {max(1, round((limit or 3600) / 3600))}h"
    return f"crit: {limit or 1:g}"


if __name__ == "__main__":
    main()
