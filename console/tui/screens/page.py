"""The screen of a page: where I am, the list, the keys that work here. Every page of the desk is shown by this one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from checks.text import clean
from console.client.client import Refused
from console.pages.verb import IDLE, Page, Verb
from console.pages.verbs import PAGES, VERBS
from console.tui import editing
from console.tui.asking import Asking
from console.tui.footer import footer
from console.tui.heading import banner, heading, tabs_line, toned
from console.tui.picking import SeveralAtOnce, beside, can_mark, given, marked_or_selected, offered, own_keys
from console.tui.view import Row, Target, View
from console.tui.widgets.above import Above
from console.tui.widgets.grid import Grid
from console.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from console.tui.app import ConsoleApp

WIDE, TALL = 150, 20
MARK_SECONDS = 4.0
_PARTS = "#heading, #above, #body, Grid, #detail, #empty, #keys"


class PageScreen(Screen[None]):
    """Shows one page, asks for it again when something changed, and lets its countdowns run."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open"),
        Binding("escape", "back", "back"),
        Binding("slash", "narrow", "narrow"),
        Binding("s", "sort", "sort"),
        Binding("full_stop", "again", "refresh"),
        Binding("tab", "tab(1)", "next part", priority=True),
        Binding("shift+tab", "tab(-1)", "part before", priority=True),
        *(Binding(key, f"key('{key}')", show=False) for key in sorted({verb.key for verb in VERBS} - {""})),
    ]

    def __init__(self, target: Target, clock: Callable[[], float]) -> None:
        super().__init__()
        self.target = target
        self._clock = clock
        self._page: Any = None
        self._ahead = 0.0
        self.view: View | None = None

    @property
    def console_app(self) -> ConsoleApp:
        """The application, as its own type."""
        return self.app  # type: ignore[return-value]

    def compose(self) -> ComposeResult:
        """A heading, the lines above, the list with its detail, the keys."""
        yield Static(id="heading", markup=False)
        yield Above(id="above")
        with Container(id="body"):
            yield Grid(self._clock, self._can_mark)
            yield Static(id="detail", markup=False)
        yield Static(id="empty", markup=False)
        yield Static(id="keys", markup=False)
        yield Prompt()

    def on_mount(self) -> None:
        """Say where we are before the first answer is here."""
        self.query_one("#heading", Static).update(Content(f" {self._declared.label} …"))
        self.query_one("#keys", Static).update(self._keys())
        self.query_one(Grid).focus()
        self.call_after_refresh(self.action_again)

    def on_resize(self) -> None:
        """What the selected row is about stands beside the list on a wide screen, and below it on a narrow one."""
        self.query_one("#body").set_class(self.size.width >= WIDE, "-wide")
        self.query_one("#keys", Static).update(self._keys())
        self._draw(mark=False)

    def on_screen_resume(self) -> None:
        """Come back to something that may have changed; a new screen has asked already."""
        if self._page is not None:
            self.call_after_refresh(self._resumed)

    def _resumed(self) -> None:
        """Ask where this screen stays; those that are passed on the way to another do not."""
        if self.is_current:
            self.action_again()

    def action_again(self) -> None:
        """Ask for the page again; a screen that is half there, or being taken down, asks nothing."""
        if not self._is_whole:
            return
        arguments = dict(self.target.arguments)
        chosen = self.console_app.chosen
        if chosen and any(one.name == "client" for one in self._declared.arguments):
            arguments.setdefault("client", chosen)
        if any(one.name == "width" for one in self._declared.arguments):
            arguments.setdefault("width", str(self.query_one(Grid).size.width - 3))
        arguments[IDLE] = str(int(self._clock() - self.console_app.touched))
        self.query_one("#keys", Static).update(self._keys())
        self.console_app.ask(
            lambda client: client.page(self.target.page, **arguments), partial(self._answer, self.target), self._refused
        )

    def _refused(self, error: Exception) -> None:
        """A page that was never shown says why; what is shown stays, and the reason passes by."""
        if not isinstance(error, Refused) or self._page is not None or not self._is_whole:
            self.console_app.failed(error)
            return
        way = error.what_to_do.replace("name one with --client", "press c and name one")
        told = [error.text, way, "", "esc goes back"]
        empty = self.query_one("#empty", Static)
        empty.display = True
        empty.update(Content("\n".join(clean(line, 500) for line in told)))
        self.query_one("#body").set_class(True, "-empty")

    def _answer(self, target: Target, page: Any) -> None:  # noqa: ANN401 - the page's own type
        """Show an answer, unless another part of the page was asked for meanwhile."""
        if target == self.target:
            self.arrived(page)

    def arrived(self, page: Any) -> None:  # noqa: ANN401 - the page's own type
        """An answer of the desk."""
        self._page = page
        self._ahead = self.console_app.ahead = self._clock() - page.now
        self._draw(mark=True)

    def tick(self) -> None:
        """A second has passed: countdowns run, marks fade; not on a screen that is being taken down."""
        if self._page is not None and self._is_whole:
            self._draw(mark=False)
            self.query_one(Grid).forget_marks(self._clock() - MARK_SECONDS)

    def action_open(self) -> None:
        """Drill into the selected row."""
        row = self.query_one(Grid).selected
        if row is not None and row.opens is not None:
            self.console_app.open(row.opens)

    def about(self, page: str) -> Target:
        """A page that belongs beside this one, about the same thing; else about the client of the selected row."""
        chosen, known = self.console_app.chosen, self.console_app.known.clients
        clients = [chosen] if chosen else known
        is_lead = page in self._declared.leads
        return beside(page, self.target, self.query_one(Grid).selected, clients) if is_lead else Target(page)

    def action_back(self) -> None:
        """Unmark, then show every row again; with every row shown, return to where we came from."""
        grid = self.query_one(Grid)
        if grid.marked_rows:
            grid.unmark()
        elif grid.narrowed:
            self._narrow("")
        else:
            self.console_app.back()

    def action_narrow(self) -> None:
        """Show only rows that contain what is typed."""
        self.query_one(Prompt).ask("narrow to rows that contain …", lambda _: None, self._narrow)

    def action_sort(self) -> None:
        """Sort by the next column."""
        self.query_one(Grid).sort_by_next()

    def action_tab(self, by: int) -> None:
        """The next part of the page, or the one before."""
        tabs = self._declared.tabs
        if tabs:
            place = (tabs.index(self._tab) + by) % len(tabs)
            rest = tuple(one for one in self.target.arguments if one[0] != "tab")
            self.target = Target(self.target.page, (*rest, ("tab", tabs[place])))
            self.query_one(Grid).narrow("")
            self.action_again()

    def action_key(self, key: str) -> None:
        """Do the verb that this key stands for here."""
        verb = next((verb for verb in VERBS if verb.key == key and self._offers(verb)), None)
        if verb is not None:
            self.action_verb(verb.name)
        elif key == editing.KEY and self.target.page == editing.PAGE:
            row = self.query_one(Grid).selected
            editing.begin(self.console_app, dict(row.about if row else ()).get("client") or self._known("client"))

    def action_verb(self, name: str) -> None:
        """Do a verb to what the selected row is about."""
        verb = next(verb for verb in VERBS if verb.name == name)
        if not self._offers(verb) or self.console_app.refuses(verb):
            return
        grid = self.query_one(Grid)
        chosen = {"client": self.console_app.chosen} if self.console_app.chosen else {}
        rows = marked_or_selected(verb, grid.marked_rows, grid.selected)
        try:
            known = given(verb, {**chosen, **dict(self.target.arguments)}, rows)
        except SeveralAtOnce as error:
            self.console_app.say(str(error))
            return
        asking = Asking(verb, known, self.query_one(Prompt), self._do)
        if asking.unpicked is None:
            asking.go_on()
        else:
            self.console_app.say(f"{verb.label}: {asking.unpicked.question}? No row that says so is selected")

    def on_grid_chosen(self) -> None:
        """The pane beside the list follows the cursor, the footer the marks."""
        self._draw_detail()

    def on_grid_opened(self) -> None:
        """A click on the selected row."""
        self.action_open()

    def _narrow(self, text: str) -> None:
        self.query_one(Grid).narrow(text)
        self._draw_detail()

    def _do(self, verb: Verb, given: Mapping[str, str]) -> None:
        if not self.console_app.refuses(verb):  # a question may stand there until it is locked
            self.console_app.ask(lambda client: client.do(verb.name, **given), self._did)

    def _did(self, done: Any) -> None:  # noqa: ANN401 - the verb's own answer
        self.console_app.say(done.text)
        if getattr(done, "page", ""):
            self.console_app.open(Target(done.page, done.arguments))

    def _can_mark(self) -> bool:
        return can_mark(self.target.page, self._tab, self.query_one(Grid).selected)

    def _offers(self, verb: Verb) -> bool:
        return offered(verb, self.target.page, self._tab)

    def _known(self, name: str) -> str:
        """What the page or the choice of one client says."""
        chosen = {"client": self.console_app.chosen}
        return {**chosen, **dict(self.target.arguments)}.get(name, "")

    @property
    def _declared(self) -> Page:
        return next(page for page in PAGES if page.name == self.target.page)

    @property
    def _tab(self) -> str:
        """The part of the page that is shown; "" where it has none."""
        return dict(self.target.arguments).get("tab", "") or next(iter(self._declared.tabs), "")

    @property
    def _is_whole(self) -> bool:
        """Whether every part is there: a screen that is made or taken down has some of them."""
        return len(self.query(_PARTS)) == _PARTS.count(",") + 1

    def _draw(self, *, mark: bool) -> None:
        if self._page is None or not self.is_current or not self._is_whole:
            return  # the screen was left, or is being made or taken down; one that is returned to asks again
        from console.tui.present import present  # with the first answer, after the first paint

        view = self.view = present(self.target.page, self._page, int(self._clock() - self._ahead))
        app = self.console_app
        line = heading(view, self.size.width, app.time_told(self._clock() - self._ahead), app.chosen, app.lost)
        self.query_one("#heading", Static).update(line)
        lines = banner(app.client.trouble, app.known.alarms)
        lines += tabs_line(self._declared.tabs, self._tab)
        lines += [toned(cell.text, cell.tone) for cell in view.above]
        self.query_one(Above).tell(lines)
        grid = self.query_one(Grid)
        grid.show(view.columns, view.rows, mark=mark)
        empty = self.query_one("#empty", Static)
        empty.display = not view.rows
        self.query_one("#body").set_class(not view.rows, "-empty")
        empty.update(Content("\n".join(view.empty)))
        self._draw_detail()

    def _draw_detail(self) -> None:
        """The selected row beside the list, and the keys that work on it."""
        self.query_one("#keys", Static).update(self._keys())
        detail = self.query_one("#detail", Static)
        row: Row | None = self.query_one(Grid).selected
        told = "\n".join(row.detail) if row else ""
        has_any = self.view is not None and any(one.detail for one in self.view.rows)
        detail.display = has_any if self.size.width >= WIDE else self.size.height >= TALL and bool(told)
        detail.update(Content(told), layout=False)  # its size does not follow its text

    def _keys(self) -> Content:
        declared, grid = self._declared, self.query_one(Grid)
        own = own_keys(declared, self._tab, len(grid.marked_rows) if self._can_mark() else None)
        ways = [("/", "narrow"), (":", "go"), ("q", "quit")]
        kept = [("tab", "next part"), ("?", "keys")] if declared.tabs else [("?", "keys")]
        narrowed = grid.narrowed
        said = Content(f" only “{narrowed}”: ").stylize("$warning") if narrowed else Content("")
        kept = [("⇧↓", "more above")] * self.query_one(Above).is_cut + kept
        kept = [("esc", "show all"), *kept] if narrowed else kept
        return Content.assemble(said, footer(own, ways, kept, (self.size.width or 80) - said.cell_length))
