"""`e` on the page Model: why, then the editor on the terminal, then a draft that says what it would change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import SuspendNotSupported

from console.client.client import NotReachable, Refused
from console.client.editing import edited, keep_aside
from console.tui.view import Target
from console.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from console.tui.app import ConsoleApp

KEY, LABEL, PAGE = "e", "edit", "components"


def begin(app: ConsoleApp, model: str) -> None:
    """Ask which model where none is meant, then why; an answer that is empty leaves it."""
    if app.refuses(None):
        return
    prompt = app.screen.query_one(Prompt)
    if not model:
        names = (*app.known.clients, "provider")
        prompt.ask(
            f"edit which model? [{' '.join(names)}]", lambda said: begin(app, said) if said else None, None, names
        )
        return
    prompt.ask(f"why do you change {model}? (it stays with the draft)", partial(_pull, app, model))


def _pull(app: ConsoleApp, model: str, why: str) -> None:
    if why:
        app.ask(lambda client: client.do("pull-model", model=model), partial(_edit, app, why))


def _edit(app: ConsoleApp, why: str, pulled: Any) -> None:  # noqa: ANN401 - the verb's own answer
    """Leave the screen for the editor, and propose what comes back."""
    from click import ClickException

    try:
        with app.suspend():
            came = edited(app.client, pulled.model, pulled.text, _editor)
    except SuspendNotSupported:
        app.say(f"no editor can open here; on a terminal: watchbill model edit {pulled.model}")
    except (NotReachable, Refused, ClickException) as error:
        app.say(f"{error}; what you wrote is in {pulled.model}.rejected.yaml, if you wrote anything")
    else:
        if came.text is None:
            app.say(f"nothing was changed{'; your text is in ' + came.kept if came.kept else ''}")
        else:
            document = {"name": f"{pulled.model}.yaml", "text": came.text, "base": pulled.revision}
            app.ask(partial(_propose, document, why), partial(_proposed, app))


def _propose(document: dict[str, Any], why: str, client: Any) -> Any:  # noqa: ANN401 - the verb's own answer
    """Propose it; a text that is refused is kept in a file."""
    try:
        return client.do("propose", documents=[document], reason=why)
    except (NotReachable, Refused) as error:
        kept = keep_aside(document["name"].removesuffix(".yaml"), document["text"])
        raise Refused(str(error), f"your text is in {kept}") from error


def _proposed(app: ConsoleApp, done: Any) -> None:  # noqa: ANN401 - the verb's own answer
    app.say(done.text)
    app.open(Target(done.page, done.arguments))


def _editor(text: str) -> str | None:
    import click  # with the first edit, not with the screen

    return click.edit(text, extension=".yaml")
