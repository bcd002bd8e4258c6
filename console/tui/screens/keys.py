"""All keys, from the registry: nothing is written here by hand but the ways around."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from console.pages.verb import Verb
from console.pages.verbs import PAGES, VERBS
from console.tui import editing, locking

_WAYS = (
    ("enter", "open the selected row"),
    ("esc", "go back"),
    ("↑ ↓ j k", "move; page up and down, home, end"),
    ("⇧↑ ⇧↓", "move what stands above the list, where it is more than there is room for"),
    ("space *", "where several rows can be worked on at once: mark this one, or all that are shown; esc unmarks"),
    ("/", "narrow the list to rows that contain what you type"),
    ("s", "sort by the next column"),
    ("tab", "the next part of the page"),
    ("c", "one client, or all"),
    (":", "go to a page by its name"),
    ("ctrl+p", "palette: every page, verb, client, host, service and person"),
    (locking.KEY, "lock this console, so that no key changes anything; again to unlock it"),
    (".", "ask again now (it is live anyway)"),
    ("q", "quit"),
)


class KeysScreen(ModalScreen[None]):
    """`?`."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,q,enter", "dismiss", show=False)]

    def compose(self) -> ComposeResult:
        """One list: pages, verbs, ways."""
        with VerticalScroll(id="help"):
            yield Static(text(), markup=False)


def text() -> Content:
    """Every key with what it does."""
    lines: list[Content] = [_head("Pages")]
    lines += [
        _line(page.key, f"{page.label}: {page.help}") for page in sorted(PAGES, key=lambda one: one.key) if page.key
    ]
    for where in dict.fromkeys(_where(verb) for verb in VERBS if verb.key):
        lines += [Content(""), _head(f"On {where}")]
        lines += [_line(verb.key, f"{verb.label}: {verb.help}") for verb in VERBS if verb.key and _where(verb) == where]
    lines += [
        Content(""),
        _head("On the page Model"),
        _line(editing.KEY, "edit: open the model in $EDITOR, and propose it"),
    ]
    lines += [Content(""), _head("Everywhere")]
    lines += [_line(key, what) for key, what in _WAYS]
    return Content("\n").join(lines)


def _where(verb: Verb) -> str:
    """Where a verb works, in words: `an incident`, or a part of a page (`plan › waivers`)."""
    place = verb.screens[-1] if verb.screens else "page"
    if "/" in place:
        return place.replace("/", " › ")
    return f"{'an' if place[0] in 'aeiou' else 'a'} {place}"


def _head(word: str) -> Content:
    return Content(word).stylize("bold")


def _line(key: str, what: str) -> Content:
    return Content.assemble(Content(f"  {key:<9}").stylize("$accent"), what)
