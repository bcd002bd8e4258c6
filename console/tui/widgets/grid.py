"""A list that costs what it shows: header, sort, filter, selection and mouse over Textual's Line API.

Only the lines on the screen are ever drawn, so a key costs the same with ten rows and with fifty thousand
(performance.md, section 6). Foreign text reaches the terminal as cells of a segment, never as markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from console.tui.folding import folded
from console.tui.view import Cell, Column, Row
from console.tui.widgets.above import Above

GAP = "  "
_SIGNS = {(False, False): " ", (True, False): "›", (False, True): "•", (True, True): "»"}
"""Before a row that is (under the cursor, marked): seen without colour, too."""
_EDGES = 2
"""Cells of a line that no column has: the cursor's, and one at the end."""
_LEAST = 4
"""No column is narrowed below this many cells."""
_TONES = ("ok", "watch", "breach", "unknown", "quiet", "accent", "header", "cursor", "fresh")


class Grid(ScrollView, can_focus=True):
    """Rows of cells. The selected row stays the selected one, by its key, whatever else changes."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"grid--{tone}" for tone in _TONES}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("shift+up", "above(-1)", show=False),
        Binding("shift+down", "above(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("space", "mark", show=False),
        Binding("asterisk", "mark_all", show=False),
        Binding("home", "to_end(0)", show=False),
        Binding("end,G", "to_end(1)", show=False),
    ]

    class Chosen(Message):
        """Another row is selected, or others are marked."""

    class Opened(Message):
        """A row was opened with the mouse."""

    def __init__(self, clock: Callable[[], float], can_mark: Callable[[], bool] = lambda: False) -> None:
        """`can_mark` says whether something can be done to several rows at once; else space is a page down."""
        super().__init__()
        self.columns: tuple[Column, ...] = ()
        self.rows: list[Row] = []
        self.cursor = 0
        self.sorted_by = -1
        """The column that the rows are sorted by; -1: none."""
        self._can_mark = can_mark
        self._marked: set[str] = set()
        self.narrowed = ""
        """What every shown row contains, in lower case."""
        self._all: tuple[Row, ...] = ()
        self._widths: list[tuple[int, int]] = []
        self._fresh: dict[str, float] = {}
        self._clock = clock
        self._styles: dict[str, Style] = {}

    @property
    def header_lines(self) -> int:
        """One where a column has a title."""
        return 1 if any(column.title for column in self.columns) else 0

    @property
    def selected(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    @property
    def marked_rows(self) -> tuple[Row, ...]:
        """The marked rows, in their order; a mark on what is not there any more is none."""
        return tuple(row for row in self._all if row.key in self._marked) if self._can_mark() else ()

    def unmark(self) -> None:
        """No row is marked any more."""
        self._set_marks(set())

    def show(self, columns: tuple[Column, ...], rows: tuple[Row, ...], *, mark: bool = True) -> None:
        """Show these rows. What is new or different is marked for a few seconds where `mark` asks for it."""
        if mark and self._all:
            self._mark(rows)
        self.columns = columns
        self._all = rows
        self._arrange()

    def narrow(self, text: str) -> None:
        """Show only rows that contain `text`."""
        self.narrowed = text.casefold()
        self._arrange()

    def sort_by_next(self) -> None:
        """Sort by the next column; after the last one, by the order in which rows came."""
        self.sorted_by = -1 if self.sorted_by + 1 >= len(self.columns) else self.sorted_by + 1
        self._arrange()

    def forget_marks(self, older_than: float) -> None:
        """Let marks go that have stood long enough."""
        gone = [key for key, since in self._fresh.items() if since < older_than]
        for key in gone:
            del self._fresh[key]
        if gone:
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the screen: the header, or the row that is scrolled to it."""
        if not self._widths:
            self._measure()
        if y < self.header_lines:
            return self._line(self._header(), "header")
        place = y - self.header_lines + int(self.scroll_offset.y)
        if place >= len(self.rows):
            return Strip.blank(self.size.width, self._style(""))
        row = self.rows[place]
        under = "cursor" if place == self.cursor else "fresh" if row.key in self._fresh else ""
        is_marked = row.key in self._marked and self._can_mark()
        return self._line(row.cells, under, _SIGNS[under == "cursor", is_marked])

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._go(self.cursor + by)

    def action_above(self, by: int) -> None:
        """Move the lines above the list, where they are more than there is room for."""
        for above in self.screen.query(Above):
            above.scroll_relative(y=by, animate=False)

    def action_mark(self) -> None:
        """Mark the selected row, or unmark it, and go on to the next; a page down where nothing can be marked."""
        row = self.selected
        if not self._can_mark() or row is None:
            self.action_page(1)
            return
        self._set_marks(self._marked ^ {row.key})
        self.action_move(1)

    def action_mark_all(self) -> None:
        """Mark all rows that are shown; unmark them where all are."""
        shown = {row.key for row in self.rows}
        if self._can_mark():
            self._set_marks(self._marked - shown if shown <= self._marked else self._marked | shown)

    def _set_marks(self, keys: set[str]) -> None:
        self._marked = keys
        self.refresh()
        self.post_message(self.Chosen())

    def action_page(self, by: int) -> None:
        """Move the cursor by a screen."""
        self._go(self.cursor + by * max(1, self.size.height - self.header_lines - 1))

    def action_to_end(self, end: int) -> None:
        """Move the cursor to the first or the last row."""
        self._go(len(self.rows) - 1 if end else 0)

    def on_resize(self) -> None:
        """Columns fall away, or come back; long lines are folded anew."""
        if self._folds:
            self._arrange()
        self._measure()
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Select with the mouse; open what is selected already."""
        place = event.y - self.header_lines + int(self.scroll_offset.y)
        if event.y < self.header_lines or place >= len(self.rows):
            return
        if place == self.cursor:
            self.post_message(self.Opened())
        else:
            self._go(place)

    def notify_style_update(self) -> None:
        """Another theme: styles are made anew."""
        super().notify_style_update()
        self._styles.clear()

    def _go(self, place: int) -> None:
        before, self.cursor = self.cursor, max(0, min(place, len(self.rows) - 1))
        top, height = int(self.scroll_offset.y), max(1, self.size.height - self.header_lines)
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, force=True)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, force=True)
        else:
            for changed in {before, self.cursor}:
                self.refresh(Region(0, changed - top + self.header_lines, self.size.width, 1))
        if before != self.cursor:
            self.post_message(self.Chosen())

    def _arrange(self) -> None:
        key = self.selected.key if self.selected else None
        rows = self._all
        if self.narrowed:
            rows = tuple(row for row in rows if any(self.narrowed in cell.text.casefold() for cell in row.cells))
        self.rows = self._sorted(rows) if self.sorted_by >= 0 else list(rows)
        if self._folds:
            self.rows = list(folded(self.rows, self.size.width - self.styles.scrollbar_size_vertical - _EDGES))
        nearest = min(self.cursor, max(0, len(self.rows) - 1))
        self.cursor = next((place for place, row in enumerate(self.rows) if row.key == key), nearest)
        self.virtual_size = Size(self.size.width, len(self.rows) + self.header_lines)
        self._measure()
        self.refresh()

    @property
    def _folds(self) -> bool:
        return len(self.columns) == 1 and self.columns[0].folds

    def _sorted(self, rows: tuple[Row, ...]) -> list[Row]:
        """Sorted by what the cells of the column order by; by their text where a cell has no such order."""
        place = self.sorted_by
        if rows and rows[0].cells[place].order is not None:
            with suppress(TypeError):  # numbers and nothing do not compare
                return sorted(rows, key=lambda row: row.cells[place].order)  # type: ignore[arg-type, return-value]
        return sorted(rows, key=lambda row: row.cells[place].text.casefold())

    def _mark(self, rows: tuple[Row, ...]) -> None:
        before = {row.key: [cell.tone for cell in row.cells[:1]] for row in self._all}
        now = self._clock()
        for row in rows:
            if before.get(row.key) != [cell.tone for cell in row.cells[:1]]:
                self._fresh[row.key] = now

    def _measure(self) -> None:
        """Which columns fit, and how wide each is; the flexible one takes what is left."""
        room = self.size.width - (self.styles.scrollbar_size_vertical if self.max_scroll_y else 0)
        kept = list(range(len(self.columns)))
        while len(kept) > 1 and self._needed(kept) > room:
            least = max(kept, key=lambda place: self.columns[place].priority)
            if self.columns[least].priority == 0:
                break
            kept.remove(least)
        spare = room - self._needed(kept)
        self._widths = [
            (place, max(_LEAST, self.columns[place].width + spare) if place == self._flexible(kept, spare) else width)
            for place, width in ((place, self.columns[place].width) for place in kept)
        ]

    def _flexible(self, kept: list[int], spare: int) -> int:
        """The column that takes what is left; what is missing is taken from the last one where none does; -1: none."""
        flexible = next((place for place in kept if self.columns[place].flex), -1)
        return kept[-1] if spare < 0 and flexible < 0 and kept else flexible

    def _needed(self, kept: list[int]) -> int:
        gaps = sum(not self.columns[place].is_joined for place in kept[1:])
        return sum(self.columns[place].width for place in kept) + len(GAP) * gaps + _EDGES

    def _header(self) -> list[Cell]:
        titles = [column.title.upper() for column in self.columns]
        if self.sorted_by >= 0:
            titles[self.sorted_by] += " ↓"
        return [Cell(title, "header") for title in titles]

    def _line(self, cells: Iterable[Cell], under: str, sign: str = " ") -> Strip:
        told = tuple(cells)
        ground = self._style(under)
        segments = [Segment(sign, ground)]
        for number, (place, width) in enumerate(self._widths):
            cell, column = told[place], self.columns[place]
            text = cell.text.rjust(width) if column.right else cell.text
            if len(text) > width:
                text = text[: max(0, width - 1)] + "…"
            tone = self._style(cell.tone) + ground if under in ("cursor", "fresh") else self._style(cell.tone)
            gap = GAP if number and not column.is_joined else ""
            segments.append(Segment(gap + set_cell_size(text, width), tone))
        return Strip(segments).adjust_cell_length(self.size.width, ground)

    def _style(self, tone: str) -> Style:
        style = self._styles.get(tone)
        if style is None:
            name = f"grid--{tone}"
            style = (
                self.get_component_rich_style(name, partial=tone in ("cursor", "fresh")) if tone else self.rich_style
            )
            self._styles[tone] = style
        return style
