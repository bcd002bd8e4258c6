"""Commands that are derived from the registry: a verb's arguments become options, its help the command's."""

from __future__ import annotations

from typing import Any

import click

from console.commands.told import Wish, as_json, do, say
from console.pages.verb import Argument
from console.pages.verbs import VERBS


def command_of(verb_name: str, name: str, *positional: str) -> click.Command:
    """The command `name` that does a verb; `positional` arguments need no option before them."""
    verb = next(verb for verb in VERBS if verb.name == verb_name)
    params: list[click.Parameter] = [_parameter(one, one.name in positional) for one in verb.arguments]
    params.append(click.Option(["--json", "as_json_"], is_flag=True, help="As JSON."))
    if verb.asks_once:
        params.append(click.Option(["--yes"], is_flag=True, help="Do not ask."))
    helped = verb.help[0].upper() + verb.help[1:] + "."

    @click.pass_obj
    def run(wish: Wish, /, as_json_: bool, yes: bool = False, **given: Any) -> None:  # noqa: ANN401 - what click read
        if verb.asks_once and not yes:
            click.confirm(f"{verb.label}?", abort=True)
        done = do(wish, verb.name, **{key: value for key, value in given.items() if value not in (None, "")})
        if as_json_:
            as_json(done)
        else:
            say(done.text)

    return click.Command(name, params=params, callback=run, help=helped)


def _parameter(one: Argument, is_positional: bool) -> click.Parameter:
    kind = click.Choice(one.choices) if one.choices else click.STRING
    if is_positional:
        return click.Argument([one.name], type=kind, required=one.required)
    return click.Option(
        [f"--{one.name.replace('_', '-')}", one.name], type=kind, required=one.required, help=_helped(one)
    )


def _helped(one: Argument) -> str:
    return one.question[0].upper() + one.question[1:] + "."
