"""`ctrl+p`: every page, every verb, every client, service, person and host."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider

from console.pages.verbs import PAGES, VERBS
from console.tui.screens.page import PageScreen
from console.tui.view import Target

if TYPE_CHECKING:
    from console.tui.app import ConsoleApp


class Everything(Provider):
    """What can be opened or done, by name."""

    async def discover(self) -> Hits:
        """Before anything is typed: the pages and verbs."""
        for name, help_text, call in self._offers():
            yield DiscoveryHit(name, call, help=help_text)

    async def search(self, query: str) -> Hits:
        """What matches."""
        matcher = self.matcher(query)
        for name, help_text, call in self._offers():
            score = matcher.match(name)
            if score > 0:
                yield Hit(score, matcher.highlight(name), call, help=help_text)

    def _offers(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        app: ConsoleApp = self.app  # type: ignore[assignment]
        for page in PAGES:
            if page.key:
                yield page.label, page.help, partial(app.open, Target(page.name))
        for verb in VERBS:
            if verb.key:
                yield verb.label, verb.help, partial(_do, app, verb.name)
        yield "Lock or unlock", "lock this console, so that no key changes anything; or unlock it", app.action_lock
        for name, target in app.known.things:
            yield name, "open it", partial(app.open, target)


def _do(app: ConsoleApp, verb: str) -> None:
    """Do a verb on what the present screen has selected."""
    if isinstance(app.screen, PageScreen):
        app.screen.action_verb(verb)
