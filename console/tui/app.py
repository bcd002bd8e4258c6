"""The console: theme, screens and keys, wired; what a page looks like is elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.system_commands import SystemCommandsProvider

from checks.text import clean
from console.client.client import Client, Refused
from console.pages.verbs import PAGES
from console.tui import workers
from console.tui.heading import local_time
from console.tui.locking import Lockable
from console.tui.screens.page import PageScreen
from console.tui.theme import NIGHT
from console.tui.view import Target
from console.tui.widgets.prompt import Prompt

Heard = Callable[[Any], None]


def _everything() -> type[Provider]:
    """Our palette, loaded when it is first opened."""
    from console.tui.palette import Everything

    return Everything


class ConsoleApp(Lockable):
    """Screens on a stack: Enter goes deeper, Esc comes back."""

    CSS_PATH = Path(__file__).with_name("style.tcss")
    TITLE = "Watchbill"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar[set[Any]] = {_everything, lambda: SystemCommandsProvider}
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(page.key, f"go('{page.name}')", page.label, show=False) for page in PAGES if page.key),
        Binding("colon", "go_prompt", show=False),
        Binding("c", "choose", show=False),
        Binding("question_mark", "keys", show=False),
        Binding("q", "quit", show=False),
    ]

    def __init__(self, client: Client, clock: Callable[[], float], start: str = "triage") -> None:
        super().__init__(clock)
        self.register_theme(NIGHT)
        self.theme = NIGHT.name
        self.client, self._start = client, start
        self.lost, self.ahead, self.chosen = "", 0.0, ""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colour names, for themes that do not know them."""
        return NIGHT.variables

    def on_mount(self) -> None:
        """Show the first page, then follow what changes."""
        self.push_screen(PageScreen(Target(self._start), self._clock))
        self.set_interval(1, self._tick)
        self.call_later(self.ask, self.known.ask, self.known.learn)  # after a refresh would be lost with this screen
        self.call_later(workers.follow, self, self.client, self._changed, self._gone)

    def ask(self, question: Callable[[Client], Any], answered: Heard, failed: Heard | None = None) -> None:
        """Ask the desk without keeping the screen waiting."""
        workers.ask(self, lambda: question(self.client), answered, failed or self.failed)

    def open(self, target: Target) -> None:
        """Go deeper; a page that is a key of its own begins a new stack, unless it is opened about something."""
        if not target.arguments and next((page.key for page in PAGES if page.name == target.page), ""):
            while len(self.screen_stack) > 2:
                self.pop_screen()
            self.switch_screen(PageScreen(target, self._clock))
        else:
            self.push_screen(PageScreen(target, self._clock))

    def back(self) -> None:
        """One screen back; from the first one to triage."""
        if len(self.screen_stack) > 2:
            self.pop_screen()
        elif isinstance(self.screen, PageScreen) and self.screen.target.page != "triage":
            self.open(Target("triage"))

    def action_go(self, page: str) -> None:
        """Open a page by its key."""
        self.open(self.screen.about(page) if isinstance(self.screen, PageScreen) else Target(page))

    def action_go_prompt(self) -> None:
        """Ask where to go."""
        names = tuple(page.name for page in PAGES if page.key)
        self.screen.query_one(Prompt).ask(f"go to {', '.join(names)}", self._go_to, known=names)

    def action_choose(self) -> None:
        """Ask for one client, or all."""
        self.screen.query_one(Prompt).ask("which client? (empty: all)", self._choose, known=self.known.clients)

    def action_keys(self) -> None:
        """Show all keys."""
        from console.tui.screens.keys import KeysScreen

        self.push_screen(KeysScreen())

    def _go_to(self, said: str) -> None:
        page = next((page for page in PAGES if page.key and page.name.startswith(said.casefold())), None)
        if page is not None and said:
            self.open(Target(page.name))

    def _choose(self, said: str) -> None:
        self.chosen = next((one for one in self.known.clients if said and one.startswith(said.casefold())), "")
        self.say(f"only {self.chosen}" if self.chosen else "all clients")
        if isinstance(self.screen, PageScreen):
            self.screen.action_again()

    def action_lock(self) -> None:
        """Lock or unlock, and show it at once."""
        super().action_lock()
        self._tick()

    def _tick(self) -> None:
        if isinstance(self.screen, PageScreen):
            self.screen.tick()

    def _changed(self, generation: int) -> None:
        self.lost = ""
        if isinstance(self.screen, PageScreen):
            self.screen.action_again()
        self.ask(self.known.ask, self.known.learn)

    def _gone(self, error: Exception) -> None:
        self.lost = self.lost or f"not connected since {local_time(self._clock() - self.ahead)[-5:]}, trying again"
        self._tick()

    def failed(self, error: Exception) -> None:
        """Say what the desk refused, or that nobody answers."""
        if isinstance(error, Refused):
            self.notify(clean(f"{error.text}; {error.what_to_do}", 500), severity="warning", markup=False)
        else:
            self._gone(error)
