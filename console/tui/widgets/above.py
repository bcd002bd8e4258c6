"""The lines above a list: where they would leave it no room they scroll, and the list keeps rows on every screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static


class Above(VerticalScroll, can_focus=False):
    """Shows lines; the list below it moves them (shift and an arrow)."""

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static(markup=False)

    def tell(self, lines: Sequence[Content]) -> None:
        """Show these, or nothing."""
        self.display = bool(lines)
        for text in self.query(Static):
            text.update(Content("\n").join(lines))

    @property
    def is_cut(self) -> bool:
        """Whether there is more than it has room for."""
        return self.max_scroll_y > 0
