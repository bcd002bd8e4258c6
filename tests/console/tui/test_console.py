"""The console, driven by keys over a real daemon: what a technician sees and does, wide, narrow and live."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.strip import Strip

from checks.reading import CheckName, Reading
from console.access.identity import Visitor
from console.tui import theme as style
from console.tui.app import ConsoleApp
from console.tui.screens.page import PageScreen
from console.tui.theme import NIGHT
from console.tui.view import Cell, Column, Row
from console.tui.widgets.grid import Grid

GOLDEN = Path(__file__).parents[2] / "golden" / "screens"
DOCS = Path(__file__).parents[3] / "docs"
WIDE, NARROW = (200, 60), (80, 24)
README_PICTURE = "console.svg"


def app_of(story: Any) -> ConsoleApp:
    return ConsoleApp(story.client, lambda: float(story.time[0]))


def shown(app: ConsoleApp) -> str:
    """The screen as plain text."""
    lines = ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"


async def until(pilot: Pilot[None], what: Callable[[], bool]) -> None:
    """Wait for an answer of the daemon to be on the screen."""
    for _ in range(200):
        await pilot.pause(0.02)
        if what():
            return
    raise AssertionError(f"never came:\n{shown(pilot.app)}")  # type: ignore[arg-type]


async def go(pilot: Pilot[None], story: Any, *keys: str) -> None:
    """Press keys, and wait for the page after each."""
    app: ConsoleApp = pilot.app  # type: ignore[assignment]
    for key in keys:
        before = app.screen
        await pilot.press(key)
        await pilot.pause(0.06)
        if app.screen is not before:
            await until(pilot, lambda: not isinstance(app.screen, PageScreen) or app.screen.view is not None)


def agrees(name: str, text: str) -> None:
    """The text is what the golden file says; WATCHBILL_GOLDEN=write makes it so."""
    path = DOCS / name if name == README_PICTURE else GOLDEN / name
    if os.environ.get("WATCHBILL_GOLDEN") == "write":
        path.write_text(text)
    assert text == path.read_text()


def scrubbed(svg: str) -> str:
    """A picture without the random name of its styles."""
    return re.sub(r"terminal-\d+", "terminal", svg)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("triage", ()),
        ("services", ("2",)),
        ("hosts", ("3",)),
        ("findings", ("0",)),
        ("incidents", ("5",)),
        ("week", ("8",)),
        ("host", ("3", "enter")),
        ("incident", ("5", "down", "enter")),
    ],
)
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
async def test_every_screen_reads_as_it_was_agreed(
    story: Any, name: str, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    app = app_of(story)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, PageScreen) and app.screen.view is not None)
        await go(pilot, story, *keys)
        await pilot.pause(0.1)
        text = shown(app)
    assert max(map(len, text.splitlines())) <= size[0]
    agrees(f"{name}-{size[0]}x{size[1]}.txt", text)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
async def test_the_picture_of_triage_is_kept(story: Any, size: tuple[int, int]) -> None:
    app = app_of(story)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "disk /" in shown(app))
        await pilot.pause(0.1)
        picture = scrubbed(app.export_screenshot(title="Watchbill"))
    agrees(f"triage-{size[0]}x{size[1]}.svg", picture)


async def test_the_picture_in_the_readme_is_what_is_seen(story: Any) -> None:
    await story.daemon.desk.do("own", {"incident": 2}, Visitor(1000, "ana", "Ana Ruiz", is_daemon=True))
    app = app_of(story)
    async with app.run_test(size=(124, 24)) as pilot:
        await until(pilot, lambda: "disk /" in shown(app))
        await pilot.pause(0.1)
        picture = scrubbed(app.export_screenshot(title="watchbill console"))
    agrees(README_PICTURE, picture)


async def test_a_key_owns_the_incident_and_a_note_is_written(story: Any) -> None:
    app = app_of(story)
    async with app.run_test(size=(140, 30)) as pilot:
        await until(pilot, lambda: "disk /" in shown(app))
        await pilot.press("o")
        await until(pilot, lambda: "root" in shown(app))
        await pilot.press("n")
        await pilot.press(*"told Bo")
        await pilot.press("enter")
        await pilot.press(*"phone", "enter")
        await until(pilot, lambda: len(story.daemon.ledger.cases.open[1].events) == 2)
    assert [(event.kind.value, event.text, event.told) for event in story.daemon.ledger.cases.open[1].events] == [
        ("owned", "took it", ""), ("note", "told Bo", "phone"),
    ]  # fmt: skip


async def test_what_changes_is_there_without_asking_and_the_cursor_stays_on_its_row(story: Any) -> None:
    app = app_of(story)
    async with app.run_test(size=(140, 30)) as pilot:
        await until(pilot, lambda: "disk /" in shown(app))
        grid = app.screen.query_one(Grid)
        await pilot.press("down")
        selected = grid.selected
        assert selected is not None
        assert (grid.cursor, "nas" in selected.key) == (1, True)
        story.time[0] += 60
        now = story.time[0]
        await story.hear("web", 22, Reading(CheckName("disk"), "/data", 0.99, now, now + 60))
        await until(pilot, lambda: "/data" in shown(app))
        assert grid.selected is not None
        assert (grid.selected.key, grid.cursor) == (selected.key, 2)
        assert "/data" in grid.rows[1].cells[1].text


async def test_slash_narrows_and_escape_gives_everything_back(story: Any) -> None:
    app = app_of(story)
    async with app.run_test(size=(140, 30)) as pilot:
        await go(pilot, story, "0")
        grid = app.screen.query_one(Grid)
        everything = len(grid.rows)
        await pilot.press("slash", *"memory")
        assert [row.cells[2].text for row in grid.rows] == ["memory"]
        await pilot.press("escape")
        assert len(grid.rows) == everything


async def test_s_sorts_by_each_column_and_then_gives_the_order_back(story: Any) -> None:
    app = app_of(story)
    async with app.run_test(size=(140, 30)) as pilot:
        await go(pilot, story, "0")
        grid = app.screen.query_one(Grid)
        given = [row.key for row in grid.rows]
        await pilot.press("s", "s")
        hosts = [row.cells[1].text for row in grid.rows]
        assert hosts == sorted(hosts)
        await pilot.press(*"s" * (len(grid.columns) - 1))
        assert [row.key for row in grid.rows] == given


async def test_a_colon_goes_to_a_page_and_enter_and_escape_drill_and_return(story: Any) -> None:
    app = app_of(story)
    async with app.run_test(size=(140, 30)) as pilot:
        await until(pilot, lambda: "disk /" in shown(app))
        await pilot.press("colon", *"hos", "enter")
        await until(pilot, lambda: "Hosts ›" in shown(app))
        await go(pilot, story, "enter")
        assert "mill › box" in shown(app)
        await go(pilot, story, "escape")
        assert "Hosts ›" in shown(app)
        await go(pilot, story, "escape")
        await until(pilot, lambda: "Triage ›" in shown(app))


async def test_help_lists_every_key_of_the_registry(story: Any) -> None:
    from console.pages.verbs import PAGES, VERBS

    app = app_of(story)
    async with app.run_test(size=(140, 200)) as pilot:
        await until(pilot, lambda: "disk /" in shown(app))
        await pilot.press("question_mark")
        await pilot.pause(0.1)
        text = shown(app)
    for one in (*PAGES, *VERBS):
        assert not one.key or f"{one.key} " in text
        assert not one.key or one.help.split(";")[0][:40] in text


async def test_the_palette_finds_a_host_by_name(story: Any) -> None:
    app = app_of(story)
    async with app.run_test(size=(140, 40)) as pilot:
        await until(pilot, lambda: bool(app.known.things))
        await pilot.press("ctrl+p")
        await pilot.pause(0.1)
        await pilot.press(*"nas")
        await until(pilot, lambda: "mill › nas" in shown(app))
        await pilot.pause(0.5)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PageScreen) and app.screen.target.page == "host")
        assert dict(app.screen.target.arguments)["host"] == "nas"  # type: ignore[attr-defined]


async def test_a_hostile_host_is_letters_and_a_click_does_nothing(still: Any) -> None:
    hostile = "\x1b]52;c;x\x1b\\[@click=app.quit]x[/]\u202e"
    await still.enrol("box")
    now = still.time[0]
    await still.hear("box", 1, Reading(CheckName("disk"), hostile, 0.99, now, now + 60))
    app = app_of(still)
    async with app.run_test(size=(160, 30)) as pilot:
        await until(pilot, lambda: "click" in shown(app))
        for keys in ((), ("3", "enter"), ("0",), ("4",), ("5", "enter"), ("2",)):
            await go(pilot, still, *keys)
            await pilot.pause(0.1)
            text = shown(app)
            assert "\x1b" not in text
            assert "\u202e" not in text
            await pilot.click(offset=(30, 3))
            await pilot.click(offset=(30, 4))
        assert app.is_running


async def test_an_empty_house_says_how_machines_come_in(still: Any) -> None:
    app = app_of(still)
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: "Triage" in shown(app))
        await go(pilot, still, "3")
        await still.do("publish", documents=[{"name": "c", "text": _ONE_HOST, "base": 1}], reason="smaller")
        await until(pilot, lambda: "watchbill agents invite --client mill --site main" in shown(app))
        text = shown(app)
    assert "pip install watchbill" in text
    assert "watchbill-agent join" in text


_ONE_HOST = "schema: 1\nclient: {id: mill, name: M, tz: UTC}\nsites: {main: {name: M}}\nhosts: {box: {site: main}}\n"


async def test_a_daemon_that_goes_away_is_said_and_the_last_page_stays(story: Any, tmp_path: Path) -> None:
    app = app_of(story)
    async with app.run_test(size=(140, 30)) as pilot:
        await until(pilot, lambda: "disk /" in shown(app))
        app.client.path = tmp_path / "gone.sock"
        story.daemon.desk.pulse.stop()
        await until(pilot, lambda: "not connected since" in shown(app))
        assert "disk /" in shown(app)


class Counting(Grid):
    """A grid that writes down which lines it was asked to draw."""

    drawn: ClassVar[list[int]] = []

    def render_line(self, y: int) -> Strip:
        self.drawn.append(y)
        return super().render_line(y)


class OneGrid(App[None]):
    """Nothing but a grid."""

    CSS_PATH = Path(style.__file__).with_name("style.tcss")

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(NIGHT)
        self.theme = NIGHT.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return NIGHT.variables

    def compose(self) -> ComposeResult:
        yield Counting(lambda: 0.0)


async def test_fifty_thousand_rows_draw_only_what_is_seen() -> None:
    app = OneGrid()
    async with app.run_test(size=(120, 30)) as pilot:
        grid = app.query_one(Counting)
        rows = tuple(Row(str(n), (Cell(f"host-{n}"), Cell(str(n), order=n))) for n in range(50_000))
        grid.show((Column("host", 20, flex=True), Column("n", 8, right=True)), rows)
        grid.focus()
        await pilot.pause(0.1)
        grid.drawn.clear()
        await pilot.press("down")
        await pilot.pause(0.05)
        assert grid.cursor == 1
        assert len(grid.drawn) <= 4
        grid.drawn.clear()
        await pilot.press("end")
        await pilot.pause(0.05)
        assert grid.cursor == 49_999
        assert len(grid.drawn) <= 4 + 2 * grid.size.height
        grid.narrow("host-4999")
        assert [row.key for row in grid.rows] == ["4999", *(str(n) for n in range(49_990, 50_000))]


async def test_a_narrowed_list_says_so_and_escape_shows_all_before_it_leaves(story: Any) -> None:
    app = app_of(story)
    async with app.run_test(size=(120, 30)) as pilot:
        await go(pilot, story, "0")
        grid = app.screen.query_one(Grid)
        everything = len(grid.rows)
        await pilot.press("slash", *"Memory", "enter")
        assert "only “memory”: " in shown(app)
        assert len(grid.rows) == 1
        await go(pilot, story, "escape")
        assert len(grid.rows) == everything
        assert "only “" not in shown(app)
        assert "Findings" in shown(app)


async def test_cursor_and_sorted_column_are_seen_without_colour_and_the_selected_row_is_told_in_full(
    story: Any,
) -> None:
    app = app_of(story)
    async with app.run_test(size=NARROW) as pilot:
        await go(pilot, story, "0")
        await pilot.press("s", "s", "down")
        await pilot.pause(0.05)
        text = shown(app)
    assert "HOST ↓" in text
    (line,) = [line for line in text.splitlines() if line.startswith("›")]
    assert text.splitlines().index(line) == 4
    assert "standard   " in text or "seen  " in text
