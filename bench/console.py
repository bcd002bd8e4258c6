"""The console: start to first paint, and key, sort and filter beside Textual's DataTable and a bare Line-API widget.

`python -m bench.console`
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from rich.segment import Segment
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import DataTable

from bench.told import line
from console.tui.theme import NIGHT
from console.tui.view import Cell, Column, Row
from console.tui.widgets.grid import Grid

SIZES = (10, 1_000, 50_000)
KEYS = 40
_MINIMAL = """
import sys, time
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self): yield Static("hello")
    def on_ready(self): self.exit()
Minimal().run(headless=True)
"""
_OURS = """
import time
from pathlib import Path
from console.client.client import Client
from console.tui.app import ConsoleApp
class Ours(ConsoleApp):
    def on_ready(self): self.exit()
Ours(Client(Path("/nonexistent/api.sock")), time.time).run(headless=True)
"""


class Bare(ScrollView, can_focus=True):
    """The floor: fixed widths, no header, no mouse, no selection by key."""

    def __init__(self, rows: list[tuple[str, ...]]) -> None:
        super().__init__()
        self.rows, self.cursor, self._given = rows, 0, list(rows)

    def on_mount(self) -> None:
        self.virtual_size = Size(80, len(self.rows))

    def render_line(self, y: int) -> Strip:
        place = y + int(self.scroll_offset.y)
        if place >= len(self.rows):
            return Strip.blank(self.size.width)
        mark = ">" if place == self.cursor else " "
        return Strip([Segment(mark + "  ".join(cell.ljust(18) for cell in self.rows[place]))]).adjust_cell_length(
            self.size.width
        )

    def key_down(self) -> None:
        self.cursor += 1
        if self.cursor >= self.scroll_offset.y + self.size.height:
            self.scroll_to(y=self.cursor - self.size.height + 1, animate=False, force=True)
        self.refresh()

    def sort(self) -> None:
        self.rows = sorted(self._given, key=lambda row: row[1])
        self.refresh()

    def filter(self, word: str) -> None:
        self.rows = [row for row in self.rows if any(word in cell for cell in row)]
        self.virtual_size = Size(80, len(self.rows))
        self.refresh()


class One(App[None]):
    """Nothing but the widget that is measured."""

    CSS = "Grid { height: 1fr; } " + "".join(
        f"Grid > .grid--{tone} {{ color: $foreground; }} " for tone in ("ok", "quiet", "header", "cursor", "fresh")
    )

    def __init__(self, widget: Any) -> None:
        super().__init__()
        self.register_theme(NIGHT)
        self.theme = NIGHT.name
        self.widget = widget
        self.painted = asyncio.Event()
        self.painted_at = 0.0

    def _display(self, screen: Any, renderable: Any) -> None:
        super()._display(screen, renderable)
        if renderable is not None:
            self.painted_at = time.perf_counter()
            self.painted.set()

    def compose(self) -> ComposeResult:
        yield self.widget


def data(count: int) -> list[tuple[str, ...]]:
    """Rows of text as a fleet has them."""
    return [(f"host-{n:05d}", f"{(n * 7919) % count:05d}", "ok", f"{n % 97} % full", "Ana") for n in range(count)]


async def measured(
    make: Callable[[], Any], sort: Callable[[Any], None], narrow: Callable[[Any], None]
) -> tuple[float, ...]:
    """Milliseconds from a key to its repaint, of a sort and of a filter."""
    widget = make()
    app = One(widget)
    async with app.run_test(size=(160, 48)) as pilot:
        await pilot.pause(0.2)
        widget.focus()
        await pilot.pause(0.05)
        keys = []
        for _ in range(KEYS):
            keys.append(await _until_painted(app, lambda: app.post_message(events.Key("down", None))))
            await asyncio.sleep(0.02)
        sorts = []
        for _ in range(5):
            sorts.append(await _until_painted(app, lambda: sort(widget)))
            await asyncio.sleep(0.1)
        filters = await _until_painted(app, lambda: narrow(widget))
    return median(keys) * 1000, median(sorts) * 1000, filters * 1000


async def _until_painted(app: One, act: Callable[[], object]) -> float:
    """Seconds from an act to the next time that something is sent to the terminal."""
    app.painted.clear()
    began = time.perf_counter()
    act()
    async with asyncio.timeout(60):
        await app.painted.wait()
    return app.painted_at - began


class Filled(DataTable[str]):
    """Textual's own table, filled once it is there."""

    def __init__(self, rows: list[tuple[str, ...]]) -> None:
        super().__init__(cursor_type="row")
        self._given = rows

    def on_mount(self) -> None:
        self.add_columns("host", "n", "status", "disk", "owner")
        self.add_rows(self._given)


def _filter_table(table: DataTable[str]) -> None:
    kept = [table.get_row_at(place) for place in range(table.row_count)]
    table.clear()
    table.add_rows([row for row in kept if any("42" in cell for cell in row)])


class Shown(Grid):
    """Our grid, filled once it is there."""

    def __init__(self, columns: tuple[Column, ...], rows: tuple[Row, ...]) -> None:
        super().__init__(time.monotonic)
        self._given = (columns, rows)

    def on_mount(self) -> None:
        self.show(*self._given)


def _grid(count: int) -> Grid:
    columns = (
        Column("host", 18, flex=True),
        Column("n", 18),
        Column("status", 18),
        Column("disk", 18),
        Column("owner", 18),
    )
    rows = tuple(Row(row[0], tuple(Cell(text) for text in row)) for row in data(count))
    return Shown(columns, rows)


def _sort_grid(grid: Grid) -> None:
    grid.sorted_by = 0
    grid.sort_by_next()


async def main() -> None:
    """Measure and tell."""
    ours, minimal = (_start(code) for code in (_OURS, _MINIMAL))
    line("start to first paint", ours * 1000, minimal * 1000, "ms", 1.3)
    keys: dict[int, float] = {}
    for count in SIZES:
        floor = await measured(lambda count=count: Bare(data(count)), Bare.sort, lambda bare: bare.filter("42"))  # type: ignore[misc]
        table = await measured(
            lambda count=count: Filled(data(count)), lambda one: one.sort(one.ordered_columns[1].key), _filter_table
        )  # type: ignore[misc]
        grid = await measured(lambda count=count: _grid(count), _sort_grid, lambda one: one.narrow("42"))  # type: ignore[misc]
        keys[count] = grid[0]
        for place, what in enumerate(("key to repaint", "sort", "filter")):
            line(f"{what}, {count} rows, against the bare widget", grid[place], floor[place], "ms", 1.5)
            line(f"{what}, {count} rows, against DataTable", grid[place], table[place], "ms", 1.0)
    line("key to repaint, 50,000 rows against 10", keys[50_000], keys[10], "ms", 1.5)


def _start(code: str) -> float:
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
        taken.append(time.perf_counter() - began)
    return median(taken)


if __name__ == "__main__":
    asyncio.run(main())
