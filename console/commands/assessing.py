"""Commands about the assessment: how far the operating model is lived, what it lacks, and what can be done about it."""

from __future__ import annotations

import click

from console.commands import options
from console.commands.derived import command_of
from console.commands.models import model
from console.commands.records import NO_SHORTFALL
from console.commands.told import NOTHING, Wish, as_json, page, table
from console.pages.assessing import Assessment, Treatments

_STEPS = {"passed": "■", "partly": "▪", "failed": "□", "not measured": "?", "not applicable": "·"}


@click.command()
@options.only_client
@click.option("--signs", "part", flag_value="signs", help="Do I need this? The signs, with their facts.")
@click.option("--checks", "part", flag_value="checks", help="All 30 checks.")
@click.option("--promises", "part", flag_value="promises", help="Promises above what underpins them.")
@click.option("--against", default="", help="What changed since a revision or a date.")
@options.as_json
@click.pass_obj
def assess(wish: Wish, client: str, part: str | None, against: str, form: str | None) -> None:
    """Strengths, weaknesses and gaps of the operating model; its six components from level 0 to 5."""
    tab = "compare" if against else part or "all"
    shown: Assessment = page(wish, "assess", client=client, tab=tab, against=against)
    if form:
        as_json(shown)
        return
    if not shown.overall and tab != "promises":
        click.echo(NOTHING, err=True)
        return
    for show in {"checks": (_checks,), "signs": (_signs,), "promises": (_promises,), "compare": (_changes,)}.get(
        tab, (_components, _strengths, _gaps)
    ):
        show(wish, shown)


def _components(wish: Wish, shown: Assessment) -> None:
    for one in shown.overall:
        click.echo(f"{one.client}: level {one.level}, mean score {one.mean}; {one.strengths} of 30 checks passed")
    rows = [
        (one.client, one.component, _level(one.level), one.score, "".join(_STEPS[step] for step in one.steps),
         "on paper only" if one.is_paper_only else "", one.first)
        for one in shown.components
    ]  # fmt: skip
    table(wish, ("client", "component", "level", "score", "1–5", "lived", "first"), rows)
    click.echo(f"1–5: {' · '.join(f'{sign} {step}' for step, sign in _STEPS.items())}")


def _strengths(wish: Wish, shown: Assessment) -> None:
    """What is passed, with the items that show it."""
    click.echo("")
    rows = [
        (one.client, f"{one.component} {one.level}", one.result, one.text, _some(one.passed))
        for one in shown.checks
        if one.is_passed
    ]
    table(wish, ("client", "strength", "result", "check", "shown by"), rows, "no check is passed yet")


def _gaps(wish: Wish, shown: Assessment) -> None:
    click.echo("")
    rows = [(one.client, one.key, one.owner_name or "–", one.answer or "–", one.evidence) for one in shown.gaps]
    table(wish, ("client", "gap", "owner", "answer", "evidence"), rows, "no gap is known")


def _checks(wish: Wish, shown: Assessment) -> None:
    rows = [
        (one.client, one.component, str(one.level), one.result, _some(one.failed), one.text) for one in shown.checks
    ]
    table(wish, ("client", "component", "level", "result", "failed", "check"), rows)


def _signs(wish: Wish, shown: Assessment) -> None:
    for client, answer in shown.needed:
        click.echo(f"{client}: do I need this? {answer}")
    rows = [(one.client, one.row, one.state, one.question, "; ".join(one.facts)) for one in shown.signs]
    table(wish, ("client", "row", "sign", "question", "facts"), rows)


def _promises(wish: Wish, shown: Assessment) -> None:
    rows = [(one.client, one.key, one.expected or "–", one.evidence) for one in shown.promises]
    table(wish, ("client", "promise", "expect", "evidence"), rows, NO_SHORTFALL)


def _changes(wish: Wish, shown: Assessment) -> None:
    for client, words in shown.against:
        click.echo(f"{client}: against {words}")
    table(
        wish,
        ("client", "what", "about", ""),
        [(one.client, one.what, one.about, one.text) for one in shown.changes],
        "nothing has changed",
    )


def _some(ids: tuple[str, ...]) -> str:
    """The first three; how many more there are."""
    rest = f" and {len(ids) - 3} more" if len(ids) > 3 else ""
    return f"{', '.join(ids[:3])}{rest}" or "–"


def _level(level: int | None) -> str:
    return "–" if level is None else str(level)


@model.command()
@click.argument("gap")
@options.only_client
@options.as_json
@click.pass_obj
def treatments(wish: Wish, gap: str, client: str, form: str | None) -> None:
    """What can be done about GAP (a key that `watchbill assess` prints)."""
    shown: Treatments = page(wish, "treatments", client=client, gap=gap)
    if form:
        as_json(shown)
        return
    click.echo(shown.evidence)
    rows = [(one.kind, one.record or "model", one.owner_name or "–", one.expected or "–", one.sentence)
            for one in shown.rows]  # fmt: skip
    table(wish, ("treatment", "writes", "owner", "expect", "what"), rows)
    for one in shown.rows:
        for path, value in one.changes:
            click.echo(f"{one.kind}: {path}: {value}")


model.add_command(command_of("treat", "treat", "gap", "treatment"))
model.add_command(command_of("accept-gap", "accept-gap", "gap"))
model.add_command(command_of("act-on-gap", "act-on-gap", "gap"))

COMMANDS = (assess,)
