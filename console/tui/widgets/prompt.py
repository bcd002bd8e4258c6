"""The line at the bottom where a person types: a filter, a page to go to, a note."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.suggester import SuggestFromList
from textual.widgets import Input


class Prompt(Input):
    """One question, one line, Enter or Esc. Hidden while nothing is asked."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self) -> None:
        super().__init__(id="prompt", compact=True)
        self.display = False
        self._answered: Callable[[str], None] | None = None
        self._typed: Callable[[str], None] | None = None

    def ask(
        self,
        question: str,
        answered: Callable[[str], None],
        typed: Callable[[str], None] | None = None,
        known: tuple[str, ...] = (),
    ) -> None:
        """Ask; `answered` hears the line, `typed` every letter, `known` words are offered."""
        self.placeholder = question
        self.suggester = SuggestFromList(known, case_sensitive=False) if known else None
        self._answered, self._typed = None, None
        self.value = ""
        self._answered, self._typed = answered, typed
        self.display = True
        self.focus()

    def action_leave(self) -> None:
        """Esc: nothing was said."""
        typed, self._typed = self._typed, None
        if typed is not None:
            typed("")
        self._close()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Every letter."""
        event.stop()
        if self._typed is not None:
            self._typed(self.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        event.stop()
        answered, said = self._answered, self.value.strip()
        self._close()
        if answered is not None:
            answered(said)

    def _close(self) -> None:
        self.display = False
        self._answered = self._typed = None
        self.screen.focus_next("Grid")
